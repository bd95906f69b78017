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
    private let type: EncodableType
    private let parts = OnceReference<NamedParts>()

    init(_ value: Value, _ type: EncodableType) {
        encodable = value
        self.type = type
    }

    /// What the value has encoded, which it does at the first call.
    private func encoded() throws -> NamedParts {
        if let parts = parts.load() { return parts }
        let made = try ValueEncoder.encodeNamed(encodable, of: type)
        if let names = made.newNames { _ = type.names.storeIfNil(names) }
        return parts.storeIfNil(made)
    }

    override func make() throws -> TemplateValue { try encoded().whole }

    override var typeName: String { type.name }

    override func attribute(_ name: String) throws -> TemplateValue? {
        try property(name) ?? super.attribute(name)
    }

    override func item(_ key: TemplateValue) throws -> TemplateValue? {
        guard madeValue == nil, case .string(let name) = key, try encoded().instead == nil else {
            return try super.item(key)
        }
        return try property(name)
    }

    private func property(_ name: String) throws -> TemplateValue? {
        // Once it has become a dictionary it may have been changed.
        if let value = madeValue {
            if case .dict(let dict) = value { dict[name] } else { nil }
        } else {
            try encoded().value(named: name)
        }
    }

    override var isTrue: Bool { get throws { try encoded().instead == nil || super.isTrue } }

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

/// What is known of a type whose values are ``EncodableObject``s.
final class EncodableType: Sendable {
    /// What templates call the type.
    let name: String
    /// The names of its properties, once a value has been encoded.
    let names = OnceReference<PropertyNames>()

    init(name: String) { self.name = name }
}
