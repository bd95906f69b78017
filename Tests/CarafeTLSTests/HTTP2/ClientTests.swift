import Carafe
import CarafeTLS
import Foundation
import TestSupport
import Testing

@Suite struct ClientTests {
    @Test(
        "curl speaks HTTP/2 with prior knowledge, and HTTP/1.1 to the same port",
        arguments: [("--http2-prior-knowledge", "2"), ("--http1.1", "1.1")])
    func cleartext(option: String, version: String) async throws {
        try await serve {
            $0.install(HTTP2())
        } then: { app in
            let facts = try await curl(option, "http://localhost:\(app.port)/facts")
            #expect(facts == "http HTTP/\(version) localhost:\(app.port)  ")
        }
    }

    @Test("curl sends content that arrives whole", arguments: ["--http2", "--http1.1"])
    func upload(version: String) async throws {
        let file = NSTemporaryDirectory() + "carafe-upload-\(UUID().uuidString)"
        try Data(repeating: 0x62, count: 3_000_000).write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await curl(
                "--insecure", version, "--data-binary", "@\(file)", "https://localhost:\(app.port)/count")
            #expect(text == "3000000")
        }
    }

    @Test(
        "httpx speaks HTTP/2 over TLS: many requests at a time, forms, cookies and streams",
        .enabled(if: Python.has("httpx", "h2")))
    func httpx() async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let script = """
                import asyncio, httpx
                async def main():
                    async with httpx.AsyncClient(http2=True, verify=False, base_url="https://localhost:\(app.port)", timeout=20) as client:
                        answers = await asyncio.gather(*[client.get("/later") for _ in range(200)])
                        print({(answer.http_version, answer.status_code, answer.text) for answer in answers})
                        print((await client.post("/echo", content=b"x" * 200_000)).text == "x" * 200_000)
                        await client.get("/session")
                        print(list(client.cookies))
                        size = 0
                        async with client.stream("GET", "/stream") as answer:
                            async for piece in answer.aiter_bytes(): size += len(piece)
                        print(size)
                asyncio.run(main())
                """
            let text = String(decoding: try await Python.run(["-c", script]), as: UTF8.self)
            #expect(text == "{('HTTP/2', 200, 'later')}\nTrue\n['session']\n1000000\n")
        }
    }

    @Test("Python's websockets speaks to it over TLS", .enabled(if: Python.has("websockets")))
    func websockets() async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let end = try await echoes(over: "connect('wss://localhost:\(app.port)/ws', ssl=trusting)")
            #expect(end == "1000\n")
        }
    }
}
