#if DEBUG || CARAFE_TOOL
    import Carafe
    import CarafeHTTP
    import HTTPTypes
    import Synchronization

    /// Makes open pages follow changes: a script in each page listens to server-sent events, reloads the page, or exchanges
    /// style sheets alone.
    ///
    /// Every change has a version. A page knows the version with which it was made and tells it when it connects, so that no
    /// change is missed while nobody listens.
    package final class LiveReload: Sendable {
        /// A change to files.
        package struct Change: Sendable, Equatable {
            /// What pages have to do.
            package enum Kind: String, Sendable {
                /// Take the style sheets anew.
                case styles
                /// Reload.
                case page
            }

            /// The version that the change leads to.
            package let version: String
            package let kind: Kind
            /// The changed files, as the folder that holds them counts: `static/style.css`.
            package let paths: [String]

            package init(version: String, kind: Kind, paths: [String]) {
                self.version = version
                self.kind = kind
                self.paths = paths
            }
        }

        private struct State {
            var version: String
            var isOver = false
            var nextListener = 0
            var listeners: [Int: AsyncStream<Change>.Continuation] = [:]
        }

        private let state: Mutex<State>

        /// Starts with a version of the files.
        package init(version: String) { state = Mutex(State(version: version)) }

        /// The version of the files.
        package var version: String { state.withLock { $0.version } }

        /// Tells all open pages of a change.
        package func announce(_ change: Change) {
            let listeners = state.withLock { state in
                state.version = change.version
                return Array(state.listeners.values)
            }
            for listener in listeners { listener.yield(change) }
        }

        /// Ends all streams of events, and those to come; the pages connect again.
        package func end() {
            let listeners = state.withLock { state in
                state.isOver = true
                return Array(state.listeners.values)
            }
            for listener in listeners { listener.finish() }
        }

        // MARK: - Requests

        /// The answer to a request of the pages' script; nil for every other request.
        package func respond(to request: Request) -> Reply? {
            switch request.head.target.rawPath {
            case LiveReloadScript.path: .now(script)
            case LiveReloadScript.eventsPath: .now(events(for: request))
            default: nil
            }
        }

        private var script: Response {
            Response(
                headers: [.contentType: "text/javascript; charset=utf-8", .cacheControl: "no-store"],
                body: .string(LiveReloadScript.source))
        }

        private func events(for request: Request) -> Response {
            let known = request.query["since"] ?? ""
            let stream = EventStream { [self] events in
                try await events.comment("")
                let (changes, current, id) = listen()
                defer { forget(id) }
                if !current.utf8.elementsEqual(known.utf8) { try await events.send(current, event: "page") }
                for await change in changes {
                    let event = change.kind.rawValue
                    try await events.send(([change.version] + change.paths).joined(separator: "\n"), event: event)
                }
            }
            // Making the response of a stream cannot fail.
            return (try? stream.response(for: request)) ?? Response(status: .internalServerError)
        }

        private func listen() -> (AsyncStream<Change>, version: String, id: Int) {
            let (changes, continuation) = AsyncStream.makeStream(of: Change.self, bufferingPolicy: .bufferingNewest(16))
            return state.withLock { state in
                if state.isOver { continuation.finish() }
                state.nextListener += 1
                state.listeners[state.nextListener] = continuation
                return (changes, state.version, state.nextListener)
            }
        }

        private func forget(_ id: Int) { state.withLock { _ = $0.listeners.removeValue(forKey: id) } }
    }
#endif
