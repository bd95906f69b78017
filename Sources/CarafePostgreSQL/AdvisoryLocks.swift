public import CarafeSQL

extension Database {
    /// Runs `body` while no other holder of the same lock, in whichever process, runs: a lock that is the server's and no table's.
    ///
    /// ```swift
    /// try await db.withAdvisoryLock("nightly report") { try await writeReport() }
    /// ```
    ///
    /// The lock is that of a connection, which is held as long, and which statements of `body` go to. It ends with the connection,
    /// should the server or this process crash.
    ///
    /// - Parameter wait: whether to wait for another holder; where not, nil is returned at once
    public func withAdvisoryLock<Success: Sendable>(
        _ name: String, wait: Bool = true, _ body: () async throws -> Success
    ) async throws -> Success? {
        let key = AdvisoryLock.key(name)
        return try await withConnection { connection in
            if wait {
                _ = try await connection.query("SELECT pg_advisory_lock(\(key))")
            } else {
                guard try await connection.one("SELECT pg_try_advisory_lock(\(key))", as: Bool.self) else { return nil }
            }
            let result: Result<Success, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            // Where this is refused, in a failed transaction or a cancelled task, giving the connection back unlocks.
            _ = try? await connection.query("SELECT pg_advisory_unlock(\(key))")
            return try result.get()
        }
    }
}

/// The numbers that the server knows locks by.
enum AdvisoryLock {
    /// The number of a name: FNV-1a in 64 bits.
    static func key(_ name: String) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int64(bitPattern: hash)
    }
}
