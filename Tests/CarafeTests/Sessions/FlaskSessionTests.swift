import Carafe
import CarafeTesting
import Foundation
import TestSupport
import Testing

@Suite("Session cookies shared with Flask", .timeLimit(.minutes(5)))
struct FlaskSessionTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Differential")
    private static let script = folder.appending(path: "flask_sessions.py").path

    struct Answer: Decodable {
        let values: String
        let cookie: String
    }

    private static func recording() throws -> Data {
        try Data(contentsOf: folder.appending(path: "flask_sessions.json"))
    }

    private static func recorded() throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: recording())
    }

    /// The cookies that an app writes which reads the given ones and changes nothing but the time.
    private static func rewritten(_ cookies: [String]) async throws -> [String] {
        let (app, log) = recordedApp()
        app.config.secretKey = "secret"
        app.config.permanentSessionLifetime = 100 * 365 * 24 * 3600
        app.get("/") { request in
            #expect(!request.session.isNew)
            request.session.values = request.session.values
            return "ok"
        }
        let rewritten = try await app.test(usesCookies: false) { client in
            var rewritten: [String] = []
            for cookie in cookies {
                let response = try await client.get("/", headers: [.cookie: "session=\(cookie)"])
                let set = try #require(SetCookie(parsing: response.headers[.setCookie] ?? ""))
                rewritten.append(set.value)
            }
            return rewritten
        }
        #expect(log.messages.isEmpty)
        return rewritten
    }

    /// A cookie without its time and signature.
    private static func payload(_ cookie: String) -> String {
        cookie.components(separatedBy: ".").dropLast(2).joined(separator: ".")
    }

    @Test("what Flask has written is read, and written again byte for byte")
    func recordedCookies() async throws {
        let recorded = try Self.recorded().sorted { $0.key < $1.key }
        #expect(recorded.count >= 18)
        let ours = try await Self.rewritten(recorded.map(\.value))
        for ((name, theirs), ours) in zip(recorded, ours) {
            #expect(Self.payload(ours) == Self.payload(theirs), "\(name)")
        }
    }

    @Test("the installed Flask still writes as recorded", .enabled(if: FlaskLifecycle.isInstalled))
    func recordedIsCurrent() throws {
        #expect(try Python.run([Self.script, "record"]) == Self.recording())
    }

    @Test(
        "what an app writes is read by Flask, and written again byte for byte", .enabled(if: FlaskLifecycle.isInstalled)
    )
    func exchange() async throws {
        let recorded = try Self.recorded().sorted { $0.key < $1.key }.map(\.value)
        let ours = try await Self.rewritten(recorded)
        let lines = (ours + recorded).map { $0 + "\n" }.joined()
        let answers = try await JSONDecoder().decode(
            [Answer].self, from: Python.run([Self.script], input: Data(lines.utf8)))
        try #require(answers.count == 2 * ours.count)
        for (index, cookie) in ours.enumerated() {
            #expect(answers[index].cookie == cookie)
            #expect(answers[index].values == answers[index + ours.count].values)
        }
    }
}
