import CarafeHTTP
import CarafeTemplates
import HTTPTypes
import Logging

extension CompiledApp {
    /// What is to be done about an error.
    enum Triage {
        /// It carries its response.
        case response(Response)
        /// A handler of the app makes the response.
        case handler(ErrorHandler, any Error)
        /// It is an answer that no handler of the app writes.
        case page(any Error)
        /// Nobody expected it.
        case unexpected(any Error)
    }

    /// Finds out what is to be done about an error.
    func triage(_ error: any Error, _ context: Context) -> Triage {
        // What a function of the app throws goes through a template as through any other code.
        if let cause = (error as? TemplateError)?.underlying {
            if case .unexpected = triage(cause, context) { return .unexpected(error) }
            return triage(cause, context)
        }
        if let abort = error as? Abort, let response = abort.response { return .response(response) }
        if let httpError = error as? any HTTPError {
            let handler = ErrorHandler.find(
                for: error, status: httpError.status.code, in: context.plan.errorHandlers)
            return handler.map { .handler($0, error) } ?? .page(error)
        }
        // An error of the app's own: only a handler for its type may take it; one for 500 gets it as unexpected.
        if let handler = ErrorHandler.find(for: error, status: 0, in: context.plan.errorHandlers) {
            return .handler(handler, error)
        }
        return .unexpected(error)
    }

    /// Tells the log and the signal of an error that nobody expected. A task that was cancelled because its client
    /// went away is no error: nobody reads what is sent. A `CancellationError` of something that the handler itself
    /// cancelled is one.
    func reportUnexpected(_ error: any Error, _ request: Request, _ context: Context) -> Response? {
        if error is CancellationError, Task.isCancelled {
            return Response(status: HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request"))
        }
        context.unexpectedError = error
        signals.gotRequestException.send(Signals.Failed(request: request, error: error))
        logger.error(
            "Exception on \(LogText.line(request.path)) [\(request.method.rawValue)]: \(logText(of: error))",
            metadata: ["request": .string(request.id)])
        tracebacks?.write(error, request)
        return nil
    }

    /// Finds the handler that writes the answer for an error that nobody expected, and what it is given: one for 500
    /// gets the error as it is; one for HTTP errors sees that it has become one. With the development tools there is none:
    /// their page tells more.
    func handlerForUnexpected(_ error: any Error, _ context: Context) -> (ErrorHandler, any Error)? {
        if tools != nil { return nil }
        let serverError = InternalServerError(originalError: error)
        guard let handler = ErrorHandler.find(for: serverError, status: 500, in: context.plan.errorHandlers) else {
            return nil
        }
        if case .status = handler.subject { return (handler, error) }
        return (handler, serverError)
    }

    /// An error while the response was finished, after one that had already become a response.
    func logFinishing(_ error: any Error, _ request: Request) {
        logFailure(of: "after-request hook", error, request)
    }

    /// An error in code that handles another.
    func logFailure(of what: String, _ error: any Error, _ request: Request) {
        logger.error(
            "The \(what) for \(LogText.line(request.path)) [\(request.method.rawValue)] failed: \(logText(of: error))",
            metadata: ["request": .string(request.id)])
    }

    /// The answer for an error that no handler of the app writes.
    func page(for error: any Error, _ request: Request) -> Response {
        let asJSON = ErrorPage.wantsJSON(request)
        if let error = error as? any HTTPError {
            let path = (error as? JSONDecodingError)?.path
            return ErrorPage.response(
                error.status, detail: error.detail, path: path, headers: error.headers, asJSON: asJSON)
        }
        return unexpectedPage(for: error, request)
    }

    /// The answer for an error that nobody expected, or that was thrown where no error can be an answer: in an error
    /// handler or an after-request hook. It tells nothing unless the app is in debug mode.
    func unexpectedPage(for error: any Error, _ request: Request) -> Response {
        if let tools { return tools.page(for: error, request) }
        let detail = isDebug ? describe(error) : StatusText.detail(for: .internalServerError)
        return ErrorPage.response(
            .internalServerError, detail: detail, headers: Headers(), asJSON: ErrorPage.wantsJSON(request))
    }

    /// The error as the log has it: on one line, or where it comes from a template with the way there below.
    private func logText(of error: any Error) -> String {
        error is TemplateError ? LogText.lines(describe(error)) : LogText.line(describe(error))
    }

    private func describe(_ error: any Error) -> String {
        let description = String(describing: error)
        let type = String(describing: Swift.type(of: error))
        return description.utf8.starts(with: type.utf8) ? description : "\(type): \(description)"
    }
}
