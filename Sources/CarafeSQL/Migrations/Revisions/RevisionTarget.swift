/// Where an upgrade or a downgrade is to end, as Alembic writes it.
///
/// | target | what it names |
/// |---|---|
/// | `head` | the only head; an error where there are several |
/// | `heads` | all heads |
/// | `base` | before the first revision |
/// | `3f1c0a9be2d4`, `3f1c` | a revision; four characters of its name are enough where no other begins with them |
/// | `+2`, `-1` | so many steps from where the database is |
/// | `3f1c+2`, `head-1` | so many steps from a revision |
/// | `shop@head`, `shop@+1`, `shop@base` | the same within the branch of a label or revision |
struct RevisionTarget: Sendable, Hashable {
    /// The text before `@`.
    var branch: String?
    /// The revision's name; nil for the place where the database is.
    var name: String?
    /// How many steps from there.
    var steps: Int?
    /// As it was written.
    var text: String

    /// Reads a target.
    init(_ text: String) throws(DatabaseError) {
        self.text = text
        var rest = Array(text.utf8)[...]
        if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
            branch = String(decoding: rest[..<at], as: UTF8.self)
            rest = rest[(at + 1)...]
        }
        if let sign = rest.lastIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) {
            guard let steps = Int(String(decoding: rest[sign...], as: UTF8.self)), abs(steps) < 1_000_000 else {
                throw DatabaseError(.migration, "'\(text)' is no target.", hint: Self.hint)
            }
            self.steps = steps
            rest = rest[..<sign]
        }
        name = rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
        guard name != nil || steps != nil, branch != "" else {
            throw DatabaseError(.migration, "'\(text)' is no target.", hint: Self.hint)
        }
    }

    private static let hint =
        "Write a revision or the beginning of its name, head, heads, base, +1, -1, or one of these after 'branch@'."
}

extension RevisionGraph {
    /// The revisions that an upgrade to a target must have done, with all that they need.
    ///
    /// - Parameter current: the versions of the database
    func upgrade(to target: RevisionTarget, from current: Set<Int>) throws(DatabaseError) -> Set<Int> {
        let ends: Set<Int>
        if let steps = target.steps {
            guard let end = try upgradeSteps(steps, target, current) else { throw tooFar(target) }
            ends = [end]
        } else {
            ends = try named(target)
        }
        return applied(ends).union(applied(current))
    }

    /// The revisions that a downgrade to a target leaves done.
    ///
    /// - Parameter current: the versions of the database
    func downgrade(to target: RevisionTarget, from current: Set<Int>) throws(DatabaseError) -> Set<Int> {
        let end: Int?
        if let steps = target.steps {
            end = try downgradeSteps(steps, target, current)
        } else {
            let ends = try named(target)
            guard ends.count <= 1 else { throw severalHeads(target, ends) }
            end = ends.first
        }
        var roots = end.map { children[$0] } ?? revisions.indices.filter { parents[$0].isEmpty }
        if let branch = target.branch, roots.count > 1 {
            let line = closure([try revision(ofBranch: branch)], parents)
            roots = roots.filter(line.contains)
            guard !roots.isEmpty else {
                throw DatabaseError(.migration, "'\(target.text)' is not below the revisions that the database is at.")
            }
        }
        let done = applied(current)
        if let end, !done.contains(end) {
            throw DatabaseError(
                .migration, "The database is not at or after \(revisions[end].id), so it cannot go back to it.")
        }
        return done.subtracting(closure(roots, dependents))
    }

    /// The only head, or that of a branch, and other names without steps.
    func named(_ target: RevisionTarget) throws(DatabaseError) -> Set<Int> {
        let line = try target.branch.map { branch throws(DatabaseError) in try revision(ofBranch: branch) }
        let heads = Set(headIndexes.filter { head in line.map { sharesLineage($0, head) } ?? true })
        switch target.name {
        // What others depend on comes along with them.
        case "heads": return line == nil ? heads.filter { dependents[$0].isEmpty } : heads
        case "head":
            guard heads.count <= 1 else { throw severalHeads(target, heads) }
            return heads
        case "base", nil: return []
        case let name?:
            let found = try revision(named: name)
            if let line, !sharesLineage(line, found) {
                throw DatabaseError(.migration, "\(revisions[found].id) is not of the branch '\(target.branch ?? "")'.")
            }
            return [found]
        }
    }

    /// The revision of a name, the beginning of a name, or a branch label.
    func revision(named name: String) throws(DatabaseError) -> Int {
        if let index = indexes[name] ?? labels[name] { return index }
        let matches =
            name.utf8.count < 4 ? [] : revisions.indices.filter { revisions[$0].id.utf8.starts(with: name.utf8) }
        if matches.count == 1 { return matches[0] }
        guard matches.isEmpty else {
            throw DatabaseError(
                .migration,
                "Several revisions begin with '\(name)': \(matches.map { revisions[$0].id }.joined(separator: ", ")).")
        }
        throw DatabaseError(
            .migration, "There is no revision '\(name)'.",
            hint: name.utf8.count < 4 ? "The beginning of a name must have four characters." : nil)
    }

