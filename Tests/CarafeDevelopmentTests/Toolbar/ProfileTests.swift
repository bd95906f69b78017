import Carafe
@testable import CarafeDevelopment
import CarafeHTTP
import CarafeTesting
import HTTPTypes
import Testing

@Suite("The profile of a request", .serialized)
struct ProfileTests {
    private func app() -> FailingApp {
        ToolbarTests.app { app in app.get("/busy") { HTML("<body>\(beBusy(for: .milliseconds(200)))</body>") } }
    }

    @Test("is made of the next request for the page, and names the app's calls", .timeLimit(.minutes(5)))
    func profile() async throws {
        #if os(Linux)
            try await app().app.test { client in
                let first = try await client.get("/busy", headers: browserFields).text
                let id = try #require(ToolbarTests.link(in: first)?.split(separator: "/").last.map(String.init))
                let answer = try await client.post(Profiles.path, .form(["request": id]))
                #expect(answer.status == .seeOther && answer.headers[.location] == "/busy")
                let text = try await client.get("/busy", headers: browserFields).text
                let page = try await client.get(try #require(ToolbarTests.link(in: text)), headers: browserFields).text
                let picture = try #require(page.firstRange(of: "aria-label=\"Flame graph\""))
                if Traceback.hasSymbolizer { #expect(page[picture.upperBound...].contains("beBusy")) }
                // Only that one.
                let other = try await client.get("/busy", headers: browserFields).text
                let without = try await client.get(try #require(ToolbarTests.link(in: other)), headers: browserFields)
                #expect(!without.text.contains("Flame graph"))
            }
        #endif
    }

    @Test("is of requests that are remembered, and for pages of the app's own")
    func refused() async throws {
        try await app().app.test { client in
            let first = try await client.get("/busy", headers: browserFields).text
            let id = try #require(ToolbarTests.link(in: first)?.split(separator: "/").last.map(String.init))
            for (id, origin) in [("none", "http://localhost"), (id, "https://evil.example"), (id, "null")] {
                let answer = try await client.post(Profiles.path, .form(["request": id]), headers: [.origin: origin])
                #expect(answer.status == .badRequest, "\(id) \(origin)")
            }
            let answer = try await client.get(Profiles.path)
            #expect(answer.status == .badRequest)
        }
    }

    @Test("one at a time: the second waits for nothing and has none")
    func twice() throws {
        #if os(Linux)
            let first = try #require(Sampler.start())
            #expect(Sampler.start() == nil)
            _ = beBusy(for: .milliseconds(200))
            #expect(!first.stop().samples.isEmpty)
            #expect(first.stop().samples.isEmpty)
            _ = try #require(Sampler.start()).stop()
        #endif
    }
}

/// Computes for a while.
@inline(never)
func beBusy(for time: Duration) -> Int {
    let end = ContinuousClock.now + time
    var sum = 0
    while ContinuousClock.now < end { for number in 0..<1_000 { sum = sum &* 31 &+ number } }
    return sum
}
