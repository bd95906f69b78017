/// The rules as a tree of segments, in flat arrays: a node for each beginning that rules share, edges that are texts
/// (looked up) or patterns (tried in the order of their best rule).
///
/// Werkzeug's state machine decides by the order in which it visits states. Here every rule has a rank, worked out
/// once, and the best rule that matches wins; the order of visits is only a short cut. So rules of equal weight are
/// decided by their registration alone, and never by which other rules share their beginnings.
///
/// A match reads it without counting a reference: it is all in memory that the tree owns.
final class RuleTree: Sendable {
    struct Node {
        /// Pattern edges, the one with the best rule first.
        var edges: Range<Int> = 0..<0
        /// The rules that end here, the best first.
        var rules: Range<Int> = 0..<0
        /// The child for an empty segment, which is what follows a slash at the end; -1 for none.
        var slashChild = -1
        var hasTexts = false
        /// Whether a rule ends here that also answers with a slash more.
        var isLenient = false
    }

    struct Edge {
        /// Index into `patterns`, or -1 for a plain `<name>`, which takes every segment but the empty one.
        var pattern: Int
        var child: Int
        /// The best rank behind it.
        var rank: Int
        var spansSegments: Bool
        var variableCount: Int
    }

    /// A rule at the node where it ends.
    struct Entry {
        var rule: Int
        var rank: Int
        /// Its rank for a path with a slash more than it has; `Int.max` where it does not answer that.
        var extraSlashRank: Int
        var methods: MethodSet
        var isWebSocket: Bool
        var strictSlashes: Bool
        var mergeSlashes: Bool
        var hasCustomConverters: Bool
        var variableCount: Int
    }

    /// The node whose edges are domains.
    static let domains = 0

    let nodes: FixedStorage<Node>
    let edges: FixedStorage<Edge>
    let entries: FixedStorage<Entry>
    let texts: TextTable
    /// The node from which paths start where no rule has a domain; nil where one has.
    let onlyRoot: Int?
    /// The most segments and the most variables that a rule has.
    let depth: Int
    let variableCount: Int
    private let patterns: FixedStorage<SegmentPattern>

    init(_ rules: [BoundRule], methods: MethodTable) {
        var draft = TreeDraft()
        let ranks = Ranks(rules)
        let matched = rules.filter { !$0.rule.isBuildOnly }
        for rule in matched {
            draft.insert(Self.entry(rule, ranks, methods), parts: [rule.domainPart] + rule.pathParts)
        }
        depth = matched.map(\.pathParts.count).max() ?? 0
        variableCount = matched.map(\.variables.count).max() ?? 0
        let flat = FlatTree(draft)
        nodes = FixedStorage(flat.nodes)
        edges = FixedStorage(flat.edges)
        entries = FixedStorage(flat.entries)
        patterns = FixedStorage(flat.patterns)
        texts = TextTable(flat.children)
        let domains = flat.nodes[Self.domains]
        let hasDomains = !domains.edges.isEmpty || !draft.nodes[Self.domains].texts.allSatisfy(\.key.isEmpty)
        onlyRoot = hasDomains || domains.slashChild < 0 ? nil : domains.slashChild
    }

    deinit {
        nodes.free()
        edges.free()
        entries.free()
        patterns.free()
        texts.free()
    }

    /// Matches a text against a pattern by its index; see `SegmentPattern.match`.
    func match(
        _ pattern: Int, _ text: Text, _ captures: UnsafeMutableBufferPointer<Text>, from first: Int
    ) -> SegmentPattern.Outcome {
        // The tree keeps the pattern alive, so no reference need be counted.
        Unmanaged.passUnretained(patterns[pattern])._withUnsafeGuaranteedRef { $0.match(text, captures, from: first) }
    }

    private static func entry(_ rule: BoundRule, _ ranks: Ranks, _ methods: MethodTable) -> Entry {
        Entry(
            rule: rule.index, rank: ranks.exact[rule.index], extraSlashRank: ranks.extraSlash[rule.index],
            methods: methods.set(of: rule.methods), isWebSocket: rule.rule.isWebSocket,
            strictSlashes: rule.strictSlashes, mergeSlashes: rule.mergeSlashes,
            hasCustomConverters: rule.variables.contains { $0.conversion.isCustom },
            variableCount: rule.variables.count)
    }
}

