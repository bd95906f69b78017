/// The columns of a statement's rows, shared by all of them.
public final class RowColumns: Sendable {
    /// The names in their order, as the database gives them. Two columns may have one name.
    public let names: [String]

    /// The types as the database declares them, for messages: `VARCHAR(80)`, `timestamptz`; empty where it does not say.
    public let types: [String]

    private let indexes: [String: Int]

    /// Columns of these names.
    public init(names: [String], types: [String] = []) {
        self.names = names
        self.types = types
        indexes = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where the first column of this name is.
    public func index(of name: String) -> Int? { indexes[name] }

    /// How many there are.
    public var count: Int { names.count }
}
