import Foundation
import Testing

@testable import carafe_tool

@Suite("carafe dev", .serialized, .enabled(if: SlowTests.areWanted), .timeLimit(.minutes(60)))
struct DevEndToEndTests {
    private static let app = "Sources/edited/App.swift"

    /// Asks until the answer has a text, for a while that a build may take.
    private func wait(for text: String, at path: String = "/", of project: DevelopedProject) async throws -> String {
        var last = ""
        for _ in 0..<600 {
            last = project.exchange(path) ?? "(lost)"
            if last.contains(text) { return last }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("'\(text)' never came; the last answer was: \(last)")
        return last
    }

    @Test("follows edits, shows what is wrong, and loses no request")
    func edits() async throws {
        let project = try DevelopedProject("edited", .site)
        _ = try await wait(for: "<h1>Hello, World!</h1>", of: project)
        let trickle = Trickle(project, clients: 3)

        try project.edit("templates/index.html", "Hello", "Good day")
        _ = try await wait(for: "<h1>Good day, World!</h1>", of: project)

        // Twenty edits of a handler: whoever asks after a save gets what was saved.
        try project.edit(Self.app, "    app.onError", "    app.get(\"/edit\") { \"edit 0.\" }\n\n    app.onError")
        for number in 0..<20 {
            try project.edit(Self.app, "edit \(number).", "edit \(number + 1).")
            try await Task.sleep(for: .milliseconds(200))
            #expect(project.exchange("/edit")?.contains("edit \(number + 1).") == true)
        }

        try project.edit(Self.app, "return app", "retrn app")
        let failure = try await wait(for: "The build failed", of: project)
        #expect(failure.hasPrefix("HTTP/1.1 503 "))
        #expect(failure.contains("cannot find &#39;retrn&#39; in scope"))
        #expect(failure.contains("Sources/edited/App.swift:"))
        #expect(failure.contains(#"<span class="here">"#))
        let problem = project.exchange("/", accept: "application/json")
        #expect(problem?.contains("Content-Type: application/problem+json") == true)
        try project.edit(Self.app, "retrn app", "return app")
        _ = try await wait(for: "<h1>Good day, World!</h1>", of: project)

        let (answered, lost) = trickle.stop()
        #expect(answered > 20)
        #expect(lost == 0)

        // A crash takes with it the connections whose requests the app had not begun to read: nobody else asks meanwhile.
        try project.edit(Self.app, "\"edit 20.\"", "\"\\([1, 2][Int(\"7\")!])\"")
        try await Task.sleep(for: .milliseconds(200))
        let crash = project.exchange("/edit") ?? "(lost)"
        #expect(crash.hasPrefix("HTTP/1.1 500 "), "the request that ends the app is answered")
        #expect(crash.contains("Fatal error: Index out of range"))
        #expect(crash.contains("While it answered GET /edit"))
        #expect(project.exchange("/")?.contains("The app crashed") == true)
        #expect(project.exchange("/__carafe/start", by: "POST")?.hasPrefix("HTTP/1.1 303 ") == true)
        _ = try await wait(for: "<h1>Good day, World!</h1>", of: project)

        #expect(project.isRunning("edited"))
        #expect(project.end() == 0)
        #expect(!project.isRunning("edited"))
    }
}
