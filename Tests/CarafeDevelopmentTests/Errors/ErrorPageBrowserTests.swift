import Carafe
import CarafeDevelopment
import CarafeTesting
import Foundation
import NIOCore
import TestSupport
import Testing

@Suite("The error page in a browser", .enabled(if: Browser.path != nil), .serialized, .timeLimit(.minutes(5)))
struct ErrorPageBrowserTests {
    /// An app that is served, and a browser's tab.
    private func open(_ body: (BrowserPage, _ url: String, Workbench) async throws -> Void) async throws {
        let failing = FailingApp()
        _ = try await failing.app.start()
        let server = try failing.app.server(at: .hostname("127.0.0.1", port: 0), threads: 1)
        try await server.start()
        do {
            let port = try #require(server.boundAddress?.port)
            let page = try await Browser().newPage()
            try await body(page, "http://127.0.0.1:\(port)", try #require(failing.workbench))
        } catch {
            await server.shutdown(gracefulTimeout: .zero)
            throw error
        }
        await server.shutdown(gracefulTimeout: .seconds(5))
    }

    /// Writes a picture where `CARAFE_SCREENSHOTS` names a folder.
    private func picture(_ page: BrowserPage, _ name: String) async throws {
        guard let folder = ProcessInfo.processInfo.environment["CARAFE_SCREENSHOTS"] else { return }
        try await page.screenshot(to: "\(folder)/\(name).png")
    }

    @Test("shows one tab at a time, and breaks no policy of its own")
    func tabs() async throws {
        try await open { page, url, _ async throws in
            try await page.open(url + "/pay/7?page=2")
            try await page.wait(until: "document.querySelector('.tablist')")
            #expect(try await page.text.contains("7 € were <refused>."))
            #expect(try await page.evaluate("document.querySelectorAll('.tab:not([hidden])').length") == "1")
            try await page.click("[aria-controls=session]")
            #expect(try await page.text.contains("'ada'"))
            #expect(try await page.evaluate("location.hash") == "#session")
            try await page.click("[aria-controls=log]")
            #expect(try await page.text.contains("paying 7"))
            #expect(try await !page.text.contains("'ada'"))
            let complaints = page.complaints.filter { !$0.contains("401") && !$0.contains("500") }
            #expect(complaints.isEmpty, "\(complaints)")
            for colours in ["light", "dark"] {
                try await page.prefer(colours)
                try await page.evaluate("scrollTo(0, 0)")
                try await picture(page, "error-\(colours)")
            }
        }
    }

    @Test("fits a phone")
    func phone() async throws {
        try await open { page, url, _ async throws in
            try await page.resize(width: 360, height: 740)
            try await page.open(url + "/page")
            try await page.wait(until: "document.querySelector('.tablist')")
            #expect(try await page.evaluate("document.documentElement.scrollWidth <= 360") == "true")
            try await picture(page, "error-phone")
        }
    }

    @Test("has a console that opens with the PIN, remembers what was asked, and sees a template's names")
    func console() async throws {
        try await open { page, url, workbench async throws in
            try await page.open(url + "/page")
            try await page.wait(until: "document.querySelector('.tablist')")
            try await page.click(".unlock input")
            try await page.type("123")
            try await page.press("Enter")
            try await page.wait(forText: "That is not the PIN. 9 tries are left.")
            try await page.evaluate("document.querySelector('.unlock input').value = ''")
            try await page.type(workbench.consoleKey.shownPIN)
            try await page.press("Enter")
            try await page.wait(until: "!document.querySelector('.ask').hidden")
            try await page.type("request.path")
            try await page.press("Enter")
            try await page.wait(forText: "'/page'")
            try await page.evaluate(
                "document.querySelector('.frame summary').parentElement.querySelector('details').open = true")
            try await page.click(".look")
            try await page.type("double + item")
            try await page.press("Enter")
            try await page.wait(until: "document.querySelector('.entries').innerText.includes('9')")
            try await page.press("ArrowUp")
            try await page.press("ArrowUp")
            #expect(try await page.evaluate("document.querySelector('.ask input').value") == "request.path")
            try await page.press("ArrowDown")
            #expect(try await page.evaluate("document.querySelector('.ask input').value") == "double + item")
            try await picture(page, "console")
            // Whoever has given the PIN need not give it again.
            try await page.open(url + "/pay/7")
            try await page.wait(until: "!document.querySelector('.ask').hidden")
        }
    }

    @Test("locks its console after ten wrong PINs")
    func locked() async throws {
        try await open { page, url, workbench async throws in
            try await page.open(url + "/pay/7")
            try await page.wait(until: "document.querySelector('.tablist')")
            for _ in 0..<10 {
                try await page.evaluate("document.querySelector('.refusal').textContent = ''")
                try await page.evaluate("document.querySelector('.unlock input').value = '1'")
                try await page.click(".unlock button")
                try await page.wait(until: "document.querySelector('.refusal').textContent")
            }
            try await page.wait(forText: "10 wrong PINs: the console is locked until the app starts again.")
            try await page.evaluate("document.querySelector('.unlock input').value = '\(workbench.consoleKey.pin)'")
            try await page.evaluate("document.querySelector('.refusal').textContent = ''")
            try await page.click(".unlock button")
            try await page.wait(forText: "the console is locked")
            #expect(try await page.evaluate("document.querySelector('.ask').hidden") == "true")
        }
    }

    @Test("copies itself as Markdown")
    func copy() async throws {
        try await open { page, url, _ async throws in
            try await page.open(url + "/pay/7")
            try await page.wait(until: "document.querySelector('.tablist')")
            try await page.evaluate(
                "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text } } })"
            )
            try await page.click("a.copy[href$='.md']")
            try await page.wait(until: "window.copied")
            #expect(try await page.evaluate("window.copied").contains("### PaymentFailed: 7 €"))
        }
    }
}
