import CarafeHTTP
import CarafeRouting
import HTTPTypes

// A request's way through the app, from top to bottom. docs/lifecycle.md numbers the same steps.
//
// Where every step of a route is synchronous, all of them run inline on the event loop; otherwise the same steps run
// in a task that starts on the event loop. What cannot suspend exists once; the steps that call the app's own code
// exist in both forms, `…Now` and `…Later`. The latter are `nonisolated(nonsending)`: each would else ask for its executor
// when it begins and again when it ends, which made an asynchronous request a third dearer.

extension CompiledApp: Responder {
    /// Answers a request: matches its route and takes it through the hooks, the handler and back.
    func respond(to request: Request) -> Reply {
        if let watchdog { return watchdog.watch(request, answer) }
        return answer(request)
    }

    private func answer(_ request: Request) -> Reply {
        let context = open(request)
        if case .mounted(let responder, let length)? = context.routingAnswer {
            return responder.respond(to: request, prefixLength: length)
        }
        if context.plan.isSynchronous && (!context.plan.needsBody || request.body.buffered != nil) {
            return .now(CurrentRequest.$request.withValue(request) { respondNow(request, context) })
        }
        return .later {
            // The server binds the request when it makes the task; others that run the work may have not.
            if CurrentRequest.request === request { return await self.respondLater(request, context) }
            return await CurrentRequest.$request.withValue(request) { await self.respondLater(request, context) }
        }
    }

    /// All steps without suspending.
    private func respondNow(_ request: Request, _ context: Context) -> Response {
        var response: Response
        do {
            start(request, context)
            response = try preprocessNow(request, context) ?? dispatchNow(request, context)
        } catch {
            response = handleNow(error, request, context)
        }
        do {
            try finishNow(&response, request, context)
        } catch  where context.unexpectedError != nil {
            logFinishing(error, request)
        } catch {
            response = handleUnexpectedNow(error, request, context)
            do { try finishNow(&response, request, context) } catch { logFinishing(error, request) }
        }
        return close(response, request, context)
    }

    /// All steps, waiting where they wait.
    private nonisolated(nonsending) func respondLater(_ request: Request, _ context: Context) async -> Response {
        var response: Response
        do {
            if let store = sessions.store { try await openSession(in: store, request, context) }
            start(request, context)
            if let early = try await preprocessLater(request, context) {
                response = early
            } else {
                response = try await dispatchLater(request, context)
            }
        } catch {
            response = await handleLater(error, request, context)
        }
        do {
            try await finishLater(&response, request, context)
        } catch  where context.unexpectedError != nil {
            logFinishing(error, request)
        } catch {
            response = await handleUnexpectedLater(error, request, context)
            do { try await finishLater(&response, request, context) } catch { logFinishing(error, request) }
        }
        return close(response, request, context)
    }

    // MARK: - 1. Open the context and match the route

    /// Finds the route and opens the context. A path without a route is no error yet: the app's hooks run first.
    private func open(_ request: Request) -> Context {
        let context = router.match(request, in: self)
        if accessLog != nil { context.connection = request.connection }
        request.attach(context)
        if let forwarding { forwarding.look(at: request, context) }
        return context
    }

    // MARK: - 2. Begin

    /// Sends `requestStarted` and lets the URL value preprocessors see the path variables.
    private func start(_ request: Request, _ context: Context) {
        signals.requestStarted.send(request)
        guard !context.plan.urlValuePreprocessors.isEmpty else { return }
        var values = context.pathValues
        for preprocessor in context.plan.urlValuePreprocessors { preprocessor(request, &values) }
        context.pathValues = values
    }

    // MARK: - 3. Before-request hooks: the first that answers wins

    private func preprocessNow(_ request: Request, _ context: Context) throws -> Response? {
        for hook in context.plan.beforeRequest {
            if case .sync(let call) = hook, let response = try call(request) { return response }
        }
        return nil
    }

    private nonisolated(nonsending) func preprocessLater(_ request: Request, _ context: Context) async throws
        -> Response?
    {
        for hook in context.plan.beforeRequest {
            let response =
                switch hook {
                case .sync(let call): try call(request)
                case .async(let call): try await call(request)
                }
            if let response { return response }
        }
        return nil
    }

    // MARK: - 4. The handler

    private func dispatchNow(_ request: Request, _ context: Context) throws -> Response {
        if let response = try dispatchRouting(request, context) { return response }
        try checkContentLength(request)
        try request.checkCounts()
        guard let call = context.plan.callNow else { throw Abort(.internalServerError) }
        return try call(HandlerInput(request: request, values: context.arguments))
    }

    private nonisolated(nonsending) func dispatchLater(_ request: Request, _ context: Context) async throws -> Response
    {
        if let response = try dispatchRouting(request, context) { return response }
        try checkContentLength(request)
        try request.checkCounts()
        if context.plan.needsBody { try await request.loadBody() }
        let input = HandlerInput(request: request, values: context.arguments)
        switch context.plan.handler?.work {
        case .sync(let call): return try call(input)
        case .async(let call): return try await call(input)
        case nil: throw Abort(.internalServerError)
        }
    }

