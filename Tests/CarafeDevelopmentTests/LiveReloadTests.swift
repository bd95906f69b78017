import Carafe
import CarafeDevelopment
import CarafeHTTP
import CarafeServer
import CarafeTesting
import HTTPTypes
import NIOCore
import Testing

@Suite("Live reload")
struct LiveReloadTests {
    private let element = #"<script src="/__carafe/live.js" data-version="v1" defer></script>"#

    private func page(_ body: ResponseBody, _ headers: Headers = [:]) async throws -> String {
        var response = Response(headers: [.contentType: "text/html; charset=utf-8"], body: body)
        for (name, value) in headers { try response.headers.append(value, for: #require(HTTPField.Name(name))) }
        return String(buffer: try await LiveReload(version: "v1").addScript(to: response).body.collect())
    }

    @Test(
        "puts its script before the end of a page's body",
        arguments: [
            ("<body>a</body></html>", "<body>a", "</body></html>"), ("<BODY>a</BODY>", "<BODY>a", "</BODY>"),
            ("<p>a", "<p>a", ""), ("<code></body></code></body>", "<code></body></code>", "</body>"), ("", "", ""),
        ])
    func position(page: String, before: String, after: String) async throws {
        let expected = before + element + after
        #expect(try await self.page(.string(page)) == expected)
        #expect(try await self.page(.bytes(page.utf8)) == expected)
    }

    @Test(
        "puts other elements into whole pages alone",
        arguments: [
            ("<!doctype html><p>a", true), ("\n<HTML>a", true), ("<head><title>a</title>", true), ("a</body>", true),
            ("<p>a", false), ("ok", false), ("<html", true), ("<htm", false), ("", false),
        ])
    func pieces(page: String, isWhole: Bool) async throws {
        let response = Response(headers: [.contentType: "text/html; charset=utf-8"], body: .string(page))
        let text = String(buffer: try await response.adding(toPieces: false) { _ in "<i>" }.body.collect())
        #expect(text.contains("<i>") == isWhole)
    }

    @Test("puts it behind a page that is sent while it is made")
    func stream() async throws {
        let page = try await page(.stream { try await $0.write("<p>a") })
        #expect(page == "<p>a" + element)
    }

    @Test(
        "uses the nonce with which a page's policy lets scripts run",
        arguments: [
            ("script-src 'self' 'nonce-abc'", #" nonce="abc""#), ("default-src 'nonce-d'", #" nonce="d""#),
            ("script-src-elem 'nonce-e'; script-src 'nonce-s'", #" nonce="e""#), ("script-src 'self'", ""),
            ("img-src 'nonce-i'", ""),
        ])
    func nonce(policy: String, attribute: String) async throws {
        let page = try await page(.string("a"), [.contentSecurityPolicy: policy])
        #expect(page.contains(#"data-version="v1"\#(attribute) defer"#), "\(page)")
    }

    @Test(
        "leaves everything else as it is",
        arguments: [
            [.contentType: "text/plain"], [.contentType: "text/html", .contentEncoding: "gzip"],
            [.contentType: "text/html", .contentRange: "bytes 0-1/2"], [:],
        ] as [Headers])
    func others(headers: Headers) async throws {
        let response = Response(headers: headers, body: .string("a</body>"))
        let result = LiveReload(version: "v1").addScript(to: response)
        #expect(try await String(buffer: result.body.collect()) == "a</body>")
    }
}

@Suite("The messages between an app and its tool")
struct LinkMessageTests {
    @Test(
        "arrive as they were sent",
        arguments: [
            .began(RunningRequest(id: 7, method: "GET", target: "/a?b=c", client: "::1", fields: ["Host: x"])),
            .began(RunningRequest(id: 1, method: "POST", target: "/", client: "", fields: [])),
            .answered(7), .ended(.max),
        ] as [AppMessage])
    func app(message: AppMessage) { #expect(AppMessage(message.text) == message) }

    @Test(
        "to the app arrive too",
        arguments: [
            .changed(LiveReload.Change(version: "x-1", kind: .styles, paths: ["static/style.css", "a b"])),
            .changed(LiveReload.Change(version: "x-2", kind: .page, paths: [])), .ending,
        ] as [ToolMessage])
    func tool(message: ToolMessage) { #expect(ToolMessage(message.text) == message) }

    @Test("that are none are nothing", arguments: ["", "began", "began\n1", "ended\nx", "nonsense\n1"])
    func malformed(text: String) {
        #expect(AppMessage(text) == nil)
        #expect(ToolMessage(text) == nil)
    }

    @Test("carry a descriptor with them")
    func descriptor() throws {
        let (left, right) = try #require(PacketSocket.pair())
        let (inner, outer) = try #require(PacketSocket.pair())
        left.send("take this", with: inner.descriptor)
        left.send("and this")
        let (text, attached) = try #require(right.receive())
        #expect(text == "take this")
        PacketSocket(descriptor: try #require(attached)).send("through the copy")
        #expect(outer.receive()?.text == "through the copy")
        #expect(try #require(right.receive()).attached == nil)
        left.close()
        #expect(right.receive() == nil)
    }
}

@Suite("The workbench")
struct WorkbenchTests {
    @Test("is found by the name by which Carafe looks for it")
    func name() {
        #expect(_typeByName("17CarafeDevelopment9WorkbenchC") == Workbench.self)
    }
}
