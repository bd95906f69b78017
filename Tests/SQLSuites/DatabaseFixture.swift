import CarafeSQL
import TestSupport
import Testing

/// A kind of database that the shared checks run on, with a fresh database for each.
package struct DatabaseFixture: Sendable, CustomTestStringConvertible {
    /// What the fixture is called in the names of tests.
    package let testDescription: String
    private let make:
        @Sendable ((inout DatabaseConfiguration) -> Void) async throws -> (Database, @Sendable () async -> Void)

    /// - Parameter make: makes an empty database, and what removes it once it is closed
    package init(
        _ name: String,
        _ make:
            @escaping @Sendable ((inout DatabaseConfiguration) -> Void) async throws -> (
                Database, @Sendable () async -> Void
            )
    ) {
        testDescription = name
        self.make = make
    }

    /// Runs `body` with an empty database, and expects that it has given every connection back.
    package func withDatabase<Success: Sendable>(
        configure: (inout DatabaseConfiguration) -> Void = { _ in }, _ body: (Database) async throws -> Success
    ) async throws -> Success {
        let (database, remove) = try await make {
            // A busy machine is no pool in which everything is in use for ever.
            $0.pool.waitTimeout = .seconds(600)
            configure(&$0)
        }
        let result: Result<Success, any Error>
        do {
            result = .success(try await body(database))
        } catch {
            result = .failure(error)
        }
        // A stream that was dropped gives its connection back a moment later.
        #expect(await eventually { database.statistics.inUse == 0 }, "a connection was not given back")
        await database.close()
        #expect(database.statistics.open == 0, "a connection was not closed")
        await remove()
        return try result.get()
    }
}

/// Something that every database does.
package struct DatabaseCheck: Sendable, CustomTestStringConvertible {
    /// What is expected, as a sentence.
    package let testDescription: String
    let configure: @Sendable (inout DatabaseConfiguration) -> Void
    let body: @Sendable (Database) async throws -> Void

    init(
        _ expectation: String, configure: @escaping @Sendable (inout DatabaseConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (Database) async throws -> Void
    ) {
        testDescription = expectation
        self.configure = configure
        self.body = body
    }

    /// Runs the check on an empty database.
    package func run(on fixture: DatabaseFixture) async throws {
        try await fixture.withDatabase(configure: configure, body)
    }

    /// All checks.
    package static let all =
        values + random + hostile + queries + errors + transactions + streams + batches + pages + pools + records
}

/// An error of this kind is thrown.
func expectError(
    _ kind: DatabaseError.Kind, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async -> DatabaseError? {
    do {
        try await body()
        Issue.record(comment ?? "no error of kind \(kind.description) was thrown", sourceLocation: sourceLocation)
        return nil
    } catch let error as DatabaseError {
        #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
        return nil
    }
}
