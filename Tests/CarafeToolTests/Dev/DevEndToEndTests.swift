import Foundation
import TestSupport
import Testing

@testable import carafe_tool

@Suite("carafe dev", .serialized, .timeLimit(.minutes(60)))
struct DevEndToEndTests {
    private static let source = "Sources/edited/App.swift"
    /// How long a browser waits for what may take a build on a busy machine.
    private static let patience = Duration.seconds(300)

    @Test(
        "follows edits in open pages, shows what is wrong, and loses no request", .enabled(if: Browser.path != nil),
        arguments: DevelopedProject.Toolchain.available)
    func edits(toolchain: DevelopedProject.Toolchain) async throws {
        let project = try DevelopedProject("edited", .site, toolchain)
        _ = try await project.wait(for: "<h1>Hello, World!</h1>")
        let page = try await Browser().newPage()
        try await page.open(project.url)
        try await page.wait(forText: "Hello, World!", for: Self.patience)
        let trickle = Trickle(project, clients: 3)

        try project.edit("templates/index.html", "Hello", "Good day")
        try await page.wait(forText: "Good day, World!", for: Self.patience)
        try await changeStyle(of: project, in: page)
        try await changeHandler(of: project, in: page)
        try await breakAndMend(project, in: page)
        try await fail(project, in: page)

        let (answered, lost) = trickle.stop()
        #expect(answered > 20)
        #expect(lost == 0)

        // A crash takes with it the connections whose requests the app had not begun to read: nobody else asks meanwhile.
        // ThreadSanitizer does not survive the `clone` with which the runtime makes its report.
        if !isSanitized { try await crash(project, in: page) }
        #expect(page.complaints.filter { $0.contains("Content Security Policy") || $0.contains("Uncaught") }.isEmpty)
        #expect(project.isRunning("edited"))
        #expect(project.end() == 0)
        #expect(!project.isRunning("edited"))
    }

    /// Style sheets are exchanged in the page, which stays as it is.
    private func changeStyle(of project: DevelopedProject, in page: BrowserPage) async throws {
        // What the save before has led to is over: a file that is renamed into its place may be told of twice.
        try await Task.sleep(for: .seconds(1))
        try await page.evaluate("window.stays = true")
        try project.edit("static/style.css", "margin: 4rem auto", "margin: 7px auto")
        try await page.wait(until: "getComputedStyle(document.body).marginTop === '7px'", for: Self.patience)
        #expect(try await page.evaluate("window.stays === true") == "true")
    }

    /// Twenty edits: whoever asks after a save gets what was saved, and so does the open page.
    private func changeHandler(of project: DevelopedProject, in page: BrowserPage) async throws {
        let route = "    app.get(\"/edit\") { HTML(\"<p>edit 0.</p>\") }\n\n    app.onError"
        // A page that reloads itself just then would win over the one that is opened next.
        try await page.open("about:blank")
        try project.edit(Self.source, "    app.onError", route)
        _ = try await project.wait(for: "edit 0.", at: "/edit")
        try await page.open(project.url + "/edit")
        for number in 1...20 {
            try project.edit(Self.source, "edit \(number - 1).", "edit \(number).")
            try await Task.sleep(for: .milliseconds(200))
            #expect(project.exchange("/edit")?.contains("edit \(number).") == true)
            try await page.wait(forText: "edit \(number).", for: Self.patience)
        }
    }

    private func breakAndMend(_ project: DevelopedProject, in page: BrowserPage) async throws {
        try project.edit(Self.source, "return app", "retrn app")
        try await page.wait(forText: "The build failed", for: Self.patience)
        try await page.wait(forText: "cannot find 'retrn' in scope", for: Self.patience)
        #expect(try await page.evaluate("document.querySelector('.source .here').textContent").contains("retrn app"))
        let failure = try #require(project.exchange("/"))
        #expect(failure.hasPrefix("HTTP/1.1 503 "))
        #expect(failure.contains("Sources/edited/App.swift:"))
        let problem = project.exchange("/", accept: "application/json")
        #expect(problem?.contains("Content-Type: application/problem+json") == true)
        try project.edit(Self.source, "retrn app", "return app")
        try await page.wait(forText: "edit 20.", for: Self.patience)
    }

    /// An error that a handler throws is a page, whose console opens with the PIN that the terminal has printed.
    private func fail(_ project: DevelopedProject, in page: BrowserPage) async throws {
        try project.edit(Self.source, "{ HTML(\"<p>edit 20.</p>\") }", Self.failing)
        try await page.wait(forText: "CardRefused", for: Self.patience)
        #expect(project.exchange("/edit")?.hasPrefix("HTTP/1.1 500 ") == true)
        if project.toolchain == .swift {
            #expect(
                try await page.evaluate("document.querySelector('.source .here').textContent").contains(
                    "throw CardRefused"))
        }
        let pin = try #require(project.pin)
        try await page.wait(until: "document.querySelector('.unlock input')", for: Self.patience)
        try await page.click(".unlock input")
        try await page.type(pin == "111-111-111" ? "222-222-222" : "111-111-111")
        try await page.press("Enter")
        try await page.wait(forText: "That is not the PIN. 9 tries are left.", for: Self.patience)
        #expect(try await page.evaluate("document.querySelector('.ask').hidden") == "true")
        try await page.evaluate("document.querySelector('.unlock input').value = ''")
        try await page.type(pin)
        try await page.press("Enter")
        try await page.wait(until: "!document.querySelector('.ask').hidden", for: Self.patience)
        try await page.type("request.path ~ '?'")
        try await page.press("Enter")
        try await page.wait(forText: "'/edit?'", for: Self.patience)
        // The app that is built next knows the browser again.
        try project.edit(Self.source, "throw CardRefused()", "throw CardRefused(again: true)")
        try await page.wait(forText: "again: true", for: Self.patience)
        try await page.wait(until: "!document.querySelector('.ask').hidden", for: Self.patience)
    }

    private static let failing = """
        { () throws -> HTML in struct CardRefused: Error { var again = false }; throw CardRefused() }
        """

    private func crash(_ project: DevelopedProject, in page: BrowserPage) async throws {
        let failing = Self.failing.replacingOccurrences(of: "CardRefused()", with: "CardRefused(again: true)")
        try project.edit(Self.source, failing, "{ HTML(\"\\([1, 2][Int(\"7\")!])\") }")
        try await page.wait(forText: "Fatal error: Index out of range", for: Self.patience)
        try await page.wait(forText: "While it answered GET /edit", for: Self.patience)
        let other = try #require(project.exchange("/"))
        #expect(other.hasPrefix("HTTP/1.1 500 ") && other.contains("The app crashed"))
        // Back where it came from, the button would make it crash again.
        try await page.open(project.url)
        try await page.wait(forText: "The app crashed", for: Self.patience)
        try await page.click("button")
        try await page.wait(forText: "Good day, World!", for: Self.patience)
    }
}
