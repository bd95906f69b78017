import Carafe
import CarafeDevelopment
import CarafeTesting
import Logging
import Testing

@Suite("The record of a request")
struct RequestRecordTests {
    /// The records of an app after some requests.
    private func records(
        of paths: String..., declare: (App) -> Void
    ) async throws -> [RequestRecord] {
        let app = FailingApp(declare)
        try await app.app.test { client in for path in paths { _ = try await client.get(path) } }
        return try #require(app.workbench).records.latest
    }

    @Test("has the request's log lines, of its own logger and of the app's")
    func log() async throws {
        let records = try await records(of: "/a", "/b") { app in
            app.get("/<name>") { (request: Request, name: String) in
                request.logger.warning("own \(name)")
                app.logger.info("the app's \(name)")
                return name
            }
        }
        #expect(records.map { $0.logLines.map(\.message) } == [["own b", "the app's b"], ["own a", "the app's a"]])
        let line = try #require(records.first?.logLines.first)
        #expect(line.level == .warning)
        #expect(line.place.contains("RequestRecordTests.swift:"))
    }

    @Test("has the templates that were rendered, with what they were given")
    func templates() async throws {
        let records = try await records(of: "/") { app in
            app.get("/") { request in try request.render(string: "{{ a }}", ["a": "b", "password": "secret"]) }
        }
        let template = try #require(records.first?.templates.first)
        #expect(template.end.map { $0 >= template.start } == true)
        #expect(template.shownContext.map { "\($0.name)=\($0.value)" } == ["a='b'", "password=********"])
    }

    @Test("has what was asked and what became of it")
    func line() async throws {
        let records = try await records(of: "/pay/7?token=x", "/gone") { _ in }
        #expect(records.map(\.status) == [404, 500])
        #expect(records.map(\.requestLine) == ["GET /gone HTTP/1.1", "GET /pay/7?token=******** HTTP/1.1"])
        #expect(records[0].errorID == nil)
        #expect(records[1].errorID != nil)
        #expect(records.allSatisfy { $0.end.map { $0 > .zero } == true })
    }

    @Test("keeps so much and no more")
    func bounded() async throws {
        let app = FailingApp { app in
            app.get("/log/<int:count>") { (request: Request, count: Int) in
                for number in 0..<count { request.logger.info("\(number) \(String(repeating: "x", count: 5_000))") }
                return "done"
            }
        }
        try await app.app.test { client async throws in
            for _ in 0...RequestRecords.limit { _ = try await client.get("/log/0") }
            _ = try await client.get("/log/510")
        }
        let records = try #require(app.workbench).records.latest
        #expect(records.count == RequestRecords.limit)
        #expect(records[0].logLines.count == RequestRecord.lineLimit)
        #expect(records[0].droppedLogLines == 10)
        #expect(records[0].logLines.first?.message.utf8.count == RequestRecord.messageLimit)
    }
}
