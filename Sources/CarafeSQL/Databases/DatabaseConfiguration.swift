/// Where a database is and how it is used.
public struct DatabaseConfiguration: Sendable {
    /// Where it is.
    public var url: DatabaseURL
    /// What the app calls it, for records and messages.
    public var name: String = "default"
    /// How many connections it has.
    public var pool = PoolConfiguration()
    /// How properties of `Decodable` types find their columns.
    public var columnNaming: ColumnNaming = .snakeCase
    /// Is told of every statement, in the task that sent it.
    public var onQuery: (@Sendable (QueryRecord) -> Void)?

    /// The configuration of a database that nothing more is said about.
    public init(url: DatabaseURL) { self.url = url }
}

/// A statement that was sent.
public struct QueryRecord: Sendable {
    /// What the app calls the database.
    public var database: String
    /// The text, with `?` for values.
    public var statement: String
    /// The values, in their order. They may be secret: they are not for logs.
    public var values: [SQLValue]
    /// How long it took, with the wait for a connection.
    public var duration: Duration
    /// How many rows came, or were changed where none come.
    public var rows: Int
    /// Where it was sent, as `file:line`.
    public var source: String
    /// What went wrong.
    public var error: DatabaseError?
    /// How many times it was done with other values, in a batch.
    public var repetitions = 1
}

extension SQL {
    /// The values in their order.
    public var values: [SQLValue] {
        var values: [SQLValue] = []
        for part in parts {
            switch part {
            case .text, .identifier: break
            case .value(let value): values.append(value)
            case .list(let list): values += list
            }
        }
        return values
    }
}
