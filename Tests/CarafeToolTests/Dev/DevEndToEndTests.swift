import Foundation
import TestSupport
import Testing

@testable import carafe_tool

@Suite("carafe dev", .serialized, .timeLimit(.minutes(60)))
struct DevEndToEndTests {
    private static let source = "Sources/edited/App.swift"

    @Test(
        "follows edits in open pages, shows what is wrong, and loses no request", .enabled(if: Browser.path != nil),
        arguments: DevelopedProject.Toolchain.available)
    func edits(toolchain: DevelopedProject.Toolchain) async throws {
        let project = try DevelopedProject("edited", .site, toolchain)
        _ = try await project.wait(for: "<h1>Hello, World!</h1>")
        let page = try await Browser().newPage()
        try await page.open(project.url)
        try await page.wait(forText: "Hello, World!")
        let trickle = Trickle(project, clients: 3)

        try project.edit("templates/index.html", "Hello", "Good day")
        try await page.wait(forText: "Good day, World!")
        try await changeStyle(of: project, in: page)
        try await changeHandler(of: project, in: page)
        try await breakAndMend(project, in: page)

        let (answered, lost) = trickle.stop()
        #expect(answered > 20)
        #expect(lost == 0)

        // A crash takes with it the connections whose requests the app had not begun to read: nobody else asks meanwhile.
        try await crash(project, in: page)
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
        try await page.wait(until: "getComputedStyle(document.body).marginTop === '7px'")
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
            try await page.wait(forText: "edit \(number).")
        }
    }

    private func breakAndMend(_ project: DevelopedProject, in page: BrowserPage) async throws {
        try project.edit(Self.source, "return app", "retrn app")
        try await page.wait(forText: "The build failed")
        try await page.wait(forText: "cannot find 'retrn' in scope")
        #expect(try await page.evaluate("document.querySelector('.source .here').textContent").contains("retrn app"))
        let failure = try #require(project.exchange("/"))
        #expect(failure.hasPrefix("HTTP/1.1 503 "))
        #expect(failure.contains("Sources/edited/App.swift:"))
        let problem = project.exchange("/", accept: "application/json")
        #expect(problem?.contains("Content-Type: application/problem+json") == true)
        try project.edit(Self.source, "retrn app", "return app")
        try await page.wait(forText: "edit 20.")
    }

    private func crash(_ project: DevelopedProject, in page: BrowserPage) async throws {
        try project.edit(Self.source, "\"<p>edit 20.</p>\"", "\"\\([1, 2][Int(\"7\")!])\"")
        try await page.wait(forText: "Fatal error: Index out of range")
        try await page.wait(forText: "While it answered GET /edit")
        let other = try #require(project.exchange("/"))
        #expect(other.hasPrefix("HTTP/1.1 500 ") && other.contains("The app crashed"))
        // Back where it came from, the button would make it crash again.
        try await page.open(project.url)
        try await page.wait(forText: "The app crashed")
        try await page.click("button")
        try await page.wait(forText: "Good day, World!")
    }
}
