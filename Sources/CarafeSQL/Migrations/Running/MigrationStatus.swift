/// Where a database is in the history of its schema.
public struct MigrationStatus: Sendable {
    /// The history, as the files have it.
    public let graph: RevisionGraph
    /// The versions in the database, sorted: one, unless it is at several heads.
    public let versions: [String]

    /// The versions that no file has: those of a newer app, or of another.
    public var unknown: [String] { versions.filter { graph[$0] == nil } }

    /// The revisions that the database is at.
    public var current: [Revision] { versions.compactMap { graph[$0] } }

    /// All revisions that have been done.
    public var applied: [Revision] { graph.applied(places).sorted().map { graph.revisions[$0] } }

    /// The revisions that have not been done, in the order in which `upgrade heads` would do them.
    public var pending: [Revision] {
        let applied = graph.applied(places)
        return graph.revisions.indices.filter { !applied.contains($0) }.map { graph.revisions[$0] }
    }

    /// Whether every revision has been done, and the files know those that have been.
    public var isAtHead: Bool { unknown.isEmpty && pending.isEmpty }

    private var places: [Int] { versions.compactMap { graph.indexes[$0] } }
}

extension RevisionGraph {
    /// The versions of a database that is said to be at a target: those of the target's line give way to it.
    func stamp(_ target: RevisionTarget, from current: Set<Int>) throws(DatabaseError) -> Set<Int> {
        let ends: Set<Int>
        if let steps = target.steps {
            let goal = steps > 0 ? try upgrade(to: target, from: current) : try downgrade(to: target, from: current)
            return versions(goal)
        } else {
            ends = try named(target)
        }
        var result = current
        if ends.isEmpty {
            guard let branch = target.branch else { return [] }
            let line = try revision(named: branch)
            result = result.filter { !sharesLineage($0, line) }
        }
        for end in ends {
            let below = applied([end])
            result = result.filter { !below.contains($0) && !applied([$0]).contains(end) }
            result.insert(end)
        }
        return result
    }
}
