#if DEBUG || CARAFE_TOOL
    import Carafe
    import CarafeHTTP

    import HTTPTypes

    /// A page of the development tools: it needs nothing but itself, follows changes, and reads well in light, in dark, on a
    /// phone and without style sheets.
    package struct DevelopmentPage {
        /// The page's title and heading.
        package var title: String
        /// What stands above the heading: what kind of page it is.
        package var kind: String
        /// What stands below the heading.
        package var summary: HTML
        /// The page's content.
        package var content: HTML
        /// The version of the files that it shows; nil where somebody else makes it follow changes, or nobody does.
        package var version: String?
        /// Rules beside those that all pages have.
        package var style = ""
        /// What makes it more comfortable; everything can be read without.
        package var script = ""
        /// Which pages may show it in a frame, as `frame-ancestors` names them.
        package var framedBy = "'none'"

        package init(title: String, kind: String, summary: HTML, content: HTML, version: String?) {
            self.title = title
            self.kind = kind
            self.summary = summary
            self.content = content
            self.version = version
        }

        /// The response, with a policy that lets the page's own script and style work and nothing else.
        package func response(status: HTTPResponse.Status) -> Response {
            let nonce = generateSecretKey(byteCount: 16)
            return Response(
                status: status, headers: headers(nonce: nonce),
                body: .string((start(nonce: nonce) + content + Self.end).description))
        }

        /// The response with content that is still being found out: what stands above it is sent at once.
        package func response(
            status: HTTPResponse.Status, content: @escaping @Sendable () async -> HTML
        ) -> Response {
            let nonce = generateSecretKey(byteCount: 16)
            let start = start(nonce: nonce)
            return Response(
                status: status, headers: headers(nonce: nonce),
                body: .stream { writer in
                    try await writer.write(start.description)
                    try await writer.write((await content() + Self.end).description)
                })
        }

        private func headers(nonce: String) -> Headers {
            [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentSecurityPolicy:
                    "default-src 'none'; script-src 'nonce-\(nonce)'; style-src 'nonce-\(nonce)'; "
                    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors \(framedBy)",
                .xContentTypeOptions: "nosniff",
            ]
        }

        private func start(nonce: String) -> HTML {
            let live = version.map { HTML(raw: LiveReloadScript.element(version: $0, nonce: nonce)) }
            let script = script.isEmpty ? nil : HTML(#"<script nonce="\#(nonce)" defer>\#(HTML(raw: script))</script>"#)
            return HTML(
                """
                <!doctype html>
                <html lang="en" data-carafe="page">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>\(title)</title>
                <style nonce="\(nonce)">\(HTML(raw: Self.style + style))</style>
                \(live)\(script)
                </head>
                <body>
                <header>
                <p class="kind">\(kind)</p>
                <h1>\(title)</h1>
                \(summary)
                <p class="waiting" role="status"></p>
                </header>
                <main>

                """)
        }

        private static let end: HTML = "</main>\n</body>\n</html>\n"

        /// Colours that hold a contrast of 4.5 to 1 and more, in light and in dark.
        private static let style = """

            :root {
              color-scheme: light dark;
              --back: light-dark(#fbfaf8, #16181d); --card: light-dark(#fff, #1e2128); --text: light-dark(#1d1f24, #e6e4df);
              --soft: light-dark(#5e6470, #a3a9b5); --line: light-dark(#dedbd4, #343944); --red: light-dark(#b3261e, #ff8a80);
              --mark: light-dark(#fde9e7, #4a2423); --link: light-dark(#0b57a8, #8ab8ff); --amber: light-dark(#7a4d00, #f0b95a);
              font: 16px/1.5 system-ui, sans-serif; background: var(--back); color: var(--text);
            }
            * { box-sizing: border-box; }
            body { margin: 0 auto; padding: clamp(1rem, 4vw, 2.5rem); max-width: 68rem; }
            h1 { font-size: clamp(1.25rem, 3.5vw, 1.75rem); line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
            h2 { font-size: 1rem; line-height: 1.4; margin: 0; overflow-wrap: anywhere; }
            h3 { font-size: 1rem; margin: 2rem 0 .5rem; }
            p { margin: 0 0 .75rem; }
            a { color: var(--link); }
            .kind { color: var(--red); font-weight: 600; margin: 0 0 .25rem; }
            .soft { color: var(--soft); }
            .waiting { display: none; color: var(--amber); font-weight: 600; }
            .away .waiting { display: block; }
            section, details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 1rem; }
            section > header { padding: .75rem 1rem; }
            section > header p { margin: .25rem 0 0; }
            section > details { border-width: 1px 0 0; border-radius: 0; margin: 0; background: none; }
            form { margin: .75rem 0 .5rem; }
            details > summary { cursor: pointer; padding: .6rem 1rem; }
            details > :not(summary) { margin-left: 1rem; margin-right: 1rem; }
            .warning h2 { color: var(--amber); }
            .error h2 { color: var(--red); }
            .place { font: .875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
            .note { padding: 0 1rem .75rem; }
            pre, .source { font: .8125rem/1.55 ui-monospace, monospace; tab-size: 4; overflow-x: auto; margin: 0; }
            pre { padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
            .source { border-top: 1px solid var(--line); padding: .5rem 0; white-space: pre; }
            .source i { display: none; }
            .source span { display: block; white-space: pre; padding-right: 1rem; width: max-content; min-width: 100%; }
            .source b { display: inline-block; width: 3.5rem; padding-right: .5rem; text-align: right; color: var(--soft);
              font-weight: 400; user-select: none; }
            .source .here { background: var(--mark); box-shadow: inset .25rem 0 var(--red); }
            .source .here b { color: var(--text); }
            .source .caret { color: var(--red); font-weight: 700; background: var(--mark); box-shadow: inset .25rem 0 var(--red); }
            button { font: inherit; font-weight: 600; padding: .5rem 1rem; border-radius: .4rem; border: 1px solid var(--line);
              background: var(--text); color: var(--back); cursor: pointer; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; padding: .75rem 1rem; margin: 0;
              font: .8125rem/1.55 ui-monospace, monospace; }
            dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
            @media (max-width: 36rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; }
              .source b { width: 2.5rem; padding-right: .1rem; } }

            """
    }

    extension HTTPField.Name {
        private static let contentTypeOptionsName = "X-Content-Type-Options"
        package static let xContentTypeOptions = HTTPField.Name(contentTypeOptionsName) ?? .eTag
    }
#endif
