import Foundation

/// A tab of a ``Browser``.
package final class BrowserPage: Sendable {
    private let browser: Browser
    private let tools: BrowserTools
    private let session: String

    init(browser: Browser, tools: BrowserTools, session: String) {
        self.browser = browser
        self.tools = tools
        self.session = session
    }

    func prepare() async throws {
        for domain in ["Page", "Runtime", "Log"] { try await send("\(domain).enable") }
        try await resize(width: 1280, height: 800)
    }

    // MARK: - Going and looking

    /// Goes to an address and waits until its page is loaded.
    package func open(_ url: String) async throws {
        struct Navigation: Decodable { let errorText: String? }
        let navigation: Navigation = try await tools.send("Page.navigate", ["url": url], session: session)
        if let error = navigation.errorText { throw BrowserError("\(url): \(error)") }
        try await wait(until: "document.readyState === 'complete'")
    }

    /// The value of a JavaScript expression, awaited: text as it is, everything else as JSON.
    @discardableResult
    package func evaluate(_ expression: String) async throws -> String {
        struct Evaluation: Decodable {
            struct Value: Decodable { let value: String? }
            struct Problem: Decodable {
                struct Thrown: Decodable { let description: String? }
                let text: String
                let exception: Thrown?
            }
            let result: Value
            let exceptionDetails: Problem?
        }
        let program = """
            (async () => {
              const value = await (\(expression));
              return typeof value === "string" ? value : JSON.stringify(value) ?? "undefined";
            })()
            """
        let evaluation: Evaluation = try await tools.send(
            "Runtime.evaluate", ["expression": program, "awaitPromise": true, "returnByValue": true], session: session)
        if let problem = evaluation.exceptionDetails {
            throw BrowserError("\(expression): \(problem.exception?.description ?? problem.text)")
        }
        return evaluation.result.value ?? "undefined"
    }

    /// What a reader sees: the text of the page, without its markup.
    package var text: String { get async throws { try await evaluate("document.body.innerText") } }

    /// Waits until a JavaScript expression is true, also over reloads of the page.
    ///
    /// - Throws: ``BrowserError`` with what the page shows where it never is
    package func wait(until expression: String, for time: Duration = .seconds(60)) async throws {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end {
            // A page that is just being left cannot be asked.
            if (try? await evaluate("!!(\(expression))")) == "true" { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        let shown = (try? await text) ?? "(nothing)"
        throw BrowserError("'\(expression)' never came true; the page shows: \(shown.prefix(2000))")
    }

    /// Waits until the page shows a text.
    package func wait(forText text: String, for time: Duration = .seconds(60)) async throws {
        let quoted = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        try await wait(until: "document.body.innerText.includes(\(quoted))", for: time)
    }

    /// Errors that scripts threw, and what the browser itself complained of: a policy that was broken, a file that is not
    /// there.
    package var complaints: [String] {
        struct Event: Decodable {
            struct Parameters: Decodable {
                struct Entry: Decodable { let level, text: String }
                struct Details: Decodable {
                    struct Thrown: Decodable { let description: String? }
                    let text: String
                    let exception: Thrown?
                }
                let entry: Entry?
                let exceptionDetails: Details?
            }
            let params: Parameters
        }
        return tools.events(of: session, ["Log.entryAdded", "Runtime.exceptionThrown"]).compactMap { data in
            guard let parameters = try? JSONDecoder().decode(Event.self, from: data).params else { return nil }
            if let details = parameters.exceptionDetails { return details.exception?.description ?? details.text }
            return parameters.entry.flatMap { $0.level == "error" ? $0.text : nil }
        }
    }

    // MARK: - Hands

    /// Clicks on the middle of the first element that a CSS selector finds.
    package func click(_ selector: String) async throws {
        struct Point: Decodable { let x, y: Double }
        let quoted = String(decoding: try JSONEncoder().encode(selector), as: UTF8.self)
        let place = try await evaluate(
            """
            (() => {
              const element = document.querySelector(\(quoted));
              if (!element) throw new Error("nothing is " + \(quoted));
              element.scrollIntoView({ block: "center", behavior: "instant" });
              const box = element.getBoundingClientRect();
              return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
            })()
            """)
        let point = try JSONDecoder().decode(Point.self, from: Data(place.utf8))
        for type in ["mousePressed", "mouseReleased"] {
            try await send(
                "Input.dispatchMouseEvent",
                ["type": type, "x": point.x, "y": point.y, "button": "left", "clickCount": 1])
        }
    }

    /// Types a text into the element that has the focus.
    package func type(_ text: String) async throws { try await send("Input.insertText", ["text": text]) }

    /// Presses a key by its name: `Enter`, `Tab`, `Escape`, `ArrowUp`, `ArrowDown`.
    package func press(_ key: String) async throws {
        let codes = ["Enter": 13, "Tab": 9, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40, "Backspace": 8]
        var event: [String: any Sendable] = ["key": key, "code": key, "windowsVirtualKeyCode": codes[key] ?? 0]
        if key == "Enter" { event["text"] = "\r" }
        for type in ["keyDown", "keyUp"] {
            event["type"] = type
            try await send("Input.dispatchKeyEvent", event)
        }
    }

    // MARK: - The window

    package func resize(width: Int, height: Int) async throws {
        try await send(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
    }

    /// What the user prefers: `light` or `dark`.
    package func prefer(_ colours: String) async throws {
        try await send(
            "Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": colours]]])
    }

    /// Writes a picture of the window into a PNG file.
    package func screenshot(to path: String) async throws {
        struct Picture: Decodable { let data: Data }
        let picture: Picture = try await tools.send("Page.captureScreenshot", ["format": "png"], session: session)
        try picture.data.write(to: URL(filePath: path))
    }

    private func send(_ method: String, _ parameters: [String: any Sendable] = [:]) async throws {
        struct Nothing: Decodable {}
        let _: Nothing = try await tools.send(method, parameters, session: session)
    }
}
