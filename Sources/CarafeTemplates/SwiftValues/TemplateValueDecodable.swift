/// A type that a parameter of a ``TemplateFunction`` may have.
///
/// ```swift
/// extension Color: TemplateValueDecodable {
///     static let templateTypeName = "a color"
///     init?(templateValue: TemplateValue) throws { … }
/// }
/// ```
public protocol TemplateValueDecodable: Sendable {
    /// What the messages of errors call the type: `f() argument 1 must be int, not str`.
    static var templateTypeName: String { get }

    /// The value as this type, or nil where it is of another one.
    init?(templateValue: TemplateValue) throws

    /// The value of a parameter for which nothing was passed; nil: something must be.
    static var whenMissing: Self? { get }
}

extension TemplateValueDecodable {
    /// What a parameter is for which nothing was passed.
    public static var whenMissing: Self? { nil }
}

extension TemplateValue: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { "object" }
    /// The value as this type; nil where it is of another one.
    public init?(templateValue: TemplateValue) { self = templateValue }
}

extension Bool: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { "bool" }
    /// The truth of any value.
    public init?(templateValue: TemplateValue) throws { self = try templateValue.isTrue }
}

extension String: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { "str" }
    /// The value as this type; nil where it is of another one.
    public init?(templateValue: TemplateValue) throws {
        switch try templateValue.decoded {
        case .string(let text), .markup(let text): self = text
        default: return nil
        }
    }
}

extension Double: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { "float" }
    /// The value as this type; nil where it is of another one.
    public init?(templateValue: TemplateValue) throws {
        switch try templateValue.decoded {
        case .double(let value): self = value
        case .int(let value): self = Double(value)
        case .bool(let value): self = value ? 1 : 0
        case .bigInt(let value):
            guard let value = value.double else {
                throw TemplateError(.overflow, "int too large to convert to float")
            }
            self = value
        default: return nil
        }
    }
}

extension Float: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { "float" }
    /// The value as this type; nil where it is of another one.
    public init?(templateValue: TemplateValue) throws {
        guard let value = try Double(templateValue: templateValue) else { return nil }
        self = Float(value)
    }
}

extension TemplateValueDecodable where Self: FixedWidthInteger {
    /// What messages call the type.
    public static var templateTypeName: String { "int" }
    /// An integer; `True` is 1. One that does not fit is an `OverflowError`.
    public init?(templateValue: TemplateValue) throws {
        let value: Self?
        switch try templateValue.decoded {
        case .int(let integer): value = Self(exactly: integer)
        case .bool(let bool): value = bool ? 1 : 0
        case .bigInt(let integer): value = Self(try integer.text())
        default: return nil
        }
        guard let value else { throw TemplateError(.overflow, "Python int too large to convert to \(Self.self)") }
        self = value
    }
}

extension Int: TemplateValueDecodable {}
extension Int8: TemplateValueDecodable {}
extension Int16: TemplateValueDecodable {}
extension Int32: TemplateValueDecodable {}
extension Int64: TemplateValueDecodable {}
extension UInt: TemplateValueDecodable {}
extension UInt8: TemplateValueDecodable {}
extension UInt16: TemplateValueDecodable {}
extension UInt32: TemplateValueDecodable {}
extension UInt64: TemplateValueDecodable {}

extension Optional: TemplateValueDecodable where Wrapped: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { "\(Wrapped.templateTypeName) or None" }
    /// What a parameter is for which nothing was passed.
    public static var whenMissing: Self? { .some(.none) }

    /// nil for `None` and for undefined values.
    public init?(templateValue: TemplateValue) throws {
        switch templateValue {
        case .none, .undefined: self = .none
        default:
            guard let value = try Wrapped(templateValue: templateValue) else { return nil }
            self = value
        }
    }
}

extension Array: TemplateValueDecodable where Element: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { "a list of \(Element.templateTypeName)" }

    /// The values of anything that can be looped over but text and dictionaries.
    public init?(templateValue: TemplateValue) throws {
        let elements: [TemplateValue]
        switch try templateValue.decoded {
        case .list, .tuple: elements = try templateValue.elements()
        case .object(let object) where !object.isMapping:
            guard try object.makeIterator() != nil else { return nil }
            elements = try templateValue.elements()
        default: return nil
        }
        self = []
        reserveCapacity(elements.count)
        for element in elements {
            guard let value = try Element(templateValue: element) else { return nil }
            append(value)
        }
    }
}

extension Dictionary: TemplateValueDecodable where Key == String, Value: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { "a dict of \(Value.templateTypeName)" }

    /// The entries of a dictionary whose keys are text.
    public init?(templateValue: TemplateValue) throws {
        guard case .dict(let dict) = try templateValue.decoded else { return nil }
        self = [:]
        for (key, value) in dict.entries {
            guard let key = try String(templateValue: key), let value = try Value(templateValue: value) else {
                return nil
            }
            self[key] = value
        }
    }
}

extension TemplateValueDecodable where Self: RawRepresentable, RawValue: TemplateValueDecodable {
    /// What messages call the type.
    public static var templateTypeName: String { RawValue.templateTypeName }
    /// The case of that raw value; another value is a `ValueError`.
    public init?(templateValue: TemplateValue) throws {
        guard let raw = try RawValue(templateValue: templateValue) else { return nil }
        guard let value = Self(rawValue: raw) else {
            throw TemplateError(.valueError, "\(try templateValue.representation) is not a valid \(Self.self)")
        }
        self = value
    }
}

extension TemplateValue {
    /// The value that counts for a parameter: the one that a stand-in stands for, and none that is undefined.
    fileprivate var decoded: TemplateValue {
        get throws {
            switch self {
            case .undefined(let undefined): throw undefined.error()
            case .object(let object as StandIn): try object.value
            default: self
            }
        }
    }
}
