import Carafe
import CarafeHTTP
import CarafeServer
import HTTPTypes
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Serves a failure's page at every address, from the socket that the app serves otherwise.
struct FailureServer: Sendable {
    /// Where the button of a crash's page leads.
    static let startPath = "/__carafe/start"

    private let server: Server
    private let liveReload: LiveReload

    /// Begins to serve.
    ///
    /// - Parameter start: called when somebody wants the app to start again
    init(
        _ page: FailurePage, on socket: ListeningSocket, version: String, start: @escaping @Sendable () -> Void
    ) async throws {
        liveReload = LiveReload(version: version)
        // The server closes what it serves.
        var configuration = ServerConfiguration(address: .descriptor(fcntl(socket.descriptor, F_DUPFD_CLOEXEC, 3)))
        configuration.threads = 1
        server = Server(
            configuration: configuration, responder: FailureResponder(page: page, liveReload: liveReload, start: start),
            logger: Logger(label: "carafe") { _ in SwiftLogNoOpLogHandler() })
        try await server.start()
    }

    /// Ends, and leaves the socket to the app. Pages that are open connect again.
    func stop() async {
        liveReload.end()
        await server.shutdown(gracefulTimeout: .seconds(2))
    }
}

/// Answers every request with a failure's page.
private struct FailureResponder: Responder {
    let page: FailurePage
    let liveReload: LiveReload
    let start: @Sendable () -> Void

    func respond(to request: Request) -> Reply {
        if let reply = liveReload.respond(to: request) { return reply }
        guard request.head.target.rawPath == FailureServer.startPath else {
            return .now(page.response(accept: request.headers.accept, version: liveReload.version))
        }
        guard request.method == .post, isOwnPage(request) else {
            return .now(Response("Only the button on the page starts the app.", status: .forbidden))
        }
        start()
        return .now(redirect(to: origin(of: request), status: .seeOther))
    }

    /// Whether a form was sent by a page of this address, and not by some other site that the developer has open.
    private func isOwnPage(_ request: Request) -> Bool {
        guard let origin = request.headers[.origin] else { return true }
        return origin.utf8.elementsEqual("http://\(request.head.authority)".utf8)
    }

    /// The path of the page with the button.
    private func origin(of request: Request) -> String {
        let start = "http://\(request.head.authority)/"
        guard let referrer = request.headers[.referer], referrer.utf8.starts(with: start.utf8) else { return "/" }
        let path = "/" + String(decoding: referrer.utf8.dropFirst(start.utf8.count), as: UTF8.self)
        return path.utf8.starts(with: "//".utf8) ? "/" : path
    }
}
