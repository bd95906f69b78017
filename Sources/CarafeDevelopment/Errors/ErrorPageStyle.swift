#if DEBUG
    /// The rules of the error page beside those that all pages of the tools have.
    enum ErrorPageStyle {
        static let source = """

            h4 { font-size: .8125rem; color: var(--soft); font-weight: 600; margin: .75rem 1rem 0; }
            code { font: .875em ui-monospace, monospace; overflow-wrap: anywhere; }
            summary::marker { color: var(--soft); font-size: .85em; }
            .hint { color: var(--amber); font-weight: 600; overflow-wrap: anywhere; }
            .causes { margin: 0 0 .75rem; padding-left: 1.25rem; overflow-wrap: anywhere; }
            .actions { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 1.5rem; }
            .actions a { border: 1px solid var(--line); background: var(--card); border-radius: .4rem; padding: .3rem .75rem;
              font-size: .875rem; text-decoration: none; }
            .actions a:hover, .tablist button:hover { border-color: var(--soft); }
            .js .actions .copy::before { content: "Copy as "; }
            .frame > summary { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; justify-content: space-between; }
            .frame > summary::before { content: "▸"; color: var(--soft); margin-right: -.5rem; }
            .frame[open] > summary::before { content: "▾"; }
            .frame > summary h2 { flex: 1 1 14rem; }
            .frame > .source { margin: 0; }
            .frame > details { border-width: 1px 0 0; border-radius: 0; margin: 0; background: none; }
            .frame > details > summary { color: var(--soft); font-size: .875rem; }
            .look { font-size: .8125rem; padding: .25rem .75rem; background: none; color: var(--link); }
            .look, .console form { display: none; }
            .js .look { display: inline-block; }
            .console { display: none; }
            .js .console { display: block; }
            .js .console form:not([hidden]) { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
              margin: 0; padding: .6rem 1rem; border-top: 1px solid var(--line); }
            input, select { font: .875rem ui-monospace, monospace; color: var(--text); background: var(--back);
              border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .6rem; max-width: 100%; }
            .prompt { flex: 1 1 18rem; display: flex; gap: .6rem; align-items: center; color: var(--soft); }
            .prompt input { flex: 1; min-width: 0; }
            .where { color: var(--soft); font-size: .875rem; min-width: 0; }
            .where:not(:has(option + option)) { display: none; }
            .refusal, .failed { color: var(--red); font-weight: 600; }
            .entries { max-height: 24rem; overflow-y: auto; }
            .entries pre { border-top: 1px solid var(--line); }
            .entries .asked { color: var(--soft); padding-bottom: 0; }
            .entries .asked::before { content: "› "; }
            .entries .answer { border: 0; }
            .entries .wrong { border: 0; color: var(--red); }
            .tablist { display: flex; flex-wrap: wrap; gap: .4rem; margin: 2rem 0 .75rem; }
            .tablist button { background: none; color: var(--soft); font-size: .875rem; padding: .3rem .8rem; }
            .tablist button[aria-selected="true"] { background: var(--text); color: var(--back); border-color: var(--text); }
            .js .tab > header { display: none; }
            .tab { scroll-margin-top: 9rem; }
            .tab:not(:has(p.note)) { padding-bottom: .25rem; }
            .tab p.note { padding: .75rem 1rem; margin: 0; }
            .log { list-style: none; margin: 0; padding: .5rem 0; font: .8125rem/1.55 ui-monospace, monospace; }
            .log li { display: flex; gap: .75rem; padding: .1rem 1rem; }
            .log li > span:first-child { color: var(--soft); flex: 0 0 5rem; text-align: right; }
            .log li > b { flex: 0 0 4.5rem; font-weight: 400; color: var(--soft); }
            .log li > span:last-child { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
            .log .warning b { color: var(--amber); } .log .error b, .log .critical b { color: var(--red); }
            .query { border-bottom: 1px solid var(--line); padding: .25rem 0; } .query:last-child { border: 0; }
            .query p { margin: 0; padding: 0 1rem .4rem; font: .8125rem/1.55 ui-monospace, monospace; overflow-wrap: anywhere; }
            :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
            @media (max-width: 36rem) { .log li { flex-wrap: wrap; gap: 0 .75rem; } .log li > span:first-child,
              .log li > b { flex: none; } .log li > span:last-child { flex: 1 0 100%; } }

            """
    }
#endif
