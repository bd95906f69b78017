import Carafe
import CarafeTLS
import TestSupport
import Testing

@Suite("Chromium", .enabled(if: Browser.path != nil, "Chromium is not installed"), .mayBlock) struct BrowserTests {
    @Test("speaks HTTP/2 over TLS: pages, content, cookies, and a WebSocket")
    func http2() async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let page = try await Browser(trustsAll: true).newPage()
            try await page.open("https://localhost:\(app.port)/session")
            #expect(try await page.text == "saved")
            #expect(try await page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2")
            let size = try await page.evaluate(
                "fetch('/count', {method: 'POST', body: 'x'.repeat(2_000_000)}).then(answer => answer.text())")
            #expect(size == "2000000")
            let facts = try await page.evaluate("fetch('/facts').then(answer => answer.text())")
            #expect(facts.contains("HTTP/2 localhost:\(app.port)") && facts.contains("session="))
            let echo = try await page.evaluate(
                """
                new Promise((done, failed) => {
                    const socket = new WebSocket(`wss://${location.host}/ws`)
                    socket.onopen = () => socket.send("hello")
                    socket.onmessage = event => { done(event.data); socket.close() }
                    socket.onerror = () => failed(new Error("no WebSocket"))
                })
                """)
            #expect(echo == "hello")
            #expect(await eventually { app.server.statistics.requests == 0 })
        }
    }
}
