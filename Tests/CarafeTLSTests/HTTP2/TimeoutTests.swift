import Carafe
import CarafeTLS
import TestSupport
import Testing

@Suite(.enabled(if: Python.has("h2", "hyperframe", "hpack"))) struct TimeoutTests {
    /// What a script prints that speaks to an app with short timeouts.
    private func run(_ script: String, keepAlive: Duration = .seconds(75)) async throws -> String {
        let result = Result()
        try await serve {
            $0.install(HTTP2())
        } server: {
            $0.bodyIdleTimeout = .milliseconds(400)
            $0.sendTimeout = .milliseconds(400)
            $0.keepAliveTimeout = keepAlive
        } then: { app in
            let prelude = "import sys; sys.path.insert(0, '\(clients)')\nfrom wire import *\nc = Client(\(app.port))\n"
            result.text = String(decoding: try await Python.run(["-c", prelude + script]), as: UTF8.self)
        }
        return result.text
    }

    /// Written by one task, and read when that is over.
    private final class Result: @unchecked Sendable { var text = "" }

    @Test("content that does not come in time gets 408, and the connection lives on")
    func slowContent() async throws {
        let script = """
            c.send(c.headers(1, c.fields(method="POST", path="/echo"), END_HEADERS), raw(DATA, 0, 1, b"x"))
            print(c.response(1)[0])
            c.send(c.headers(3))
            print(c.response(3))
            """
        #expect(try await run(script) == "408\n('200', b'Hello')\n")
    }

    @Test("a client that opens no window is not waited for", arguments: [0, 1])
    func closedWindow(drip: Int) async throws {
        let script = """
            c.send(settings((4, 0)), c.headers(1, c.fields(path="/large")))
            end = None
            for _ in range(600):
                frame = c.read(0.1)
                if isinstance(frame, frames.RstStreamFrame): end = CODES[frame.error_code]; break
                if \(drip): c.send(window_update(1, 1))
            print(end)
            """
        #expect(try await run(script) == "CANCEL\n")
    }

    @Test("a connection without requests is closed in time")
    func idle() async throws {
        let script = """
            c.send(c.headers(1))
            print(c.response(1)[0])
            print(c.outcome())
            """
        #expect(try await run(script, keepAlive: .milliseconds(400)) == "200\nGOAWAY NO_ERROR\n")
    }
}
