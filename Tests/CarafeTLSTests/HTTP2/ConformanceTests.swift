import Carafe
import CarafeTLS
import TestSupport
import Testing

@Suite(.enabled(if: Python.has("h2", "hyperframe", "hpack"))) struct ConformanceTests {
    @Test("the rules of RFC 9113 and RFC 7541 are kept")
    func rules() async throws {
        try await serve {
            $0.install(HTTP2())
        } then: { app in
            let cases = try await results(of: "conformance.py", port: app.port)
            #expect(cases.count >= 147)
            for result in cases where !result.ok { Issue.record("\(result)") }
        }
    }
}
