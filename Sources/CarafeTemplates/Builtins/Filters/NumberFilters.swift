/// `abs`, `int`, `float`, `round`, `sum` and `filesizeformat`.
enum NumberFilters {
    static let all: [String: TemplateFilter] = [
        "abs": abs, "int": int, "float": float, "round": round, "sum": sum, "filesizeformat": filesizeformat,
    ]

    static let abs: TemplateFilter = { value, arguments, _ in
        try Parameters.expectOnlyValue("abs", arguments)
        switch value {
        case .double(let number): return .double(number.magnitude)
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .int(let number) where number >= 0: return value
        case .int: return try value.negated()
        case .bigInt(let number): return number.isNegative ? try value.negated() : value
        case .object(let object as TemplateTimeDelta):
            return object.days < 0 ? try object.negated() ?? value : value
        default: throw TemplateError(.typeError, "bad operand type for abs(): '\(value.typeName)'")
        }
    }

    // MARK: int and float

    private static let intParameters = Parameters(
        "do_int", given: ["value"], [.optional("default", .int(0)), .optional("base", .int(10))])
    static let int: TemplateFilter = { value, arguments, _ in
        let bound = try intParameters.bind(arguments)
        switch value {
        case .int, .bigInt: return value
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .double(let number):
            if number.isNaN { return bound[0] }
            return try truncated(number)
        case .string(let text), .markup(let text):
            if let base = try? bound[1].index(as: .clipped), let number = IntegerParsing.integer(text, base: base) {
                return number
            }
            // Text like "42.23".
            guard let number = PythonNumberText.float(text), number.isFinite else { return bound[0] }
            return try truncated(number)
        case .undefined(let undefined): throw undefined.error()
        default: return bound[0]
        }
    }

    private static func truncated(_ number: Double) throws -> TemplateValue {
        if let small = Int(exactly: number.rounded(.towardZero)) { return .int(small) }
        return try PythonNumberText.integer(number).value
    }

    private static let floatParameters = Parameters("do_float", given: ["value"], [.optional("default", .double(0))])
    static let float: TemplateFilter = { value, arguments, _ in
        let bound = try floatParameters.bind(arguments)
        do {
            return .double(try PythonNumberText.float(value))
        } catch let error as TemplateError where error.kind == .typeError || error.kind == .valueError {
            return bound[0]
        }
    }

    // MARK: round

    private static let roundParameters = Parameters(
        "do_round", given: ["value"], [.optional("precision", .int(0)), .optional("method", .string("common"))])
    static let round: TemplateFilter = { value, arguments, context in
        let bound = try roundParameters.bind(arguments)
        let precision = bound[0]
        switch SoftText(string: bound[1])?.text {
        case "common": return try Rounding.round(value, precision, in: context)
        case "ceil": return try roundScaled(value, .up, precision, context)
        case "floor": return try roundScaled(value, .down, precision, context)
        default:
            _ = try bound[1].key()
            throw TemplateError(.filterArgument, "method must be common, ceil or floor")
        }
    }

    /// `math.ceil(value * 10**precision) / 10**precision`, with all that floating point makes of it.
    private static func roundScaled(
        _ value: TemplateValue, _ rule: FloatingPointRoundingRule, _ precision: TemplateValue,
        _ context: TemplateContext
    ) throws -> TemplateValue {
        let power = try TemplateValue.int(10).binary(.power, precision, in: context)
        let scaled = try value.binary(.multiply, power, in: context)
        let rounded: TemplateValue
        switch scaled {
        case .int, .bigInt: rounded = scaled
        case .bool(let flag): rounded = .int(flag ? 1 : 0)
        case .double(let number): rounded = try truncated(number.rounded(rule))
        default: throw TemplateError(.typeError, "must be real number, not \(scaled.typeName)")
        }
        return try rounded.binary(.divide, power, in: context)
    }

    // MARK: sum

