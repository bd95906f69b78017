import Carafe
import CarafePostgreSQL
import CarafeSQL
import NIOCore

/// The snippets of docs/guide/postgresql.md.
enum PostgreSQLPage {
    static func first(_ app: App) {
        app.install(Databases("postgresql://blog@localhost/blog", drivers: .postgresql))
    }

    static func rows(_ db: Database, _ words: [String]) async throws {
        try await db.copyIn("COPY word (text, length) FROM STDIN", from: words) { [$0, $0.utf8.count] }
    }

    static func copy(_ app: App) {
        app.post("/import") { (request: Request, db: Database) async throws in
            let pieces = request.body.map(\.readableBytesView)
            let count = try await db.copyIn("COPY word (text, length) FROM STDIN (FORMAT csv)", from: pieces)
            return "\(count) words"
        }

        app.get("/export.csv") { (db: Database) in
            Stream(contentType: "text/csv") { writer in
                for try await piece in db.copyOut("COPY word TO STDOUT (FORMAT csv, HEADER)") {
                    try await writer.write(piece)
                }
            }
        }
    }

    static func notify(_ db: Database, _ name: String) async throws {
        try await db.transaction { tx in
            try await tx.execute("INSERT INTO job (name) VALUES (\(name))")
            try await tx.notify("jobs", name)
        }
    }

    static func listen(
        _ db: Database, runAllJobs: () async throws -> Void, run: (String) async throws -> Void
    ) async throws {
        for try await event in try db.listen(to: "jobs") {
            switch event {
            case .listening: try await runAllJobs()
            case .notification(let job): try await run(job.payload)
            }
        }
    }

    static func lock(_ db: Database, makeReport: @Sendable () async throws -> String) async throws {
        let report = try await db.withAdvisoryLock("nightly report", wait: false) { try await makeReport() }
        if report == nil { print("another process makes it") }
    }
}
