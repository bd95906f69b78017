/// The special variable `loop` (Jinja's `LoopContext`).
///
/// It is changed only by the thread that runs the loop's render.
final class LoopObject: PrintingObject, ValueHolder, @unchecked Sendable {
    let typeName = "jinja2.runtime.LoopContext"

    private let list: TemplateList?
    private var iterator: TemplateIterator?
    private let environment: TemplateEnvironment
    private let recursion: RecursiveLoop?
    private let depth0: Int
    private var knownLength: Int?
    /// The elements that were read ahead: one for `last` and `nextitem`, all for `length`.
    private var ahead: ArraySlice<TemplateValue> = []
    @exclusivity(unchecked) private var index0 = -1
    @exclusivity(unchecked) private var current: TemplateValue?
    @exclusivity(unchecked) private var previous: TemplateValue?
    private var lastChangedValue: [TemplateValue]?

    /// A loop over a list, which is read as the loop proceeds.
    init(_ list: TemplateList, _ context: TemplateContext, recursion: RecursiveLoop?, depth0: Int) {
        self.list = list
        iterator = nil
        environment = context.environment
        self.recursion = recursion
        self.depth0 = depth0
    }

    /// A loop over something else, which is `length` long if that is known beforehand.
    init(
        _ iterator: TemplateIterator, length: Int?, _ context: TemplateContext, recursion: RecursiveLoop?, depth0: Int
    ) {
        list = nil
        self.iterator = iterator
        environment = context.environment
        self.recursion = recursion
        self.depth0 = depth0
        knownLength = length
    }

    /// The next element, with which a turn begins; nil after the last.
    func advance() throws -> TemplateValue? {
        let next: TemplateValue?
        if let list {
            next = list.element(at: index0 + 1)
        } else {
            next = try ahead.popFirst() ?? iterator?.next()
        }
        guard let next else { return nil }
        index0 &+= 1
        previous = current
        current = next
        return next
    }

    /// What the loop has read; what its iterator holds nobody knows.
    var held: HeldValues {
        HeldValues(
            arrays: [Array(ahead), lastChangedValue ?? []],
            values: [list.map { .list($0) }, current, previous].compactMap { $0 })
    }

    /// Lets go of what is still to be read.
    func close() { iterator = nil }

    private func peek() throws -> TemplateValue? {
        if let list { return list.element(at: index0 + 1) }
        if let next = ahead.first { return next }
        guard let next = try iterator?.next() else { return nil }
        ahead.append(next)
        return next
    }

    /// How many elements there are; what has no length is read to its end.
    private func total() throws -> Int {
        if let knownLength { return knownLength }
        if let list {
            knownLength = list.elements.count
            return list.elements.count
        }
        while let next = try iterator?.next() { ahead.append(next) }
        let total = index0 + 1 + ahead.count
        knownLength = total
        return total
    }

    /// The attributes that are no functions.
    enum Property: String {
        case index, index0, revindex, revindex0, first, last, length, depth, depth0, previtem, nextitem
    }

    func value(of property: Property) throws -> TemplateValue {
        switch property {
        case .index: return .int(index0 + 1)
        case .index0: return .int(index0)
        case .revindex: return .int(try total() - index0)
        case .revindex0: return .int(try total() - index0 - 1)
        case .first: return .bool(index0 == 0)
        case .last: return .bool(try peek() == nil)
        case .length: return .int(try total())
        case .depth: return .int(depth0 + 1)
        case .depth0: return .int(depth0)
        case .previtem:
            if index0 > 0, let previous { return previous }
            return environment.undefined(.hint("there is no previous item"))
        case .nextitem: return try peek() ?? environment.undefined(.hint("there is no next item"))
        }
    }

    /// One of `values`, by the turn.
    func cycle(_ values: [TemplateValue]) throws -> TemplateValue {
        guard !values.isEmpty else { throw TemplateError(.typeError, "no items for cycling given") }
        return values[max(index0, 0) % values.count]
    }