    private static let sumParameters = Parameters(
        "sync_do_sum", given: ["environment", "iterable"],
        [.optional("attribute", .none), .optional("start", .int(0))])
    static let sum: TemplateFilter = { value, arguments, context in
        let bound = try sumParameters.bind(arguments)
        let path = try AttributePath(bound[0])
        let elements = try value.makeIterator()
        if bound[1].isString {
            throw TemplateError(.typeError, "sum() can't sum strings [use ''.join(seq) instead]")
        }
        var total = Total(bound[1], limits: context.limits)
        while let element = try elements.next() {
            try total.add(path.look(in: element, context), in: context)
        }
        return total.value
    }

    // MARK: filesizeformat

    private static let filesizeParameters = Parameters(
        "do_filesizeformat", given: ["value"], [.optional("binary", .bool(false))])
    static let filesizeformat: TemplateFilter = { value, arguments, context in
        let bound = try filesizeParameters.bind(arguments)
        guard let bytes = try bytes(value) else {
            throw TemplateError(.valueError, "could not convert string to float: \(try value.representation)")
        }
        let isBinary = try bound[0].isTrue
        let base = isBinary ? 1024.0 : 1000.0
        if bytes == 1 { return .string("1 Byte") }
        if bytes < base { return .string(try truncated(bytes).text + " Bytes") }
        var unit = base * base
        for prefix in "kMGTPEZY".unicodeScalars {
            // 10^24 lies between two doubles, of which the lower one stands for it here but is less than it.
            if bytes < unit || (bytes == unit && unit == 1e24) || prefix == "Y" {
                let number = try StringFormat.format(.double(base * bytes / unit), specification: ".1f")
                let name = isBinary ? "\(prefix == "k" ? "K" : prefix)iB" : "\(prefix)B"
                return .string("\(number) \(name)")
            }
            unit = powerOfBase(after: unit, isBinary: isBinary)
        }
        return .none
    }

    private static func bytes(_ value: TemplateValue) throws -> Double? {
        if let soft = SoftText(string: value) { return PythonNumberText.float(soft.text) }
        return try PythonNumberText.float(value)
    }

    /// The next power of 1000 or 1024. Those of 1000 are written out: products of rounded ones would not be the nearest.
    private static func powerOfBase(after unit: Double, isBinary: Bool) -> Double {
        if isBinary { return unit * 1024 }
        let powers = [1e6, 1e9, 1e12, 1e15, 1e18, 1e21, 1e24, 1e27]
        return powers.first { $0 > unit } ?? 1e27
    }
}

/// What `sum` has added up.
private struct Total {
    private enum State {
        case single(TemplateValue)
        /// Lists, whose elements are put into one that nobody else has seen yet: to make a list of each sum would take time
        /// in the square of their number.
        case list([TemplateValue])
    }

    private var state: State
    private let limits: TemplateLimits

    init(_ start: TemplateValue, limits: TemplateLimits) {
        if case .list(let list) = start { state = .list(list.elements) } else { state = .single(start) }
        self.limits = limits
    }

    mutating func add(_ value: TemplateValue, in context: TemplateContext) throws {
        switch (state, value) {
        case (.single(.int(let left)), .int(let right)):
            let (sum, overflow) = left.addingReportingOverflow(right)
            state = .single(overflow ? try TemplateValue.int(left).binary(.add, value, in: context) : .int(sum))
        case (.single(let left), _): state = .single(try left.binary(.add, value, in: context))
        case (.list(var elements), .list(let list)):
            state = .single(.none)
            elements += list.elements
            try PythonText.check(size: elements.count, limits)
            state = .list(elements)
        case (.list(let elements), _):
            state = .single(try TemplateValue.list(TemplateList(elements)).binary(.add, value, in: context))
        }
    }

    var value: TemplateValue {
        switch state {
        case .single(let value): value
        case .list(let elements): .list(TemplateList(elements))
        }
    }
}
