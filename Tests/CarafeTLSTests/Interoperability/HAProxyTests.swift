import Carafe
import CarafeServer
import CarafeTLS
import Foundation
import TestSupport
import Testing

@Suite("Behind HAProxy", .enabled(if: ChildProcess.path(of: "haproxy") != nil, "HAProxy is not installed"))
struct HAProxyTests {
    @Test(
        "the PROXY protocol tells of the client, before HTTP/1.1 and HTTP/2 with prior knowledge; all passes",
        arguments: [
            ("send-proxy", "HTTP/1.1"), ("send-proxy-v2", "HTTP/1.1"), ("send-proxy-v2 proto h2 ws h2", "HTTP/2"),
            ("send-proxy proto h2 ws h1", "HTTP/2"),
        ])
    func passed(options: String, version: String) async throws {
        let proxies = try ProxyProtocol(from: ["127.0.0.1"])
        try await serve {
            $0.install(HTTP2())
            $0.get("/who") { request in
                "\(request.remoteAddress ?? "nobody") \(request.head.version)\n"
            }
        } server: {
            $0.proxyProtocol = proxies
        } then: { app in
            let port = freePort()
            let front = try Front(try #require(ChildProcess.path(of: "haproxy")), arguments: { _ in ["-q", "-f"] }) {
                folder in
                """
                defaults
                    mode http
                    timeout connect 30s
                    timeout client 60s
                    timeout server 60s
                frontend all
                    bind 127.0.0.1:\(port)
                    bind unix@\(folder)/front.sock
                    default_backend app
                backend app
                    server app 127.0.0.1:\(app.port) \(options)

                """
            }
            #expect(await front.listens(), "\(front.errors)")
            let url = "http://127.0.0.1:\(port)"
            let who = try await curl("--interface", "127.0.0.2", "\(url)/who?[1-3]")
            #expect(who == String(repeating: "127.0.0.2 \(version)\n", count: 3))
            let file = front.folder + "/upload"
            try Data(repeating: 0x62, count: 3_000_000).write(to: URL(filePath: file))
            #expect(try await curl("--data-binary", "@\(file)", "\(url)/count") == "3000000")
            for (path, size) in [("large", 10_000_000), ("stream", 1_000_000)] {
                let taken = try await curl("--output", "/dev/null", "--write-out", "%{size_download}", "\(url)/\(path)")
                #expect(taken == "\(size)")
            }
            if Python.has("websockets") {
                #expect(try await echoes(over: "connect('ws://127.0.0.1:\(port)/ws')") == "1000\n")
            }
        }
    }
}
