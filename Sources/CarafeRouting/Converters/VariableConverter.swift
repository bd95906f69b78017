/// The converter of one variable, its arguments read: Werkzeug's standard set, or one of the application's own.
///
/// Two that are equal match the same texts, so rules that have them share their place in the tree.
enum VariableConverter: Hashable {
    case plain(PlainConverter)
    case any([[UInt8]])
    case custom(CustomConverter)

    /// Werkzeug's weight: among patterns that match, those with lower weights are tried first.
    var weight: Int {
        switch self {
        case .plain(.int), .plain(.float): 50
        case .plain(.string), .plain(.uuid), .any: 100
        case .plain(.path): 200
        case .custom(let custom): custom.converter.weight
        }
    }

    /// Whether its text may hold slashes, so that it takes the rest of the path.
    var spansSegments: Bool {
        switch self {
        case .plain(.path): true
        case .custom(let custom): custom.converter.spansSegments
        default: false
        }
    }

    /// What kind of value it makes.
    var kind: RoutingValue.Kind {
        switch self {
        case .plain(.string), .plain(.path), .any: .string
        case .plain(.int): .int
        case .plain(.float): .double
        case .plain(.uuid): .uuid
        case .custom(let custom): custom.converter.kind
        }
    }

    /// Whether it is one of the application's own, which is asked after the path has matched.
    var isCustom: Bool {
        if case .custom = self { true } else { false }
    }

    /// Whether it takes the text. A custom converter is not asked yet: only the shape of its text is looked at.
    func accepts(_ text: Text) -> Bool {
        switch self {
        case .plain(let plain): plain.accepts(text)
        case .any(let items): items.contains { $0.elementsEqual(text) }
        case .custom(let custom):
            custom.converter.spansSegments ? PlainConverter.path.accepts(text) : !text.isEmpty
        }
    }

    /// The value of a text that was accepted; nil where a custom converter rejects it.
    func value(of text: Text) -> RoutingValue? {
        switch self {
        case .plain(let plain): plain.value(of: text)
        case .any: .string(String(decoding: text, as: UTF8.self))
        case .custom(let custom): custom.converter.value(from: String(decoding: text, as: UTF8.self))
        }
    }
}

/// A converter of the standard set whose arguments are numbers alone: copying it counts no references, so that nearly
/// every rule is matched without any.
enum PlainConverter: Hashable {
    case string(TextLength)
    case path
    case int(IntegerFormat)
    case float(FloatFormat)
    case uuid

    /// Whether it takes the text.
    func accepts(_ text: Text) -> Bool {
        switch self {
        case .string(let length): length.accepts(text)
        case .path: Self.isPath(text)
        case .int(let format): format.value(of: text) != nil
        case .float(let format): format.value(of: text) != nil
        case .uuid: RoutingUUID(bytes: text) != nil
        }
    }

    /// The value of a text that was accepted.
    func value(of text: Text) -> RoutingValue? {
        switch self {
        case .string, .path: .string(String(decoding: text, as: UTF8.self))
        case .int(let format): format.value(of: text).map(RoutingValue.int)
        case .float(let format): format.value(of: text).map(RoutingValue.double)
        case .uuid: RoutingUUID(bytes: text).map(RoutingValue.uuid)
        }
    }

    /// Werkzeug's `[^/].*?`: the first character is no slash and no later one a line feed.
    private static func isPath(_ text: Text) -> Bool {
        guard let first = text.first, first != UInt8(ascii: "/") else { return false }
        return !text.dropFirst().contains(UInt8(ascii: "\n"))
    }
}

/// A converter of the application's own, known by its name and arguments.
struct CustomConverter: Hashable {
    let name: String
    let arguments: ConverterArguments
    let converter: any Converter

    static func == (left: CustomConverter, right: CustomConverter) -> Bool {
        left.name == right.name && left.arguments == right.arguments
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(arguments)
    }
}

/// How many Unicode scalars a string may have.
struct TextLength: Hashable {
    var minimum = 1
    var maximum: Int?

    func accepts(_ text: Text) -> Bool {
        if minimum <= 1, maximum == nil { return text.count >= minimum }
        let count = scalarCount(text)
        return count >= minimum && count <= maximum ?? .max
    }
}
