extension TemplateValue {
    /// A list of `elements`. Numbers and text are converted at once, all else when a template reaches it.
    static func list<Element: Encodable>(of elements: [Element]) throws -> TemplateValue {
        if isImmediate(Element.self) {
            return .list(TemplateList(try elements.map { try ValueConversions.value(of: $0) }))
        }
        return .object(EncodableList(elements))
    }

    /// Whether the conversion of such a value costs no more than a look at it.
    private static func isImmediate(_ type: any Any.Type) -> Bool {
        type == String.self || type == Int.self || type == Double.self || type == Bool.self
            || type == TemplateValue.self || type == Float.self || type == Substring.self
            || type is any FixedWidthInteger.Type
    }
}

/// An array of the program whose elements become values of templates when these reach them.
///
/// As long as it is only counted, indexed and looped over, an element that is read twice is converted twice. All else, like a
/// slice or a filter that sorts, turns it into a list of all its elements first, each of which still encodes nothing before
/// it is read.
///
/// `@unchecked`: the elements are those of a `Sendable` value, and are only read.
final class EncodableList<Element: Encodable>: StandIn, @unchecked Sendable {
    private let elements: [Element]

    init(_ elements: [Element]) { self.elements = elements }

    override func make() throws -> TemplateValue {
        .list(TemplateList(try elements.map { element in try Self.convert(element) }))
    }

    override var typeName: String { "list" }

    override func item(_ key: TemplateValue) throws -> TemplateValue? {
        guard madeValue == nil, case .int(let index) = key else { return try super.item(key) }
        let position = index < 0 ? index + elements.count : index
        guard elements.indices.contains(position) else { return nil }
        return try Self.convert(elements[position])
    }

    override var length: Int? { get throws { madeValue == nil ? elements.count : try super.length } }

    override var isTrue: Bool { get throws { try length != 0 } }

    override func makeIterator() throws -> TemplateIterator? {
        madeValue == nil ? ElementIterator(elements) : try super.makeIterator()
    }

    fileprivate static func convert(_ element: Element) throws -> TemplateValue {
        try TemplateError.wrapping { try ValueConversions.value(of: element) }
    }

    private final class ElementIterator: TemplateIterator {
        private let elements: [Element]
        private var position = 0
        /// Looked up once for all elements.
        private var conversion: TypedConversion<Element>?

        init(_ elements: [Element]) { self.elements = elements }

        override func next() throws -> TemplateValue? {
            guard position < elements.count else { return nil }
            let element = elements[position]
            position += 1
            let conversion = conversion ?? ValueConversions.conversion(for: element)
            self.conversion = conversion
            return try TemplateError.wrapping { try conversion.value(of: element) }
        }
    }
}
