import CarafeSQL

/// The compiled statements of a connection; the one that was not used for longest goes when it is full.
final class SQLiteStatementCache {
    private let limit: Int
    private var statements: [StatementShape: SQLiteStatement] = [:]
    private var uses: UInt64 = 0

    init(limit: Int) { self.limit = limit }

    func find(_ shape: StatementShape) -> SQLiteStatement? {
        guard let found = statements[shape] else { return nil }
        uses += 1
        found.lastUse = uses
        return found
    }

    func add(_ statement: SQLiteStatement, _ shape: StatementShape) {
        guard limit > 0 else { return }
        if statements.count >= limit, let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
            statements[oldest] = nil
        }
        uses += 1
        statement.lastUse = uses
        statements[shape.withoutValues] = statement
    }

    func removeAll() { statements = [:] }
}
