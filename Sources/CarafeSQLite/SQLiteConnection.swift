import CSQLite
import CarafeSQL

/// A connection to a file of SQLite's, on its own thread.
final class SQLiteConnection: DriverConnection {
    let database: OpaquePointer
    let watch: SQLiteWatch
    private let options: SQLiteOptions
    private let role: ConnectionRole
    private let cache: SQLiteStatementCache
    private let valueLimit: Int
    private var isOpen = true
    /// Whether a statement may have changed settings of the connection.
    private var mayHaveOtherSettings = false

    init(_ options: SQLiteOptions, _ role: ConnectionRole) throws(DatabaseError) {
        self.options = options
        self.role = role
        watch = SQLiteWatch(timeout: options.timeout)
        cache = SQLiteStatementCache(limit: options.cachedStatements)
        database = try Self.open(options)
        // Some systems' SQLite takes more; what works on one must work on the others.
        valueLimit = min(32_766, Int(sqlite3_limit(database, SQLITE_LIMIT_VARIABLE_NUMBER, -1)))
        do throws(DatabaseError) {
            try setUp()
        } catch {
            sqlite3_close_v2(database)
            throw error
        }
    }

    private static func open(_ options: SQLiteOptions) throws(DatabaseError) -> OpaquePointer {
        let (name, isURI) = options.location
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch options.mode {
        case .readOnly: flags |= SQLITE_OPEN_READONLY
        case .readWrite: flags |= SQLITE_OPEN_READWRITE
        case .create, .memory:
            flags |= options.isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        }
        if isURI { flags |= SQLITE_OPEN_URI }
        var database: OpaquePointer?
        let code = sqlite3_open_v2(name, &database, flags, nil)
        guard code == SQLITE_OK, let database else {
            var error = SQLiteError.last(database, code)
            error.message = "\(options.path ?? "the database in memory") cannot be opened: \(error.message)"
            error.hint = "Does the folder exist, and may this user write there? SQLite needs files beside the database."
            sqlite3_close_v2(database)
            throw error
        }
        return database
    }

    private func setUp() throws(DatabaseError) {
        let context = Unmanaged.passUnretained(watch).toOpaque()
        sqlite3_busy_handler(
            database,
            { context, attempt in
                guard let context else { return 0 }
                return Unmanaged<SQLiteWatch>.fromOpaque(context).takeUnretainedValue().wait(attempt) ? 1 : 0
            }, context)
        sqlite3_progress_handler(
            database, 2_000,
            { context in
                guard let context else { return 0 }
                return Unmanaged<SQLiteWatch>.fromOpaque(context).takeUnretainedValue().canceller.isWanted ? 1 : 0
            }, context)
        // A name that is not there must be an error, never a text: see SQLIdentifier.
        _ = carafe_sqlite3_strict_names(database)
        if role == .readWrite, !options.isReadOnly, options.path != nil { try setJournalMode() }
        try applySettings()
    }

    private func setJournalMode() throws(DatabaseError) {
        let current = try scalar("PRAGMA journal_mode")
        guard current != options.journalMode else { return }
        // The switch does not wait for locks by itself.
        let end = ContinuousClock.now + options.timeout
        while true {
            do throws(DatabaseError) {
                _ = try scalar("PRAGMA journal_mode = \(options.journalMode)")
                return
            } catch {
                guard error.kind == .locked, ContinuousClock.now < end else { throw error }
                _ = watch.wait(1)
            }
        }
    }

    private func applySettings() throws(DatabaseError) {
        try runScript(
            """
            PRAGMA foreign_keys = \(options.foreignKeys ? "ON" : "OFF");
            PRAGMA synchronous = \(options.synchronous);
            PRAGMA trusted_schema = OFF;
            PRAGMA query_only = \(role == .readOnly ? "ON" : "OFF");
            """)
        mayHaveOtherSettings = false
    }

