/// Names with their values, in order, several values to a name: the query of a URL, the fields of a form, cookies
/// (Werkzeug's `MultiDict`).
///
/// ```swift
/// let query = try Parameters(urlEncoded: "q=a+b&tag=x&tag=y")
/// query["q"]             // "a b"
/// query[values: "tag"]   // ["x", "y"]
/// query.int("page")      // nil
/// ```
///
/// Names are compared byte by byte.
public struct Parameters: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    /// No parameters.
    public init() {}

    /// These parameters.
    public init(_ pairs: some Sequence<(String, String)>) {
        self.pairs = pairs.map { (name: $0.0, value: $0.1) }
    }

    /// The number of values, each counted.
    public var count: Int { pairs.count }

    /// Whether there is none.
    public var isEmpty: Bool { pairs.isEmpty }

    /// The names in the order in which they first occur.
    public var names: [String] {
        var seen: Set<[UInt8]> = []
        return pairs.compactMap { seen.insert(Array($0.name.utf8)).inserted ? $0.name : nil }
    }

    /// The first value of `name`; setting it replaces all of them, and `nil` removes them.
    public subscript(name: String) -> String? {
        get { pairs.first { FieldSyntax.same($0.name, name) }?.value }
        set {
            let old = pairs.firstIndex { FieldSyntax.same($0.name, name) }
            remove(name)
            if let newValue { pairs.insert((name, newValue), at: old ?? pairs.count) }
        }
    }

    /// Every value of `name`, in order (Werkzeug's `getlist`).
    public subscript(values name: String) -> [String] {
        pairs.filter { FieldSyntax.same($0.name, name) }.map(\.value)
    }

    /// Whether there is a value of `name`.
    public func contains(_ name: String) -> Bool {
        pairs.contains { FieldSyntax.same($0.name, name) }
    }

    /// Adds a value after those that are there.
    public mutating func append(_ value: String, for name: String) {
        pairs.append((name, value))
    }

    /// Removes every value of `name`.
    public mutating func remove(_ name: String) {
        pairs.removeAll { FieldSyntax.same($0.name, name) }
    }
}

extension Parameters {
    /// The first value of `name` as a whole number: ASCII digits, perhaps after a minus sign; nil where it is
    /// absent or anything else (`+5`, `5 `, too large).
    public func int(_ name: String) -> Int? {
        get(name, as: Int.self)
    }

    /// The first value of `name` as another type; nil where it is absent or cannot be one (Werkzeug's
    /// `get(name, type=…)`).
    ///
    /// Numbers are taken strictly: no plus sign in front, no hexadecimal digits, `inf` or `nan`, which Swift's
    /// initialisers would let through.
    public func get<Value: LosslessStringConvertible>(_ name: String, as type: Value.Type) -> Value? {
        guard let text = self[name] else { return nil }
        if type is any BinaryInteger.Type {
            let digits = text.utf8.first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
            guard !digits.isEmpty, digits.allSatisfy(FieldSyntax.isDigit) else { return nil }
        } else if type is any BinaryFloatingPoint.Type {
            let allowed = ByteSet("0123456789-+.eE")
            guard text.utf8.first != 0x2B, text.utf8.allSatisfy({ allowed.contains($0) }) else { return nil }
        }
        return Value(text)
    }
}

extension Parameters: Sequence {
    /// The parameters in order.
    public func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
        pairs.makeIterator()
    }
}

extension Parameters: ExpressibleByDictionaryLiteral {
    /// The parameters in the order in which they are written; a name may be repeated.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements)
    }
}

extension Parameters: Equatable {
    /// Whether both hold the same parameters in the same order, byte by byte.
    public static func == (lhs: Parameters, rhs: Parameters) -> Bool {
        lhs.pairs.elementsEqual(rhs.pairs) {
            FieldSyntax.same($0.name, $1.name) && FieldSyntax.same($0.value, $1.value)
        }
    }
}

/// More parameters or cookies than a request may have.
public struct TooManyParameters: Error, Sendable, Hashable, CustomStringConvertible {
    /// How many are allowed.
    public let limit: Int

    /// More than so many.
    public init(limit: Int) {
        self.limit = limit
    }

    /// What happened.
    public var description: String { "The request has more than \(limit) parameters." }
}