/// The tree as lists, which a `RuleTree` then keeps.
private struct FlatTree {
    var nodes: [RuleTree.Node] = []
    var edges: [RuleTree.Edge] = []
    var entries: [RuleTree.Entry] = []
    var patterns: [SegmentPattern] = []
    var children: [(node: Int, text: [UInt8], child: Int)] = []

    private var patternIndices: [Pattern: Int] = [:]

    init(_ draft: TreeDraft) {
        let best = draft.bestRanks()
        for (index, drafted) in draft.nodes.enumerated() {
            var node = RuleTree.Node()
            node.slashChild = drafted.texts[[]] ?? -1
            for (text, child) in drafted.texts where !text.isEmpty {
                children.append((index, text, child))
                node.hasTexts = true
            }
            let start = edges.count
            for (pattern, child) in drafted.patterns.sorted(by: { best[$0.child] < best[$1.child] }) {
                edges.append(
                    RuleTree.Edge(
                        pattern: self.index(of: pattern), child: child, rank: best[child],
                        spansSegments: pattern.spansSegments, variableCount: pattern.variableCount))
            }
            node.edges = start..<edges.count
            let first = entries.count
            entries += drafted.entries.sorted { $0.rank < $1.rank }
            node.rules = first..<entries.count
            node.isLenient = drafted.entries.contains { $0.extraSlashRank != .max }
            nodes.append(node)
        }
    }

    private mutating func index(of pattern: Pattern) -> Int {
        if pattern == Pattern(elements: [.variable(.plain(.string(TextLength())))]) { return -1 }
        if let known = patternIndices[pattern] { return known }
        patterns.append(SegmentPattern(pattern))
        patternIndices[pattern] = patterns.count - 1
        return patterns.count - 1
    }
}

/// The tree while rules are added.
private struct TreeDraft {
    struct Node {
        var texts: [[UInt8]: Int] = [:]
        var patterns: [(pattern: Pattern, child: Int)] = []
        var patternChildren: [Pattern: Int] = [:]
        var entries: [RuleTree.Entry] = []
    }

    var nodes = [Node()]

    mutating func insert(_ entry: RuleTree.Entry, parts: [RulePart]) {
        var node = RuleTree.domains
        for part in parts {
            switch part.content {
            case .text(let text):
                let child = nodes[node].texts[text] ?? nodes.count
                if child == nodes.count { nodes.append(Node()) }
                nodes[node].texts[text] = child
                node = child
            case .pattern(let pattern):
                if let child = nodes[node].patternChildren[pattern] {
                    node = child
                } else {
                    let child = nodes.count
                    nodes.append(Node())
                    nodes[node].patternChildren[pattern] = child
                    nodes[node].patterns.append((pattern, child))
                    node = child
                }
            }
        }
        nodes[node].entries.append(entry)
    }

    /// For each node the best rank in it and below. Children come after their parents, so one pass backwards does.
    func bestRanks() -> [Int] {
        var best = nodes.map { node in node.entries.map(\.rank).min() ?? .max }
        for (index, node) in nodes.enumerated().reversed() {
            for child in node.texts.values { best[index] = min(best[index], best[child]) }
            for (_, child) in node.patterns { best[index] = min(best[index], best[child]) }
        }
        return best
    }
}

/// The ranks of all rules, the best being the lowest.
private struct Ranks {
    var exact: [Int]
    /// For paths with a slash more than the rule has, which only leaves that are not strict answer.
    var extraSlash: [Int]

    init(_ rules: [BoundRule]) {
        exact = rules.map { _ in .max }
        extraSlash = exact
        var places: [(precedence: RulePrecedence, isExtraSlash: Bool)] = []
        for rule in rules {
            let parts = ([rule.domainPart] + rule.pathParts).map(\.precedence)
            places.append((RulePrecedence(parts: parts, index: rule.index), false))
            if !rule.strictSlashes {
                places.append((RulePrecedence(parts: parts + [.extraSlash], index: rule.index), true))
            }
        }
        places.sort { $0.precedence < $1.precedence }
        for (rank, place) in places.enumerated() {
            if place.isExtraSlash {
                extraSlash[place.precedence.index] = rank
            } else {
                exact[place.precedence.index] = rank
            }
        }
    }
}
