/// A set of the methods that a map's rules name, as bits.
struct MethodSet: OptionSet, Sendable {
    let rawValue: UInt64
    /// Every method, whether a rule names it or not.
    static let every = MethodSet(rawValue: .max)
}

/// The methods that a map's rules name, each with its bit.
struct MethodTable: Sendable {
    /// One bit less than there are, so that no set of named methods is `MethodSet.every`.
    static let capacity = 63

    private let names: [String]
    /// The bytes of each name that has at most eight, as a number; 0 for longer ones.
    private let keys: [UInt64]

    init(_ rules: [BoundRule]) throws(RuleError) {
        var names: [String] = []
        for rule in rules {
            for method in rule.methods ?? [] where !names.contains(method) {
                guard names.count < Self.capacity else {
                    throw RuleError(
                        .badMethod, rule: rule.path,
                        "\(quoted(method)) is one method too many: a map's rules may name \(Self.capacity).",
                        hint: "Leave methods out to answer every method.")
                }
                names.append(method)
            }
        }
        self.names = names
        keys = names.map { Self.key($0) ?? 0 }
    }

    /// The bytes of a method as a number; nil for a method of more than eight.
    private static func key(_ method: String) -> UInt64? {
        var method = method
        return method.withUTF8 { bytes in
            guard bytes.count <= 8 else { return nil }
            return bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// The bit of a method; none where no rule names it. Methods are compared byte by byte (RFC 9110 §9.1).
    func bit(of method: String) -> MethodSet {
        let index =
            if let key = Self.key(method) {
                key == 0 ? nil : keys.firstIndex(of: key)
            } else {
                names.firstIndex { $0.utf8.elementsEqual(method.utf8) }
            }
        return index.map { MethodSet(rawValue: 1 << UInt64($0)) } ?? []
    }

    func set(of methods: [String]?) -> MethodSet {
        guard let methods else { return .every }
        return methods.reduce(into: []) { $0.formUnion(bit(of: $1)) }
    }

    /// The names in a set, sorted.
    func names(in set: MethodSet) -> [String] {
        names.indices.filter { set.rawValue >> UInt64($0) & 1 == 1 }.map { names[$0] }.sorted()
    }
}
