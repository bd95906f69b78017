import CPostgreSQL
import CarafeSQL

/// A cursor that the connection may have to end by itself.
protocol PostgreSQLRows: DriverCursor {
    /// The connection is gone, or needs the cursor no more.
    func abandon()
}

/// The rows of a statement: all of them in the memory of libpq, or one at a time as the server sends them.
final class PostgreSQLCursor: PostgreSQLRows {
    let columns: RowColumns
    private(set) var affectedRows = 0

    private let reader: ResultColumns
    /// All rows, or the one that is next.
    private var result: OpaquePointer?
    private var row: CInt = 0
    private var rows: CInt
    /// The connection that rows still come from; nil when all are here.
    private weak var connection: PostgreSQLConnection?

    /// Whether a savepoint was set before the statement, to come back to when its rows are left in the middle.
    private var isGuarded = false

    static let savepoint = "carafe_stream"

    /// A result with all its rows.
    init(rows result: OpaquePointer, columns: ResultColumns) {
        self.result = result
        reader = columns
        self.columns = columns.columns
        rows = PQntuples(result)
        affectedRows = Self.affectedRows(of: result)
    }

    /// The first row of a result whose others follow.
    init(streaming connection: PostgreSQLConnection, first: OpaquePointer, columns: ResultColumns) {
        self.connection = connection
        result = first
        reader = columns
        self.columns = columns.columns
        rows = 1
    }

    deinit { PQclear(result) }

    /// Says that a savepoint was set before the statement, within a transaction. It is released with the last row: now, where all
    /// rows are here.
    func guardBySavepoint(_ connection: PostgreSQLConnection) throws(DatabaseError) {
        isGuarded = self.connection != nil
        if !isGuarded { _ = try connection.ownRows("RELEASE \(Self.savepoint)") }
    }

    /// How many rows a statement changed; rows that it only read are none.
    static func affectedRows(of result: OpaquePointer) -> Int {
        guard let status = PQcmdStatus(result), let count = PQcmdTuples(result) else { return 0 }
        // SELECT and FETCH, which count what they read.
        guard status[0] != 0x53, status[0] != 0x46 else { return 0 }
        return Int(String(cString: count)) ?? 0
    }

    func next() throws(DatabaseError) -> [SQLValue]? {
        while true {
            if let result, row < rows {
                let values = reader.values(of: result, row: row)
                row += 1
                return values
            }
            guard let connection else { return nil }
            try advance(connection)
        }
    }

    /// Takes the next row from the connection, or finds that there is none.
    private func advance(_ connection: PostgreSQLConnection) throws(DatabaseError) {
        PQclear(result)
        result = nil
        rows = 0
        row = 0
        guard let next = try connection.nextResult() else { return finish(connection) }
        switch PQresultStatus(next) {
        case PGRES_SINGLE_TUPLE:
            result = next
            rows = 1
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            affectedRows = Self.affectedRows(of: next)
            PQclear(next)
            try connection.drain()
            if isGuarded { _ = try connection.ownRows("RELEASE \(Self.savepoint)") }
            finish(connection)
        default:
            let error = connection.failure(next)
            if !connection.isBroken { try connection.drain() }
            finish(connection)
            throw error
        }
    }

    /// The cursor needs the connection no more.
    private func finish(_ connection: PostgreSQLConnection) {
        abandon()
        connection.end()
    }

    func abandon() {
        if let connection, connection.openCursor === self { connection.openCursor = nil }
        connection = nil
        rows = 0
    }

    func close() {
        if let connection {
            // Within a transaction a cancelled statement would take all before it along. Where there is no savepoint, what comes is
            // read to its end.
            if isGuarded || connection.stateBefore == .none { connection.stopper.cancel() }
            while let result = try? connection.nextResult() { PQclear(result) }
            // Waits until the request to cancel has arrived: it is not for what follows.
            finish(connection)
            if isGuarded, !connection.isBroken { connection.rollBackStream() }
        }
        PQclear(result)
        result = nil
        rows = 0
    }
}
