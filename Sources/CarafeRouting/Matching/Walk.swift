/// One search through the tree for the best rule that a path leads to.
///
/// Each node of the tree is visited at most once, since a node has one place in the path: the cost is bounded by the
/// rules whose beginnings match, and grows with the path only as its segments are read.
struct Walk: ~Copyable {
    /// What was found, or why nothing was.
    struct Finding {
        var entry: RuleTree.Entry
        var rank: Int
        /// Whether the rule is a branch that the path lacks the slash of.
        var needsSlash: Bool
        /// The values that custom converters made.
        var customValues: [RoutingValue]
    }

    private(set) var best: Finding?
    private(set) var allowed: MethodSet = []
    private(set) var sawOtherSocket = false

    // The matcher runs the walk and outlives it, so neither is counted as referenced.
    private unowned(unsafe) let matcher: Matcher
    private unowned(unsafe) let tree: RuleTree
    private let path: Text
    private let method: MethodSet
    private let isWebSocket: Bool
    /// The segments as far as they have been read, the first first.
    private let segments: UnsafeMutableBufferPointer<Segment>
    private var segmentCount = 0
    /// What the variables on the way to the present node have taken, and those on the way to the best rule.
    private let captures: UnsafeMutableBufferPointer<Text>
    let bestCaptures: UnsafeMutableBufferPointer<Text>

    struct Segment {
        var text: Text
        var end: Int
        var hash: UInt64
    }

    /// Where in the path a node stands.
    private enum Place {
        case segment(Int)
        /// Before an empty segment, after a pattern that has taken the rest.
        case lastSlash
        case end
    }

    /// - Parameters:
    ///   - path: The path without its first slash.
    ///   - segments: Room for one segment more than the tree is deep.
    ///   - captures: Room for twice the variables of the tree's richest rule.
    init(
        _ matcher: Matcher, path: Text, method: MethodSet, isWebSocket: Bool,
        segments: UnsafeMutableBufferPointer<Segment>, captures: UnsafeMutableBufferPointer<Text>
    ) {
        self.matcher = matcher
        tree = matcher.tree
        self.path = path
        self.method = method
        self.isWebSocket = isWebSocket
        self.segments = segments
        self.captures = captures
        captures.initialize(repeating: Text(start: nil, count: 0))
        bestCaptures = UnsafeMutableBufferPointer(rebasing: captures.dropFirst(matcher.tree.variableCount))
    }

    /// Searches below the node from which the paths of a map without domains start.
    mutating func search(from root: Int, isEmpty: Bool) {
        visit(root, isEmpty ? .end : .segment(0), 0)
    }

    /// Searches below every node whose domain matches.
    mutating func search(domain: Text, isEmpty: Bool) {
        let start = isEmpty ? Place.end : .segment(0)
        let domains = tree.nodes[RuleTree.domains]
        let root =
            domain.isEmpty
            ? (domains.slashChild < 0 ? nil : domains.slashChild)
            : tree.texts.child(of: RuleTree.domains, domain, hash: TextTable.hash(domain[...]))
        if let root { visit(root, start, 0) }
        for index in domains.edges where tree.edges[index].rank < bestRank {
            let edge = tree.edges[index]
            if edge.pattern < 0 {
                guard !domain.isEmpty, !domain.contains(UInt8(ascii: "/")) else { continue }
                captures[0] = domain
                visit(edge.child, start, 1)
            } else if case .match = tree.match(edge.pattern, domain, captures, from: 0) {
                visit(edge.child, start, edge.variableCount)
            }
        }
    }

    /// Adds what an earlier search, which found nothing, has seen.
    mutating func noting(_ earlier: borrowing Walk) {
        allowed.formUnion(earlier.allowed)
        sawOtherSocket = sawOtherSocket || earlier.sawOtherSocket
    }

    private var bestRank: Int { best?.rank ?? .max }

    private mutating func visit(_ index: Int, _ place: Place, _ captured: Int) {
        switch place {
        case .end: arrive(at: index)
        case .lastSlash:
            let empty = Segment(text: Text(rebasing: path[path.endIndex...]), end: path.count, hash: 0)
            visit(index, empty, .end, captured)
        case .segment(let number):
            let segment = segment(number)
            visit(index, segment, segment.end == path.count ? .end : .segment(number + 1), captured)
        }
    }

