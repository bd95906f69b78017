import Carafe
import CarafeTLS
import TestSupport
import Testing

@Suite(.enabled(if: Python.has("h2", "hyperframe", "hpack"))) struct BehaviourTests {
    @Test("requests and responses, frame by frame")
    func frames() async throws {
        try await serve { app in
            app.config.maxContentLength = 4_000_000
            app.install(HTTP2())
        } then: { app in
            let cases = try await results(of: "behaviour.py", port: app.port)
            #expect(cases.count >= 18)
            for result in cases where !result.ok { Issue.record("\(result)") }
            // The handlers of cancelled requests have ended, and of those whose clients have gone.
            #expect(await eventually { app.handlers.running == 0 })
        }
    }

    @Test("attacks end their own connection, and no other")
    func attacks() async throws {
        try await serve {
            $0.install(HTTP2())
        } server: {
            $0.headerTimeout = .seconds(3)
        } then: { app in
            let cases = try await results(of: "attacks.py", port: app.port)
            #expect(cases.count >= 25)
            for result in cases where !result.ok { Issue.record("\(result)") }
            #expect(await eventually { app.handlers.running == 0 && app.server.statistics.connections == 0 })
        }
    }

    @Test("a rapid reset starts few handlers")
    func rapidReset() async throws {
        try await serve {
            $0.install(HTTP2())
        } then: { app in
            let script = """
                import sys; sys.path.insert(0, "\(clients)")
                from wire import *
                c = Client(\(app.port))
                for n in range(100):
                    if c.is_closed: break
                    c.send(*[c.headers(n * 200 + 2 * i + 1, c.fields(path="/hang")) + rst(n * 200 + 2 * i + 1) for i in range(100)])
                # Streams past the limit are refused before the connection is.
                while (outcome := c.outcome()).startswith("RST_STREAM"): pass
                print(outcome)
                """
            let outcome = String(decoding: try await Python.run(["-c", script]), as: UTF8.self)
            #expect(["GOAWAY ENHANCE_YOUR_CALM\n", "closed\n"].contains(outcome))
            #expect(app.handlers.started <= 300)
            #expect(await eventually { app.handlers.running == 0 })
        }
    }
}
