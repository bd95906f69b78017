import CarafeSQL

/// The pieces of a copy from the server, as rows of one column of bytes.
final class PostgreSQLCopyCursor: PostgreSQLRows {
    let columns = RowColumns(names: ["copy"], types: ["bytea"])
    let affectedRows = 0
    private weak var connection: PostgreSQLConnection?

    init(_ connection: PostgreSQLConnection) { self.connection = connection }

    func next() throws(DatabaseError) -> [SQLValue]? {
        guard let connection else { return nil }
        do throws(DatabaseError) {
            if let bytes = try connection.nextCopyData() { return [.blob(bytes)] }
            abandon()
            return nil
        } catch {
            abandon()
            throw error
        }
    }

    func abandon() {
        if let connection, connection.openCursor === self { connection.openCursor = nil }
        connection = nil
    }

    func close() {
        guard let connection else { return }
        // As for rows: within a transaction what comes is read to its end.
        if connection.stateBefore == .none { connection.stopper.cancel() }
        while let bytes = try? connection.nextCopyData() { _ = bytes }
        connection.end()
        abandon()
    }
}
