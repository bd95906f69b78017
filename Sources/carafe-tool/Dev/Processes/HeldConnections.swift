import CarafeHTTP
import HTTPTypes
import NIOCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension AppProcess.HeldRequest {
    /// Answers the request in the place of the app, which is gone: its client would else see no more than a connection that
    /// breaks off.
    func answer(with page: FailurePage, version: String) async {
        guard let connection else { return }
        let accept = request.fields.first { $0.utf8.prefix(7).map { $0 | 0x20 }.elementsEqual("accept:".utf8) }
        let response = page.response(
            accept: MediaTypeAccept(parsing: accept.map { String(decoding: $0.utf8.dropFirst(7), as: UTF8.self) }),
            version: version)
        guard let body = try? await response.body.collect() else { return }
        var head = "HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\n"
        for (name, value) in response.headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(body.readableBytes)\r\nConnection: close\r\n\r\n"
        let text = head + (request.method == "HEAD" ? "" : String(buffer: body))
        BlockingThread.run("answer") { Self.send(text, to: connection) }
    }

    /// Sends all of it, and reads what the client still sends: closing at once could destroy what is on its way.
    private static func send(_ text: String, to connection: CInt) {
        defer { close(connection) }
        _ = fcntl(connection, F_SETFL, fcntl(connection, F_GETFL) & ~O_NONBLOCK)
        var time = timeval(tv_sec: 2, tv_usec: 0)
        for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
            setsockopt(connection, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        guard StandardStreams.write(text, to: connection) else { return }
        shutdown(connection, CInt(SHUT_WR))
        var rest = [UInt8](repeating: 0, count: 4096)
        while read(connection, &rest, rest.count) > 0 {}
    }
}
