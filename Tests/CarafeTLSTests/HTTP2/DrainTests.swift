import Carafe
import CarafeTLS
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: Python.has("h2", "hyperframe", "hpack"))) struct DrainTests {
    @Test("a server that stops says so, answers what is under way, and closes")
    func goAway() async throws {
        try await serve {
            $0.install(HTTP2())
        } then: { app in
            let script = """
                import sys; sys.path.insert(0, "\(clients)")
                from wire import *
                c = Client(\(app.port))
                c.send(c.headers(1, c.fields(path="/later?slowly")))
                print("asked", flush=True)
                seen = []
                while (frame := c.read()) is not None:
                    if isinstance(frame, frames.GoAwayFrame): seen.append(("GOAWAY", frame.last_stream_id))
                    if isinstance(frame, frames.HeadersFrame): seen.append(dict(frame.fields)[":status"])
                print(seen, c.is_closed)
                """
            let process = try ChildProcess(Python.interpreter, ["-c", script])
            var text = String(decoding: process.read(), as: UTF8.self)
            await app.server.shutdown(gracefulTimeout: .seconds(10))
            text += String(decoding: process.readToEnd(), as: UTF8.self)
            _ = process.wait()
            #expect(text == "asked\n[('GOAWAY', 2147483647), '200', ('GOAWAY', 1)] True\n")
        }
    }
}