    private func hasChanged(_ values: [TemplateValue]) throws -> Bool {
        if let lastChangedValue,
            try TemplateValue.tuple(TemplateTuple(lastChangedValue)).isEqual(to: .tuple(TemplateTuple(values)))
        {
            return false
        }
        lastChangedValue = values
        return true
    }

    func attribute(_ name: String) throws -> TemplateValue? {
        if let property = Property(rawValue: name) { return try value(of: property) }
        switch name {
        case "cycle":
            return .object(
                BoundFunction(self, name: "cycle") { loop, arguments, _ in try loop.cycle(arguments.positional) })
        case "changed":
            return .object(
                BoundFunction(self, name: "changed") { loop, arguments, _ in
                    .bool(try loop.hasChanged(arguments.positional))
                })
        default: return nil
        }
    }

    let isCallable = true

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try context.capture { try render(arguments, in: context) }
    }

    func render(_ arguments: TemplateArguments, in context: TemplateContext) throws {
        guard let iterable = arguments.value(0, "iterable") else {
            throw TemplateError(
                .typeError, "LoopContext.__call__() missing 1 required positional argument: 'iterable'")
        }
        guard arguments.positional.count + arguments.named.count == 1 else {
            throw TemplateError(
                .typeError,
                "LoopContext.__call__() takes 2 positional arguments but \(arguments.positional.count + 1) were given")
        }
        guard let recursion else {
            throw TemplateError(
                .typeError, "The loop must have the 'recursive' marker to be called recursively.")
        }
        try recursion.render(iterable, depth: depth0 + 1, in: context)
    }

    /// The turns that are left: pairs of an element and the loop itself.
    func makeIterator() throws -> TemplateIterator? { LoopIterator(self) }

    var length: Int? { get throws { try total() } }
    var isTrue: Bool { get throws { try total() != 0 } }
    var representation: String { get throws { "<LoopContext \(index0 + 1)/\(try total())>" } }
}

/// What a template gets that loops over `loop`.
private final class LoopIterator: TemplateIterator {
    private let loop: LoopObject

    init(_ loop: LoopObject) {
        self.loop = loop
    }

    override func next() throws -> TemplateValue? {
        try loop.advance().map { .tuple([$0, .object(loop)]) }
    }
}

/// A method of an object, bound to it.
final class BoundFunction<Receiver: TemplateObject>: TemplateObject {
    typealias Body = @Sendable (Receiver, TemplateArguments, TemplateContext) throws -> TemplateValue

    let typeName = "method"
    let receiver: Receiver
    private let name: String
    private let body: Body

    init(_ receiver: Receiver, name: String, _ body: @escaping Body) {
        self.receiver = receiver
        self.name = name
        self.body = body
    }

    let isCallable = true

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        try body(receiver, arguments, context)
    }

    var isTrue: Bool { true }
    var representation: String { "<bound method \(receiver.typeName).\(name)>" }
}

/// `loop.name`, where `loop` is the special variable.
final class LoopPropertyNode: ExpressionNode, @unchecked Sendable {
    private let loop: ExpressionNode
    private let property: LoopObject.Property

    init(_ loop: ExpressionNode, _ property: LoopObject.Property) {
        self.loop = loop
        self.property = property
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let value = try loop.evaluate(context)
        if case .object(let object) = value, let loop = object as? LoopObject {
            return try loop.value(of: property).touched
        }
        return try context.environment.getAttribute(value, property.rawValue)
    }

    override func isTrue(_ context: TemplateContext) throws -> Bool {
        try evaluate(context).isTrue
    }
}

/// `loop.cycle(…)` with constant values.
final class LoopCycleNode: ExpressionNode, @unchecked Sendable {
    private let loop: ExpressionNode
    private let values: [TemplateValue]

    init(_ loop: ExpressionNode, _ values: [TemplateValue]) {
        self.loop = loop
        self.values = values
    }

    override func evaluate(_ context: TemplateContext) throws -> TemplateValue {
        let value = try loop.evaluate(context)
        if case .object(let object) = value, let loop = object as? LoopObject { return try loop.cycle(values) }
        let function = try context.environment.getAttribute(value, "cycle")
        return try context.call(function, TemplateArguments(values))
    }
}
