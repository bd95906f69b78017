/// A value of the program with coded properties, which are its attributes in templates.
///
/// Nothing is encoded before a template reads an attribute. Then `encode(to:)` runs once, one level deep: values of
/// properties that have properties of their own are objects like this one.
///
/// It prints as a dictionary of its properties, or as its `description` says if it has one, and has the methods of
/// dictionaries (`items`, `get`) where it has no property of their name.
///
/// `@unchecked`: the value is `Sendable`, or a part that a `Sendable` value has encoded, and is only read.
final class EncodableObject<Value: Encodable>: StandIn, EncodesItself, @unchecked Sendable {
    private let encodable: Value
    private let name: String

    init(_ value: Value, typeName: String) {
        encodable = value
        name = typeName
    }

    override func make() throws -> TemplateValue { try ValueEncoder.encode(encodable) }

    override var typeName: String { name }

    override func attribute(_ name: String) throws -> TemplateValue? {
        if case .dict(let dict) = try value, let value = dict[name] { return value }
        return try super.attribute(name)
    }

    override var isTrue: Bool { get throws { if case .dict = try value { true } else { try super.isTrue } } }

    override var text: String {
        get throws { try (encodable as? any CustomStringConvertible)?.description ?? super.text }
    }

    override func isEqual(to other: TemplateValue) -> Bool {
        if case .object(let other as EncodableObject<Value>) = other, let first = encodable as? any Equatable {
            return Self.isEqual(first, to: other.encodable)
        }
        return super.isEqual(to: other)
    }

    private static func isEqual<First: Equatable>(_ first: First, to second: Value) -> Bool {
        (second as? First).map { first == $0 } ?? false
    }

    override func hash(into hasher: inout Hasher) -> Bool {
        guard let hashable = encodable as? any Hashable else { return false }
        hashable.hash(into: &hasher)
        return true
    }

    /// Encodes the value itself, without a detour over what templates see.
    func encodeValue(to encoder: any Encoder) throws { try encodable.encode(to: encoder) }
}
