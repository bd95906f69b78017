import CarafeSQL
import CarafeSQLite
import Foundation
import SQLSuites

/// A folder that is removed at the end.
struct TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "carafe-sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func remove() { try? FileManager.default.removeItem(at: url) }
}

/// Opens a database in a file.
func open(
    _ path: String, options: String = "", _ configure: (inout DatabaseConfiguration) -> Void = { _ in }
) throws -> Database {
    var configuration = DatabaseConfiguration(url: try DatabaseURL("sqlite:///\(path)\(options)"))
    configure(&configuration)
    return try Database(configuration, drivers: [.sqlite as SQLiteDriver])
}

extension DatabaseFixture {
    static let file = DatabaseFixture("a file") { configure in
        let folder = try TemporaryFolder()
        return (try CarafeSQLiteTests.open(folder.path("test.db"), configure), { folder.remove() })
    }

    static let memory = DatabaseFixture("memory") { configure in
        var configuration = DatabaseConfiguration(url: try DatabaseURL("sqlite://"))
        configure(&configuration)
        return (try Database(configuration, drivers: [SQLiteDriver()]), {})
    }
}
