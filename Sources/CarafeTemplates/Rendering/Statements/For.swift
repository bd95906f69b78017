/// What each turn of a `for` does: code that the loop itself and, in recursive loops, its calls run.
final class ForBody: @unchecked Sendable {
    let target: TargetNode
    let entry: ScopeEntry
    let exit: ScopeExit
    let body: StatementList
    /// Where the special variable `loop` lives, if the body uses it.
    let loopSlot: Int?
    let filter: LoopFilter?
    let alternative: StatementList?
    let alternativeEntry: ScopeEntry
    let alternativeExit: ScopeExit

    init(
        target: TargetNode, entry: ScopeEntry, exit: ScopeExit, body: StatementList, loopSlot: Int?,
        filter: LoopFilter?, alternative: StatementList?, alternativeEntry: ScopeEntry, alternativeExit: ScopeExit
    ) {
        self.target = target
        self.entry = entry
        self.exit = exit
        self.body = body
        self.loopSlot = loopSlot
        self.filter = filter
        self.alternative = alternative
        self.alternativeEntry = alternativeEntry
        self.alternativeExit = alternativeExit
    }

    /// Takes a turn for each element of `iterable`. `recursion` is what `loop(…)` calls in a recursive loop.
    func run(
        over iterable: TemplateValue, _ context: TemplateContext, recursion: RecursiveLoop? = nil, depth: Int = 0
    ) throws {
        let hasTurned: Bool
        if let loopSlot {
            let loop = try makeLoop(over: iterable, context, recursion: recursion, depth: depth)
            hasTurned = try run(with: loop, slot: loopSlot, context)
        } else if filter == nil, case .list(let list) = iterable {
            hasTurned = try run(over: list, context)
        } else if filter == nil, case .tuple(let tuple) = iterable {
            hasTurned = try run(over: tuple.elements, context)
        } else {
            hasTurned = try run(over: makeIterator(iterable, context), context)
        }
        exit.leave(context)
        if !hasTurned, let alternative {
            alternativeEntry.enter(context)
            defer { alternativeExit.leave(context) }
            _ = try alternative.execute(context)
        }
    }

    // Each of these says whether a turn came to its end: only then is the `else` left out, as in Jinja's code. A loop whose
    // every turn is cut short by `continue` or `break` has its `else` executed.

    /// A list may grow or shrink while it is looped over; the loop sees that, as Python's does.
    private func run(over list: TemplateList, _ context: TemplateContext) throws -> Bool {
        var index = 0
        var hasTurned = false
        while let element = list.element(at: index) {
            let flow = try turn(element, context)
            if flow == .next { hasTurned = true } else if flow == .break { break }
            index &+= 1
        }
        return hasTurned
    }

    private func run(over elements: [TemplateValue], _ context: TemplateContext) throws -> Bool {
        var hasTurned = false
        for element in elements {
            let flow = try turn(element, context)
            if flow == .next { hasTurned = true } else if flow == .break { break }
        }
        return hasTurned
    }

    private func run(over iterator: TemplateIterator, _ context: TemplateContext) throws -> Bool {
        var hasTurned = false
        while let element = try iterator.next() {
            let flow = try turn(element, context)
            if flow == .next { hasTurned = true } else if flow == .break { break }
        }
        return hasTurned
    }

    private func run(with loop: LoopObject, slot: Int, _ context: TemplateContext) throws -> Bool {
        var hasTurned = false
        while let element = try loop.advance() {
            context.slots[slot] = .object(loop)
            let flow = try turn(element, context)
            if flow == .next { hasTurned = true } else if flow == .break { break }
        }
        return hasTurned
    }

    @inline(__always)
    private func turn(_ element: TemplateValue, _ context: TemplateContext) throws -> Flow {
        try context.state.countIteration()
        try target.assign(element, context)
        context.beginTurn()
        entry.enter(context)
        return try body.execute(context)
    }

    private func makeIterator(_ iterable: TemplateValue, _ context: TemplateContext) throws -> TemplateIterator {
        let iterator = try iterable.makeIterator()
        return filter.map { FilteredIterator(iterator, $0, context) } ?? iterator
    }

    private func makeLoop(
        over iterable: TemplateValue, _ context: TemplateContext, recursion: RecursiveLoop?, depth: Int
    ) throws -> LoopObject {
        if filter == nil {
            if case .list(let list) = iterable { return LoopObject(list, context, recursion: recursion, depth0: depth) }
            if case .tuple(let tuple) = iterable {
                return LoopObject(TemplateList(tuple.elements), context, recursion: recursion, depth0: depth)
            }
        }
        let iterator = try makeIterator(iterable, context)
        let length = filter == nil ? try? iterable.length() : nil
        return LoopObject(iterator, length: length, context, recursion: recursion, depth0: depth)
    }
}

/// `{% for target in iterable if filter %}…{% else %}…{% endfor %}`
final class ForStatement: StatementNode, @unchecked Sendable {
    private let iterable: ExpressionNode
    private let body: ForBody

    init(line: Int, iterable: ExpressionNode, body: ForBody) {
        self.iterable = iterable
        self.body = body
        super.init(line: line)
    }

    override func execute(_ context: TemplateContext) throws -> Flow {
        try body.run(over: iterable.evaluate(context), context)
        return .next
    }
}

/// The `if` of a `for`: decides about an element before it becomes a turn of the loop.
final class LoopFilter: @unchecked Sendable {
    private let target: TargetNode
    private let entry: ScopeEntry
    private let test: ExpressionNode
    private let line: Int

    init(target: TargetNode, entry: ScopeEntry, test: ExpressionNode, line: Int) {
        self.target = target
        self.entry = entry
        self.test = test
        self.line = line
    }

    func accepts(_ element: TemplateValue, _ context: TemplateContext) throws -> Bool {
        do {
            try context.state.countIteration()
            try target.assign(element, context)
            return try test.isTrue(context)
        } catch {
            throw context.located(error, line: line)
        }
    }

    func enter(_ context: TemplateContext) { entry.enter(context) }
}

/// The elements that a loop's filter lets through.
private final class FilteredIterator: TemplateIterator {
    private let base: TemplateIterator
    private let filter: LoopFilter
    private let context: TemplateContext

    init(_ base: TemplateIterator, _ filter: LoopFilter, _ context: TemplateContext) {
        self.base = base
        self.filter = filter
        self.context = context
        filter.enter(context)
        context.keep()
    }

    override func next() throws -> TemplateValue? {
        while let element = try base.next() {
            if try filter.accepts(element, context) { return element }
        }
        return nil
    }
}
