/// What went wrong with a database.
///
/// The message holds no values of statements: it may be logged. In debug the error page shows the statement with its values.
public struct DatabaseError: Error, Sendable, CustomStringConvertible {
    /// What went wrong. More kinds may be added.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        /// The text for people.
        public let description: String

        init(_ description: String) { self.description = description }

        /// The URL or an option cannot be used as it is.
        public static let configuration = Kind("configuration")
        /// No connection could be made.
        public static let connectionFailed = Kind("connection failed")
        /// The connection broke; whether a statement on its way was done is not known.
        public static let connectionLost = Kind("connection lost")
        /// No connection of the pool became free in time.
        public static let poolTimeout = Kind("pool timeout")
        /// The database, the transaction or the stream was used after its end.
        public static let closed = Kind("closed")
        /// The task was cancelled, and the statement with it.
        public static let cancelled = Kind("cancelled")
        /// A statement took longer than it may.
        public static let timeout = Kind("timeout")
        /// The statement is not SQL, or names what is not there.
        public static let statement = Kind("statement")
        /// A value that must be unique is there already.
        public static let uniqueViolation = Kind("unique violation")
        /// A row refers to one that is not there, or is referred to.
        public static let foreignKeyViolation = Kind("foreign key violation")
        /// NULL where none may be.
        public static let notNullViolation = Kind("not null violation")
        /// A value does not fulfil a check.
        public static let checkViolation = Kind("check violation")
        /// A row excludes another (PostgreSQL).
        public static let exclusionViolation = Kind("exclusion violation")
        /// Another transaction changed what this one read; it can be tried again.
        public static let serializationFailure = Kind("serialization failure")
        /// Two transactions waited for one another; it can be tried again.
        public static let deadlock = Kind("deadlock")
        /// A lock was not free in time.
        public static let locked = Kind("locked")
        /// The database takes no writes: a read-only file, replica or transaction.
        public static let readOnly = Kind("read-only")
        /// No room on the disk, or another resource is used up.
        public static let resources = Kind("resources")
        /// The user may not do that.
        public static let permission = Kind("permission")
        /// A value does not fit: out of range, of another type, not valid text.
        public static let value = Kind("value")
        /// A column could not be read as the type asked for.
        public static let typeMismatch = Kind("type mismatch")
        /// A row was asked for and there is none.
        public static let noRow = Kind("no row")
        /// One row was asked for and there are several.
        public static let severalRows = Kind("several rows")
        /// The database file or the server is damaged.
        public static let corrupt = Kind("corrupt")
        /// A migration could not be done.
        public static let migration = Kind("migration")
        /// Anything else that the database says.
        public static let other = Kind("other")
    }

    /// What went wrong.
    public var kind: Kind {
        get { storage.fields.kind }
        set { change { $0.kind = newValue } }
    }
    /// What happened, in one sentence.
    public var message: String {
        get { storage.fields.message }
        set { change { $0.message = newValue } }
    }
    /// What to do about it, where that is known.
    public var hint: String? {
        get { storage.fields.hint }
        set { change { $0.hint = newValue } }
    }
    /// The five characters of SQLSTATE (PostgreSQL), or SQLite's extended result code in decimal.
    public var code: String? {
        get { storage.fields.code }
        set { change { $0.code = newValue } }
    }
    /// The constraint that was violated, where the database names it.
    public var constraint: String? {
        get { storage.fields.constraint }
        set { change { $0.constraint = newValue } }
    }
    /// The table it concerns, where the database names it.
    public var table: String? {
        get { storage.fields.table }
        set { change { $0.table = newValue } }
    }
    /// The column it concerns, where the database names it.
    public var column: String? {
        get { storage.fields.column }
        set { change { $0.column = newValue } }
    }
    /// The statement without its values.
    public var statement: String? {
        get { storage.fields.statement }
        set { change { $0.statement = newValue } }
    }
    /// The place in the statement's text that the database points at, in Unicode scalars from 1.
    public var position: Int? {
        get { storage.fields.position }
        set { change { $0.position = newValue } }
    }
    /// The place in the source that sent the statement, as `file:line`.
    public var source: String? {
        get { storage.fields.source }
        set { change { $0.source = newValue } }
    }

    /// An error.
    public init(
        _ kind: Kind, _ message: String, hint: String? = nil, code: String? = nil, statement: String? = nil
    ) {
        storage = Storage(Fields(kind: kind, message: message, hint: hint, code: code, statement: statement))
    }

    /// All of it is behind one reference: every result of a statement carries the room for an error, and copies it on its way.
    private var storage: Storage

    private struct Fields {
        var kind: Kind
        var message: String
        var hint: String?
        var code: String?
        var constraint: String?
        var table: String?
        var column: String?
        var statement: String?
        var position: Int?
        var source: String?
    }

    private final class Storage: Sendable {
        let fields: Fields
        init(_ fields: Fields) { self.fields = fields }
    }

    private mutating func change(_ body: (inout Fields) -> Void) {
        var fields = storage.fields
        body(&fields)
        storage = Storage(fields)
    }

    /// Whether the same transaction may succeed when it is tried again.
    public var isRetryable: Bool { kind == .serializationFailure || kind == .deadlock }

    /// The text for people.
    public var description: String {
        var text = "\(kind): \(message)"
        if let source { text += " (\(source))" }
        if let statement { text += "\n  in: \(statement)" }
        if let hint { text += "\n  \(hint)" }
        return text
    }
}
