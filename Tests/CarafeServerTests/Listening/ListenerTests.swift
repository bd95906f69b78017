import CarafeHTTP
import CarafeServer
import Dispatch
import NIOCore
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct ListenerTests {
    /// The error with which a server does not start at an address.
    private func startError(at address: ServerConfiguration.Address) async throws -> ServerError? {
        let server = Server(
            configuration: ServerConfiguration(address: address), responder: TestResponder.usual,
            logger: LogRecorder().logger)
        return await #expect(throws: ServerError.self) { try await server.start() }
    }

    @Test("a busy port is an error that names it and says what to do")
    func busyPort() async throws {
        try await serve { server in
            let port = server.server.boundAddress?.port ?? 0
            let error = try await startError(at: .hostname("127.0.0.1", port: port))
            #expect(error?.kind == .addressInUse)
            let expected = "Another program already listens on 127.0.0.1:\(port). Stop it, or choose another port."
            #expect(error?.description == expected)
        }
    }

    @Test(
        "an address that cannot be listened at is an error that says why",
        arguments: [
            (.hostname("127.0.0.1", port: 65536), .addressNotAvailable, "65536 is not a port."),
            (.hostname("127.0.0.1", port: -1), .addressNotAvailable, "-1 is not a port."),
            (.hostname("192.0.2.1", port: 0), .addressNotAvailable, "This machine has no address 192.0.2.1:0."),
            (.hostname("no.such.host.invalid", port: 0), .addressNotAvailable, "The host of no.such.host.invalid:0"),
            (
                .unixSocket(path: "/tmp/" + String(repeating: "a", count: 200)), .addressNotAvailable,
                "is too long for a socket."
            ),
            (.unixSocket(path: "/no/such/folder/socket"), .cannotListen, "Listening on unix:/no/such/folder/socket"),
        ] as [(ServerConfiguration.Address, ServerError.Kind, String)])
    func badAddress(address: ServerConfiguration.Address, kind: ServerError.Kind, message: String) async throws {
        let error = try await startError(at: address)
        #expect(error?.kind == kind)
        #expect(error?.message.contains(message) == true)
    }

    @Test("a unix socket serves, and its file goes when the server stops")
    func unixSocket() async throws {
        let path = temporaryPath()
        try await serve(.usual, { $0.address = .unixSocket(path: path) }) { server in
            for _ in 0..<3 {
                let response = try server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(response.text == "GET /a")
            }
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test("a unix socket's file has the permissions that were asked for", arguments: [0o600, 0o660, 0o777] as [UInt32])
    func permissions(mode: UInt32) async throws {
        let path = temporaryPath()
        try await serve(.usual, { ($0.address, $0.unixSocketMode) = (.unixSocket(path: path), mode) }) { _ in
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == mode)
        }
    }

    @Test("several addresses are served")
    func several() async throws {
        let path = temporaryPath()
        try await serve(.usual, { $0.furtherAddresses = [.hostname("::1", port: 0), .unixSocket(path: path)] }) {
            server in
            #expect(server.server.boundAddresses.map(\.port).prefix(2).allSatisfy { $0 ?? 0 > 0 })
            let client = try RawClient(path: path)
            try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().text == "GET /a")
            #expect(try server.exchange("GET /b HTTP/1.1\r\nHost: x\r\n\r\n").text == "GET /b")
        }
    }

    @Test("the file of a unix socket that nobody listens on any more is replaced")
    func staleSocket() async throws {
        let path = temporaryPath()
        leaveSocket(at: path)
        #expect(access(path, F_OK) == 0)
        try await serve(.usual, { $0.address = .unixSocket(path: path) }) { server in
            let response = try server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(response.text == "GET /a")
        }
    }

    @Test("the unix socket of a running server is left alone")
    func busySocket() async throws {
        let path = temporaryPath()
        try await serve(.usual, { $0.address = .unixSocket(path: path) }) { server in
            #expect(try await startError(at: .unixSocket(path: path))?.kind == .addressInUse)
            let response = try server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(response.text == "GET /a")
        }
    }

    @Test("a file that is no socket is never removed")
    func otherFile() async throws {
        let path = temporaryPath()
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        defer { unlink(path) }
        #expect(try await startError(at: .unixSocket(path: path))?.kind == .addressInUse)
        #expect(access(path, F_OK) == 0)
    }

    @Test("a socket that is bound already is served")
    func descriptor() async throws {
        let path = temporaryPath()
        defer { unlink(path) }
        try await serve(.usual, { $0.address = .descriptor(boundSocket(at: path)) }) { server in
            let client = try RawClient(path: path)
            try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().text == "GET /a")
        }
    }

    @Test("servers share a socket: each connection is served once, by one of them")
    func shared() async throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let socket = boundSocket(at: path)
        let others = [dup(socket), dup(socket)]
        let served = Counter()
        let responder = TestResponder().at("/a") { _ in
            served.add()
            return .now(Response("a"))
        }
        try await serve(responder, { $0.address = .descriptor(socket) }) { _ in
            try await serve(responder, { $0.address = .descriptor(others[0]) }) { _ in
                try await serve(responder, { ($0.address, $0.threads) = (.descriptor(others[1]), 2) }) { _ in
                    for _ in 0..<25 {
                        let clients = try (0..<8).map { _ in try RawClient(path: path) }
                        for client in clients { try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n") }
                        for client in clients { #expect(try client.response().text == "a") }
                    }
                }
            }
        }
        #expect(served.value == 200)
    }

    @Test("a server whose event loop is busy leaves who comes to others that share the socket")
    func busyLoop() async throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let socket = boundSocket(at: path)
        let other = dup(socket)
        let (begun, release) = (Counter(), DispatchSemaphore(value: 0))
        let busy = TestResponder().at("/busy") { _ in
            begun.add()
            release.wait()
            return .now(Response("busy no more"))
        }
        try await serve(busy, { $0.address = .descriptor(socket) }) { _ in
            let first = try RawClient(path: path)
            try first.send("GET /busy HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { begun.value == 1 })
            try await serve(.usual, { $0.address = .descriptor(other) }) { _ in
                for _ in 0..<20 {
                    let client = try RawClient(path: path)
                    try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
                    #expect(try client.response().text == "GET /a")
                }
            }
            release.signal()
            #expect(try first.response().text == "busy no more")
        }
    }

    @Test("of several event loops one that hangs does not keep the others from taking connections")
    func hangingLoop() async throws {
        let (begun, release) = (Counter(), DispatchSemaphore(value: 0))
        let responder = TestResponder.usual.at("/busy") { _ in
            begun.add()
            release.wait()
            return .now(Response("busy no more"))
        }
        try await serve(responder, { $0.threads = 2 }) { server in
            let first = try server.connect()
            try first.send("GET /busy HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { begun.value == 1 })
            // Some few are given to the one that hangs before it is passed over.
            let clients = try (0..<40).map { _ in try server.connect() }
            for client in clients { try client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
            #expect(await server.settles(at: 1 + 8))
            release.signal()
            for client in clients { #expect(try client.response().text == "GET /a") }
        }
    }

    @Test("a server starts once, and may try again where it could not listen")
    func startTwice() async throws {
        try await serve { server in
            let error = await #expect(throws: ServerError.self) { try await server.server.start() }
            #expect(error?.kind == .alreadyStarted)
            let response = try server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(response.text == "GET /a")
        }
        let path = temporaryPath()
        mkdir(path, 0o700)
        let configuration = ServerConfiguration(address: .unixSocket(path: path))
        let server = Server(configuration: configuration, responder: TestResponder.usual, logger: LogRecorder().logger)
        await #expect(throws: ServerError.self) { try await server.start() }
        rmdir(path)
        try await server.start()
        await server.shutdown(gracefulTimeout: .zero)
    }

    /// A socket bound at a path, not yet listening.
    private func boundSocket(at path: String) -> CInt {
        #if canImport(Glibc)
            let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM), 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return descriptor
    }

    /// Leaves a socket's file behind, as a server does that was killed.
    private func leaveSocket(at path: String) {
        let descriptor = boundSocket(at: path)
        listen(descriptor, 1)
        close(descriptor)
    }
}
