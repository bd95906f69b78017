extension TemplateValue {
    /// Python's `==`.
    ///
    /// - Throws: the error of a strict undefined value, a `RecursionError` for containers too deep in one another
    public func isEqual(to other: TemplateValue) throws -> Bool {
        switch (self, other) {
        case (.int(let a), .int(let b)): return a == b
        case (.string(let a), .string(let b)): return isSameText(a, b)
        case (.list, .list), (.tuple, .tuple), (.dict, .dict):
            return try ComparisonProgress.comparing { state in
                var comparison = ContainerEquality(state)
                return try comparison.areEqual(self, other)
            }
        default: return try isEqualScalar(to: other)
        }
    }

    /// ``isEqual(to:)`` of what are not two containers of the same kind.
    fileprivate func isEqualScalar(to other: TemplateValue) throws -> Bool {
        switch (self, other) {
        case (.string(let a), .string(let b)), (.string(let a), .markup(let b)), (.markup(let a), .string(let b)),
            (.markup(let a), .markup(let b)):
            return isSameText(a, b)
        case (.undefined(let a), .undefined(let b)):
            if a.kind == .strict { throw a.error() }
            if b.kind == .strict { throw b.error() }
            return a.kind == b.kind && (a.log == nil) == (b.log == nil)
        case (.undefined(let a), _), (_, .undefined(let a)):
            if a.kind == .strict { throw a.error() }
            return false
        case (.object(let a), .object(let b)):
            if a === b { return true }
            return try Self.asking { a.isEqual(to: other) || b.isEqual(to: self) }
        case (.object(let a), _): return try Self.asking { a.isEqual(to: other) }
        case (_, .object(let b)): return try Self.asking { b.isEqual(to: self) }
        case (.none, .none): return true
        default:
            guard let a = Number(self), let b = Number(other) else { return false }
            return a.order(b) == 0
        }
    }

    /// Asks an object, which may compare what it holds.
    private static func asking(_ areEqual: () -> Bool) throws -> Bool {
        try ComparisonProgress.comparing { state in
            try state.comparison.count(steps: 8)
            return try ThreadState.nested(" in comparison", areEqual)
        }
    }
}

/// Compares lists, tuples and dictionaries without recursion.
private struct ContainerEquality {
    /// Values of two containers and how far they are compared.
    private struct Frame {
        let containers: (TemplateValue, TemplateValue)
        let left: [TemplateValue]
        let right: [TemplateValue]
        let count: Int
        /// Whether the containers are equal if these values are.
        let isAll: Bool
        var position = 0

        init(
            _ containers: (TemplateValue, TemplateValue), _ left: [TemplateValue], _ right: [TemplateValue], isAll: Bool
        ) {
            self.containers = containers
            self.left = left
            self.right = right
            self.isAll = isAll
            count = min(left.count, right.count)
        }
    }

    private var frames: [Frame] = []
    private let state: ThreadState

    init(_ state: ThreadState) { self.state = state }

    mutating func areEqual(_ a: TemplateValue, _ b: TemplateValue) throws -> Bool {
        if a.isIdentical(to: b) { return true }
        guard try enter(a, b) else { return false }
        while let last = frames.indices.last {
            let position = frames[last].position
            guard position < frames[last].count else {
                let frame = frames.removeLast()
                guard frame.isAll else { return false }
                state.comparison.remember(frame.containers.0, frame.containers.1)
                continue
            }
            frames[last].position += 1
            guard try advance(frames[last].left[position], frames[last].right[position]) else { return false }
        }
        return true
    }

    /// Compares two elements, or begins to where they are containers.
    private mutating func advance(_ a: TemplateValue, _ b: TemplateValue) throws -> Bool {
        try state.comparison.count()
        switch (a, b) {
        case (.list, .list), (.tuple, .tuple), (.dict, .dict):
            try state.comparison.count(steps: 7)
            return try a.isIdentical(to: b) || state.comparison.areKnown(a, b) || enter(a, b)
        default: return try a.isIdentical(to: b) || a.isEqualScalar(to: b)
        }
    }

    /// Begins with two containers; false where it shows at once that they differ.
    ///
    /// Tuples and dictionaries show it only after the values before the difference, of which one may throw: so it is in
    /// Python.
    private mutating func enter(_ a: TemplateValue, _ b: TemplateValue) throws -> Bool {
        if frames.count >= 1000 { throw ThreadState.recursionError(" in comparison") }
        switch (a, b) {
        case (.list(let left), .list(let right)):
            let (left, right) = (left.elements, right.elements)
            guard left.count == right.count else { return false }
            frames.append(Frame((a, b), left, right, isAll: true))
        case (.tuple(let left), .tuple(let right)):
            frames.append(Frame((a, b), left.elements, right.elements, isAll: left.count == right.count))
        case (.dict(let left), .dict(let right)):
            let (left, right) = (left.storage, right.storage)
            guard left.count == right.count else { return false }
            enter((a, b), left, right)
        default: return false
        }
        return true
    }

    private mutating func enter(
        _ containers: (TemplateValue, TemplateValue), _ a: TemplateDictStorage, _ b: TemplateDictStorage
    ) {
        var left: [TemplateValue] = []
        var right: [TemplateValue] = []
        left.reserveCapacity(a.count)
        right.reserveCapacity(a.count)
        for entry in a.entries {
            guard let value = b[TemplateKey(value: entry.key)] else { break }
            left.append(entry.value)
            right.append(value)
        }
        frames.append(Frame(containers, left, right, isAll: left.count == a.count))
    }
}
