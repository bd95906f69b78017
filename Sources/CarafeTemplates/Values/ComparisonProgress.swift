/// What a comparison has done so far, that of the objects in its containers included.
///
/// Containers may hold the same container twice, over and over: sixty pairs of pairs are more paths than anybody can walk. So
/// containers that turned out equal are not compared again, and what still takes too many steps is an error.
struct ComparisonProgress {
    /// How many values one comparison looks at, where a container counts for eight: a twentieth of a second.
    static let maximumSteps = 1 << 22
    /// Before that nothing is remembered: hardly anything is compared twice in so few steps, and remembering costs more.
    private static let fewSteps = 1000

    private struct Pair: Hashable {
        let left, right: ObjectIdentifier
    }

    private var depth = 0
    private var steps = 0
    /// The values are kept so that no others come to be where they were.
    private var equal: [Pair: (TemplateValue, TemplateValue)] = [:]

    /// Counts a look at two values.
    mutating func count(steps count: Int = 1) throws {
        steps += count
        if steps > Self.maximumSteps { throw Self.limit }
    }

    private static var limit: TemplateError { TemplateError(.limit, "containers with too many values to compare") }

    /// Whether two containers turned out equal before.
    func areKnown(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        guard !equal.isEmpty, let pair = Self.pair(left, right) else { return false }
        return equal[pair] != nil
    }

    /// Remembers that two containers are equal.
    mutating func remember(_ left: TemplateValue, _ right: TemplateValue) {
        guard steps > Self.fewSteps, let pair = Self.pair(left, right) else { return }
        equal[pair] = (left, right)
    }

    private static func pair(_ left: TemplateValue, _ right: TemplateValue) -> Pair? {
        guard let left = left.containerIdentity, let right = right.containerIdentity else { return nil }
        return Pair(left: left, right: right)
    }

    /// Begins a comparison, or one within another.
    mutating func begin() { depth += 1 }

    /// Ends what ``begin()`` began.
    ///
    /// - Returns: false where a step was one too many. Objects cannot say so: to them the values differ.
    mutating func end() -> Bool {
        depth -= 1
        guard depth == 0 else { return true }
        defer { if steps > 0 { self = ComparisonProgress() } }
        return steps <= Self.maximumSteps
    }

    /// Runs `body`, a comparison or a part of one.
    static func comparing(_ body: (ThreadState) throws -> Bool) throws -> Bool {
        let state = ThreadState.current
        state.comparison.begin()
        let result = Result { try body(state) }
        guard state.comparison.end() else { throw limit }
        return try result.get()
    }
}
