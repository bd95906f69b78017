import Carafe
import CarafeServer
import Foundation
import TestSupport
import Testing

@testable import carafe_tool

@Suite("The site of nginx", .enabled(if: NginxSite.isPossible), .timeLimit(.minutes(5)))
struct NginxSiteTests {
    @Test("is taken by nginx", arguments: DeploymentSample.allCases)
    func valid(sample: DeploymentSample) throws {
        let site = try NginxSite(sample)
        #expect(try site.check() == 0, "\(site.log)")
    }

    @Test("would not be with a mistake")
    func invalid() throws {
        let site = try NginxSite(.shop) { $0.replacing("proxy_http_version", with: "proxy_htp_version") }
        #expect(try site.check() != 0)
        #expect(site.log.contains("proxy_htp_version"))
    }

    @Test("passes requests on with what the app is to know, and nothing that the client has made up")
    func headers() async throws {
        try await NginxSite.serve { site in
            let text = try site.curl(
                "https://shop.test/fields", "--header", "X-Forwarded-For: 10.9.8.7", "--header",
                "X-Forwarded-Prefix: /evil", "--header", "Forwarded: for=10.9.8.7")
            #expect(text == "shop.test https shop.test unix: none none")
        }
    }

    @Test("sends those who come without TLS to the same place with it")
    func redirect() async throws {
        try await NginxSite.serve { site in
            let text = try site.curl(
                "http://shop.test/a?b=c", "--write-out", "%{http_code} %{redirect_url}", "--output", "/dev/null")
            #expect(text == "308 https://shop.test/a?b=c")
        }
    }

    @Test("passes WebSockets on")
    func webSocket() async throws {
        try await NginxSite.serve { site in
            let text = try site.curl(
                "https://shop.test/ws", "--http1.1", "--include", "--header", "Connection: Upgrade", "--header",
                "Upgrade: websocket", "--header", "Sec-WebSocket-Version: 13", "--header",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
            #expect(text.hasPrefix("HTTP/1.1 101 ") && text.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
            #expect(text.contains("hello"))
        }
    }

    @Test(
        "has static files, kept for long where their address tells the version, and none with a dot",
        arguments: [("style.css?v=1", "200 max-age=315360000"), ("style.css", "200 no-cache"), (".secret", "404 ")])
    func files(path: String, expected: String) async throws {
        try await NginxSite.serve { site in
            let text = try site.curl(
                "https://shop.test/static/\(path)", "--output", "/dev/null", "--write-out",
                "%{http_code} %header{cache-control}")
            #expect(text == expected)
        }
    }
}

/// A site of nginx on sockets in a folder of its own.
private final class NginxSite: Sendable {
    static let isPossible = ["nginx -v", "curl --version", "openssl version"].allSatisfy { line in
        (try? ChildProcess("sh", ["-c", line]).wait()) == 0
    }

    private let fixture: ToolFixture
    private var folder: String { fixture.folder }

    init(_ sample: DeploymentSample, _ change: (String) -> String = { $0 }) throws {
        let deployment = try sample.deployment
        let slug = deployment.app.slug
        fixture = try ToolFixture(["current/static/style.css": "p { }", "current/static/.secret": "x"])
        let text = try deployment.files(for: [.nginx]).first?.text ?? ""
        let site =
            text
            .replacing("listen 80;", with: "listen unix:\(fixture.folder)/http.sock;")
            .replacing("listen 443 ssl", with: "listen unix:\(fixture.folder)/https.sock ssl")
            .split(separator: "\n").filter { !$0.contains("listen [::]:") }.joined(separator: "\n")
            .replacing("unix:/run/\(slug).sock", with: "unix:\(fixture.folder)/app.sock")
            .replacing("/etc/letsencrypt/live/\(deployment.host)", with: fixture.folder)
            .replacing("/srv/\(slug)/current", with: "\(fixture.folder)/current")
        try fixture.write("site.conf", Data(change(site).utf8))
        try fixture.write("nginx.conf", Data(Self.configuration(fixture.folder).utf8))
        // Workers of nginx may be another user's.
        chmod(fixture.folder, 0o755)
        let certificate = try ChildProcess(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(deployment.host)", "-keyout", "\(fixture.folder)/privkey.pem", "-out",
                "\(fixture.folder)/fullchain.pem",
            ])
        _ = certificate.readToEnd()
        #expect(certificate.wait() == 0)
    }

    private static func configuration(_ folder: String) -> String {
        let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }
        return """
            daemon off;
            master_process off;
            pid \(folder)/nginx.pid;
            error_log \(folder)/error.log;
            events {}
            http {
                access_log off;
                types { text/css css; }
                \(places.joined(separator: "\n"))
                include \(folder)/site.conf;
            }

            """
    }

    var log: String { (try? TextFile.text(of: folder + "/error.log")) ?? "" }

    private func arguments(_ others: String...) -> [String] {
        others + ["-p", folder, "-c", "\(folder)/nginx.conf", "-e", "\(folder)/error.log"]
    }

    /// - Returns: 0 where nginx takes it
    func check() throws -> Int32 {
        let nginx = try ChildProcess("nginx", arguments("-t"))
        _ = nginx.readToEnd()
        return nginx.wait()
    }

    /// What curl gets.
    func curl(_ url: String, _ options: String...) throws -> String {
        let socket = url.hasPrefix("https") ? "https.sock" : "http.sock"
        let process = try ChildProcess(
            "curl",
            ["--silent", "--insecure", "--max-time", "20", "--unix-socket", "\(folder)/\(socket)"] + options + [url])
        let text = String(decoding: process.readToEnd(), as: UTF8.self)
        _ = process.wait()
        return text
    }

    /// Runs the shop's site before an app while `body` asks it.
    static func serve(_ body: @escaping @Sendable (NginxSite) throws -> Void) async throws {
        let site = try NginxSite(.shop)
        let app = App("shop", root: site.folder, staticFolder: nil, environment: .none)
        app.get("/fields") { request in
            let names = [
                "host", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-for", "x-forwarded-prefix", "forwarded",
            ]
            return names.map { name in HTTPField.Name(name).flatMap { request.headers[$0] } ?? "none" }
                .joined(separator: " ")
        }
        app.webSocket("/ws") { socket in try await socket.send("hello") }
        _ = try await app.start()
        let server = try app.server(at: .unixSocket(path: site.folder + "/app.sock"), threads: 1)
        try await server.start()
        let nginx = try ChildProcess("nginx", site.arguments())
        let isUp = await eventually { FileManager.default.fileExists(atPath: site.folder + "/https.sock") }
        #expect(isUp, "\(site.log)")
        let result = Result { try body(site) }
        nginx.kill()
        await server.shutdown(gracefulTimeout: .zero)
        try result.get()
    }
}