    private func scalar(_ text: String) throws(DatabaseError) -> String? {
        let statement = SQLiteStatement(try compile(text, isKept: false))
        guard try step(statement) else { return nil }
        return statement.row().first.flatMap { String(sqlValue: $0) }
    }

    // MARK: DriverConnection

    var canceller: any DriverCanceller { watch.canceller }

    var transactionState: DriverTransactionState { sqlite3_get_autocommit(database) == 0 ? .open : .none }

    func isReadOnly(_ statement: SQL) throws(DatabaseError) -> Bool {
        // PRAGMA, BEGIN and ATTACH read only too, and change the connection.
        guard SQLiteText.isQuery(statement) else { return false }
        return try prepared(statement).isReadOnly
    }

    func start(_ statement: SQL, isBounded: Bool) throws(DatabaseError) -> any DriverCursor {
        let prepared = try prepared(statement)
        try prepared.bind(statement)
        let changes = sqlite3_total_changes64(database)
        let hasRow = try step(prepared)
        guard !prepared.isReadOnly else { return SQLiteCursor(self, prepared, hasRow: hasRow) }
        // What writes is done to its end: constraints are checked there, after its rows have come.
        let columns = prepared.columns
        var rows: [[SQLValue]] = []
        if hasRow {
            repeat { rows.append(prepared.row()) } while try step(prepared)
        }
        finish(prepared)
        let changed = sqlite3_total_changes64(database) == changes ? 0 : Int(sqlite3_changes64(database))
        return SQLiteResult(columns: columns, rows: rows, affectedRows: changed)
    }

    func runBatch(_ statements: [SQL]) throws(DatabaseError) -> Int {
        guard let first = statements.first else { return 0 }
        let isOutermost = transactionState == .none
        try runScript(isOutermost ? "BEGIN IMMEDIATE" : "SAVEPOINT carafe_batch")
        do throws(DatabaseError) {
            let prepared = try prepared(first)
            var changed = 0
            for statement in statements {
                try prepared.bind(statement)
                let before = sqlite3_total_changes64(database)
                while try step(prepared) {}
                sqlite3_reset(prepared.handle)
                if sqlite3_total_changes64(database) != before { changed += Int(sqlite3_changes64(database)) }
            }
            finish(prepared)
            try runScript(isOutermost ? "COMMIT" : "RELEASE carafe_batch")
            return changed
        } catch {
            if transactionState != .none {
                try? runScript(isOutermost ? "ROLLBACK" : "ROLLBACK TO carafe_batch; RELEASE carafe_batch")
            }
            throw error
        }
    }

    var needsReset: Bool { mayHaveOtherSettings || transactionState != .none }

    func ping() throws(DatabaseError) { _ = try scalar("PRAGMA schema_version") }

    func reset() throws(DatabaseError) {
        if transactionState != .none { try runScript("ROLLBACK") }
        if mayHaveOtherSettings { try applySettings() }
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        cache.removeAll()
        sqlite3_close_v2(database)
    }

    // MARK: Statements

