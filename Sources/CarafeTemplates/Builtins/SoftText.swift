/// The text of a value that stays markup where it was markup: what `markupsafe.soft_str` gives.
struct SoftText {
    let text: String
    let isMarkup: Bool

    init(_ text: String, isMarkup: Bool = false) {
        self.text = text
        self.isMarkup = isMarkup
    }

    /// The text of `value`; any value has one.
    @inline(__always)
    init(_ value: TemplateValue) throws {
        switch value {
        case .string(let text): self.init(text)
        case .markup(let text): self.init(text, isMarkup: true)
        default: self.init(try value.text)
        }
    }

    /// The text of a value that has to be a string, or nil.
    @inline(__always)
    init?(string value: TemplateValue) {
        switch value {
        case .string(let text): self.init(text)
        case .markup(let text): self.init(text, isMarkup: true)
        default: return nil
        }
    }

    /// Other text of the same kind, as the methods of `Markup` give markup again.
    @inline(__always)
    func with(_ text: String) -> TemplateValue { isMarkup ? .markup(text) : .string(text) }

    var value: TemplateValue { with(text) }

    /// The text as it stands in markup.
    var escaped: String { isMarkup ? text : Escaping.escape(text) }

    /// Both texts after one another; where one of them is markup, the other is escaped.
    static func + (left: SoftText, right: SoftText) -> SoftText {
        left.isMarkup || right.isMarkup
            ? SoftText(left.escaped + right.escaped, isMarkup: true) : SoftText(left.text + right.text)
    }
}

extension TemplateValue {
    /// The value as an `Int` where Python asks an argument for its `__index__`.
    ///
    /// - Throws: a `TypeError` for what is no integer, an `OverflowError` for one that `type`, the integer of C that
    ///   CPython needs there, cannot hold
    func index(as type: IndexType = .size) throws -> Int {
        switch self {
        case .int(let number):
            guard type != .int || Int32(exactly: number) != nil else { throw type.overflow }
            return number
        case .bool(let flag): return flag ? 1 : 0
        case .bigInt(let number):
            guard type != .clipped else { return number.isNegative ? .min : .max }
            throw type.overflow
        default: throw TemplateError(.typeError, "'\(typeName)' object cannot be interpreted as an integer")
        }
    }

    /// Whether this is a string, markup or not.
    var isString: Bool {
        switch self {
        case .string, .markup: true
        default: false
        }
    }

    var isUndefined: Bool {
        if case .undefined = self { true } else { false }
    }

    /// What Python says of a method that a value of this type lacks; the undefined value's own complaint for one.
    func lacksAttribute(_ name: String) -> TemplateError {
        if case .undefined(let undefined) = self { return undefined.error() }
        return TemplateError(.attributeError, "'\(typeName)' object has no attribute '\(name)'")
    }
}

/// The integers of C into which CPython puts an argument.
enum IndexType {
    /// `int`
    case int
    /// `Py_ssize_t`
    case size
    /// `Py_ssize_t` of a repetition or an index.
    case repetition
    /// `Py_ssize_t`, the nearest value serving for one that is too large.
    case clipped

    fileprivate var overflow: TemplateError {
        switch self {
        case .int: TemplateError(.overflow, "Python int too large to convert to C int")
        case .repetition, .clipped: TemplateError(.overflow, "cannot fit 'int' into an index-sized integer")
        case .size: TemplateError(.overflow, "Python int too large to convert to C ssize_t")
        }
    }
}