    private mutating func visit(_ index: Int, _ segment: Segment, _ next: Place, _ captured: Int) {
        let node = tree.nodes[index]
        if segment.text.isEmpty {
            if node.slashChild >= 0 { visit(node.slashChild, next, captured) }
        } else if node.hasTexts, let child = tree.texts.child(of: index, segment.text, hash: segment.hash) {
            visit(child, next, captured)
        }
        for number in node.edges where tree.edges[number].rank < bestRank {
            follow(tree.edges[number], segment, next, captured)
        }
        if node.isLenient, segment.text.isEmpty, case .end = next { arriveWithExtraSlash(at: node) }
    }

    private mutating func follow(_ edge: RuleTree.Edge, _ segment: Segment, _ next: Place, _ captured: Int) {
        guard edge.pattern >= 0 else {
            if segment.text.isEmpty { return }
            captures[captured] = segment.text
            return visit(edge.child, next, captured + 1)
        }
        let text =
            edge.spansSegments ? Text(rebasing: path[(segment.end - segment.text.count)...]) : segment.text
        switch tree.match(edge.pattern, text, captures, from: captured) {
        case .noMatch: return
        case .match: visit(edge.child, edge.spansSegments ? .end : next, captured + edge.variableCount)
        case .matchBeforeSlash: visit(edge.child, .lastSlash, captured + edge.variableCount)
        }
    }

    /// The path ends at a node: its rules answer, or else those one slash further.
    private mutating func arrive(at index: Int) {
        let node = tree.nodes[index]
        for number in node.rules where consider(tree.entries[number], rank: tree.entries[number].rank) { return }
        guard node.slashChild >= 0 else { return }
        for number in tree.nodes[node.slashChild].rules {
            let entry = tree.entries[number]
            // As in Werkzeug, a rule one slash further that does not answer is no reason for a 405.
            guard answers(entry) else { continue }
            if consider(entry, rank: entry.rank, needsSlash: entry.strictSlashes) { return }
        }
    }

    private mutating func arriveWithExtraSlash(at node: RuleTree.Node) {
        for number in node.rules {
            let entry = tree.entries[number]
            if entry.extraSlashRank != .max, consider(entry, rank: entry.extraSlashRank) { return }
        }
    }

    /// Takes a rule whose path matches if it is better than the best so far and answers the request. Otherwise notes
    /// why it does not.
    private mutating func consider(_ entry: RuleTree.Entry, rank: Int, needsSlash: Bool = false) -> Bool {
        guard rank < bestRank else { return false }
        var customValues: [RoutingValue] = []
        if entry.hasCustomConverters {
            guard let values = matcher.customValues(of: entry.rule, captures) else { return false }
            customValues = values
        }
        guard hasMethod(entry) else {
            allowed.formUnion(entry.methods)
            return false
        }
        guard entry.isWebSocket == isWebSocket else {
            sawOtherSocket = true
            return false
        }
        best = Finding(entry: entry, rank: rank, needsSlash: needsSlash, customValues: customValues)
        for index in 0..<entry.variableCount { bestCaptures[index] = captures[index] }
        return true
    }

    private func hasMethod(_ entry: RuleTree.Entry) -> Bool {
        entry.methods == .every || !entry.methods.isDisjoint(with: method)
    }

    private func answers(_ entry: RuleTree.Entry) -> Bool { hasMethod(entry) && entry.isWebSocket == isWebSocket }

    /// A segment by its number. Those before it have been read: a node stands one segment deeper than its parent.
    private mutating func segment(_ number: Int) -> Segment {
        if number < segmentCount { return segments[number] }
        let start = number == 0 ? 0 : segments[number - 1].end + 1
        var end = start
        var hash = TextTable.startingHash
        while end < path.count, path[end] != UInt8(ascii: "/") {
            hash = TextTable.hash(hash, adding: path[end])
            end += 1
        }
        let segment = Segment(text: Text(rebasing: path[start..<end]), end: end, hash: hash)
        segments.initializeElement(at: number, to: segment)
        segmentCount = number + 1
        return segment
    }
}
