#if DEBUG
    import Carafe
    import CarafeHTTP

    /// The latest requests, those of scripts among them.
    struct RequestList {
        let records: [RequestRecord]
        /// The id of the request whose page shows the list.
        var current: String?

        /// A row as JSON has it.
        private struct Row: Encodable {
            let id, request: String
            let status: Int?
            let milliseconds: Double?
            let queries: Int
        }

        func response(for request: Request) -> Response {
            guard PageFormat(request) != .json else {
                let rows = records.map { record in
                    Row(
                        id: record.id, request: record.requestLine, status: record.status,
                        milliseconds: record.end.map(RequestFacts.milliseconds), queries: record.queries.count)
                }
                return Response(
                    headers: [.contentType: "application/json", .cacheControl: "no-store"],
                    body: .string((try? JSONWriter().string(from: rows)) ?? "[]"))
            }
            var page = DevelopmentPage(
                title: records.count == 1 ? "The latest request" : "The latest \(records.count) requests",
                kind: "Toolbar",
                summary: HTML(
                    #"<p class="soft">The last \#(RequestRecords.limit) are remembered until the app ends.</p>"#),
                content: HTML("<section>\(table)</section>"), version: nil)
            page.style = ErrorPageStyle.source + ToolbarStyle.source
            page.framedBy = "'self'"
            return page.response(status: .ok)
        }

        var table: HTML {
            guard !records.isEmpty else { return HTML(#"<p class="note soft">There were none yet.</p>"#) }
            let rows = records.map { record in
                HTML(
                    """
                    <tr\(record.id == current ? HTML(#" class="here""#) : nil)>
                    <td><a href="\(Toolbar.path)/\(record.id)">\(record.requestLine)</a></td>
                    <td>\(record.status.map(String.init) ?? "…")</td>
                    <td class="number">\(record.end.map(ErrorMarkup.milliseconds) ?? "…")</td>
                    <td class="number">\(Self.count(record.queries.count))</td></tr>
                    """)
            }
            return HTML("<table>\(rows)</table>")
        }

        private static func count(_ queries: Int) -> String {
            queries == 0 ? "" : queries == 1 ? "1 query" : "\(queries) queries"
        }
    }
#endif
