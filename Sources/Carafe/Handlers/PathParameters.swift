public import CarafeRouting
public import FoundationEssentials

/// A handler parameter that is a variable of the rule.
///
/// Conform an enum with raw values to take part of a path as one:
///
/// ```swift
/// enum Format: String, PathParameter { case html, json }
/// app.get("/report.<format>") { (format: Format) in … }
/// ```
public protocol PathParameter: HandlerParameter, BuildValueConvertible {
    /// The kinds of converters whose values this type can be made from.
    static var kinds: [RoutingValue.Kind] { get }

    /// The value for what the converter found; nil where there is none, which is answered with 404.
    init?(pathValue: RoutingValue)

    /// The value as URL building takes it.
    var pathValue: RoutingValue { get }
}

extension PathParameter {
    /// The one value.
    public var buildValue: BuildValue { .one(pathValue) }

    /// The next variable of the rule.
    public static var source: ParameterSource { .path(kinds) }

    /// Converts the next variable of the rule.
    public static func extract(from input: inout HandlerInput) throws -> Self {
        guard let value = Self(pathValue: try input.nextPathValue()) else { throw Abort(.notFound) }
        return value
    }
}

extension Int: PathParameter {
    /// `<int:…>`
    public static var kinds: [RoutingValue.Kind] { [.int] }

    /// The number.
    public init?(pathValue: RoutingValue) {
        guard case .int(let value) = pathValue else { return nil }
        self = value
    }

    /// The number.
    public var pathValue: RoutingValue { .int(self) }
}

extension Double: PathParameter {
    /// `<float:…>` and `<int:…>`
    public static var kinds: [RoutingValue.Kind] { [.double, .int] }

    /// The number.
    public init?(pathValue: RoutingValue) {
        switch pathValue {
        case .double(let value): self = value
        case .int(let value): self = Double(value)
        default: return nil
        }
    }

    /// The number.
    public var pathValue: RoutingValue { .double(self) }
}

extension String: PathParameter {
    /// Every converter but custom ones whose values are not text.
    public static var kinds: [RoutingValue.Kind] { [.string, .int, .double, .uuid] }

    /// The text; numbers and UUIDs as URL building writes them.
    public init?(pathValue: RoutingValue) { self = pathValue.text }

    /// The text.
    public var pathValue: RoutingValue { .string(self) }
}

extension Bool: PathParameter {
    /// `<any(true, false):…>` and other text converters.
    public static var kinds: [RoutingValue.Kind] { [.string] }

    /// `true` or `1`, `false` or `0`; anything else is no such page.
    public init?(pathValue: RoutingValue) {
        switch pathValue {
        case .string("true"), .string("1"): self = true
        case .string("false"), .string("0"): self = false
        default: return nil
        }
    }

    /// `true` or `false`
    public var pathValue: RoutingValue { .string(self ? "true" : "false") }
}

extension UUID: PathParameter {
    /// `<uuid:…>`
    public static var kinds: [RoutingValue.Kind] { [.uuid] }

    /// The UUID.
    public init?(pathValue: RoutingValue) {
        guard case .uuid = pathValue else { return nil }
        self.init(uuidString: pathValue.text)
    }

    /// The UUID, in lower case as URLs write it.
    public var pathValue: RoutingValue { .string(uuidString.lowercased()) }
}

extension PathParameter where Self: RawRepresentable, RawValue: PathParameter {
    /// What the raw value's type takes.
    public static var kinds: [RoutingValue.Kind] { RawValue.kinds }

    /// The case with this raw value; none is answered with 404.
    public init?(pathValue: RoutingValue) {
        guard let raw = RawValue(pathValue: pathValue) else { return nil }
        self.init(rawValue: raw)
    }

    /// The raw value.
    public var pathValue: RoutingValue { rawValue.pathValue }
}
