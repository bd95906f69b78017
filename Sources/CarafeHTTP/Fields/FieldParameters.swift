/// The parameters of a field's value, in order: `charset=utf-8` of a `Content-Type`, `realm="…"` of a challenge.
///
/// Names are compared without regard to ASCII case, values are unquoted. Where a name occurs twice, the last counts.
/// A value with a control character is never set: it could end the field.
public struct FieldParameters: Sendable {
    private var pairs: [(name: String, value: String)] = []

    /// No parameters.
    public init() {}

    init(parsed pairs: [(name: String, value: String)]) {
        self.pairs = pairs
    }

    /// Whether there is none.
    public var isEmpty: Bool { pairs.isEmpty }

    /// The number of parameters.
    public var count: Int { pairs.count }

    /// The value of `name`; setting it keeps its place, and `nil` removes it.
    public subscript(name: String) -> String? {
        get { pairs.last { FieldSyntax.sameIgnoringCase($0.name, name) }?.value }
        set {
            let old = pairs.firstIndex { FieldSyntax.sameIgnoringCase($0.name, name) }
            pairs.removeAll { FieldSyntax.sameIgnoringCase($0.name, name) }
            guard let newValue, FieldSyntax.isToken(name), !FieldSyntax.hasControls(newValue) else { return }
            pairs.insert((name, newValue), at: old ?? pairs.count)
        }
    }
}

extension FieldParameters: Sequence {
    /// The parameters in order.
    public func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
        pairs.makeIterator()
    }
}

extension FieldParameters: ExpressibleByDictionaryLiteral {
    /// The parameters in the order in which they are written.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { self[name] = value }
    }
}

extension FieldParameters: Hashable {
    /// Whether both hold the same parameters in the same order.
    public static func == (lhs: FieldParameters, rhs: FieldParameters) -> Bool {
        lhs.pairs.elementsEqual(rhs.pairs) {
            FieldSyntax.sameIgnoringCase($0.name, $1.name) && FieldSyntax.same($0.value, $1.value)
        }
    }

    /// Hashes the parameters in order.
    public func hash(into hasher: inout Hasher) {
        for (name, value) in pairs {
            hasher.combine(FieldSyntax.lowercased(name.utf8))
            hasher.combine(value)
        }
    }
}
