import Carafe

/// `db` in the app's console.
///
/// `query`, `first` and `value` read, in a transaction that cannot write; `execute` changes.
final class DatabaseConsole: TemplateObject, ListsMembers {
    private let name: String
    private let databases: AppDatabases

    init(_ name: String, _ databases: AppDatabases) {
        self.name = name
        self.databases = databases
    }

    /// `db`, and `dbs` where there are several.
    static func names(of databases: AppDatabases) -> TemplateVariables {
        let names = (try? databases.names()) ?? []
        let all = names.map { name -> (name: String, value: TemplateValue) in
            (name, .object(DatabaseConsole(name, databases)))
        }
        let db = TemplateValue.object(DatabaseConsole(names.first ?? AppDatabases.defaultName, databases))
        return names.count > 1 ? ["db": db, "dbs": TemplateValue.dict(named: all)] : ["db": db]
    }

    let typeName = "Database"
    let members = ["execute", "first", "query", "tables", "value"]

    /// Without the password.
    var representation: String {
        get throws { "<Database \(try databases.configuration(of: name).url)>" }
    }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "query":
            function(name) { [self] statement in
                try await read { .list(try await $0.query(statement).map(\.templateValue)) }
            }
        case "first":
            function(name) { [self] statement in
                try await read { try await $0.first(statement)?.templateValue ?? TemplateValue.none }
            }
        case "value":
            function(name) { [self] statement in
                try await read { try await $0.first(statement)?.values.first?.templateValue ?? TemplateValue.none }
            }
        case "execute":
            function(name) { [self] statement in
                .int(try await databases.database(self.name).execute(statement))
            }
        case "tables":
            .object(TemplateFunction(name, reading: { [self] _ in try await tables() }))
        default: nil
        }
    }

    private func function(
        _ name: String, _ body: @escaping @Sendable (SQL) async throws -> TemplateValue
    ) -> TemplateValue {
        .object(TemplateFunction(name, reading: { try await body(ConsoleStatement.sql($0, of: name)) }))
    }

    private func read(_ body: (Transaction) async throws -> TemplateValue) async throws -> TemplateValue {
        try await databases.database(name).transaction(readOnly: true) { try await body($0) }
    }

    private func tables() async throws -> TemplateValue {
        let database = try databases.database(name)
        let statement: SQL =
            database.dialect == .sqlite
            ? "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name"
            : """
            SELECT table_name FROM information_schema.tables \
            WHERE table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY table_name
            """
        return .list(try await database.query(statement, as: String.self).map { .string($0) })
    }
}

/// A statement as it is typed: text with `?` for values, and the values after it.
enum ConsoleStatement {
    /// - Throws: `TypeError` where there are more or fewer values than `?`, or a value is none that a database has
    static func sql(_ arguments: TemplateArguments, of function: String) throws -> SQL {
        guard case .string(let text)? = arguments.positional.first else {
            throw TemplateError(.typeError, "\(function)() takes a statement and its values: \(function)('…  ?', 5)")
        }
        let values = try arguments.positional.dropFirst().map(value)
        // PostgreSQL has operators with question marks: without values, the text is as it is.
        guard !values.isEmpty else { return SQL(parts: [.text(text)]) }
        let parts = split(text)
        guard parts.count == values.count + 1 else {
            throw TemplateError(
                .typeError, "the statement has \(parts.count - 1) question marks, and there are \(values.count) values")
        }
        var all: [SQL.Part] = [.text(parts[0])]
        for (value, text) in zip(values, parts.dropFirst()) { all += [.value(value), .text(text)] }
        return SQL(parts: all)
    }

    /// The text between the question marks that stand in no quotes and no comment.
    private static func split(_ text: String) -> [String] {
        var parts: [[UInt8]] = [[]]
        var quote: UInt8?
        var isComment = false
        var last: UInt8 = 0
        for byte in text.utf8 {
            if isComment {
                isComment = byte != 0x0A
            } else if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: "-"), last == byte {
                isComment = true
            } else if byte == UInt8(ascii: "?") {
                parts.append([])
                last = byte
                continue
            }
            parts[parts.count - 1].append(byte)
            last = byte
        }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func value(_ value: TemplateValue) throws -> SQLValue {
        switch value {
        case .none: .null
        case .bool(let value): .bool(value)
        case .int(let value): .integer(Int64(value))
        case .double(let value): .double(value)
        case .string(let value), .markup(let value): .text(value)
        case .list(let list): .array(try list.elements.map(Self.value))
        default: throw TemplateError(.typeError, "a \(value.typeName) is no value of a database")
        }
    }
}
