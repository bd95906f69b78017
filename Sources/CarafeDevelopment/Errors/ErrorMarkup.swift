#if DEBUG
    import Carafe

    /// The pieces of markup that error pages are made of.
    enum ErrorMarkup {
        /// A call or a step of a template, with its source behind its name.
        static func frame(_ name: String, _ place: HTML, source: HTML?, isOpen: Bool, more: HTML?) -> HTML {
            HTML(
                """
                <details class="frame"\(isOpen ? HTML(" open") : HTML(""))><summary><h2>\(name)</h2> \(place)</summary>
                \(source)\(more)</details>
                """)
        }

        static func detail(_ detail: DeveloperDetail) -> HTML {
            let code = detail.code.map { HTML("<pre>\($0)</pre>") }
            return HTML(
                """
                <section><header><h2>\(detail.title)</h2></header>\(code)\(detail.rows.isEmpty ? nil : PageMarkup.rows(detail.rows))\
                </section>
                """)
        }

        static let withoutSymbolizer = HTML(
            """
            <p class="soft">There is no <code>llvm-symbolizer</code>, neither beside the Swift compiler nor in
            <code>PATH</code>: without it calls have neither names nor sources.</p>
            """)

        // MARK: - Tabs

        static func tab(_ tab: ReportTab) -> HTML {
            let content =
                tab.isEmpty ? [HTML(#"<p class="note soft">\#(tab.absence)</p>"#)] : tab.parts.compactMap(part)
            return HTML(
                """
                <section class="tab" id="\(tab.id)"><header><h2>\(tab.title)</h2></header>\(content)</section>

                """)
        }

        /// What a tab holds, without its title.
        static func content(of tab: ReportTab) -> HTML { HTML(joining: tab.parts.compactMap(part)) }

        private static func part(_ part: ReportTab.Part) -> HTML? {
            switch part {
            case .rows(let title, let rows):
                guard !rows.isEmpty else { return nil }
                return heading(title) + PageMarkup.rows(rows)
            case .text(let title, let text):
                guard !text.isEmpty else { return nil }
                return heading(title) + HTML("<pre>\(text)</pre>")
            case .log(let lines, let dropped):
                let items = lines.map { line in
                    HTML(
                        """
                        <li class="\(line.level.rawValue)"><span>\(milliseconds(line.time))</span>
                        <b>\(line.level.rawValue)</b> <span>\(line.message)</span></li>
                        """)
                }
                let rest = dropped > 0 ? HTML(#"<li class="soft">and \#(dropped) more</li>"#) : nil
                return items.isEmpty ? nil : HTML(#"<ol class="log">\#(items)\#(rest)</ol>"#)
            case .queries(let queries): return queries.isEmpty ? nil : HTML(joining: queries.map(query))
            }
        }

        private static func heading(_ title: String) -> HTML {
            title.isEmpty ? HTML("") : HTML("<h4>\(title)</h4>")
        }

        private static func query(_ query: DevelopmentQuery) -> HTML {
            let values = query.values.isEmpty ? nil : HTML("<p>\(query.values.joined(separator: ", "))</p>")
            let error = query.error.map { HTML(#"<p class="failed">\#($0)</p>"#) }
            return HTML(
                """
                <div class="query"><pre>\(query.statement)</pre>\(values)\(error)
                <p class="soft">\(milliseconds(query.duration)) · \(query.rows == 1 ? "1 row" : "\(query.rows) rows") ·
                \(query.source)</p></div>
                """)
        }

        /// `12.3 ms`
        static func milliseconds(_ duration: Duration) -> String {
            let (seconds, attoseconds) = duration.components
            let tenths = seconds * 10_000 + attoseconds / 100_000_000_000_000
            return "\(tenths / 10).\(tenths % 10) ms"
        }
    }
#endif
