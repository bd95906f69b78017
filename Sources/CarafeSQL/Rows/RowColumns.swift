import Synchronization

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

    /// In which order types asked for their columns, and where those were. A statement that is sent again has the same columns
    /// object where its driver keeps it, and its rows are read without looking for names.
    private let plans = Mutex<[PlanKey: ColumnPlan]>([:])

    private struct PlanKey: Hashable {
        var type: ObjectIdentifier
        var naming: ColumnNaming
    }

    func plan(for type: Any.Type, _ naming: ColumnNaming) -> ColumnPlan? {
        plans.withLock { $0[PlanKey(type: ObjectIdentifier(type), naming: naming)] }
    }

    func keep(_ plan: ColumnPlan, for type: Any.Type, _ naming: ColumnNaming) {
        plans.withLock { plans in
            if plans.count >= 16 { plans.removeAll() }
            plans[PlanKey(type: ObjectIdentifier(type), naming: naming)] = plan
        }
    }

    /// How many there are.
    public var count: Int { names.count }
}

/// The columns in the order in which a type asks for them.
struct ColumnPlan: Sendable {
    var steps: [(name: String, index: Int?)] = []
}
