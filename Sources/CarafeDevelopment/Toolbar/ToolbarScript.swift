#if DEBUG
    /// The script that shows the toolbar in a page: in a shadow tree with a style sheet of its own, so that neither the page's rules
    /// nor its Content-Security-Policy change it.
    enum ToolbarScript {
        static let source = """
            (() => {
              const { request, facts: text } = document.currentScript.dataset;
              const facts = JSON.parse(text);
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(`
                :host { all: initial; position: fixed; right: .75rem; bottom: .75rem; z-index: 2147483647; color-scheme: light dark;
                  font: 13px/1.4 system-ui, sans-serif; }
                @media print { :host { display: none; } }
                nav { display: flex; flex-wrap: wrap; justify-content: flex-end; align-items: stretch; max-width: calc(100vw - 1.5rem);
                  border: 1px solid light-dark(#dedbd4, #343944); border-radius: .5rem; overflow: hidden;
                  background: light-dark(#fff, #1e2128); box-shadow: 0 2px 12px rgb(0 0 0 / .18); }
                a, button { all: unset; cursor: pointer; padding: .35rem .7rem; color: light-dark(#1d1f24, #e6e4df);
                  white-space: nowrap; font-variant-numeric: tabular-nums; }
                a + a { border-left: 1px solid light-dark(#eceae5, #2b303a); }
                a:hover, button:hover { background: light-dark(#f3f1ec, #2b303a); }
                :focus-visible { outline: 2px solid light-dark(#0b57a8, #8ab8ff); outline-offset: -2px; }
                .bad { color: light-dark(#b3261e, #ff8a80); font-weight: 600; }
                .odd { color: light-dark(#7a4d00, #f0b95a); font-weight: 600; }
                button { color: light-dark(#5e6470, #a3a9b5); }
                .away a { display: none; }
                dialog { position: fixed; inset: auto 0 0 0; width: auto; max-width: none; height: min(75vh, 46rem);
                  max-height: none; margin: 0; padding: 0; border: 0; border-top: 1px solid light-dark(#dedbd4, #343944);
                  background: light-dark(#fbfaf8, #16181d); box-shadow: 0 -4px 24px rgb(0 0 0 / .25); }
                dialog::backdrop { background: rgb(0 0 0 / .15); }
                iframe { width: 100%; height: 100%; border: 0; display: block; }
                dialog button { position: absolute; top: .5rem; right: 1rem; font-size: 20px; line-height: 1; z-index: 1; }
              `);
              const host = document.createElement("carafe-toolbar");
              const root = host.attachShadow({ mode: "open" });
              root.adoptedStyleSheets = [sheet];
              const make = (name, text, attributes = {}) => {
                const element = document.createElement(name);
                element.textContent = text;
                for (const key in attributes) element.setAttribute(key, attributes[key]);
                return element;
              };

              const bar = make("nav", "", { "aria-label": "Carafe's toolbar" });
              const item = (text, part, title, kind = "") =>
                make("a", text, { href: part[0] === "#" ? request + part : part, target: "_blank", title, class: kind });
              const count = (number, noun) => number + " " + noun + (number === 1 ? "" : "s");
              bar.append(item(facts.status, "#request", "The request", facts.status >= 500 ? "bad" : ""));
              bar.append(item(facts.time + " ms", "#time", "Where the time went"));
              if (facts.templates) bar.append(item(count(facts.templates, "template"), "#templates", "Templates"));
              if (facts.queries) {
                const again = facts.repeated ? ", " + facts.repeated + " again" : "";
                const noun = facts.queries === 1 ? " query" : " queries";
                bar.append(item(facts.queries + noun + again, "#queries", "Statements", facts.repeated > 1 ? "odd" : ""));
              }
              if (facts.lines) bar.append(item(facts.warnings ? count(facts.warnings, "warning") : count(facts.lines, "line"), "#log",
                "The log", facts.warnings ? "odd" : ""));
              const calls = item("", "\(Toolbar.path)", "The latest requests");
              calls.style.display = "none";
              bar.append(calls);
              const fold = make("button", "", { type: "button", "aria-label": "Fold the toolbar" });
              bar.append(fold);
              root.append(bar);

              // Folded for as long as the person wants it.
              const key = "carafe-toolbar";
              const show = (isAway) => {
                bar.classList.toggle("away", isAway);
                fold.textContent = isAway ? "carafe" : "×";
                fold.setAttribute("aria-expanded", !isAway);
              };
              let isAway = false;
              try { isAway = localStorage.getItem(key) === "away"; } catch {}
              show(isAway);
              fold.addEventListener("click", () => {
                isAway = !isAway;
                try { localStorage.setItem(key, isAway ? "away" : ""); } catch {}
                show(isAway);
              });

              // What is behind an item is shown over the page; where the page's policy forbids that, in a tab of its own.
              let mayFrame = true;
              document.addEventListener("securitypolicyviolation", (event) => {
                if (!event.blockedURI.includes("\(Toolbar.path)") && event.effectiveDirective !== "frame-src") return;
                const dialog = root.querySelector("dialog");
                if (!dialog) return;
                mayFrame = false;
                const url = dialog.querySelector("iframe").src;
                dialog.close();
                window.open(url);
              });
              bar.addEventListener("click", (event) => {
                const link = event.target.closest("a");
                if (!link || !mayFrame || event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                const dialog = make("dialog", "");
                const close = make("button", "×", { type: "button", "aria-label": "Close" });
                close.addEventListener("click", () => dialog.close());
                dialog.addEventListener("close", () => dialog.remove());
                dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
                dialog.append(close, make("iframe", "", { src: link.href, title: link.title }));
                root.append(dialog);
                dialog.showModal();
              });

              // Calls of scripts: their records are in the list.
              let number = 0;
              try {
                new PerformanceObserver((list) => {
                  for (const entry of list.getEntries()) {
                    if (!["fetch", "xmlhttprequest"].includes(entry.initiatorType)) continue;
                    if (new URL(entry.name).pathname.startsWith("/__carafe/")) continue;
                    number += 1;
                  }
                  if (!number) return;
                  calls.textContent = count(number, "call");
                  calls.style.display = "";
                }).observe({ type: "resource", buffered: true });
              } catch {}
              document.body.append(host);
            })();

            """
    }
#endif
