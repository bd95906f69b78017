/// A list of names without duplicates, whatever their case, in order: `Vary`, `Allow`, `Content-Language`.
///
/// ```swift
/// response.headers.vary.insert("Cookie")
/// ```
public struct HeaderSet: Sendable, CustomStringConvertible {
    private(set) var items: [String] = []
    /// The items in lower case, as bytes: equality of strings is not that of bytes.
    private var members: Set<[UInt8]> = []

    /// These names, duplicates left out.
    public init(_ names: some Sequence<String> = []) {
        for name in names { insert(name) }
    }

    /// The names of a field.
    public init(parsing value: String) {
        self.init(HeaderValue.parseList(value))
    }

    /// The number of names.
    public var count: Int { items.count }

    /// Whether there is none.
    public var isEmpty: Bool { items.isEmpty }

    /// Whether `name` is among them.
    public func contains(_ name: String) -> Bool {
        members.contains(Self.key(name))
    }

    /// Adds `name` at the end unless it is there.
    public mutating func insert(_ name: String) {
        if members.insert(Self.key(name)).inserted { items.append(name) }
    }

    /// Removes `name`.
    public mutating func remove(_ name: String) {
        if members.remove(Self.key(name)) != nil { items.removeAll { FieldSyntax.sameIgnoringCase($0, name) } }
    }

    /// The field's value.
    public var description: String { HeaderValue.dumpList(items) }

    private static func key(_ name: String) -> [UInt8] {
        name.utf8.map { FieldSyntax.lowercased($0) }
    }
}

extension HeaderSet: Sequence {
    /// The names in order.
    public func makeIterator() -> some IteratorProtocol<String> {
        items.makeIterator()
    }
}
