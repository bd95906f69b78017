import Carafe
import CarafeSQL

/// A person who may write.
struct Account: Decodable, Sendable {
    let id: Int
    let name: String
    let passwordHash: String
}

/// Templates see who it is, and not the hash.
extension Account: TemplateValueConvertible {
    var templateValue: TemplateValue { ["id": .int(id), "name": .string(name)] }
    func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }
}

extension Account {
    static func with(id: Int, in db: Database) async throws -> Account? {
        try await db.first("SELECT id, name, password_hash FROM account WHERE id = \(id)", as: Account.self)
    }

    static func named(_ name: String, in db: Database) async throws -> Account? {
        try await db.first("SELECT id, name, password_hash FROM account WHERE name = \(name)", as: Account.self)
    }

    /// Adds an account; nil where the name is taken.
    @discardableResult
    static func add(_ name: String, passwordHash: String, to db: Database) async throws -> Int? {
        try await db.first(
            """
            INSERT INTO account (name, password_hash) VALUES (\(name), \(passwordHash))
            ON CONFLICT (name) DO NOTHING RETURNING id
            """, as: Int.self)
    }
}
