import Carafe
import CarafeTesting
import Foundation
import TestSupport

@testable import blog

/// The databases that the blog runs on; PostgreSQL where its server is installed.
enum BlogDatabase: String, CaseIterable, Sendable {
    case sqlite, postgresql

    static let available = allCases.filter { $0 == .sqlite || PostgreSQLServer.isInstalled }

    /// Runs `body` against a blog that has just been installed.
    func test(_ body: (TestClient) async throws -> Void) async throws {
        switch self {
        case .sqlite:
            let file = FileManager.default.temporaryDirectory.appending(path: "blog-\(UUID()).db").path()
            defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) } }
            try await makeBlog(environment: .none, database: "sqlite:///\(file)").test { try await body($0) }
        case .postgresql:
            let url = try PostgreSQLServer.shared.newDatabase()
            try await makeBlog(environment: .none, database: url).test { try await body($0) }
        }
    }
}
