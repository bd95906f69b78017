import CarafeHTTP
import CarafeServer
import HTTPTypes
import Synchronization

/// What a program that runs an app without its command line needs: the test client, above all.
extension App {
    /// Checks the app, freezes it and runs its start-up hooks.
    ///
    /// - Throws: ``ConfigurationError``, or what a hook throws
    package func start() async throws -> any Responder {
        let app = try compile()
        for hook in app.startupHooks { try await hook() }
        readiness.set(true)
        return app.responder
    }

    /// Runs the shutdown hooks of an app that was started.
    package func stop() async {
        readiness.set(false)
        guard let app = try? compile() else { return }
        for hook in app.shutdownHooks.reversed() { await hook() }
    }

    /// A server for a started app and a client in the same process, at an address, with `threads` event loops.
    ///
    /// The timeouts of slow clients that the app leaves as they are, are ten minutes: a busy machine is no slow client.
    package func server(at address: ServerConfiguration.Address, threads: Int) throws -> Server {
        let app = try compile()
        var configuration = app.serverConfiguration
        let usual = ServerConfiguration()
        for timeout in [\ServerConfiguration.headerTimeout, \.bodyIdleTimeout, \.sendTimeout, \.keepAliveTimeout]
        where configuration[keyPath: timeout] == usual[keyPath: timeout] {
            configuration[keyPath: timeout] = .seconds(600)
        }
        configuration.address = address
        configuration.threads = threads
        return Server(
            configuration: try app.adapt(configuration), responder: app.responder, logger: app.logger,
            readiness: readiness)
    }

    /// The development tools of a started app; nil outside of debug mode.
    package var developmentTools: (any DevelopmentTools)? { (try? compile())?.tools }

    /// Opens the session that a request would have, lets `body` read and change it, and saves it.
    ///
    /// - Returns: what `body` returned, and a response with nothing but the fields that save the session
    package func withSession<Result>(
        of request: Request, _ body: (Session) async throws -> Result
    ) async throws -> (Result, Response) {
        let app = try compile()
        let context = app.router.match(request, in: app)
        request.context = context
        if let store = app.sessions.store { try await app.openSession(in: store, request, context) }
        let result = try await body(request.session)
        var response = Response()
        if let store = app.sessions.store {
            try await app.saveSession(in: store, &response, request, context)
        } else {
            try app.saveCookieSession(&response, request, context)
        }
        return (result, response)
    }
}

extension Request {
    /// The error that the app answered with 500, where there was one.
    package var unexpectedError: (any Error)? { appContext?.unexpectedError }
}
