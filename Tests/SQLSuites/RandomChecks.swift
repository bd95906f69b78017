import CarafeSQL
import Foundation
import TestSupport
import Testing

extension DatabaseCheck {
    static let random: [DatabaseCheck] = [
        DatabaseCheck("rows of random values come back as they were stored") { db async throws in
            let isSQLite = db.dialect == .sqlite
            func type(_ sqlite: String, _ postgresql: String) -> RawSQL { RawSQL(isSQLite ? sqlite : postgresql) }
            try await db.execute(
                """
                CREATE TABLE r (id INTEGER PRIMARY KEY, i BIGINT, d \(type("REAL", "DOUBLE PRECISION")), t TEXT,
                    b \(type("BLOB", "BYTEA")), u \(type("CHAR(32)", "UUID")), z \(type("DATETIME", "TIMESTAMPTZ")),
                    l \(type("DATETIME", "TIMESTAMP")), o BOOLEAN, j JSON)
                """)
            var generator = SplitMix64(seed: UInt64(TestSeed.value))
            let rows = (0..<300).map { RandomRow(id: $0, using: &generator, allowsNUL: isSQLite) }
            for row in rows[..<100] { try await db.execute(row.insert) }
            try await db.executeBatch(rows[100...]) { $0.insert }
            #expect(try await db.query("SELECT * FROM r ORDER BY id", as: RandomRow.self) == rows)
            var index = 0
            for try await row in db.stream("SELECT * FROM r ORDER BY id", as: RandomRow.self) {
                #expect(row == rows[index])
                index += 1
            }
        }
    ]

    struct RandomRow: Decodable, Equatable, Sendable {
        var id: Int
        var i: Int64?
        var d: Double?
        var t: String?
        var b: Data?
        var u: UUID?
        var z: Date?
        var l: LocalDateTime?
        var o: Bool?
        var j: [String: [Int]]?

        init(id: Int, using generator: inout SplitMix64, allowsNUL: Bool) {
            func maybe<Value>(_ value: Value) -> Value? {
                UInt8.random(in: 0..<6, using: &generator) == 0 ? nil : value
            }
            self.id = id
            i = maybe(Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0..<64, using: &generator))
            let double = Double(bitPattern: generator.next())
            d = maybe(double.isNaN ? 0 : double)
            t = maybe(Self.text(using: &generator, allowsNUL: allowsNUL))
            b = maybe(
                Data(
                    (0..<Int.random(in: 0..<50, using: &generator)).map { _ in
                        UInt8(truncatingIfNeeded: generator.next())
                    }))
            u = maybe(UUID.random(using: &generator))
            let microseconds = Int64.random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &generator)
            z = maybe(Date(microsecondsSinceEpoch: microseconds))
            l = maybe(LocalDateTime(microsecondsSinceEpoch: microseconds)).flatMap { $0 }
            o = maybe(Bool.random(using: &generator))
            j = maybe([
                Self.text(using: &generator, allowsNUL: false): [Int(truncatingIfNeeded: generator.next() >> 12)]
            ])
        }

        var insert: SQL {
            "INSERT INTO r (id, i, d, t, b, u, z, l, o, j) VALUES (\(id), \(i), \(d), \(t), \(b), \(u), \(z), \(l), \(o), \(j.map { SQLJSON($0) }))"
        }

        private static func text(using generator: inout SplitMix64, allowsNUL: Bool) -> String {
            var text = ""
            for _ in 0..<Int.random(in: 0..<30, using: &generator) {
                let range: ClosedRange<UInt32> = Bool.random(using: &generator) ? 0...127 : 0...0x10FFFF
                guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) else { continue }
                if scalar.value != 0 || allowsNUL { text.unicodeScalars.append(scalar) }
            }
            return text
        }
    }
}

extension UUID {
    fileprivate static func random(using generator: inout SplitMix64) -> UUID {
        let (a, b) = (generator.next(), generator.next())
        return withUnsafeBytes(of: (a, b)) { bytes in
            UUID(sqlValue: .blob([UInt8](bytes))) ?? UUID()
        }
    }
}
