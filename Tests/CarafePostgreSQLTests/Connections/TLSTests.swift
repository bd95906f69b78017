import CarafeSQL
import Foundation
import Testing
import TestSupport

@testable import CarafePostgreSQL

extension PostgreSQLTests {
    struct TLSTests {
        static let server = Result { try PostgreSQLServer(hasTLS: true) }

        func open(_ options: String, password: String = "p%40ss%3Aword%2F1", host: String = "localhost") throws
            -> PostgreSQLConnection
        {
            let server = try Self.server.get()
            let options = options.replacing("FOLDER", with: server.folder)
            let url =
                "postgresql://carafe:\(password)@\(host):\(server.port ?? 0)/postgres?hostaddr=127.0.0.1&cancel_timeout=60s&\(options)"
            return try PostgreSQLFixture.backend(url).open()
        }

        @Test(
            "a connection is encrypted, and the server is who it says, as far as the URL asks for it",
            arguments: [
                ("sslmode=disable", false), ("sslmode=prefer", true), ("sslmode=require", true),
                ("sslmode=verify-ca&sslrootcert=FOLDER/server.crt", true),
                ("sslmode=verify-full&sslrootcert=FOLDER/server.crt", true),
                ("", true),
            ])
        func modes(_ options: String, _ isEncrypted: Bool) throws {
            let connection = try open(options)
            defer { connection.close() }
            #expect(
                try connection.value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == .bool(isEncrypted))
            let long = String(repeating: "x", count: 3_000_000)
            #expect(try connection.value("SELECT \(long)") == .text(long))
            #expect(try connection.runBatch((0..<500).map { "SELECT \($0), \(long.prefix(2_000).description)" }) == 0)
            let canceller = connection.canceller
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { canceller.cancel() }
            #expect(connection.error("SELECT pg_sleep(90)")?.kind == .cancelled)
        }

        @Test(
            "a server that is another is refused",
            arguments: [
                ("sslmode=verify-full&sslrootcert=FOLDER/other.crt", "localhost"),
                ("sslmode=verify-ca&sslrootcert=FOLDER/other.crt", "localhost"),
                ("sslmode=verify-full&sslrootcert=FOLDER/server.crt", "db.example"),
                ("sslmode=verify-full&sslrootcert=FOLDER/none.crt", "localhost"),
            ])
        func refused(_ options: String, _ host: String) throws {
            let error = #expect(throws: DatabaseError.self) { try open(options, host: host) }
            #expect(error?.kind == .connectionFailed)
        }

        @Test("a wrong password is an error that does not show it")
        func password() throws {
            let error = #expect(throws: DatabaseError.self) { try open("", password: "wr0ng") }
            #expect(error?.kind == .connectionFailed)
            #expect(error?.description.contains("password authentication failed") == true)
            #expect(error?.description.contains("wr0ng") == false)
            let none = #expect(throws: DatabaseError.self) { try open("", password: "") }
            #expect(none?.hint == "Put the user's password into the database's URL.")
        }

        @Test("of several hosts the first that answers is taken")
        func hosts() throws {
            let server = try Self.server.get()
            let url =
                "postgresql://carafe:p%40ss%3Aword%2F1@/postgres?host=127.0.0.1:1&host=localhost:\(server.port ?? 0)&host=/nowhere"
            let connection = try PostgreSQLFixture.backend(url).open()
            #expect(try connection.value("SELECT 1") == .integer(1))
            connection.close()
        }

        @Test("what cannot be reached is an error, soon")
        func unreachable() throws {
            for url in [
                "postgresql://127.0.0.1:1/x", "postgresql:///x?host=/nowhere",
                "postgresql://nowhere.invalid/x?connect_timeout=2",
            ] {
                let error = #expect(throws: DatabaseError.self) { try PostgreSQLFixture.backend(url).open() }
                #expect(error?.kind == .connectionFailed)
            }
            let missing = try PostgreSQLServer.shared.url(database: "missing")
            let error = #expect(throws: DatabaseError.self) { try PostgreSQLFixture.backend(missing).open() }
            #expect(error?.message.contains("database \"missing\" does not exist") == true)
        }
    }
}
