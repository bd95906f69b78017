import Foundation
import TestSupport
import Testing

/// How a service with workers ends.
@Suite("A service with workers that ends", .serialized, .mayBlock, .timeLimit(.minutes(10)))
struct EndTests {
    @Test("drains after SIGTERM: every request that was taken is answered, hooks run, and it ends with 0")
    func drain() throws {
        let ended = TemporaryPath()
        try ended.makeFolder()
        let service = try Service([], ["CHAOS_ENDED": ended.path])
        let workers = service.serving()
        let loads = [true, false].map { Load(port: service.port, "/slow/100", clients: 2, keepsAlive: $0) }
        for load in loads { load.goOn(2) }
        service.process.terminate()
        #expect(service.process.wait() == 0)
        for load in loads { #expect(load.end().lost == 0) }
        let hooks = try FileManager.default.contentsOfDirectory(atPath: ended.path)
        #expect(Set(hooks.compactMap { pid_t($0) }) == Set(workers))
    }

    @Test("is no longer ready during the delay, but serves; a second SIGTERM ends it")
    func drainDelay() throws {
        let service = try Service(["--drain-delay", "3600"])
        let client = Client(port: service.port)
        #expect(client.get("/readyz") == .answer(status: 200, content: "ready"))
        service.process.terminate()
        #expect(service.eventually { client.get("/readyz") == .answer(status: 503, content: "stopping") })
        #expect(client.get("/") == .answer(status: 200, content: "Hello, World!"))
        service.process.terminate()
        #expect(service.process.wait() == 0)
        #expect(client.get("/") == .refused)
    }

    @Test("waits for no running request after a second SIGTERM, after SIGINT and SIGQUIT", arguments: [1, 2, 3])
    func stop(signal: Int) throws {
        let service = try Service(["--graceful-timeout", "3600"])
        let port = service.port
        Thread.detachNewThread { _ = Client(port: port).get("/slow/3600000") }
        #expect(service.eventually { (try? service.status().workers.map(\.served).reduce(0, +)) == 1 })
        if signal == 1 {
            service.process.terminate()
            #expect(service.eventually { service.log.contains("Draining.") })
            service.process.terminate()
        } else {
            service.signal(signal == 2 ? SIGINT : SIGQUIT)
        }
        #expect(service.process.wait() == 0)
    }

    @Test("closes WebSockets with 1001")
    func webSockets() throws {
        let service = try Service(workers: 1)
        let client = RawSocket(port: service.port)
        client.send(
            "GET /socket HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        #expect(String(decoding: client.receive(), as: UTF8.self).hasPrefix("HTTP/1.1 101 "))
        service.process.terminate()
        // A close frame whose first two bytes are the code.
        let frame = client.receive()
        #expect(frame.count > 3 && frame[0] == 0x88 && Int(frame[2]) << 8 | Int(frame[3]) == 1001)
        client.close()
        #expect(service.process.wait() == 0)
    }
}
