extension TemplateValue {
    /// Python's `str(value)`.
    ///
    /// - Throws: a `ValueError` for integers of more than 4300 digits, the error of a strict undefined value, what an object
    ///   throws
    public var text: String {
        get throws {
            switch self {
            case .string(let text), .markup(let text): text
            case .int(let value): String(value)
            case .none: "None"
            case .bool(let value): value ? "True" : "False"
            case .double(let value): FloatText.of(value)
            case .bigInt(let value): try value.text()
            case .object(let object): try object.text
            case .undefined(let value): try value.text
            case .list, .tuple, .dict: try representation
            }
        }
    }

    /// Python's `repr(value)`.
    ///
    /// - Throws: as ``text``; a `RecursionError` for containers too deep in one another, a ``TemplateError/Kind/limit`` for
    ///   more than ``TemplateLimits/valueSize``'s default of bytes
    public var representation: String {
        get throws {
            switch self {
            case .string(let text): return TextRepresentation.of(text)
            case .markup(let text): return "Markup(\(TextRepresentation.of(text)))"
            case .undefined: return "Undefined"
            case .object(let object):
                return try ThreadState.nested(" while getting the repr of an object") { try object.representation }
            case .list, .tuple, .dict:
                var printer = ContainerPrinter()
                return try printer.print(self)
            default: return try text
            }
        }
    }

    /// The value's HTML where it is some (`__html__`); nil where its ``text`` has to be escaped.
    public var html: String? {
        get throws {
            switch self {
            case .markup(let text): text
            case .object(let object): try object.html
            case .undefined(let value): value.kind == .chainable ? try value.text : nil
            default: nil
            }
        }
    }

    /// The value as HTML: ``html``, else its ``text`` escaped.
    public func escaped() throws -> String {
        switch self {
        case .string(let text): return Escaping.escape(text)
        case .int, .bool, .none, .double, .bigInt: return try text
        default: return try html ?? Escaping.escape(text)
        }
    }
}
