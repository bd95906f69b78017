import Carafe
import FoundationEssentials

/// How properties of a `Decodable` type find their columns.
public enum ColumnNaming: Sendable, Hashable {
    /// The coding key is the column's name.
    case exact
    /// The coding key is the column's name, or becomes it in snake case: `authorID` and `authorId` find `author_id`.
    case snakeCase
}

/// Reads values of `Decodable` types from the rows of one result: it remembers where the columns are. Not for two tasks at once.
final class RowDecoder {
    let columns: RowColumns
    private let naming: ColumnNaming
    // One task uses a decoder, and no access lasts while another begins: checking that for every column would cost more than
    // the access.
    @exclusivity(unchecked) fileprivate var row: Row

    /// The columns in the order in which the row before asked for them; the next row asks in the same order.
    @exclusivity(unchecked) private var plan: ColumnPlan?
    @exclusivity(unchecked) private var step = 0

    /// Whether the row before asked for more than any before it.
    @exclusivity(unchecked) private var isPlanNew = false

    /// The type asked for.
    private var asked: Any.Type = Never.self

    /// The container of the rows before, for the same keys.
    private var keptContainer: AnyObject?
    private var keysBefore: ObjectIdentifier?

    init(columns: RowColumns, naming: ColumnNaming) {
        self.columns = columns
        self.naming = naming
        row = Row(columns: columns, values: [])
    }

    func decode<Value: Decodable>(_ type: Value.Type, from row: Row) throws(DatabaseError) -> Value {
        self.row = row
        step = 0
        if asked != type {
            asked = type
            plan = columns.plan(for: type, naming)
        }
        defer { if isPlanNew { keepPlan() } }
        do {
            return try Value(from: self)
        } catch let error as DatabaseError {
            throw error
        } catch let error as DecodingError {
            throw explain(error, type)
        } catch {
            throw DatabaseError(.typeMismatch, "A row cannot be read as \(type): \(error)")
        }
    }

    fileprivate func index(of key: String) -> Int? {
        if let plan, step < plan.steps.count, plan.steps[step].name == key {
            step += 1
            return plan.steps[step - 1].index
        }
        let index = columns.index(of: key) ?? (naming == .snakeCase ? columns.index(of: SnakeCase.encode(key)) : nil)
        if step == plan?.steps.count ?? 0, step < 256 {
            var longer = plan ?? ColumnPlan()
            plan = nil
            longer.steps.append((key, index))
            plan = longer
            isPlanNew = true
            step += 1
        }
        return index
    }

    private func keepPlan() {
        isPlanNew = false
        if let plan { columns.keep(plan, for: asked, naming) }
    }

    // What follows is for the containers, which are generic over the keys: here it is compiled for each type of column once, and
    // needs no metadata of theirs.

    fileprivate func require(_ key: String) throws -> Int {
        guard let index = index(of: key), index < row.values.count else { throw missing(key) }
        return index
    }

    /// Where the column is; nil where there is none or it is NULL.
    fileprivate func present(_ key: String) -> Int? {
        guard let index = index(of: key), index < row.values.count, !row.values[index].isNull else { return nil }
        return index
    }

    fileprivate func read<Value: SQLDecodable>(_ key: String) throws -> Value {
        let index = try require(key)
        guard let value = Value(sqlValue: row.values[index]) else { throw row.mismatch(at: index, Value.self) }
        return value
    }

    fileprivate func readIfPresent<Value: SQLDecodable>(_ key: String) throws -> Value? {
        guard let index = present(key) else { return nil }
        guard let value = Value(sqlValue: row.values[index]) else { throw row.mismatch(at: index, Value.self) }
        return value
    }

    private func missing(_ key: String) -> DatabaseError {
        let place = row.number.map { "Row \($0 + 1)" } ?? "The row"
        return DatabaseError(
            .typeMismatch,
            "\(place) has no column for \(key) of \(asked): it has \(columns.names.joined(separator: ", ")).",
            column: key)
    }

    private func explain(_ error: DecodingError, _ type: Any.Type) -> DatabaseError {
        let place = row.number.map { "Row \($0 + 1)" } ?? "The row"
        switch error {
        case .keyNotFound(let key, _): return missing(key.stringValue)
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            var result = DatabaseError(
                .typeMismatch,
                "\(place) cannot be read as \(type)\(path.isEmpty ? "" : " at \(path)"): \(context.debugDescription)")
            result.column = context.codingPath.first?.stringValue
            return result
        @unknown default:
            return DatabaseError(.typeMismatch, "\(place) cannot be read as \(type): \(error)")
        }
    }
}

extension RowDecoder: Decoder {
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// The same container for every row but the first: to look up its type costs as much as to read a column or two.
    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let keptContainer, keysBefore == ObjectIdentifier(type) else { return makeContainer(type) }
        // What is kept for a type of keys is a container for that type.
        return unsafeDowncast(keptContainer, to: KeptContainer<KeyedDecodingContainer<Key>>.self).copy()
    }

    @inline(never)
    private func makeContainer<Key: CodingKey>(_ type: Key.Type) -> KeyedDecodingContainer<Key> {
        let container = KeyedDecodingContainer(RowContainer<Key>(decoder: self))
        keptContainer = keysBefore == ObjectIdentifier(type) ? KeptContainer(container) : nil
        keysBefore = ObjectIdentifier(type)
        return container
    }

    /// Lets the container go, which refers to the decoder.
    func close() { keptContainer = nil }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw DatabaseError(
            .typeMismatch, "A row is read as a type with properties, as a tuple or as a single value, not as a list.")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        try requireSingle(columns, asked)
        return ValueDecoder(row: row, index: 0)
    }
}

private final class KeptContainer<Container> {
    private let container: Container
    init(_ container: Container) { self.container = container }

    /// Not inlined: here the container's type is known, and where it is called it would be looked up.
    @inline(never) func copy() -> Container { container }
}

/// A row's columns by name.
private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: RowDecoder

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { decoder.columns.names.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { decoder.index(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { decoder.row.values[try decoder.require(key.stringValue)].isNull }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder.read(key.stringValue) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder.read(key.stringValue) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder.read(key.stringValue) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoder.read(key.stringValue) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder.read(key.stringValue) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoder.read(key.stringValue) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoder.read(key.stringValue) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoder.read(key.stringValue) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoder.read(key.stringValue) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoder.read(key.stringValue) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoder.read(key.stringValue) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoder.read(key.stringValue) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoder.read(key.stringValue) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoder.read(key.stringValue) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try ValueDecoder(row: decoder.row, index: decoder.require(key.stringValue)).decode(type)
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try decoder.readIfPresent(key.stringValue)
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try decoder.readIfPresent(key.stringValue)
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try decoder.readIfPresent(key.stringValue)
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try decoder.readIfPresent(key.stringValue)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try decoder.present(key.stringValue).map { try ValueDecoder(row: decoder.row, index: $0).decode(type) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try ValueDecoder(row: decoder.row, index: decoder.require(key.stringValue)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try ValueDecoder(row: decoder.row, index: decoder.require(key.stringValue)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        ValueDecoder(row: decoder.row, index: try decoder.require(key.stringValue))
    }
}
