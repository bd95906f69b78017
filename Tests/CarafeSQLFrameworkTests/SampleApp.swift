import Carafe
import CarafeSQL
import CarafeSQLite
import CarafeTesting
import Foundation
import Synchronization

/// A folder for one test, which is the root of its app.
struct TemporaryRoot {
    let path = FileManager.default.temporaryDirectory.appending(path: "carafe-databases-\(UUID().uuidString)").path

    /// Runs `body` with a folder, and removes it.
    static func run<Result>(_ body: (TemporaryRoot) async throws -> Result) async throws -> Result {
        let root = TemporaryRoot()
        try FileManager.default.createDirectory(atPath: root.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root.path) }
        return try await body(root)
    }

    /// Writes a file below it.
    func write(_ text: String, to name: String) throws {
        let file = URL(filePath: path + "/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}

struct Post: Codable, Equatable {
    var id: Int
    var title: String
}

/// The migration that makes the table of posts, with some in it.
let postMigrations = Migrations.embedded([
    "versions/aaaaaaaaaaa1_create_post.sql": """
    -- revision: aaaaaaaaaaa1
    -- down_revision: none
    -- message: create post
    -- migrate: up
    CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE);
    -- migrate: down
    DROP TABLE post;
    """,
    "versions/aaaaaaaaaaa2_first_posts.sql": """
    -- revision: aaaaaaaaaaa2
    -- down_revision: aaaaaaaaaaa1
    -- message: first posts
    -- migrate: up
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45) INSERT INTO post SELECT i, 'post ' || i FROM n;
    -- migrate: down
    DELETE FROM post;
    """,
])

/// An app with a database of posts in memory.
func postApp(_ configure: (App) -> Void = { _ in }) -> (App, LogRecord) {
    let app = App("posts", root: "/nonexistent", staticFolder: nil, environment: .none)
    let record = LogRecord()
    app.logger = Logger(label: "posts") { _ in LogRecorder(record) }
    app.install(Databases("sqlite://", drivers: .sqlite, migrations: postMigrations, upgradesAtStart: true))
    configure(app)
    return (app, record)
}

/// The lines of a log.
final class LogRecord: Sendable {
    private let lines = Mutex<[(Logger.Level, String)]>([])

    func add(_ level: Logger.Level, _ message: String) { lines.withLock { $0.append((level, message)) } }

    /// The messages of a level.
    func messages(_ level: Logger.Level) -> [String] { lines.withLock { $0.filter { $0.0 == level }.map(\.1) } }
}

/// Writes a log into a record.
struct LogRecorder: LogHandler {
    let record: LogRecord
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.debug

    init(_ record: LogRecord) { self.record = record }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { record.add(event.level, event.message.description) }
}
