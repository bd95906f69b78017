#if DEBUG
    import Carafe
    import CarafeHTTP
    import Logging
    import Synchronization

    /// What is remembered of one request: what was asked, what happened and when, and what became of it.
    ///
    /// Everything is bounded; what comes past a limit is counted and left out.
    package final class RequestRecord: Sendable {
        /// How many log lines are kept.
        package static let lineLimit = 500
        /// How many templates are kept.
        package static let templateLimit = 100
        /// How many phases are kept.
        package static let phaseLimit = 100
        /// Content beyond so many bytes is forgotten when the request is over.
        package static let bodyLimit = 65_536
        /// How many bytes of a log message are kept.
        package static let messageLimit = 4_096

        /// A line of the log.
        package struct LogLine: Sendable {
            /// Since the request's start.
            package var time: Duration
            package var level: Logger.Level
            package var message: String
            package var source: String
            /// `file:line`
            package var place: String
        }

        /// A part of the request's time.
        package struct Phase: Sendable {
            package var name: String
            /// Since the request's start.
            package var start: Duration
            package var end: Duration
        }

        /// A template that was rendered.
        package struct Template: Sendable {
            /// Nil for one that was given as text.
            package var name: String?
            /// The variables that it was given.
            package var context: [String: any Encodable & Sendable]
            package var start: Duration
            /// Nil while it is rendered, and where it failed.
            package var end: Duration?

            /// The variables as text, sorted by name. Making it may take a while.
            package var shownContext: [(name: String, value: String)] {
                context.map { ($0.key, Masked.text(of: $0.value, named: $0.key)) }.sorted { $0.name < $1.name }
            }
        }

        private struct State {
            var logLines: [LogLine] = []
            var droppedLogLines = 0
            var phases: [Phase] = []
            var lastPassed = Duration.zero
            var templates: [Template] = []
            var errorID: String?
            var errorPolicy: String?
            var status: Int?
            var end: Duration?
        }

        /// The request itself.
        package let request: Request
        /// When it began.
        package let start = ContinuousClock.now
        /// The same for people.
        package let date = HTTPDate.now
        private let state = Mutex(State())

        package init(_ request: Request) { self.request = request }

        /// The request's id, as log lines have it; `-` before the app has taken it.
        package var id: String { request.id }
        /// `GET /posts?page=2 HTTP/1.1`, with secret values of the query masked.
        package var requestLine: String {
            "\(request.method.rawValue) \(Masked.target(of: request)) \(request.head.version)"
        }

        /// The time since the request's start.
        package var elapsed: Duration { ContinuousClock.now - start }

        package var logLines: [LogLine] { state.withLock { $0.logLines } }
        /// How many lines were left out.
        package var droppedLogLines: Int { state.withLock { $0.droppedLogLines } }
        package var phases: [Phase] { state.withLock { $0.phases } }
        package var templates: [Template] { state.withLock { $0.templates } }
        /// The statements that it has sent to databases.
        package var queries: [DevelopmentQuery] { request.developmentQueries }
        /// The id of its error page, where it has one.
        package var errorID: String? {
            get { state.withLock { $0.errorID } }
            set { state.withLock { $0.errorID = newValue } }
        }
        /// The `Content-Security-Policy` of its error page.
        var errorPolicy: String? {
            get { state.withLock { $0.errorPolicy } }
            set { state.withLock { $0.errorPolicy = newValue } }
        }
        /// The response's status, once there is a response.
        package var status: Int? { state.withLock { $0.status } }
        /// When the last byte had left, or the client had gone; nil before.
        package var end: Duration? { state.withLock { $0.end } }

        // MARK: - What happens

        package func add(_ line: LogLine) {
            state.withLock { state in
                guard state.logLines.count < Self.lineLimit else { return state.droppedLogLines += 1 }
                state.logLines.append(line)
            }
        }

        /// A part of the request's time that ends now.
        package func addPhase(_ name: String, start: Duration) {
            let phase = Phase(name: name, start: start, end: elapsed)
            state.withLock { if $0.phases.count < Self.phaseLimit { $0.phases.append(phase) } }
        }

        /// The parts of a request's way, one after the other.
        package enum Way: String, Sendable {
            case routing
            case hooksBefore = "hooks before"
            case handler
            /// After the handler, or in its place: hooks, errors, the session.
            case hooksAfter = "hooks after"
            case sending
        }

        /// A part of the way is over.
        func pass(_ part: Way) {
            let now = elapsed
            state.withLock { state in
                guard state.phases.count < Self.phaseLimit else { return }
                state.phases.append(Phase(name: part.rawValue, start: state.lastPassed, end: now))
                state.lastPassed = now
            }
        }

        func beginTemplate(_ rendered: RenderedTemplate) {
            let template = Template(name: rendered.name, context: rendered.context, start: elapsed)
            state.withLock { if $0.templates.count < Self.templateLimit { $0.templates.append(template) } }
        }

        func endTemplate(_ rendered: RenderedTemplate) {
            let now = elapsed
            state.withLock { state in
                let index = state.templates.lastIndex { $0.end == nil && $0.name == rendered.name }
                if let index { state.templates[index].end = now }
            }
        }

        func answered(_ status: Int) { state.withLock { $0.status = status } }

        func ended() {
            pass(.sending)
            let now = elapsed
            state.withLock { $0.end = now }
        }
    }
#endif
