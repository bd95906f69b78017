import Carafe
import CarafeServer
import Foundation
import TestSupport
import Testing

@Suite("Behind nginx", .enabled(if: ChildProcess.path(of: "nginx") != nil, "nginx is not installed")) struct NginxTests
{
    @Test("connections are kept; content, streams, WebSockets and a unix socket pass")
    func passed() async throws {
        let own = NSTemporaryDirectory() + "carafe-\(UUID().uuidString.prefix(8)).sock"
        try await serve { _ in
        } server: {
            $0.furtherAddresses = [.unixSocket(path: own)]
        } then: { app in
            let front = try Front(
                try #require(ChildProcess.path(of: "nginx")), arguments: { ["-e", "stderr", "-p", $0, "-c"] }
            ) {
                folder in
                """
                daemon off; master_process off; pid nginx.pid; error_log stderr;
                events {}
                http {
                    access_log off; client_max_body_size 0;
                    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    upstream app { server 127.0.0.1:\(app.port); keepalive 4; }
                    server {
                        listen unix:\(folder)/front.sock;
                        proxy_http_version 1.1;
                        location / { proxy_pass http://app; proxy_set_header Connection ""; proxy_set_header Host $host; }
                        location /unix/ { proxy_pass http://unix:\(own):/; }
                        location /streamed/ { proxy_pass http://app/; proxy_request_buffering off; proxy_buffering off; }
                        location /ws {
                            proxy_pass http://app; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;
                            proxy_set_header Host $host;
                        }
                    }
                }
                """
            }
            #expect(await front.listens(), "\(front.errors)")
            func get(_ arguments: String...) async throws -> String {
                try await output(of: "curl", ["--silent", "--show-error", "--unix-socket", front.socket] + arguments)
            }
            let many = try await get("http://shop.example/facts?[1-40]")
            #expect(many == String(repeating: "http HTTP/1.1 shop.example  ", count: 40))
            #expect(app.server.statistics.connections == 1)
            #expect(try await get("http://a/unix/facts") == "http HTTP/1.1 localhost  ")
            let file = front.folder + "/upload"
            try Data(repeating: 0x62, count: 3_000_000).write(to: URL(filePath: file))
            for path in ["count", "streamed/count", "unix/count"] {
                #expect(try await get("--data-binary", "@\(file)", "http://a/\(path)") == "3000000")
                let chunked = try await get(
                    "-H", "Transfer-Encoding: chunked", "--data-binary", "@\(file)", "http://a/\(path)")
                #expect(chunked == "3000000")
            }
            for (path, size) in [("large", 10_000_000), ("stream", 1_000_000), ("streamed/large", 10_000_000)] {
                let taken = try await get(
                    "--output", "/dev/null", "--write-out", "%{size_download}", "http://a/\(path)")
                #expect(taken == "\(size)")
            }
            if Python.has("websockets") {
                #expect(try await echoes(over: "unix_connect('\(front.socket)', 'ws://a/ws')") == "1000\n")
            }
            #expect(front.errors.isEmpty)
        }
    }
}
