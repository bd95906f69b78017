#if DEBUG
    import Carafe
    import CarafeHTTP

    /// The page that tells all that is known of one request.
    struct RequestPage {
        let record: RequestRecord
        let latest: [RequestRecord]
        let profile: Profile?

        var response: Response {
            var page = DevelopmentPage(
                title: record.requestLine, kind: "Request", summary: summary, content: HTML(""), version: nil)
            page.style = ErrorPageStyle.source + ToolbarStyle.source
            page.script = ErrorPageScript.source
            page.framedBy = "'self'"
            return page.response(status: .ok) { [self] in await content }
        }

        private var summary: HTML {
            let status = record.status.map { HTML("<b>\($0)</b> · ") }
            let time = record.end.map { HTML("\(ErrorMarkup.milliseconds($0)) · ") }
            let error = record.errorID.map {
                HTML(#" · <a href="/__carafe/errors/\#($0)" target="_top">its error</a>"#)
            }
            return HTML(#"<p class="soft">\#(status)\#(time)\#(record.date.description)\#(error)</p>"#)
        }

        private var content: HTML {
            get async { tabs(profile: await profileContent) }
        }

        private func tabs(profile: HTML) -> HTML {
            let known = ReportTab.tabs(of: record).map { ($0.id, ErrorMarkup.tab($0)) }
            let happened = ReportTab.happenings(of: record).map { ($0.id, ErrorMarkup.tab($0)) }
            let all = Dictionary(known + happened) { $1 }
            let tabs: [HTML?] = [
                section("time", "Time", RequestTiming(record).html), all["request"], all["session"], all["route"],
                section("templates", "Templates", templates), section("queries", "Queries", queries), all["log"],
                section("profile", "Profile", profile), all["config"], all["environment"],
                section("latest", "Latest", RequestList(records: latest, current: record.id).table),
            ]
            return HTML(#"<div class="tabs">\#(tabs.compactMap { $0 })</div>"#)
        }

        private func section(_ id: String, _ title: String, _ content: HTML) -> HTML {
            HTML(#"<section class="tab" id="\#(id)"><header><h2>\#(title)</h2></header>\#(content)</section>"#)
        }

        private static func note(_ text: String) -> HTML { HTML(#"<p class="note soft">\#(text)</p>"#) }

        // MARK: - Templates

        private var templates: HTML {
            let templates = record.templates
            guard !templates.isEmpty else { return Self.note("The request has rendered no templates.") }
            return HTML(
                joining: templates.map { template in
                    let duration = template.end.map { ErrorMarkup.milliseconds($0 - template.start) } ?? "it failed"
                    let rows = template.shownContext
                    let context = rows.isEmpty ? Self.note("It was given no variables.") : PageMarkup.rows(rows)
                    return HTML(
                        """
                        <details><summary>\(template.name ?? "a template that is text") <span class="soft">\(duration),
                        \(rows.count == 1 ? "1 variable" : "\(rows.count) variables")</span></summary>\(context)</details>
                        """)
                })
        }

        // MARK: - Queries

        private var queries: HTML {
            let groups = QueryGroups(record.queries).groups
            guard !groups.isEmpty else { return Self.note("The request has sent no statements.") }
            let repeated = groups.filter { $0.queries.count > 1 }.sorted { $0.queries.count > $1.queries.count }
            let warnings = repeated.map { group in
                HTML(
                    """
                    <div class="query repeated"><p><b>\(group.queries.count) times</b>,
                    \(ErrorMarkup.milliseconds(group.duration)) together, from \(Self.places(of: group)):</p>
                    <pre>\(group.statement)</pre></div>
                    """)
            }
            let advice =
                repeated.isEmpty
                ? HTML("") : Self.note("One statement for all of them, with IN (…) or a JOIN, is faster than many.")
            let all = ReportTab(id: "", title: "", parts: [.queries(record.queries)], absence: "")
            let total = record.queries.reduce(Duration.zero) { $0 + $1.duration }
            return HTML(joining: warnings) + advice
                + Self.note("\(record.queries.count) in all, \(ErrorMarkup.milliseconds(total))")
                + ErrorMarkup.content(of: all)
        }

        private static func places(of group: QueryGroups.Group) -> String {
            Set(group.queries.map(\.source)).sorted().joined(separator: ", ")
        }

        // MARK: - The profile

        private var profileContent: HTML {
            get async {
                let button =
                    record.request.method == .get
                    ? HTML(
                        """
                        <form class="note" method="post" action="\(Profiles.path)" target="_top">
                        <input type="hidden" name="request" value="\(record.id)">
                        <button>Ask again, and look where the time goes</button></form>
                        """) : HTML("")
                guard let profile else {
                    return button + Self.note("The stack of the request's thread is noted a thousand times a second.")
                }
                return FlameGraph(await profile.stacks()).html + button
            }
        }
    }

    /// The rules of the request's page beside those of the error page.
    enum ToolbarStyle {
        static let source = """

            table { border-collapse: collapse; width: 100%; font: .8125rem/1.55 ui-monospace, monospace; }
            td, th { text-align: left; padding: .3rem 1rem; border-top: 1px solid var(--line); vertical-align: top; }
            td:first-child { overflow-wrap: anywhere; } td.number { text-align: right; white-space: nowrap; }
            tr.here td { background: var(--mark); }
            svg { display: block; width: 100%; height: auto; font: 12px ui-monospace, monospace; }
            svg text { fill: var(--text); } svg .own { fill: light-dark(#f2b36b, #9a5b14); }
            svg .foreign { fill: light-dark(#e4e0d8, #3a3f49); } svg .bar { fill: light-dark(#8fb8e8, #2f5f96); }
            svg .inner { fill: light-dark(#c9def5, #234468); }
            .repeated { background: var(--mark); box-shadow: inset .25rem 0 var(--amber); padding-top: .6rem; }

            """
    }
#endif
