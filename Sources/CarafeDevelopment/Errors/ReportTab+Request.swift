#if DEBUG
    import Carafe
    import CarafeHTTP
    import CarafeTemplates
    import HTTPTypes
    import NIOCore

    extension ReportTab {
        /// How many bytes of the content are shown.
        static let bodyLimit = 8_192
        /// How many rows of a table are shown.
        static let rowLimit = 200

        /// What the request was, what the app knew of it, and where it runs: as they are now.
        static func tabs(of record: RequestRecord) -> [ReportTab] {
            let request = record.request
            return [requestTab(request), sessionTab(request), routeTab(request), configTab(request), environmentTab]
        }

        /// What happened so far.
        static func happenings(of record: RequestRecord) -> [ReportTab] {
            [
                ReportTab(
                    id: "log", title: "Log", parts: [.log(record.logLines, dropped: record.droppedLogLines)],
                    absence: "The request has logged nothing."),
                ReportTab(
                    id: "queries", title: "Queries", parts: [.queries(record.queries)],
                    absence: "The request has sent no statements."),
            ]
        }

        // MARK: - The request

        private static func requestTab(_ request: Request) -> ReportTab {
            let form = request.inspectedForm
            let line = [
                ("Method", request.method.rawValue),
                ("URL", "\(request.scheme)://\(request.host)\(request.maskedTarget)"),
                ("Version", request.head.version.rawValue), ("Client", request.remoteAddress ?? "unknown"),
                ("Id", request.id),
            ]
            return ReportTab(
                id: "request", title: "Request",
                parts: [
                    .rows("", line), .rows("Query", masked(request.query)), .rows("Form", masked(form.fields)),
                    .rows("Files", form.files.map { (name: $0.name, value: $0.filename) }),
                    .rows("Cookies", cookies(request)),
                    .rows("Header fields", masked(request.headers.map { ($0.name, $0.value) })),
                    .text("Content", content(of: request)),
                ],
                absence: "")
        }

        private static func masked(_ pairs: some Sequence<(name: String, value: String)>) -> [(
            name: String, value: String
        )] {
            pairs.prefix(rowLimit).map { ($0.name, Masked.text($0.value, named: $0.name)) }
        }

        private static func cookies(_ request: Request) -> [(name: String, value: String)] {
            request.cookies.prefix(rowLimit).map { cookie in
                let isSession = cookie.name.utf8.elementsEqual(request.config.sessionCookieName.utf8)
                return (cookie.name, isSession ? Secrets.mask : Masked.text(cookie.value, named: cookie.name))
            }
        }

        /// The content that has arrived, as text. That of a form is told field by field instead: it may hold passwords.
        private static func content(of request: Request) -> String {
            guard let bytes = request.body.buffered, bytes.readableBytes > 0 else { return "" }
            let type = request.headers.contentType
            let size = "\(bytes.readableBytes) bytes"
            if type?.isJSON == true {
                guard bytes.readableBytes <= bodyLimit,
                    let value = try? JSONReader().decode(JSONValue.self, from: bytes),
                    let text = try? JSONWriter(isIndented: true).string(from: Secrets.masked(value, named: ""))
                else { return "\(size) of JSON" }
                return text
            }
            guard let type, type.type == "text" else { return "\(size) of \(type?.essence ?? "an unknown type")" }
            return Masked.cut(String(buffer: bytes), to: bodyLimit)
        }

        // MARK: - What the app knows

        private static func sessionTab(_ request: Request) -> ReportTab {
            ReportTab(
                id: "session", title: "Session",
                parts: [.rows("", members(of: "session", request)), .rows("g", members(of: "g", request))],
                absence: "There is no session, and g is empty.")
        }

        private static func members(of name: String, _ request: Request) -> [(name: String, value: String)] {
            guard case .dict(let dict)? = request.inspectedValues().first(where: { $0.name == name })?.value else {
                return []
            }
            return dict.entries.prefix(rowLimit).map { entry in
                let key = (try? entry.key.text) ?? ""
                if Secrets.isSecret(key) { return (key, Secrets.mask) }
                return (key, Masked.cut((try? entry.value.representation) ?? ""))
            }
        }

        private static func routeTab(_ request: Request) -> ReportTab {
            var rows: [(name: String, value: String)] = []
            if let endpoint = request.endpoint { rows.append(("Endpoint", endpoint)) }
            if let rule = request.rule { rows.append(("Rule", rule)) }
            if !request.blueprints.isEmpty { rows.append(("Blueprints", request.blueprints.joined(separator: ", "))) }
            let values = zip(request.pathValues.names, request.pathValues.values).map { ($0, Masked.cut($1.text)) }
            return ReportTab(
                id: "route", title: "Route", parts: [.rows("", rows), .rows("Values of the path", values)],
                absence: "No route matches.")
        }

        private static func configTab(_ request: Request) -> ReportTab {
            let rows = request.config.shown.map { key, value in
                (name: key, value: Masked.cut((try? JSONWriter().string(from: value)) ?? ""))
            }
            return ReportTab(
                id: "config", title: "Configuration", parts: [.rows("", rows)],
                absence: "Everything has its default.")
        }
    }
#endif
