/// Python's `range`: integers at equal steps, which are there only when asked for.
public final class TemplateRange: TemplateObject {
    /// The first integer, if there are any.
    public let start: Int
    /// Where it ends, without this integer.
    public let stop: Int
    /// How far one integer is from the one before.
    public let step: Int
    /// How many integers there are.
    public let count: Int

    /// The integers from `start` on by `step`, up to `stop` without it.
    ///
    /// - Returns: nil for a step of zero
    public init?(_ start: Int, _ stop: Int, _ step: Int = 1) {
        guard step != 0 else { return nil }
        self.start = start
        self.stop = stop
        self.step = step
        if step > 0 ? start >= stop : start <= stop {
            count = 0
        } else {
            let distance = step > 0 ? UInt(bitPattern: stop &- start) : UInt(bitPattern: start &- stop)
            count = Int(clamping: (distance - 1) / step.magnitude + 1)
        }
    }

    /// The integer at `index`, which is one of the range's.
    private subscript(index: Int) -> Int { start &+ index &* step }

    /// Python's name of the type.
    public var typeName: String { "range" }
    /// How many integers there are.
    public var length: Int? { count }

    /// What hands out the integers.
    public func makeIterator() -> TemplateIterator? { RangeIterator(self) }

    /// The integer at an index, also counted from the end.
    public func item(_ key: TemplateValue) -> TemplateValue? { key.index(in: count).map { .int(self[$0]) } }

    /// `start`, `stop`, `step` and the methods.
    public func attribute(_ name: String) -> TemplateValue? {
        if isSameText(name, "start") { return .int(start) }
        if isSameText(name, "stop") { return .int(stop) }
        if isSameText(name, "step") { return .int(step) }
        return method(name)
    }

    /// `range(0, 3)`
    public var representation: String { step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))" }

    /// Whether the other is a range of the same integers.
    public func isEqual(to other: TemplateValue) -> Bool {
        guard case .object(let object) = other, let other = object as? TemplateRange else { return false }
        guard count == other.count else { return false }
        return count == 0 || start == other.start && (count == 1 || step == other.step)
    }

    /// By the integers, as ``isEqual(to:)`` compares.
    public func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(count)
        if count > 0 { hasher.combine(start) }
        if count > 1 { hasher.combine(step) }
        return true
    }

    /// Whether a number is one of the integers, without counting through them.
    public func contains(_ element: TemplateValue) throws -> Bool? {
        switch Number(element) {
        case .int(let value): return contains(value)
        case .double(let value): return Int(exactly: value).map(contains) ?? false
        case .big: return false
        case nil: break
        }
        // Other values may be equal to an integer by their own account.
        guard case .object(let object) = element else { return false }
        for index in 0..<count where object.isEqual(to: .int(self[index])) { return true }
        return false
    }

    private func contains(_ value: Int) -> Bool {
        guard step > 0 ? value >= start && value < stop : value <= start && value > stop else { return false }
        let distance = step > 0 ? UInt(bitPattern: value &- start) : UInt(bitPattern: start &- value)
        return distance % step.magnitude == 0
    }

    /// A range of some of the integers.
    public func slice(
        _ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue
    ) throws -> TemplateValue? {
        let slice = try SliceIndices(start, stop, step, length: count)
        // A step or an end that is no Int reaches no further value than the last Int does.
        let newStep = Self.product(self.step, slice.step)
        let (end, overflow) = self.start.addingReportingOverflow(Self.product(slice.stop, self.step))
        let newStop = overflow ? (newStep < 0 ? .min : .max) : end
        return TemplateRange(self[slice.start], newStop, newStep).map { .object($0) }
    }

    private static func product(_ a: Int, _ b: Int) -> Int {
        let (result, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? ((a < 0) != (b < 0) ? -Int.max : .max) : result
    }
}

private final class RangeIterator: TemplateIterator {
    private let range: TemplateRange
    private var value: Int
    private var left: Int

    init(_ range: TemplateRange) {
        self.range = range
        value = range.start
        left = range.count
    }

    override func next() -> TemplateValue? {
        guard left > 0 else { return nil }
        left -= 1
        defer { value &+= range.step }
        return .int(value)
    }
}
