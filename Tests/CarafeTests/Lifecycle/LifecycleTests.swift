import Carafe
import CarafeTesting
import Foundation
import Testing

@Suite("Every step of a request, as in Flask", .timeLimit(.minutes(5)))
struct LifecycleTests {
    @Test(
        "each recorded answer of Flask, and the order of all hooks, is ours too, but for the listed differences",
        arguments: LifecycleApp.Form.allCases)
    func recorded(form: LifecycleApp.Form) async throws {
        let scenarios = try FlaskLifecycle.scenarios()
        #expect(scenarios.count > 450)
        var unused = Set(LifecycleDifference.all.map(\.reason))
        for scenario in scenarios {
            let answers = try await Self.answers(scenario, form)
            for (step, ours) in zip(scenario.steps, answers) {
                var expected = step.out
                for difference in LifecycleDifference.all {
                    let before = expected
                    difference.change(scenario, step, &expected)
                    if expected != before { unused.remove(difference.reason) }
                }
                if expected != step.out { expected = expected.withMeasuredLength }
                #expect(ours == expected, "\(scenario.name): \(step.method) \(step.path)")
            }
        }
        #expect(unused.isEmpty, "listed, but nothing differs so")
    }

    @Test("the installed Flask still answers as recorded", .enabled(if: FlaskLifecycle.isInstalled))
    func recordedIsCurrent() throws {
        #expect(try FlaskLifecycle.answers() == FlaskLifecycle.recording())
    }

    private static func answers(
        _ scenario: LifecycleScenario, _ form: LifecycleApp.Form
    ) async throws -> [LifecycleAnswer] {
        let lifecycle = LifecycleApp(scenario, form)
        return try await lifecycle.app.test { client in
            var answers: [LifecycleAnswer] = []
            for step in scenario.steps {
                var headers = Headers()
                for (name, value) in step.headers { try headers.set(value, for: #require(HTTPField.Name(name))) }
                let script = try JSONWriter(escapesNonASCII: true).string(from: step.do)
                try headers.set(script, for: .script)
                let method = try #require(HTTPRequest.Method(rawValue: step.method))
                let response = try await client.request(method, step.path, headers: headers)
                answers.append(
                    LifecycleAnswer(
                        status: response.status.code, fields: fields(response.headers), body: response.text,
                        trace: await lifecycle.trace.take(), session: try remembered(client, lifecycle.app)))
            }
            return answers
        }
    }

    private static func fields(_ headers: Headers) -> [String: [String]] {
        var fields: [String: [String]] = [:]
        let names = [
            "Allow", "Content-Length", "Content-Type", "Location", "Set-Cookie", "Vary", "X-Hook", "X-Later",
        ]
        for name in names {
            guard let field = HTTPField.Name(name) else { continue }
            var values = headers[values: field]
            guard !values.isEmpty else { continue }
            if name == "Allow" {
                values = values.map { $0.components(separatedBy: ", ").sorted().joined(separator: ", ") }
            }
            if name == "Set-Cookie" { values = values.map(withoutValue) }
            fields[name] = values
        }
        return fields
    }

    /// A Set-Cookie without what changes from second to second.
    private static func withoutValue(_ cookie: String) -> String {
        var parts = cookie.components(separatedBy: "; ")
        let pair = parts.removeFirst().components(separatedBy: "=")
        parts = parts.map { $0.hasPrefix("Expires=") && !$0.contains("1970") ? "Expires=*" : $0 }
        return (["\(pair[0])=\(pair[1].isEmpty ? "" : "*")"] + parts).joined(separator: "; ")
    }

    /// What is in the session cookie that the client has.
    private static func remembered(_ client: TestClient, _ app: App) throws -> [String]? {
        guard let cookie = client.cookie(app.config.sessionCookieName) else { return nil }
        let serializer = SessionCookieSerializer(secretKeys: try SecretKeys(current: "secret"))
        return try serializer.loads(cookie).sorted { $0.0 < $1.0 }.map { "\($0.0)=\(describe($0.1))" }
    }

    /// As Python's `json.dumps` writes it.
    private static func describe(_ value: SessionValue) -> String {
        switch value {
        case .bool(let flag): "\(flag)"
        case .string(let text): "\"\(text)\""
        case .array(let items), .tuple(let items): "[\(items.map(describe).joined(separator: ", "))]"
        default: "\(value)"
        }
    }
}
