import Carafe
@testable import CarafeDevelopment
import CarafeTesting
import Foundation
import NIOCore
import TestSupport
import Testing

@Suite("The toolbar in a browser", .enabled(if: Browser.path != nil), .serialized, .timeLimit(.minutes(5)))
struct ToolbarBrowserTests {
    /// An app that is served, and a browser's tab on its shop.
    private func open(
        _ declare: (App) -> Void = { _ in }, _ body: (BrowserPage, _ url: String) async throws -> Void
    ) async throws {
        let app = ToolbarTests.app { app in
            app.get("/calls") {
                HTML(
                    raw:
                        "<body><p>none</p><script>fetch('/json').then(() => document.body.append('fetched'))</script></body>"
                )
            }
            declare(app)
        }
        _ = try await app.app.start()
        let server = try app.app.server(at: .hostname("127.0.0.1", port: 0), threads: 1)
        try await server.start()
        do {
            let port = try #require(server.boundAddress?.port)
            try await body(try await Browser().newPage(), "http://127.0.0.1:\(port)")
        } catch {
            await server.shutdown(gracefulTimeout: .zero)
            throw error
        }
        await server.shutdown(gracefulTimeout: .zero)
    }

    private func picture(_ page: BrowserPage, _ name: String) async throws {
        guard let folder = ProcessInfo.processInfo.environment["CARAFE_SCREENSHOTS"] else { return }
        try await page.screenshot(to: "\(folder)/\(name).png")
    }

    private let root = "document.querySelector('carafe-toolbar').shadowRoot"

    @Test("shows figures, opens what is behind them over the page, and folds")
    func panels() async throws {
        try await open { page, url in
            try await page.open(url + "/shop")
            try await page.wait(until: "document.querySelector('carafe-toolbar')")
            let text = try await page.evaluate("\(root).querySelector('nav').innerText")
            #expect(
                text.contains("4 queries, 2 again") && text.contains("1 warning") && text.contains("200"), "\(text)")
            try await picture(page, "toolbar")
            try await page.evaluate("\(root).querySelector('a[href$=\"#queries\"]').click()")
            let frame = "\(root).querySelector('iframe')?.contentDocument"
            try await page.wait(
                until: "\(frame)?.querySelector('#queries:not([hidden])')?.innerText.includes('3 times')")
            for colours in ["light", "dark"] {
                try await page.prefer(colours)
                try await picture(page, "toolbar-queries-\(colours)")
            }
            try await page.press("Escape")
            try await page.wait(until: "!\(root).querySelector('dialog')")
            try await page.evaluate("\(root).querySelector('button').click()")
            #expect(try await page.evaluate("\(root).querySelector('nav').innerText").contains("carafe"))
            try await page.open(url + "/shop")
            try await page.wait(until: "document.querySelector('carafe-toolbar')")
            #expect(try await page.evaluate("\(root).querySelector('nav').className") == "away")
            // The browser asks for an icon by itself.
            let complaints = page.complaints.filter { !$0.contains("404") }
            #expect(complaints.isEmpty, "\(complaints)")
        }
    }

    @Test("counts the calls of scripts")
    func calls() async throws {
        try await open { page, url in
            try await page.open(url + "/calls")
            try await page.wait(forText: "fetched")
            try await page.wait(until: "\(root).querySelector('nav').innerText.includes('1 call')")
            try await page.open(url + Toolbar.path)
            #expect(try await page.text.contains("GET /json"))
        }
    }

    @Test("works under a strict policy of the page's own, which stays unbroken")
    func policy() async throws {
        let policy = "default-src 'none'; script-src 'nonce-abc'; base-uri 'none'"
        try await open({ app in
            app.afterRequest { request, response in
                if request.path == "/plain" { response.headers[.contentSecurityPolicy] = policy }
            }
        }) { page, url in
            try await page.open(url + "/plain")
            try await page.wait(until: "document.querySelector('carafe-toolbar')")
            #expect(try await page.evaluate("getComputedStyle(\(root).querySelector('nav')).display") == "flex")
            #expect(page.complaints.filter { $0.contains("Content Security Policy") }.isEmpty, "\(page.complaints)")
        }
    }

    @Test("shows where the time of a page goes, once somebody asks")
    func profile() async throws {
        try await open({ app in app.get("/busy") { HTML("<body>\(beBusy(for: .milliseconds(300)))</body>") } }) {
            page, url in
            try await page.open(url + "/busy")
            try await page.wait(until: "document.querySelector('carafe-toolbar')")
            let link = try await page.evaluate("\(root).querySelector('a').href")
            try await page.open(link.replacing("#request", with: "#profile"))
            try await page.click("#profile button")
            try await page.wait(until: "location.pathname === '/busy' && document.querySelector('carafe-toolbar')")
            let next = try await page.evaluate("\(root).querySelector('a').href")
            try await page.open(next.replacing("#request", with: "#profile"))
            try await page.wait(until: "document.querySelector('#profile svg rect')")
            try await picture(page, "toolbar-profile")
        }
    }
}
