import CarafeSQL
import Foundation
import TestSupport
import Testing

@testable import CarafePostgreSQL

extension PostgreSQLTests {
    struct CancellationTests {
        @Test("a statement that another thread cancels ends, and the connection goes on")
        func cancels() throws {
            let database = try PostgreSQLFixture()
            let canceller = database.connection.canceller
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { canceller.cancel() }
            let start = ContinuousClock.now
            #expect(database.error("SELECT pg_sleep(20)")?.kind == .cancelled)
            #expect(ContinuousClock.now - start < .seconds(15))
            #expect(try database.value("SELECT 1") == .integer(1))
        }

        @Test("a cancellation that comes late never hits the next statement")
        func late() throws {
            let database = try PostgreSQLFixture()
            let canceller = database.connection.canceller
            let stop = Flag()
            let thread = Thread { while !stop.isSet { canceller.cancel() } }
            thread.start()
            for _ in 0..<50 {
                canceller.begin()
                do throws(DatabaseError) {
                    try database.execute("SELECT 1")
                } catch {
                    #expect(error.kind == .cancelled)
                }
            }
            stop.set()
            while thread.isExecuting { usleep(1_000) }
            canceller.begin()
            for _ in 0..<50 { #expect(try database.value("SELECT 1") == .integer(1)) }
        }

        @Test("a statement may not take longer than the URL allows", arguments: ["", "&prepared=off"])
        func timeout(_ options: String) throws {
            let database = try PostgreSQLFixture(options: "&statement_timeout=100ms" + options)
            #expect(database.error("SELECT pg_sleep(20)")?.kind == .timeout)
            #expect(try database.value("SELECT 1") == .integer(1))
        }

        @Test("a server that answers nothing, not even to a cancellation, is given up")
        func frozen() throws {
            let server = try PostgreSQLServer()
            let url = server.url() + "&cancel_timeout=200ms&connect_timeout=2"
            let connections = try (0..<3).map { _ in try PostgreSQLFixture.backend(url).open() }
            server.freeze()
            defer { server.freeze(false) }
            let canceller = connections[0].canceller
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { canceller.cancel() }
            let start = ContinuousClock.now
            #expect(connections[0].error("SELECT 1")?.kind == .connectionLost)
            #expect(throws: DatabaseError.self) { try connections[1].ping() }
            #expect(ContinuousClock.now - start < .seconds(15))
            let error = #expect(throws: DatabaseError.self) { try PostgreSQLFixture.backend(url).open() }
            #expect(error?.kind == .connectionFailed)
            #expect(ContinuousClock.now - start < .seconds(30))
            connections[2].close()
        }

        @Test("a server that was killed is a lost connection, whatever was going on")
        func killed() throws {
            let server = try PostgreSQLServer()
            let backend = try PostgreSQLFixture.backend(server.url())
            let (idle, busy, streaming, inTransaction) = (
                try backend.open(), try backend.open(), try backend.open(), try backend.open()
            )
            let cursor = try streaming.start("SELECT generate_series(1, 10000000)", isBounded: true)
            _ = try cursor.next()
            try inTransaction.execute("BEGIN")
            let killed = Flag()
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) {
                server.kill()
                killed.set()
            }
            #expect(busy.error("SELECT pg_sleep(20)")?.kind == .connectionLost)
            #expect(idle.error("SELECT 1")?.kind == .connectionLost)
            #expect(idle.error("SELECT 1")?.kind == .connectionLost)
            #expect(inTransaction.error("COMMIT")?.kind == .connectionLost)
            let error = #expect(throws: DatabaseError.self) { while try cursor.next() != nil {} }
            #expect(error?.kind == .connectionLost)
            cursor.close()
            #expect(throws: DatabaseError.self) { try streaming.ping() }
            for connection in [idle, busy, streaming, inTransaction] { connection.close() }
            while !killed.isSet { usleep(1_000) }
            try server.start()
            #expect(try backend.open().value("SELECT 1") == .integer(1))
        }

        @Test("an administrator who ends a connection is named in the error")
        func terminated() throws {
            let database = try PostgreSQLFixture()
            let other = try database.backend.open()
            defer { other.close() }
            try database.execute("SELECT pg_terminate_backend(\(Int(other.processID)))")
            let error = other.error("SELECT 1")
            #expect(error?.kind == .connectionLost)
            #expect(error?.code == "57P01")
        }
    }
}

/// A flag that one thread sets and another reads.
final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false
    var isSet: Bool { lock.withLock { value } }
    func set() { lock.withLock { value = true } }
}
