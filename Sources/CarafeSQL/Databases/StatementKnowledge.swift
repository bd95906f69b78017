import Synchronization

/// Which statements only read, as far as that is known already. It forgets all when it is full: then it is asked again.
final class StatementKnowledge: Sendable {
    private let known = Mutex<[StatementShape: Bool]>([:])
    private static let limit = 1_000

    func isReadOnly(_ statement: SQL) -> Bool? { known.withLock { $0[StatementShape(statement)] } }

    func learn(_ statement: SQL, isReadOnly: Bool) {
        let shape = StatementShape(statement).withoutValues
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
            known[shape] = isReadOnly
        }
    }
}
