import CarafeRouting
import Foundation
import TestSupport
import Testing

@Suite("What matching costs", .serialized)
struct CostTests {
    @Test("grows with the path's length, whatever is in it")
    func linear() throws {
        let matcher = try Routes(
            "/<a>-<b>.<c>", "/<path:p>-<path:q>/<path:r>/", "/<int:i>.<string(minlength=2):j>", "/<path:p>/edit",
            "/p/<path:p>/", "/<float:f>", "/<uuid:u>", "/a/b/c"
        ).matcher
        let shapes: [Linearity.Shape] = [
            .repeated("a"), .repeated("/"), .repeated("a/"), .repeated("-"), .repeated("a-b."), .repeated("1."),
            .repeated("\u{E9}"), .started("p/a", by: "//"),
        ]
        Linearity.expectLinear("match", shapes: shapes) { bytes in
            bytes.withUnsafeBytes { _ = matcher.match(path: $0, method: "GET") }
        }
    }

    @Test("reading a rule grows with its length")
    func rules() {
        let shapes: [Linearity.Shape] = [
            .started("/", by: "a"), .repeated("/a"), .started("/", by: "<"), .started("/<a(", by: ")"),
            .started("/<a(", by: "b,"), .started("/<a(", by: "\""), .started("/<a(", by: "):"), .started("/<", by: "a"),
        ]
        Linearity.expectLinear("rule", shapes: shapes) { bytes in
            _ = problem(of: Rule(String(decoding: bytes, as: UTF8.self), endpoint: "x"))
        }
    }

    @Test("building grows with the values' length")
    func building() throws {
        let routes = try Routes([Rule("/<a>/<path:b>", endpoint: "x")])
        Linearity.expectLinear("url", shapes: [.repeated("a"), .repeated("/"), .repeated("\u{E9}"), .repeated("%")]) {
            bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = try? routes.url("x", ["a": text, "b": text, "q": text])
        }
    }

    @Test("does not grow with the number of rules")
    func independence() throws {
        func seconds(rules count: Int) throws -> Double {
            let matcher = try Routes(
                (0..<count).flatMap {
                    [Rule("/a/r\($0)/<int:n>", endpoint: "x"), Rule("/a/r\($0)/x/<s>", endpoint: "y")]
                }
            ).matcher
            let path = Array("/a/r7/x/abc".utf8)
            return (0..<30).map { _ in
                let start = ProcessInfo.processInfo.systemUptime
                for _ in 0..<20 { path.withUnsafeBytes { _ = matcher.match(path: $0, method: "GET") } }
                return ProcessInfo.processInfo.systemUptime - start
            }.min() ?? 0
        }
        let (few, many) = (try seconds(rules: 10), try seconds(rules: 1000))
        #expect(many < few * 3, "\(few) s among 20 rules, \(many) s among 2,000")
    }
}
