import CPostgreSQL
import CarafeSQL
import Synchronization

/// What is known of a database's types, by their numbers.
///
/// Those that the server is built with are known from the start; others (enumerations, domains, extensions' types) are read from
/// its catalog when a column has them for the first time.
final class TypeCatalog: Sendable {
    private let learnt = Mutex<[TypeID: ColumnType]>([:])

    /// The type of this number; nil where it is not known yet.
    func type(_ id: TypeID) -> ColumnType? { Self.builtIn[id] ?? learnt.withLock { $0[id] } }

    /// Learns types, each of which is described by a row of `query`.
    func learn(_ rows: [[String?]]) {
        var rows = rows
        var isLearning = true
        // A domain or array is understood when what it is made of is.
        while isLearning {
            isLearning = false
            rows.removeAll { row in
                guard let id = row[0].flatMap(UInt32.init), let type = described(row) else { return false }
                learnt.withLock { $0[TypeID(rawValue: id)] = type }
                isLearning = true
                return true
            }
        }
    }

    /// The columns of the catalog that ``learn(_:)`` reads, for types chosen by a condition and what they are made of.
    static func query(where condition: String) -> String {
        """
        WITH RECURSIVE wanted (oid) AS (
            SELECT oid FROM pg_catalog.pg_type WHERE \(condition)
            UNION
            SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END
            FROM pg_catalog.pg_type t JOIN wanted ON t.oid = wanted.oid
            WHERE t.typtype = 'd' OR t.typcategory = 'A'
        )
        SELECT t.oid, pg_catalog.format_type(t.oid, NULL), t.typtype, t.typcategory, t.typelem, t.typbasetype, t.typname
        FROM pg_catalog.pg_type t JOIN wanted ON t.oid = wanted.oid
        """
    }

    private func described(_ row: [String?]) -> ColumnType? {
        guard row.count == 7, let name = row[1] else { return .other(name: "unknown") }
        func part(_ index: Int) -> ColumnType? {
            row[index].flatMap(UInt32.init).flatMap { type(TypeID(rawValue: $0)) }
        }
        switch (row[2], row[3]) {
        case ("e", _): return .text
        case ("d", _): return part(5)
        case (_, "A"): return part(4).map { .array(of: $0, name: name) }
        default: return row[6] == "citext" ? .text : .other(name: name)
        }
    }

    private static let builtIn: [TypeID: ColumnType] = {
        let scalars: [(type: ColumnType, id: UInt32, array: UInt32)] = [
            (.bool, 16, 1000), (.bytea, 17, 1001), (.text, 18, 1002), (.text, 19, 1003), (.integer, 20, 1016),
            (.integer, 21, 1005), (.integer, 23, 1007), (.text, 25, 1009), (.integer, 26, 1028), (.json, 114, 199),
            (.double, 700, 1021), (.double, 701, 1022), (.text, 1042, 1014), (.text, 1043, 1015),
            (.localDate, 1082, 1182), (.localTime, 1083, 1183), (.localDateTime, 1114, 1115), (.instant, 1184, 1185),
            (.interval, 1186, 1187), (.numeric, 1700, 1231), (.uuid, 2950, 2951), (.json, 3802, 3807),
        ]
        var types: [TypeID: ColumnType] = [TypeID(rawValue: 705): .text, TypeID(rawValue: 2278): .void]
        for (type, id, array) in scalars {
            types[TypeID(rawValue: id)] = type
            types[TypeID(rawValue: array)] = .array(of: type, name: type.name + "[]")
        }
        return types
    }()
}