    /// Goes to the statement's next row; false after the last.
    func step(_ statement: SQLiteStatement) throws(DatabaseError) -> Bool {
        let code = sqlite3_step(statement.handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        let error = SQLiteError.last(database, code)
        finish(statement)
        throw error
    }

    /// Ends a statement, and forgets its values.
    func finish(_ statement: SQLiteStatement) {
        sqlite3_reset(statement.handle)
        sqlite3_clear_bindings(statement.handle)
    }

    private func prepared(_ statement: SQL) throws(DatabaseError) -> SQLiteStatement {
        let shape = StatementShape(statement)
        if let found = cache.find(shape) {
            mayHaveOtherSettings = mayHaveOtherSettings || found.mayChangeSettings
            return found
        }
        let count = statement.valueCount
        guard count <= valueLimit else {
            throw DatabaseError(
                .statement, "The statement binds \(count) values, and SQLite takes \(valueLimit) at most.",
                hint:
                    "Send a long list as JSON: IN (SELECT value FROM json_each(\\(json: list))); many rows by executeBatch."
            )
        }
        let text = statement.sqliteText
        let prepared = SQLiteStatement(
            try compile(text, isKept: true),
            mayChangeSettings: !SQLiteText.isQuery(statement) && SQLiteText.mayChangeSettings(text))
        mayHaveOtherSettings = mayHaveOtherSettings || prepared.mayChangeSettings
        guard sqlite3_bind_parameter_count(prepared.handle) == count else {
            throw DatabaseError(
                .statement, "The statement has other places for values than it has values.",
                hint:
                    "Values are interpolated, outside of quotes and comments: ? and :name in the text are not for them.",
                statement: text)
        }
        cache.add(prepared, shape)
        return prepared
    }

    /// Compiles a text that is one statement.
    private func compile(_ text: String, isKept: Bool) throws(DatabaseError) -> OpaquePointer {
        var text = text
        let result = text.withUTF8 { bytes -> Result<OpaquePointer, DatabaseError> in
            do throws(DatabaseError) {
                return .success(try compile(bytes, isKept: isKept))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func compile(_ bytes: UnsafeBufferPointer<UInt8>, isKept: Bool) throws(DatabaseError) -> OpaquePointer {
        let text = { String(decoding: bytes, as: UTF8.self) }
        guard !bytes.contains(0), bytes.count < Int32.max else {
            throw DatabaseError(
                .statement, "The statement's text has a character U+0000 in it, or is longer than SQLite takes.")
        }
        var start = bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress }
        let end = start.map { $0 + bytes.count }
        var statement: OpaquePointer?
        while let place = start, let end, place < end, statement == nil {
            // Comments before the statement compile to nothing.
            let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
            let code = sqlite3_prepare_v3(database, place, Int32(end - place), flags, &statement, &start)
            guard code == SQLITE_OK else { throw SQLiteError.last(database, code, statement: text()) }
        }
        guard let statement else { throw DatabaseError(.statement, "There is no statement.", statement: text()) }
        while let place = start, let end, place < end {
            var second: OpaquePointer?
            let code = sqlite3_prepare_v3(database, place, Int32(end - place), 0, &second, &start)
            if code == SQLITE_OK && second == nil { continue }
            sqlite3_finalize(second)
            sqlite3_finalize(statement)
            throw DatabaseError(
                .statement, "There are several statements in one.",
                hint: "Send them one by one, or all by executeScript, which takes no values.", statement: text())
        }
        return statement
    }

    func runScript(_ text: String) throws(DatabaseError) {
        mayHaveOtherSettings = true
        var text = text
        let result = text.withUTF8 { bytes -> Result<Void, DatabaseError> in
            do throws(DatabaseError) {
                return .success(try runScript(bytes))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private func runScript(_ bytes: UnsafeBufferPointer<UInt8>) throws(DatabaseError) {
        guard !bytes.contains(0), bytes.count < Int32.max else {
            throw DatabaseError(.statement, "The script has a character U+0000 in it, or is longer than SQLite takes.")
        }
        var start = bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress }
        let end = start.map { $0 + bytes.count }
        while let place = start, let end, place < end {
            var handle: OpaquePointer?
            let code = sqlite3_prepare_v3(database, place, Int32(end - place), 0, &handle, &start)
            let length = (start ?? end) - place
            let text = {
                place.withMemoryRebound(to: UInt8.self, capacity: length) { start in
                    String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
                }
            }
            guard code == SQLITE_OK else {
                throw SQLiteError.last(database, code, statement: length > 0 ? text() : nil)
            }
            guard let handle else { continue }
            let statement = SQLiteStatement(handle)
            do throws(DatabaseError) {
                while try step(statement) {}
            } catch {
                var error = error
                error.statement = text()
                throw error
            }
        }
    }
}