    private func revision(ofBranch branch: String) throws(DatabaseError) -> Int {
        do throws(DatabaseError) { return try revision(named: branch) } catch {
            throw DatabaseError(.migration, "There is no branch '\(branch)'.")
        }
    }

    func severalHeads(_ target: RevisionTarget, _ heads: Set<Int>) -> DatabaseError {
        DatabaseError(
            .migration,
            "'\(target.text)' could be any of several heads: "
                + heads.sorted().map { revisions[$0].id }.joined(separator: ", ") + ".",
            hint: "Name one of them, or 'heads' for all; or merge them: db revision --merge -m 'merge branches'.")
    }

    // MARK: - Steps

    /// Where so many steps from the target's name, or from where the database is, lead; nil for the base.
    private func upgradeSteps(
        _ steps: Int, _ target: RevisionTarget, _ current: Set<Int>
    ) throws(DatabaseError) -> Int? {
        let line = try target.branch.map { branch throws(DatabaseError) in try revision(ofBranch: branch) }
        if let name = target.name { return try walk(from: try start(name, target), steps, line, target) }
        guard steps > 0 else { throw tooFar(target) }
        var starts = current
        if let line {
            // The furthest of what has been done within the branch.
            let done = applied(current).filter { sharesLineage($0, line) }
            starts = done.filter { !children[$0].contains(where: done.contains) }
        }
        guard starts.count <= 1 else {
            throw DatabaseError(
                .migration,
                "'\(target.text)' could count from any of several revisions: the database is at \(list(starts)).",
                hint: "Name the branch: 'branch@\(target.text)'.")
        }
        return try walk(from: starts.first, steps, line, target)
    }

    private func downgradeSteps(
        _ steps: Int, _ target: RevisionTarget, _ current: Set<Int>
    ) throws(DatabaseError) -> Int? {
        let line = try target.branch.map { branch throws(DatabaseError) in try revision(ofBranch: branch) }
        if let name = target.name { return try walk(from: try start(name, target), steps, line, target) }
        guard steps < 0 else { throw tooFar(target) }
        var starts = line.map { line in current.filter { sharesLineage($0, line) } } ?? current
        if let line, starts.isEmpty {
            // Of the branch only that has been done on which the current revisions depend.
            let done = applied(current)
            starts = done.filter { sharesLineage($0, line) && !children[$0].contains(where: done.contains) }
        }
        guard starts.count == 1, let start = starts.first else {
            if starts.isEmpty { throw tooFar(target) }
            throw DatabaseError(
                .migration,
                "'\(target.text)' could count from any of several revisions: the database is at \(list(starts)).",
                hint: "Name the branch: 'branch@\(target.text)'.")
        }
        return try walk(from: start, steps, line, target)
    }

    private func start(_ name: String, _ target: RevisionTarget) throws(DatabaseError) -> Int? {
        var plain = target
        plain.name = name
        plain.steps = nil
        let found = try named(plain)
        guard found.count <= 1 else { throw severalHeads(target, found) }
        return found.first
    }

    /// Goes up or down, one revision after another. Nil is the base.
    private func walk(
        from start: Int?, _ steps: Int, _ line: Int?, _ target: RevisionTarget
    ) throws(DatabaseError) -> Int? {
        var place = start
        for _ in 0..<abs(steps) {
            if steps > 0 {
                var next = place.map { children[$0] } ?? revisions.indices.filter { parents[$0].isEmpty }
                if let line { next = next.filter { sharesLineage($0, line) } }
                guard next.count == 1 else { throw next.isEmpty ? tooFar(target) : forks(target, next) }
                place = next[0]
            } else {
                guard let at = place else { throw tooFar(target) }
                guard parents[at].count <= 1 else { throw forks(target, parents[at]) }
                place = parents[at].first
            }
        }
        return place
    }

    private func tooFar(_ target: RevisionTarget) -> DatabaseError {
        DatabaseError(.migration, "There are not so many revisions for '\(target.text)'.")
    }

    private func forks(_ target: RevisionTarget, _ ways: [Int]) -> DatabaseError {
        DatabaseError(
            .migration, "The way for '\(target.text)' forks at \(list(ways)).",
            hint: "Name the revision, or the branch: 'branch@\(target.text)'.")
    }

    private func list(_ revisions: some Sequence<Int>) -> String {
        revisions.sorted().map { self.revisions[$0].id }.joined(separator: ", ")
    }
}
