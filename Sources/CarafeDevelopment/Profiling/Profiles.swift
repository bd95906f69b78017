#if DEBUG
    import Carafe
    import CarafeHTTP
    import HTTPTypes
    import NIOCore
    import Synchronization

    /// Profiles of requests, which somebody has asked for: the next `GET` of a target is sampled.
    final class Profiles: Sendable {
        /// Where one asks: a form with a request's id; its page is then asked for again.
        static let path = "/__carafe/profile"
        /// How many are kept.
        static let limit = 10
        /// How many bytes a form may have.
        private static let contentLimit = 1_024

        private struct State {
            var awaited: String?
            var finished: [(id: String, profile: Profile)] = []
        }

        private let state = Mutex(State())

        /// The profile of a request.
        subscript(id: String) -> Profile? { state.withLock { $0.finished.first { $0.id == id }?.profile } }

        // MARK: - Asking

        /// Notes what is to be sampled, and sends the browser there.
        ///
        /// - Parameter records: the requests that may be sent again. The form names one by its id, so that neither an address of
        ///   another host nor a secret of a query is in a page.
        func respond(to request: Request, _ records: RequestRecords) -> Reply {
            guard request.method == .post, WebSocketOrigins.same.allow(request) else {
                return .now(Response(status: .badRequest))
            }
            return .later { [self] in
                guard let content = try? await request.body.collect(upTo: Self.contentLimit),
                    let id = try? Parameters(urlEncoded: String(buffer: content))["request"], let record = records[id],
                    record.request.method == .get
                else { return Response(status: .badRequest) }
                let target = record.request.head.target.rawValue
                state.withLock { $0.awaited = target }
                return Response(status: .seeOther, headers: [.location: target, .cacheControl: "no-store"])
            }
        }

        // MARK: - Sampling

        /// Answers a request, sampled where that was asked for.
        func answering(_ request: Request, _ answer: () -> Reply) -> Reply {
            let isAwaited = state.withLock { state in
                guard let awaited = state.awaited, request.method == .get,
                    request.head.target.rawValue.utf8.elementsEqual(awaited.utf8)
                else { return false }
                state.awaited = nil
                return true
            }
            guard isAwaited, let sampler = Sampler.start() else { return answer() }
            return answer().map { [self] response in
                let profile = sampler.stop()
                state.withLock { state in
                    state.finished.append((request.id, profile))
                    if state.finished.count > Self.limit { state.finished.removeFirst() }
                }
                return response
            }
        }
    }
#endif
