import CarafeSQL
import Foundation
import Testing

@testable import CarafePostgreSQL

/// What a URL says, without a server.
struct PostgreSQLURLTests {
    func settings(_ url: String) throws(DatabaseError) -> PostgreSQLSettings {
        try PostgreSQLSettings(DatabaseURL(url))
    }

    @Test(
        "a URL becomes the parameters of libpq",
        arguments: [
            ("postgresql://", [:]),
            (
                "postgres://u:p%40ss@h:5433/db",
                ["user": "u", "password": "p@ss", "host": "h", "port": "5433", "dbname": "db"]
            ),
            ("postgresql+psycopg2:///db?host=/var/run/pg", ["host": "/var/run/pg", "dbname": "db"]),
            ("postgresql://[::1]:1/db", ["host": "::1", "port": "1"]),
            ("postgresql:///db?host=a:1&host=b:2", ["host": "a,b", "port": "1,2"]),
            ("postgresql:///db?host=a&host=b:2", ["host": "a,b", "port": ",2"]),
            ("postgresql:///db?host=/a:b", ["host": "/a:b"]),
            (
                "postgresql://h/db?sslmode=verify-full&sslrootcert=/ca.pem&target_session_attrs=read-write",
                ["sslmode": "verify-full", "sslrootcert": "/ca.pem", "target_session_attrs": "read-write"]
            ),
            (
                "postgresql://h/db?connect_timeout=3&tcp_user_timeout=5",
                ["connect_timeout": "3", "tcp_user_timeout": "5"]
            ),
        ] as [(String, [String: String])])
    func parameters(_ url: String, _ expected: [String: String]) throws {
        let parameters = try settings(url).parameters
        for (name, value) in expected { #expect(parameters[name] == value) }
        #expect(parameters["keepalives_idle"] == "30" && parameters["client_encoding"] == "UTF8")
    }

    @Test(
        "what cannot be meant is an error that says so, and never shows the password",
        arguments: [
            ("nonsense=1", "an option that is unknown: nonsense"),
            ("sslmode=require&sslmode=disable", "The option sslmode"),
            ("prepared=maybe", "must be on or off"), ("statement_cache_size=-1", "must be a number from 0 to 10000"),
            ("statement_timeout=soon", "must be a time"), ("statement_timeout=99999999999999999999s", "must be a time"),
            ("statement_timeout=9999999h", "must be a time"), ("client_encoding=LATIN1", "must be UTF8"),
            ("replication=database", "cannot be used"),
        ])
    func wrong(_ option: String, _ message: String) throws {
        let error = #expect(throws: DatabaseError.self) { try settings("postgresql://u:s3cret@h/db?\(option)") }
        #expect(error?.kind == .configuration)
        #expect(error?.description.contains(message) == true)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test("the session's formats stand before the URL's own options, which may change all else")
    func options() throws {
        let options = try settings("postgresql://h/db?statement_timeout=2s&options=-c%20work_mem%3D64MB").parameters(
            for: .readOnly)["options"]
        #expect(
            options
                == "-c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1 -c statement_timeout=2000 "
                + "-c default_transaction_read_only=on -c work_mem=64MB")
        #expect(try settings("postgresql://h/db?prepared=off").parameters(for: .readWrite)["options"] == nil)
    }
}
