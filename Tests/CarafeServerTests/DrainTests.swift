import CarafeHTTP
import CarafeServer
import NIOCore
import Testing
import TestSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Stopping: no new connections, running requests finish.
@Suite struct DrainTests {
    @Test("idle connections are closed and new ones refused")
    func idle() async throws {
        try await serve { server in
            let client = try server.connect()
            try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().text == "GET /a")
            let port = server.server.boundAddress?.port ?? 0
            let start = ContinuousClock.now
            await server.server.shutdown(gracefulTimeout: .seconds(30))
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(client.isEnded)
            #expect(throws: RawClient.Failure.self) { try RawClient(port: port) }
        }
    }

    @Test("a client that has just connected still gets its first request answered")
    func firstRequest() async throws {
        try await serve { server in
            let client = try server.connect()
            #expect(await eventually { server.server.statistics.connections == 1 })
            let stopping = Task { await server.server.shutdown(gracefulTimeout: .seconds(30)) }
            try await Task.sleep(for: .milliseconds(300))
            try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().text == "GET /a")
            #expect(client.isEnded)
            await stopping.value
        }
    }

    @Test("a running request finishes and its connection closes", arguments: ["/wait", "/stream"])
    func running(path: String) async throws {
        let (gate, started) = (Gate(), Counter())
        let responder = TestResponder()
            .later("/wait") { _ in
                started.add()
                await gate.wait()
                return Response("finished")
            }
            .at("/stream") { _ in
                .now(
                    Response(
                        body: .stream { writer in
                            try await writer.write("fini")
                            started.add()
                            await gate.wait()
                            try await writer.write("shed")
                        }))
            }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { started.value == 1 })
            let stopped = try await server.beginStopping()
            try await Task.sleep(for: .milliseconds(150))
            gate.open()
            #expect(try client.response().text == "finished")
            #expect(client.isEnded)
            client.close()
            await stopped.value
            #expect(server.server.statistics.connections == 0)
        }
    }

    @Test("a request that arrives on an open connection while the server stops is still answered")
    func lateRequest() async throws {
        let gate = Gate()
        let responder = TestResponder.usual.later("/wait") { _ in
            await gate.wait()
            return Response("waited")
        }
        try await serve(responder) { server in
            let (busy, late) = (try server.connect(), try server.connect())
            try busy.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
            try late.send("GET /a HTTP/1.1\r\nHo")
            #expect(await eventually { server.server.statistics.requests == 1 })
            let stopped = try await server.beginStopping()
            try await Task.sleep(for: .milliseconds(150))
            try late.send("st: x\r\n\r\n")
            let response = try late.response()
            #expect(response.text == "GET /a" && response.closes)
            gate.open()
            #expect(try busy.response().closes)
            busy.close()
            late.close()
            await stopped.value
        }
    }

    @Test("a connection whose client takes its last response late is closed when it has")
    func lateReader() async throws {
        let responder = TestResponder().at("/large") { _ in
            .now(Response(body: .bytes(ByteBuffer(repeating: 0x61, count: 16_000_000))))
        }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            client.giveBack(try client.receive())
            let stopped = try await server.beginStopping()
            try await Task.sleep(for: .milliseconds(250))
            #expect(try client.response().body.count == 16_000_000)
            #expect(client.isEnded)
            await stopped.value
        }
    }

    @Test("a request that outlasts the graceful timeout is cancelled, broken off and logged")
    func tooLate() async throws {
        let recorder = Recorder()
        let responder = TestResponder().later("/wait") { _ in
            recorder.note("started")
            do { try await Task.sleep(for: .seconds(60)) } catch { recorder.note("cancelled") }
            return recorder.watch(Response("never"))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { recorder.events == ["started"] })
            await server.server.shutdown(gracefulTimeout: .milliseconds(200))
            #expect(recorder.events == ["started", "cancelled", "broken off"])
            #expect(throws: RawClient.Failure.self) { try client.response() }
            #expect(server.log.contains("warning: 1 requests on 1 connections did not finish in time"))
        }
    }

    @Test("a handler that takes no notice of being cancelled does not keep the server from stopping")
    func stubborn() async throws {
        let (gate, started) = (Gate(), Counter())
        let responder = TestResponder().later("/wait") { _ in
            started.add()
            await gate.wait()
            return Response("never")
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { started.value == 1 })
            await server.server.shutdown(gracefulTimeout: .zero)
            gate.open()
        }
    }

    @Test("who waits in the backlog when listening ends is let in and answered")
    func backlog() async throws {
        // One at a time is accepted, so that many wait.
        let configure = { (configuration: inout ServerConfiguration) in
            (configuration.maxConnections, configuration.lingerTimeout) = (1, .milliseconds(10))
            configuration.backlogTimeout = .seconds(60)
        }
        try await serve(.usual, configure) { server in
            let clients = try (0..<40).map { _ in try server.connect() }
            for client in clients { try client.send("GET /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
            let stopping = Task { await server.server.shutdown(gracefulTimeout: .seconds(30)) }
            for client in clients {
                #expect(try client.response().text == "GET /later")
                client.close()
            }
            await stopping.value
        }
    }

    @Test("shutting down twice, or before the start, does nothing")
    func twice() async throws {
        let server = Server(responder: TestResponder.usual, logger: LogRecorder().logger)
        await server.shutdown(gracefulTimeout: .zero)
        try await serve { server in
            await server.server.shutdown(gracefulTimeout: .zero)
            await server.server.shutdown(gracefulTimeout: .zero)
        }
    }
}

/// ``Server/run(onStart:)``. One after another: signals go to the whole process.
@Suite(.serialized) struct SignalTests {
    @Test("SIGTERM and SIGINT end the server after the running request", arguments: [SIGTERM, SIGINT])
    func signals(signal: CInt) async throws {
        let gate = Gate()
        let responder = TestResponder().later("/wait") { _ in
            await gate.wait()
            return Response("finished")
        }
        try await run(responder) { server in
            let client = try server.connect()
            let port = server.server.boundAddress?.port ?? 0
            try client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { server.server.statistics.requests == 1 })
            kill(getpid(), signal)
            #expect(await server.stopsListening(at: port))
            gate.open()
            let response = try client.response()
            #expect(response.text == "finished" && response.closes)
        }
    }

    @Test("after SIGTERM it is no longer ready, and serves on for the delay; a second signal ends that")
    func drainDelay() async throws {
        try await run(.usual, { $0.drainDelay = .seconds(60) }) { server in
            #expect(server.server.readiness.isReady)
            let idle = try server.connect()
            kill(getpid(), SIGTERM)
            #expect(await eventually { !server.server.readiness.isReady })
            try await Task.sleep(for: .milliseconds(100))
            let response = try server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(response.text == "GET /a" && !response.closes)
            try idle.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try idle.response().text == "GET /b")
            kill(getpid(), SIGTERM)
        }
    }

    @Test("SIGINT and SIGQUIT wait for no delay", arguments: [SIGINT, SIGQUIT])
    func noDelay(signal: CInt) async throws {
        try await run(.usual, { $0.drainDelay = .seconds(60) }) { server in
            let port = server.server.boundAddress?.port ?? 0
            kill(getpid(), signal)
            #expect(await server.stopsListening(at: port))
        }
    }

    @Test("a second signal ends the server at once")
    func twoSignals() async throws {
        let responder = TestResponder().later("/wait") { _ in
            try? await Task.sleep(for: .seconds(60))
            return Response("never")
        }
        try await run(responder) { server in
            let client = try server.connect()
            try client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { server.server.statistics.requests == 1 })
            kill(getpid(), SIGTERM)
            try await Task.sleep(for: .milliseconds(150))
            #expect(server.server.statistics.requests == 1)
            kill(getpid(), SIGTERM)
            #expect(throws: RawClient.Failure.self) { try client.response() }
        }
    }

    @Test("cancelling the task that runs the server stops it")
    func cancelled() async throws {
        try await run(.usual, cancels: true) { server in
            let response = try server.exchange("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(response.status == 200)
        }
    }

    /// Runs a server, and `body` while it runs; returns when the server has ended.
    private func run(
        _ responder: TestResponder, _ configure: (inout ServerConfiguration) -> Void = { _ in }, cancels: Bool = false,
        _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration(address: .hostname("127.0.0.1", port: 0))
        configuration.threads = 1
        configure(&configuration)
        let log = LogRecorder()
        let server = Server(configuration: configuration, responder: responder, logger: log.logger)
        let started = Gate()
        let running = Task { try await server.run { _ in started.open() } }
        await started.wait()
        try await onOwnThread { try await body(TestServer(server: server, log: log)) }
        if cancels { running.cancel() }
        try await running.value
        #expect(server.boundAddress == nil)
    }
}
