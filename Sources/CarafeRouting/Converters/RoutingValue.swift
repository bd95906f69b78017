/// A value of a path variable: what a converter made of the text in a path, and what a URL is built from.
///
/// ```swift
/// let values: [String: RoutingValue] = ["id": 5, "name": "ada"]
/// ```
public enum RoutingValue: Sendable {
    /// Text, percent-decoded.
    case string(String)
    /// An integer.
    case int(Int)
    /// A floating-point number.
    case double(Double)
    /// A truth value. No converter of the standard set makes one; rules' defaults and URLs may hold it.
    case bool(Bool)
    /// A UUID.
    case uuid(RoutingUUID)
    /// What a converter of the application's own made. Two of them are equal where their type is `Equatable` and
    /// says so.
    case custom(any Sendable)

    /// What kind of value a converter makes.
    public enum Kind: Sendable, Hashable {
        /// Text.
        case string
        /// An integer.
        case int
        /// A floating-point number.
        case double
        /// A truth value.
        case bool
        /// A UUID.
        case uuid
        /// What a converter of the application's own makes.
        case custom
    }

    /// The kind of this value.
    public var kind: Kind {
        switch self {
        case .string: .string
        case .int: .int
        case .double: .double
        case .bool: .bool
        case .uuid: .uuid
        case .custom: .custom
        }
    }

    /// The value as text, the way Python's `str` writes it: `5`, `1.5`, `True`.
    public var text: String {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        case .double(let number): number.description
        case .bool(let truth): truth ? "True" : "False"
        case .uuid(let uuid): uuid.description
        case .custom(let value): String(describing: value)
        }
    }
}

extension RoutingValue: Equatable {
    /// Whether both are of the same kind and value. Strings are compared by their bytes.
    public static func == (left: RoutingValue, right: RoutingValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.uuid(let left), .uuid(let right)): left == right
        case (.custom(let left), .custom(let right)): isEqual(left, right)
        default: false
        }
    }

    private static func isEqual(_ left: any Sendable, _ right: any Sendable) -> Bool {
        func compare<Value: Equatable>(_ value: Value) -> Bool { (right as? Value) == value }
        guard let left = left as? any Equatable else { return false }
        return compare(left)
    }
}

extension RoutingValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A floating-point number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
