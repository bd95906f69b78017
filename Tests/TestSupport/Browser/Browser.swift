import Foundation

/// A headless Chromium for one test, with a profile of its own; it ends with the value.
///
/// ```swift
/// let page = try await Browser().newPage()
/// try await page.open("http://127.0.0.1:8000/")
/// try await page.click("button")
/// try await page.wait(until: "document.title === 'Done'")
/// ```
package final class Browser: Sendable {
    private let tools: BrowserTools
    private let profile: URL

    /// Where the browser is; nil where there is none, and tests that need one are skipped.
    package static let path = ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap(ChildProcess.path).first

    /// Starts it.
    ///
    /// - Parameter trustsAll: whether it takes certificates that nobody has signed
    /// - Throws: where there is no browser, or it cannot be started
    package init(trustsAll: Bool = false) throws {
        guard let path = Self.path else { throw BrowserError("there is no Chromium") }
        profile = FileManager.default.temporaryDirectory.appending(path: "carafe-browser-\(UUID().uuidString)")
        tools = try BrowserTools(
            path,
            [
                // Without the sandbox it runs as root, as it does in containers.
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--hide-scrollbars", "--remote-debugging-pipe",
                "--user-data-dir=\(profile.path(percentEncoded: false))", "about:blank",
            ] + (trustsAll ? ["--ignore-certificate-errors"] : []))
    }

    deinit {
        tools.end()
        try? FileManager.default.removeItem(at: profile)
    }

    /// A tab of its own, as wide as a laptop's.
    package func newPage() async throws -> BrowserPage {
        struct Target: Decodable { let targetId: String }
        struct Session: Decodable { let sessionId: String }
        let target: Target = try await tools.send("Target.createTarget", ["url": "about:blank"])
        let session: Session = try await tools.send(
            "Target.attachToTarget", ["targetId": target.targetId, "flatten": true])
        let page = BrowserPage(browser: self, tools: tools, session: session.sessionId)
        try await page.prepare()
        return page
    }
}

/// What a browser refused to do.
package struct BrowserError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
