/// What a URL gets for one name: a value, several (a query repeats the name) or none (the name is left out).
public enum BuildValue: Sendable, Equatable {
    /// One value.
    case one(RoutingValue)
    /// Several values.
    case many([RoutingValue])
    /// No value.
    case none
}

extension BuildValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .one(.string(value)) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .one(.int(value)) }
    /// A floating-point number.
    public init(floatLiteral value: Double) { self = .one(.double(value)) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .one(.bool(value)) }
    /// Several values.
    public init(arrayLiteral values: RoutingValue...) { self = .many(values) }
    /// No value.
    public init(nilLiteral: ()) { self = .none }
}

/// A type whose values go into URLs.
public protocol BuildValueConvertible {
    /// What a URL gets.
    var buildValue: BuildValue { get }
}

extension BuildValue: BuildValueConvertible {
    /// The value itself.
    public var buildValue: BuildValue { self }
}

extension RoutingValue: BuildValueConvertible {
    /// The one value.
    public var buildValue: BuildValue { .one(self) }
}

extension RoutingUUID: BuildValueConvertible {
    /// The UUID.
    public var buildValue: BuildValue { .one(.uuid(self)) }
}

extension String: BuildValueConvertible {
    /// The text.
    public var buildValue: BuildValue { .one(.string(self)) }
}

extension Int: BuildValueConvertible {
    /// The number.
    public var buildValue: BuildValue { .one(.int(self)) }
}

extension Double: BuildValueConvertible {
    /// The number.
    public var buildValue: BuildValue { .one(.double(self)) }
}

extension Bool: BuildValueConvertible {
    /// `True` or `False`, as Python writes them.
    public var buildValue: BuildValue { .one(.bool(self)) }
}

extension Optional: BuildValueConvertible where Wrapped: BuildValueConvertible {
    /// The value, or none.
    public var buildValue: BuildValue { self?.buildValue ?? .none }
}

extension Array: BuildValueConvertible where Element: BuildValueConvertible {
    /// All values of the elements.
    public var buildValue: BuildValue {
        .many(
            flatMap { element -> [RoutingValue] in
                switch element.buildValue {
                case .one(let value): [value]
                case .many(let values): values
                case .none: []
                }
            })
    }
}

/// The values that a URL is built from, in their order.
///
/// ```swift
/// let values: BuildValues = ["id": post.id, "tag": ["a", "b"], "page": nil]
/// ```
public struct BuildValues: Sendable, ExpressibleByDictionaryLiteral {
    /// The names and values. What is built from no value is not among them, and a list of one is that one.
    public private(set) var items: [(name: String, values: [RoutingValue])] = []

    /// No values.
    public init() {}

    /// The values of a literal.
    public init(dictionaryLiteral elements: (String, (any BuildValueConvertible)?)...) {
        for (name, value) in elements { self[name] = value?.buildValue ?? .none }
    }

    init(_ names: [String], _ values: [RoutingValue]) {
        items = zip(names, values).map { ($0, [$1]) }
    }

    /// The value of a name. Setting none removes the name.
    public subscript(name: String) -> BuildValue {
        get {
            guard let values = self.values(of: name) else { return .none }
            return values.count == 1 ? .one(values[0]) : .many(values)
        }
        set {
            let index = items.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
            let values: [RoutingValue] =
                switch newValue {
                case .one(let value): [value]
                case .many(let values): values
                case .none: []
                }
            switch index {
            case let index? where values.isEmpty: items.remove(at: index)
            case let index?: items[index].values = values
            case nil where !values.isEmpty: items.append((name, values))
            case nil: break
            }
        }
    }

    /// The values of a name; nil for none.
    func values(of name: String) -> [RoutingValue]? {
        items.first { $0.name.utf8.elementsEqual(name.utf8) }?.values
    }
}
