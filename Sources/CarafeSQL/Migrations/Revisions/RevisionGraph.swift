/// The history of a schema: which revision follows which.
///
/// A revision follows its `down_revision`s; what it `depends_on` must have been done before it as well, though it is of another
/// branch. A revision that none follows is a head; one that follows none is a base.
public struct RevisionGraph: Sendable {
    /// All revisions, each after those that it follows and depends on.
    public let revisions: [Revision]

    /// Where in `revisions` each one is, by its name.
    let indexes: [String: Int]
    /// What each revision follows.
    let parents: [[Int]]
    /// What each revision follows and what it depends on.
    let requirements: [[Int]]
    /// What follows each revision.
    let children: [[Int]]
    /// What follows each revision and what depends on it.
    let dependents: [[Int]]
    /// Which revision begins the branch of a label.
    let labels: [String: Int]

    /// Puts revisions in order.
    ///
    /// - Throws: ``MigrationProblems`` where one is there twice, follows one that is not there, or follows itself
    public init(_ revisions: [Revision]) throws(MigrationProblems) {
        var builder = RevisionGraphBuilder(revisions)
        let order = builder.order()
        guard builder.problems.isEmpty else { throw MigrationProblems(builder.problems) }
        var place = [Int](repeating: 0, count: order.count)
        for (new, old) in order.enumerated() { place[old] = new }
        self.revisions = order.map { builder.revisions[$0] }
        indexes = builder.indexes.mapValues { place[$0] }
        labels = builder.labels.mapValues { place[$0] }
        parents = order.map { builder.parents[$0].map { place[$0] } }
        requirements = order.map { old in
            Array(Set((builder.parents[old] + builder.dependencies[old]).map { place[$0] })).sorted()
        }
        children = Self.reversed(parents)
        dependents = Self.reversed(requirements)
    }

    private static func reversed(_ edges: [[Int]]) -> [[Int]] {
        var result = [[Int]](repeating: [], count: edges.count)
        for (from, targets) in edges.enumerated() {
            for target in targets { result[target].append(from) }
        }
        return result
    }

    /// The revisions that none follows.
    public var heads: [Revision] { headIndexes.map { revisions[$0] } }

    var headIndexes: [Int] { revisions.indices.filter { children[$0].isEmpty } }

    /// The revisions that follow none.
    public var bases: [Revision] { revisions.indices.filter { parents[$0].isEmpty }.map { revisions[$0] } }

    /// The revision of a name.
    public subscript(id: String) -> Revision? { indexes[id].map { revisions[$0] } }

    /// The revisions that follow this one.
    public func followers(of revision: Revision) -> [Revision] {
        indexes[revision.id].map { children[$0].map { revisions[$0] } } ?? []
    }

    // MARK: - Sets of revisions

    /// These and all that the edges lead to from them.
    func closure(_ start: some Sequence<Int>, _ edges: [[Int]]) -> Set<Int> {
        var found: Set<Int> = []
        var waiting = Array(start)
        while let next = waiting.popLast() {
            if found.insert(next).inserted { waiting += edges[next] }
        }
        return found
    }

    /// All revisions that have been done where these are the versions of a database.
    func applied(_ versions: some Sequence<Int>) -> Set<Int> { closure(versions, requirements) }

    /// The versions of a database where these revisions have been done: those that no other of them follows or depends on.
    func versions(_ applied: Set<Int>) -> Set<Int> {
        applied.filter { !dependents[$0].contains(where: applied.contains) }
    }

    /// Whether one of two revisions follows the other, directly or not.
    func sharesLineage(_ first: Int, _ second: Int) -> Bool {
        closure([first], parents).contains(second) || closure([second], parents).contains(first)
    }
}

/// Finds the edges between revisions, and what is wrong with them.
struct RevisionGraphBuilder {
    private(set) var revisions: [Revision] = []
    private(set) var indexes: [String: Int] = [:]
    private(set) var labels: [String: Int] = [:]
    private(set) var parents: [[Int]] = []
    private(set) var dependencies: [[Int]] = []
    private(set) var problems: [MigrationProblem] = []

    init(_ all: [Revision]) {
        for revision in all { add(revision) }
        for (index, revision) in revisions.enumerated() { addLabels(of: revision, index) }
        for revision in revisions {
            parents.append(revision.downRevisions.compactMap { parent(named: $0, of: revision) })
            dependencies.append(revision.dependsOn.compactMap { dependency(named: $0, of: revision) })
        }
    }

    /// Of a migration in SQL and a stub of the same name for Alembic, the SQL counts.
    private mutating func add(_ revision: Revision) {
        guard let index = indexes[revision.id] else {
            indexes[revision.id] = revisions.count
            revisions.append(revision)
            return
        }
        let other = revisions[index]
        guard other.isPython != revision.isPython else {
            problem("The revision \(revision.id) is also in \(other.file).", revision)
            return
        }
        if Set(other.downRevisions) != Set(revision.downRevisions) {
            problem("Its down_revision is another than in \(other.file).", revision)
        }
        if other.isPython { revisions[index] = revision }
    }

    private mutating func problem(_ message: String, _ revision: Revision) {
        problems.append(MigrationProblem(message, file: revision.file))
    }

    private mutating func addLabels(of revision: Revision, _ index: Int) {
        for label in revision.branchLabels {
            if indexes[label] != nil {
                problem("The branch label '\(label)' is a revision's name.", revision)
            } else if let other = labels.updateValue(index, forKey: label) {
                problem("The branch label '\(label)' is also in \(revisions[other].file).", revision)
            }
        }
    }

    private mutating func parent(named name: String, of revision: Revision) -> Int? {
        if let index = indexes[name] { return index }
        problem("It follows \(name), which is not there: correct its down_revision.", revision)
        return nil
    }

    private mutating func dependency(named name: String, of revision: Revision) -> Int? {
        if let index = indexes[name] ?? labels[name] { return index }
        let matches = revisions.indices.filter { revisions[$0].id.utf8.starts(with: name.utf8) }
        if matches.count == 1, name.utf8.count >= 4 { return matches[0] }
        problem("It depends on \(name), which is not there: correct its depends_on.", revision)
        return nil
    }

    /// The revisions' places in an order in which each comes after those that it needs. Branches stay together.
    mutating func order() -> [Int] {
        enum State { case new, open, done }
        var states = [State](repeating: .new, count: revisions.count)
        var order: [Int] = []
        let byName = revisions.indices.sorted { revisions[$0].id < revisions[$1].id }
        let needs = revisions.indices.map { index in
            (parents[index] + dependencies[index]).sorted { revisions[$0].id < revisions[$1].id }
        }
        for start in byName where states[start] == .new {
            var path = [(revision: start, next: 0)]
            states[start] = .open
            while let (revision, next) = path.last {
                guard next < needs[revision].count else {
                    states[revision] = .done
                    order.append(revision)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let need = needs[revision][next]
                switch states[need] {
                case .new:
                    states[need] = .open
                    path.append((need, 0))
                case .open:
                    let circle = path.drop { $0.revision != need }.map { revisions[$0.revision].id }
                    problem(
                        "It follows itself: \((circle + [revisions[need].id]).joined(separator: " -> ")).",
                        revisions[need])
                case .done: break
                }
            }
        }
        return order
    }
}
