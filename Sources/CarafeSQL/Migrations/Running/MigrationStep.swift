/// One migration that is done or undone.
public struct MigrationStep: Sendable, Hashable {
    /// The revision.
    public let revision: Revision
    /// Whether it is done or undone.
    public let direction: MigrationDirection

    /// The step in one line: `Upgrading to 3f1c0a9be2d4, create post`.
    public var description: String {
        let verb = direction == .up ? "Upgrading to" : "Undoing"
        return "\(verb) \(revision.id)\(revision.message.isEmpty ? "" : ", \(revision.message)")"
    }
}

/// What is to be done to bring a database from some versions to others.
struct MigrationPlan: Sendable {
    let graph: RevisionGraph
    /// The revisions that will have been done.
    let goal: Set<Int>

    /// A plan to do what a target needs, or to undo what is past it.
    init(
        _ graph: RevisionGraph, _ direction: MigrationDirection, to target: RevisionTarget, from versions: Set<Int>
    ) throws(DatabaseError) {
        self.graph = graph
        goal =
            switch direction {
            case .up: try graph.upgrade(to: target, from: versions)
            case .down: try graph.downgrade(to: target, from: versions)
            }
    }

    /// The next migration, where some have been done; nil at the goal.
    func next(_ direction: MigrationDirection, applied: Set<Int>) -> Int? {
        switch direction {
        case .up: goal.subtracting(applied).min()
        case .down: applied.subtracting(goal).max()
        }
    }

    /// All that remain, in order.
    func steps(_ direction: MigrationDirection, applied: Set<Int>) -> [Int] {
        switch direction {
        case .up: goal.subtracting(applied).sorted()
        case .down: applied.subtracting(goal).sorted(by: >)
        }
    }
}
