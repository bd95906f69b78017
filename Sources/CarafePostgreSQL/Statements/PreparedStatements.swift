import CarafeSQL

/// A statement that the server has prepared, or found that it cannot prepare without the types of the values.
final class PreparedStatement {
    let text: String
    /// Its name on the server; nil where the text alone is not enough to prepare it.
    let name: String?
    /// The parameters whose type the server took for text because nothing says otherwise: their values say.
    let openParameters: [Int]
    /// The columns of its rows; nil where it has none.
    let columns: ResultColumns?
    let isSessionChange: Bool
    /// When it was used last, counted in statements.
    fileprivate(set) var lastUse = 0

    init(text: String, name: String?, openParameters: [Int], columns: ResultColumns?) {
        self.text = text
        self.name = name
        self.openParameters = openParameters
        self.columns = columns
        isSessionChange = StatementText.changesSession(text)
    }
}

/// The statements that a connection has prepared, the least used of which make room for others.
struct PreparedStatements {
    private var statements: [String: PreparedStatement] = [:]
    private let capacity: Int
    private var uses = 0
    private var names = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { statements.count }

    /// The statement that is kept under this key.
    mutating func find(_ key: String) -> PreparedStatement? {
        guard let statement = statements[key] else { return nil }
        uses += 1
        statement.lastUse = uses
        return statement
    }

    /// A name that no statement of the connection has had.
    mutating func newName() -> String {
        names += 1
        return "carafe_\(names)"
    }

    /// Takes out the statement that was not used for the longest time, where there is no room for one more.
    mutating func makeRoom() -> PreparedStatement? {
        guard statements.count >= capacity, let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return nil }
        statements[oldest.key] = nil
        return oldest.value
    }

    mutating func insert(_ statement: PreparedStatement, for key: String) {
        uses += 1
        statement.lastUse = uses
        statements[key] = statement
    }

    mutating func remove(_ statement: PreparedStatement) {
        statements = statements.filter { $0.value !== statement }
    }

    /// Whether the statement is still kept, be it under another key.
    func contains(_ statement: PreparedStatement) -> Bool { statements.contains { $0.value === statement } }
}