    /// What routing itself answers: a redirect, an error, the methods of a path.
    private func dispatchRouting(_ request: Request, _ context: Context) throws -> Response? {
        switch context.routingAnswer {
        case nil:
            guard context.plan.answersOptions, request.method == .options else { return nil }
            return Response(headers: [.allow: router.allowedMethods(for: request).joined(separator: ", ")])
        case .redirect(let location): return redirect(to: location, status: .permanentRedirect)
        case .failure(let error): throw error
        case .mounted: throw Abort(.notFound)
        }
    }

    /// Content that is declared to be too large is refused before it is read; other content when it gets too large.
    private func checkContentLength(_ request: Request) throws {
        guard request.head.framing != .none else { return }
        let limit = request.maxContentLength
        request.body.limit = limit
        if let length = request.body.contentLength, length > limit { throw ContentTooLarge(limit: limit) }
    }

    // MARK: - 5. Errors become responses

    private func handleNow(_ error: any Error, _ request: Request, _ context: Context) -> Response {
        switch triage(error, context) {
        case .response(let response): return response
        case .handler(let handler, let error):
            do {
                guard case .sync(let call) = handler.work else { return page(for: error, request) }
                return try call(request, error)
            } catch {
                return handleUnexpectedNow(error, request, context)
            }
        case .page(let error): return page(for: error, request)
        case .unexpected(let error): return handleUnexpectedNow(error, request, context)
        }
    }

    private nonisolated(nonsending) func handleLater(_ error: any Error, _ request: Request, _ context: Context) async
        -> Response
    {
        switch triage(error, context) {
        case .response(let response): return response
        case .handler(let handler, let error):
            do {
                switch handler.work {
                case .sync(let call): return try call(request, error)
                case .async(let call): return try await call(request, error)
                }
            } catch {
                return await handleUnexpectedLater(error, request, context)
            }
        case .page(let error): return page(for: error, request)
        case .unexpected(let error): return await handleUnexpectedLater(error, request, context)
        }
    }

    /// An error that nobody expected: it is logged once and becomes a 500, which an error handler may write.
    private func handleUnexpectedNow(_ error: any Error, _ request: Request, _ context: Context) -> Response {
        if let response = reportUnexpected(error, request, context) { return response }
        if let (handler, error) = handlerForUnexpected(error, context), case .sync(let call) = handler.work {
            do { return try call(request, error) } catch { logFailure(of: "error handler", error, request) }
        }
        return unexpectedPage(for: error, request)
    }

    private nonisolated(nonsending) func handleUnexpectedLater(
        _ error: any Error, _ request: Request, _ context: Context
    ) async -> Response {
        if let response = reportUnexpected(error, request, context) { return response }
        if let (handler, error) = handlerForUnexpected(error, context) {
            do {
                switch handler.work {
                case .sync(let call): return try call(request, error)
                case .async(let call): return try await call(request, error)
                }
            } catch {
                logFailure(of: "error handler", error, request)
            }
        }
        return unexpectedPage(for: error, request)
    }

    // MARK: - 6. After the handler

    /// After-this-request, after-request hooks, the session, `requestFinished`.
    private func finishNow(_ response: inout Response, _ request: Request, _ context: Context) throws {
        if context.isTouched {
            for action in context.takeAfterThisRequest() { try action(request, &response) }
        }
        for hook in context.plan.afterRequest {
            if case .sync(let call) = hook { try call(request, &response) }
        }
        if context.isTouched || sessions.mayRenew(request) { try saveCookieSession(&response, request, context) }
        announce(response, request)
    }

    private nonisolated(nonsending) func finishLater(_ response: inout Response, _ request: Request, _ context: Context)
        async throws
    {
        if context.isTouched {
            for action in context.takeAfterThisRequest() { try action(request, &response) }
        }
        for hook in context.plan.afterRequest {
            switch hook {
            case .sync(let call): try call(request, &response)
            case .async(let call): try await call(request, &response)
            }
        }
        if let store = sessions.store {
            try await saveSession(in: store, &response, request, context)
        } else if context.isTouched || sessions.mayRenew(request) {
            try saveCookieSession(&response, request, context)
        }
        announce(response, request)
    }

    private func announce(_ response: Response, _ request: Request) {
        signals.requestFinished.send(Signals.Finished(request: request, response: response))
    }

    // MARK: - 7. Teardown, exactly once, after the last byte or when the client has gone

    private func close(_ response: Response, _ request: Request, _ context: Context) -> Response {
        guard
            !context.plan.teardownRequest.isEmpty || signals.requestTearingDown.hasReceivers
                || context.needsClosing
        else { return response }
        var response = response
        response.onClose { _ in self.tearDown(request, context) }
        return response
    }

    private func tearDown(_ request: Request, _ context: Context) {
        if context.plan.tearsDownLater {
            Task {
                await CurrentRequest.$request.withValue(request) {
                    for hook in context.plan.teardownRequest {
                        switch hook {
                        case .sync(let call): call(request, context.unexpectedError)
                        case .async(let call): await call(request, context.unexpectedError)
                        }
                    }
                }
                end(request, context)
            }
        } else {
            CurrentRequest.$request.withValue(request) {
                for hook in context.plan.teardownRequest {
                    if case .sync(let call) = hook { call(request, context.unexpectedError) }
                }
            }
            end(request, context)
        }
    }

    private func end(_ request: Request, _ context: Context) {
        context.removeUploads()
        signals.requestTearingDown.send(Signals.TornDown(request: request, error: context.unexpectedError))
    }
}
