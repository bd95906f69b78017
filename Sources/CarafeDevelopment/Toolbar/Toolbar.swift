#if DEBUG
    import Carafe
    import CarafeHTTP
    import HTTPTypes
    import NIOCore

    /// The toolbar of debug mode: an element in each HTML page, and the pages that it leads to.
    ///
    /// A page carries a few figures alone; what was recorded of its request is served below ``path`` for as long as the request is
    /// among the latest.
    struct Toolbar: Sendable {
        /// Everything of the toolbar's is below it: the list of the latest requests, and one of them by its id.
        static let path = "/__carafe/requests"
        /// The script that shows the toolbar in pages.
        static let scriptPath = "/__carafe/toolbar.js"

        let records: RequestRecords
        let profiles: Profiles
        /// The hosts by whose names it may be asked: a name that someone else controls must not lead here.
        private let trustedHosts: HostList

        init(records: RequestRecords, profiles: Profiles, config: Config) {
            self.records = records
            self.profiles = profiles
            trustedHosts = HostList([".localhost"] + (config.trustedHosts ?? []))
        }

        /// The answer to a request for what the toolbar shows; nil for every other request.
        func respond(to request: Request) -> Reply? {
            let path = request.head.target.rawPath
            switch path {
            case Self.scriptPath: return .now(script)
            case Profiles.path where isTrusted(request): return profiles.respond(to: request, records)
            case Self.path where isTrusted(request):
                return .now(RequestList(records: records.latest).response(for: request))
            case _ where path.utf8.starts(with: "\(Self.path)/".utf8) && isTrusted(request):
                let id = String(decoding: path.utf8.dropFirst(Self.path.utf8.count + 1), as: UTF8.self)
                guard let record = records[id] else { return .now(Self.forgotten) }
                return .now(RequestPage(record: record, latest: records.latest, profile: profiles[id]).response)
            default: return nil
            }
        }

        /// Whether the request names an address, which is nobody's to lead elsewhere, or a host that is trusted.
        private func isTrusted(_ request: Request) -> Bool {
            let host = request.head.authority
            let name = HostNames.withoutPort(host)
            let address = name.utf8.first == UInt8(ascii: "[") ? String(name.dropFirst().dropLast()) : name
            return (try? SocketAddress(ipAddress: address, port: 0)) != nil || trustedHosts.contains(host)
        }

        private var script: Response {
            Response(
                headers: [.contentType: "text/javascript; charset=utf-8", .cacheControl: "no-store"],
                body: .string(ToolbarScript.source))
        }

        private static var forgotten: Response {
            DevelopmentPage(
                title: "This request is not remembered any more", kind: "Toolbar",
                summary: HTML(
                    #"<p>The latest \#(RequestRecords.limit) are, until the app ends: <a href="\#(path)">see them</a>.</p>"#
                ),
                content: HTML(""), version: nil
            ).response(status: .notFound)
        }

        // MARK: - In pages

        /// The response with the toolbar in it, where it is a page that a person looks at.
        func add(to response: Response, of record: RequestRecord) -> Response {
            // The error page tells all of it itself.
            guard record.errorPolicy == nil, Self.isLookedAt(record.request) else { return response }
            return response.adding(toPieces: false) { nonce in element(for: record, nonce: nonce) }
        }

        /// Whether the request is for a page of its own, and not for a part of one that a script fetches or a frame shows. Clients
        /// that do not say are taken for browsers.
        private static func isLookedAt(_ request: Request) -> Bool {
            if let name = HTTPField.Name("Sec-Fetch-Dest"), let use = request.headers[name] {
                return use.utf8.elementsEqual("document".utf8)
            }
            return ["X-Requested-With", "HX-Request"].allSatisfy { name in
                HTTPField.Name(name).flatMap { request.headers[$0] } == nil
            }
        }

        private func element(for record: RequestRecord, nonce: String?) -> String {
            let nonce = nonce.map { HTML(#" nonce="\#($0)""#) }
            let facts = (try? JSONWriter().string(from: RequestFacts(record))) ?? "{}"
            return HTML(
                """
                <script src="\(Self.scriptPath)" data-request="\(Self.path)/\(record.id)" data-facts="\(facts)"\(nonce) \
                defer></script>
                """
            ).description
        }
    }

    /// What the toolbar says at a glance.
    struct RequestFacts: Encodable {
        let status: Int
        /// In milliseconds, until the response was made.
        let time: Double
        let queries: Int
        /// How many of them had been sent before, with other values.
        let repeated: Int
        let templates: Int
        let lines: Int
        /// How many lines of the log tell of something wrong.
        let warnings: Int

        init(_ record: RequestRecord) {
            let queries = record.queries
            status = record.status ?? 0
            time = (Self.milliseconds(record.elapsed) * 10).rounded() / 10
            self.queries = queries.count
            repeated = QueryGroups(queries).repeatedCount
            templates = record.templates.count
            let lines = record.logLines
            self.lines = lines.count + record.droppedLogLines
            warnings = lines.count { $0.level >= .warning }
        }

        static func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
    }

    /// Statements by their text: what one request sends again and again should be sent once.
    struct QueryGroups {
        struct Group {
            let statement: String
            var queries: [DevelopmentQuery]

            var duration: Duration { queries.reduce(.zero) { $0 + $1.duration } }
        }

        /// In the order in which each was first sent.
        private(set) var groups: [Group] = []

        init(_ queries: [DevelopmentQuery]) {
            var places: [String: Int] = [:]
            for query in queries {
                let key = query.database + "\n" + query.statement
                if let place = places[key] {
                    groups[place].queries.append(query)
                } else {
                    places[key] = groups.count
                    groups.append(Group(statement: query.statement, queries: [query]))
                }
            }
        }

        var repeatedCount: Int { groups.reduce(0) { $0 + $1.queries.count - 1 } }
    }
#endif
