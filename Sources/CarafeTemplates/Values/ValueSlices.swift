/// Where a slice of a sequence starts, how far it steps, and how many values it has.
struct SliceIndices {
    let start: Int
    let stop: Int
    let step: Int
    let count: Int

    /// The slice `start:stop:step` of a sequence of `length` values, each of them ``TemplateValue/none`` where it is absent.
    ///
    /// - Throws: a `TypeError` for what is no integer, a `ValueError` for a step of zero
    init(_ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue, length: Int) throws {
        let step = try Self.integer(step) ?? 1
        if step == 0 { throw TemplateError(.valueError, "slice step cannot be zero") }
        let (lowest, highest) = step < 0 ? (-1, length - 1) : (0, length)
        func clamp(_ index: Int) -> Int {
            min(max(index < 0 ? index + length : index, lowest), highest)
        }
        let first = try Self.integer(start).map(clamp) ?? (step < 0 ? highest : lowest)
        let end = try Self.integer(stop).map(clamp) ?? (step < 0 ? lowest : highest)
        let distance = step > 0 ? end - first : first - end
        self.start = first
        self.stop = end
        self.step = step
        // Int.min has no magnitude of its own type.
        count = distance <= 0 ? 0 : Int((UInt(distance) - 1) / step.magnitude) + 1
    }

    /// Nil: absent. Integers past those of a machine stand for its last ones.
    private static func integer(_ value: TemplateValue) throws -> Int? {
        switch value {
        case .none: return nil
        case .int(let value): return value
        case .bool(let value): return value ? 1 : 0
        case .bigInt(let value): return value.isNegative ? -Int.max : .max
        default:
            throw TemplateError(
                .typeError, "slice indices must be integers or None or have an __index__ method")
        }
    }

    /// The values of the slice.
    func elements<Values: RandomAccessCollection>(of values: Values) -> [Values.Element] where Values.Index == Int {
        if step == 1 { return Array(values[start..<(start + count)]) }
        return (0..<count).map { values[start + $0 * step] }
    }
}

extension TemplateValue {
    /// Python's `value[start:stop:step]`; absent parts are ``none``. Text, Markup, lists and tuples keep their type.
    ///
    /// - Throws: Python's errors, and the error of an undefined value
    public func slice(_ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue) throws -> TemplateValue {
        switch self {
        case .string(let text): return .string(try text.slice(start, stop, step))
        case .markup(let text): return .markup(try text.slice(start, stop, step))
        case .list(let list):
            let elements = list.elements
            return .list(try SliceIndices(start, stop, step, length: elements.count).elements(of: elements))
        case .tuple(let tuple):
            return .tuple(try SliceIndices(start, stop, step, length: tuple.count).elements(of: tuple.elements))
        case .dict: throw TemplateError(.typeError, "unhashable type: 'slice'")
        case .object(let object): if let result = try object.slice(start, stop, step) { return result }
        case .undefined(let value):
            if value.kind == .chainable { return self }
            throw value.error()
        default: break
        }
        throw TemplateError(.typeError, "'\(typeName)' object is not subscriptable")
    }
}

extension String {
    fileprivate func slice(_ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue) throws -> String {
        let slice = try SliceIndices(start, stop, step, length: pythonLength)
        if slice.count == 0 { return "" }
        if slice.step == 1 {
            let end = position(ofScalar: slice.start + slice.count)
            return String(unicodeScalars[position(ofScalar: slice.start)..<end])
        }
        if utf8Span.isKnownASCII { return String(decoding: slice.elements(of: Array(utf8)), as: UTF8.self) }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: slice.elements(of: Array(unicodeScalars)))
        return String(result)
    }
}
