#if DEBUG
    import Carafe
    import CarafeHTTP
    import Synchronization

    /// The records of the requests that are being answered, and of the latest that were.
    package final class RequestRecords: Sendable {
        /// How many requests that are over are remembered.
        package static let limit = 50
        /// How many at most are remembered while they are being answered.
        package static let openLimit = 1_000

        private struct State {
            var open: [ObjectIdentifier: RequestRecord] = [:]
            /// The newest last.
            var closed: [RequestRecord] = []
        }

        private let state = Mutex(State())

        package init() {}

        /// Remembers how far requests are, and the templates that the app renders.
        func listen(to signals: Signals) {
            signals.requestStarted.connect { [weak self] request in self?.record(of: request)?.pass(.routing) }
            signals.requestFinished.connect { [weak self] finished in
                self?.record(of: finished.request)?.pass(.hooksAfter)
            }
            signals.beforeRenderTemplate.connect { [weak self] rendered in
                if let request = rendered.request { self?.record(of: request)?.beginTemplate(rendered) }
            }
            signals.templateRendered.connect { [weak self] rendered in
                if let request = rendered.request { self?.record(of: request)?.endTemplate(rendered) }
            }
        }

        /// Begins the record of a request.
        package func begin(_ request: Request) -> RequestRecord {
            let record = RequestRecord(request)
            state.withLock { state in
                if state.open.count < Self.openLimit { state.open[ObjectIdentifier(request)] = record }
            }
            return record
        }

        /// The request is over.
        package func end(_ record: RequestRecord) {
            record.ended()
            record.request.body.discard(over: RequestRecord.bodyLimit)
            let forgotten = state.withLock { state in
                state.open[ObjectIdentifier(record.request)] = nil
                state.closed.append(record)
                return state.closed.count > Self.limit ? state.closed.removeFirst() : nil
            }
            // Freed outside of the lock: with it go values of the app.
            _ = forgotten
        }

        /// The record of a request that is being answered, by itself or by one that middleware has put in its place.
        package func record(of request: Request) -> RequestRecord? {
            let received = ObjectIdentifier(request.original)
            return state.withLock { $0.open[received] }
        }

        /// The record with an id, of a request that is being answered or is among the latest.
        package subscript(id: String) -> RequestRecord? { all.first { $0.id.utf8.elementsEqual(id.utf8) } }

        /// The latest requests, the newest first.
        package var latest: [RequestRecord] { state.withLock { $0.closed.reversed() } }

        private var all: [RequestRecord] { state.withLock { $0.closed.reversed() + $0.open.values } }
    }
#endif
