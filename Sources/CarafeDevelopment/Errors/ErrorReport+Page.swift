#if DEBUG
    import Carafe
    import CarafeHTTP
    import HTTPTypes

    // The report for browsers. Everything can be read without scripts, in the order of what one asks first.

    extension ErrorReport {
        /// The page. Where the calls are found out slowly, what is known already is there before them.
        func page(status: HTTPResponse.Status, editor: EditorLink?) -> Response {
            var page = DevelopmentPage(
                title: error.message.isEmpty ? error.type : error.message, kind: error.type, summary: summary,
                content: HTML(""), version: nil)
            page.style = ErrorPageStyle.source
            page.script = ErrorPageScript.source
            return page.response(status: status) { [self] in content(await frames(), editor) }
        }

        private var summary: HTML {
            let hint = error.hint.map { HTML(#"<p class="hint">\#($0)</p>"#) }
            let causes = errors.dropFirst().map { cause in
                HTML(#"<li>caused by <b>\#(cause.type)</b>: \#(cause.message)</li>"#)
            }
            return HTML(
                """
                \(hint)
                \(causes.isEmpty ? nil : HTML(#"<ul class="causes">\#(causes)</ul>"#))
                <p class="soft"><code>\(record.requestLine)</code> · \(date.description) · <a href="\(path)">\(path)</a></p>
                <p class="actions"><a class="copy" href="\(path).txt">Text</a> <a class="copy" href="\(path).md">Markdown</a>
                <a href="\(path).json">JSON</a></p>
                """)
        }

        private func content(_ frames: [[SourceFrame]], _ editor: EditorLink?) -> HTML {
            var parts: [HTML] = []
            for (index, error) in errors.enumerated() {
                if index > 0 { parts.append(HTML("<h3>Caused by \(Self.title(of: error))</h3>")) }
                parts += error.details.map(ErrorMarkup.detail)
                parts += templateSteps(of: error, editor)
                parts += calls(index < frames.count ? frames[index] : [], isFirst: index == 0, editor)
            }
            if !Traceback.hasSymbolizer { parts.append(ErrorMarkup.withoutSymbolizer) }
            parts.append(console)
            parts.append(HTML(#"<div class="tabs">\#(tabs.map(ErrorMarkup.tab))</div>"#))
            return HTML(joining: parts, separator: "\n")
        }

        // MARK: - The way through templates

        private func templateSteps(of error: ErrorSummary, _ editor: EditorLink?) -> [HTML] {
            guard !error.steps.isEmpty else { return [] }
            let first = steps.firstIndex { step in error.steps.first.map { $0.scope === step.scope } ?? false } ?? 0
            return [HTML("<h3>In the templates</h3>")]
                + error.steps.enumerated().map { index, step in
                    let place = PageMarkup.place(
                        place(of: step), path: step.path, line: step.line, column: step.column, editor: editor)
                    return ErrorMarkup.frame(
                        step.function, place, source: step.excerpt?.html, isOpen: index < 2,
                        more: scope(of: step, number: first + index))
                }
        }

        /// The names that could be seen there, and a way to ask for more.
        private func scope(of step: TemplateStep, number: Int) -> HTML? {
            guard let scope = step.scope, !scope.variables.isEmpty else { return nil }
            let rows = scope.variables.map { name, value in
                let text =
                    Secrets.isSecret(name) ? Secrets.mask : Masked.cut((try? value.representation) ?? "", to: 500)
                return (name: name, value: text)
            }
            return HTML(
                """
                <details><summary>\(rows.count == 1 ? "1 name" : "\(rows.count) names") in scope</summary>
                \(PageMarkup.rows(rows))
                <p><button type="button" class="look" data-scope="\(number)">Look closer</button></p></details>
                """)
        }

        // MARK: - The calls

        private func calls(_ frames: [SourceFrame], isFirst: Bool, _ editor: EditorLink?) -> [HTML] {
            let own = frames.filter(\.isOfApp)
            var parts: [HTML] = own.isEmpty ? [] : [HTML("<h3>Calls of the app</h3>")]
            for (index, frame) in own.enumerated() {
                let column = frame.column > 0 ? frame.column : nil
                let place = PageMarkup.place(
                    place(of: frame), path: frame.path, line: frame.line, column: column, editor: editor)
                parts.append(
                    ErrorMarkup.frame(
                        frame.function + (frame.isWaiting ? " (waiting)" : ""), place,
                        source: Self.excerpt(of: frame)?.html, isOpen: isFirst && index < 3, more: nil))
            }
            let lines = frames.map { "\($0.isOfApp ? "→" : " ") \($0.function)\n      \(place(of: $0))" }
            guard frames.count > own.count else { return parts }
            let title = own.isEmpty ? "\(frames.count) calls" : "All \(frames.count) calls, with those of libraries"
            parts.append(PageMarkup.folded(title, lines.joined(separator: "\n"), isOpen: own.isEmpty))
            return parts
        }

        // MARK: - The console

        private var console: HTML {
            let scopes = steps.enumerated().compactMap { index, step -> HTML? in
                guard step.scope != nil else { return nil }
                return HTML(#"<option value="\#(index)">\#(place(of: step)) in \#(step.function)</option>"#)
            }
            return HTML(
                """
                <section class="console" id="console" data-error="\(id)" data-path="\(Console.path)"
                data-unlock="\(Console.unlockPath)">
                <header><h2>Console</h2>
                <p class="soft">Expressions of the template language, such as <code>request.headers</code>,
                <code>session</code>, <code>config.keys()</code>. They look and change nothing.</p></header>
                <div class="entries" role="log" aria-live="polite"></div>
                <form class="unlock"><label>PIN from the terminal
                <input name="pin" inputmode="numeric" autocomplete="off" placeholder="123-456-789" required></label>
                <button>Unlock</button> <span class="refusal" role="alert"></span></form>
                <form class="ask" hidden><label class="prompt"><span aria-hidden="true">›</span>
                <input name="expression" aria-label="Expression" autocomplete="off" autocapitalize="off" spellcheck="false"
                maxlength="\(Console.expressionLimit)"></label>
                <label class="where">in <select name="scope"><option value="">the request</option>\(scopes)</select></label>
                </form></section>
                """)
        }
    }
#endif
