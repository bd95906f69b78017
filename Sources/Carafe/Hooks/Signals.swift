public import CarafeHTTP

/// The signals that an app sends, with Flask's names.
public struct Signals: Sendable {
    /// A request and its response.
    public struct Finished: Sendable {
        /// The request.
        public let request: Request
        /// The response as it is about to be sent.
        public let response: Response
    }

    /// A request and an error.
    public struct Failed: Sendable {
        /// The request.
        public let request: Request
        /// The error that no handler took.
        public let error: any Error
    }

    /// A request that is over.
    public struct TornDown: Sendable {
        /// The request.
        public let request: Request
        /// The error that no handler took, if there was one.
        public let error: (any Error)?
    }

    /// A message that was flashed.
    public struct Flashed: Sendable {
        /// The request.
        public let request: Request
        /// The message's text.
        public let message: String
        /// The message's category.
        public let category: String
    }

    /// The route is known and no hook has run yet.
    public let requestStarted = Signal<Request>()
    /// The response is complete, its session saved, and about to be sent.
    public let requestFinished = Signal<Finished>()
    /// A handler or hook threw an error that is not an HTTP error and that no error handler for its type took.
    public let gotRequestException = Signal<Failed>()
    /// The request is over and its teardown hooks have run.
    public let requestTearingDown = Signal<TornDown>()
    /// A template is about to be rendered with all of its variables.
    public let beforeRenderTemplate = Signal<RenderedTemplate>()
    /// A template was rendered, with all that it includes and extends; one that fails is not announced.
    public let templateRendered = Signal<RenderedTemplate>()
    /// A message was flashed.
    public let messageFlashed = Signal<Flashed>()
}
