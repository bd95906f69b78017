/// Encodes one level of a value: its properties become entries of a dictionary, and what they hold stays as it is until a
/// template reads it.
final class ValueEncoder: Encoder {
    /// What has been encoded in one place.
    enum Part {
        case value(TemplateValue)
        case named(NamedParts)
        case listed(ListedParts)
        /// What an encoder that was handed out for this place has taken.
        case encoder(ValueEncoder)
    }

    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    @exclusivity(unchecked) private var part: Part?
    private var names: PropertyNames?
    private let look: FirstLook?
    /// The container that the values of one type get one after another; see ``SpareEncoders``.
    private var container: AnyKeptContainer?
    private var keepsContainer = false

    /// - Parameter names: those that the value is expected to have
    init(codingPath: [any CodingKey] = [], names: PropertyNames? = nil) {
        self.codingPath = codingPath
        self.names = names
        look = nil
    }

    private init(_ look: FirstLook) {
        codingPath = []
        names = nil
        self.look = look
    }

    /// What `value` encodes itself as.
    static func encode(_ value: some Encodable) throws -> TemplateValue {
        try TemplateError.wrapping {
            let encoder = ValueEncoder()
            try value.encode(to: encoder)
            return try encoder.result
        }
    }

    /// What `value` encodes itself as, as parts with names where it has some.
    static func encodeNamed(_ value: some Encodable, of type: EncodableType) throws -> NamedParts {
        let thread = ThreadState.current
        var encoder = thread.spareEncoders.take(for: type)
        encoder.names = type.names.load()
        let parts = try TemplateError.wrapping {
            try value.encode(to: encoder)
            if case .named(let parts)? = encoder.part, parts.isFinished { return parts }
            return NamedParts(instead: try encoder.result)
        }
        encoder.part = nil
        encoder.container?.target.parts = nil
        encoder.keepsContainer = true
        thread.spareEncoders.put(&encoder, for: type)
        return parts
    }

    /// Whether `value` encodes itself under names. Ends at the first thing that it wants to write: nothing is encoded.
    static func hasNames(_ value: some Encodable) -> Bool {
        let look = FirstLook()
        try? value.encode(to: ValueEncoder(look))
        return look.hasNames
    }

    /// What has been encoded; an empty dictionary if nothing was.
    var result: TemplateValue {
        get throws {
            switch part {
            case nil: .dict(named: [])
            case .value(let value)?: value
            case .named(let parts)?: try parts.whole
            case .listed(let parts)?: .list(TemplateList(try parts.elements.map { try Self.value(of: $0) }))
            case .encoder(let encoder)?: try encoder.result
            }
        }
    }

    static func value(of part: Part) throws -> TemplateValue {
        if case .value(let value) = part { return value }
        let encoder = ValueEncoder()
        encoder.part = part
        return try encoder.result
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        guard part == nil, let container, container.keys == ObjectIdentifier(type) else { return makeContainer(type) }
        let parts = NamedParts(expecting: names)
        part = .named(parts)
        container.target.parts = parts
        // What is kept for a type of keys is a container for that type.
        return unsafeDowncast(container, to: KeptContainer<KeyedEncodingContainer<Key>>.self).copy()
    }

    @inline(never)
    private func makeContainer<Key: CodingKey>(_ type: Key.Type) -> KeyedEncodingContainer<Key> {
        if let look {
            look.hasNames = true
            return KeyedEncodingContainer(LookedAt<Key>(codingPath: []))
        }
        // A subclass and its superclass write into the same dictionary.
        if case .named(let parts)? = part { return KeyedEncodingContainer(NamedContainer(parts, codingPath)) }
        let parts = NamedParts(expecting: names)
        let target = NamedTarget(parts)
        let made = KeyedEncodingContainer(NamedContainer<Key>(target, codingPath))
        part = .named(parts)
        if keepsContainer { container = KeptContainer(made, ObjectIdentifier(type), target) }
        return made
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if look != nil { return LookedAtList() }
        if case .listed(let parts)? = part { return ListedContainer(parts, codingPath) }
        let parts = ListedParts()
        part = .listed(parts)
        return ListedContainer(parts, codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        look != nil ? LookedAtValue() as any SingleValueEncodingContainer : SingleContainer(self)
    }

    fileprivate func take(_ value: TemplateValue) { part = .value(value) }
}

/// What has been encoded one after another.
final class ListedParts {
    var elements: [ValueEncoder.Part] = []
}

private struct SingleContainer: SingleValueEncodingContainer {
    let encoder: ValueEncoder

    init(_ encoder: ValueEncoder) { self.encoder = encoder }

    var codingPath: [any CodingKey] { encoder.codingPath }
    mutating func encodeNil() throws { encoder.take(.none) }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        encoder.take(try ValueConversions.value(of: value))
    }
}

struct ListedContainer: UnkeyedEncodingContainer {
    private let parts: ListedParts
    let codingPath: [any CodingKey]

    init(_ parts: ListedParts, _ codingPath: [any CodingKey]) {
        self.parts = parts
        self.codingPath = codingPath
    }

    var count: Int { parts.elements.count }

    mutating func encodeNil() throws { parts.elements.append(.value(.none)) }
    mutating func encode<Value: Encodable>(_ value: Value) throws {
        parts.elements.append(.value(try ValueConversions.value(of: value)))
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let nested = NamedParts(expecting: nil)
        let path = codingPath + [Position(count)]
        parts.elements.append(.named(nested))
        return KeyedEncodingContainer(NamedContainer(nested, path))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let nested = ListedParts()
        let path = codingPath + [Position(count)]
        parts.elements.append(.listed(nested))
        return ListedContainer(nested, path)
    }

    mutating func superEncoder() -> any Encoder {
        let encoder = ValueEncoder(codingPath: codingPath + [Position(count)])
        parts.elements.append(.encoder(encoder))
        return encoder
    }

    /// The key of an element.
    private struct Position: CodingKey {
        let intValue: Int?
        let stringValue: String

        init(_ position: Int) {
            intValue = position
            stringValue = "Index \(position)"
        }
        init?(intValue: Int) { self.init(intValue) }
        init?(stringValue: String) { nil }
    }
}
