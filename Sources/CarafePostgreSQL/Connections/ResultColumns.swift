import CPostgreSQL
import CarafeSQL

/// The columns of a result, and how their values are read.
final class ResultColumns: Sendable {
    let columns: RowColumns
    let types: [ColumnType]

    init(_ columns: RowColumns, types: [ColumnType]) {
        self.columns = columns
        self.types = types
    }

    static let none = ResultColumns(RowColumns(names: []), types: [])

    /// The values of a row of a result.
    func values(of result: OpaquePointer, row: CInt) -> [SQLValue] {
        // `init(unsafeUninitializedCapacity:)` looks up the array's type each time.
        var values: [SQLValue] = []
        values.reserveCapacity(types.count)
        for (index, type) in types.enumerated() {
            let column = CInt(truncatingIfNeeded: index)
            var value = SQLValue.null
            if PQgetisnull(result, row, column) == 0, let text = PQgetvalue(result, row, column) {
                let length = Int(PQgetlength(result, row, column))
                value = text.withMemoryRebound(to: UInt8.self, capacity: length) {
                    type.value(UnsafeBufferPointer(start: $0, count: length))
                }
            }
            values.append(value)
        }
        return values
    }
}

extension PostgreSQLConnection {
    /// The columns of a result.
    ///
    /// - Parameter isIdle: whether the connection can be asked for types that are not known yet
    func columns(of result: OpaquePointer, isIdle: Bool) throws(DatabaseError) -> ResultColumns {
        let count = PQnfields(result)
        guard count > 0 else { return .none }
        let ids: [TypeID] = (0..<count).map { TypeID(rawValue: PQftype(result, $0)) }
        let unknown = Set(ids.filter { self.types.type($0) == nil })
        if isIdle, !unknown.isEmpty, stateBefore != .failed { try self.types.load(unknown, by: self) }
        let types = ids.map { self.types.type($0) ?? .other(name: "type \($0.rawValue)") }
        let names = (0..<count).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        return ResultColumns(RowColumns(names: names, types: types.map(\.name)), types: types)
    }

    /// The rows of a statement of the driver's own, sent in the midst of another's preparation.
    func ownRows(_ text: String) throws(DatabaseError) -> [[String?]] {
        guard PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1 else { throw lost() }
        try flush()
        var rows: [[String?]] = []
        var error: DatabaseError?
        while let result = try nextResult() {
            if PQresultStatus(result) == PGRES_FATAL_ERROR {
                error = failure(result)
                continue
            }
            for row in 0..<PQntuples(result) {
                rows.append((0..<PQnfields(result)).map { Self.text(of: result, row, $0) })
            }
            PQclear(result)
        }
        if let error { throw error }
        return rows
    }

    private static func text(of result: OpaquePointer, _ row: CInt, _ column: CInt) -> String? {
        guard PQgetisnull(result, row, column) == 0, let text = PQgetvalue(result, row, column) else { return nil }
        return String(cString: text)
    }
}

extension TypeCatalog {
    /// Learns these types from the server.
    func load(_ ids: Set<TypeID>, by connection: PostgreSQLConnection) throws(DatabaseError) {
        let list = ids.map { String($0.rawValue) }.joined(separator: ", ")
        learn(try connection.ownRows(Self.query(where: "oid IN (\(list))")))
    }

    /// Learns all types that the database defines.
    func loadAll(by connection: PostgreSQLConnection) throws(DatabaseError) {
        try connection.begin(nil)
        defer { connection.end() }
        learn(try connection.ownRows(Self.query(where: "oid >= 16384")))
    }
}
