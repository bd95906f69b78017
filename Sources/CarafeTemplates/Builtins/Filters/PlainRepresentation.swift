/// The representation of a value on one line as `pprint` writes it, with sorted keys, up to a number of columns.
///
/// Past the width it stops, so that to find out what does not fit on a line costs no more than a line.
struct PlainRepresentation {
    private(set) var text = ""
    /// The code points of ``text``.
    private(set) var length = 0
    /// How many times a container was named within itself.
    private(set) var recursions = 0
    private let width: Int
    /// The containers around, which are not entered again.
    private var open: [ObjectIdentifier]

    private static let maximumDepth = 400

    init(open: [ObjectIdentifier], width: Int) {
        self.open = open
        self.width = width
    }

    /// Appends `value`.
    ///
    /// - Returns: false where it does not fit
    mutating func append(_ value: TemplateValue) throws -> Bool {
        let value = try value.plain
        switch value {
        case .list(let list): return try append(list.elements, of: value, "[", "]")
        case .tuple(let tuple):
            return try append(tuple.elements, of: value, "(", tuple.elements.count == 1 ? ",)" : ")")
        case .dict(let dict): return try append(dict, of: value)
        case .string(let text):
            // Its representation is longer still.
            guard text.utf8.count <= (width - length).multipliedReportingOverflow(by: 4).partialValue || width > 1 << 20
            else { return false }
            return append(TextRepresentation.of(text))
        default: return append(try value.representation)
        }
    }

    private mutating func append(_ text: String) -> Bool {
        length += PythonText.length(text)
        guard length <= width else { return false }
        self.text += text
        return true
    }

    private mutating func append(
        _ elements: [TemplateValue], of value: TemplateValue, _ start: String, _ end: String
    ) throws -> Bool {
        guard !elements.isEmpty else { return append(start + end) }
        return try enter(value) { representation in
            guard representation.append(start) else { return false }
            for (number, element) in elements.enumerated() {
                guard number == 0 || representation.append(", "), try representation.append(element) else {
                    return false
                }
            }
            return representation.append(end)
        }
    }

    private mutating func append(_ dict: TemplateDict, of value: TemplateValue) throws -> Bool {
        // An entry has four characters at least: what cannot fit is not sorted.
        guard dict.storage.count <= width / 4 else { return false }
        return try enter(value) { representation in
            guard representation.append("{") else { return false }
            for (number, item) in try Self.sorted(dict).enumerated() {
                guard number == 0 || representation.append(", "), try representation.append(item.key),
                    representation.append(": "), try representation.append(item.value)
                else { return false }
            }
            return representation.append("}")
        }
    }

    private mutating func enter(
        _ value: TemplateValue, _ write: (inout PlainRepresentation) throws -> Bool
    ) throws -> Bool {
        guard let identity = value.containerIdentity else { return false }
        if open.contains(identity) {
            recursions += 1
            return append(Self.recursion(value))
        }
        guard open.count < Self.maximumDepth else {
            throw TemplateError(.recursion, "maximum recursion depth exceeded")
        }
        open.append(identity)
        defer { open.removeLast() }
        return try write(&self)
    }

    /// What stands for a container within itself.
    static func recursion(_ value: TemplateValue) -> String {
        let id = value.containerIdentity.map { UInt(bitPattern: $0) } ?? 0
        return "<Recursion on \(value.typeName) with id=\(id)>"
    }

    /// The entries by their keys; keys that have no order by the names of their types.
    static func sorted(_ dict: TemplateDict) throws -> [(key: TemplateValue, value: TemplateValue)] {
        let items = dict.storage.entries.map { (key: $0.key, value: $0.value) }
        let order = try StableSort.order(count: items.count) { left, right in
            do {
                return try items[left].key.isLess(than: items[right].key)
            } catch let error as TemplateError where error.kind == .typeError {
                return compareText(items[left].key.qualifiedTypeName, items[right].key.qualifiedTypeName) < 0
            }
        }
        return order.map { items[$0] }
    }
}
