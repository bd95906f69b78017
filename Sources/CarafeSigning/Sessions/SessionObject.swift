/// The members of an object, in the order in which they came; finding one takes no longer in a large object.
///
/// Keys are the same only if their code points are, as in Python; Swift's own dictionaries would take `é` in its two
/// spellings for one key.
public struct SessionObject: Sendable {
    /// A member.
    public typealias Element = (key: String, value: SessionValue)

    private var members: [Element] = []
    /// Where each key stands; kept once there are too many to look through.
    private var positions: [KeyBytes: Int]?

    /// More members than this are found by their hash.
    private static let fewMembers = 16

    /// An object without members.
    public init() {}

    /// An object with these members; of two with one key the later counts, at the place of the earlier.
    public init(_ members: some Sequence<(String, SessionValue)>) {
        for (key, value) in members { self[key] = value }
    }

    /// A member's value; setting nil removes the member.
    public subscript(key: String) -> SessionValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Removes a member and gives its value.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> SessionValue? {
        guard let position = position(of: key) else { return nil }
        defer { remove(at: position) }
        return members[position].value
    }

    /// The keys, in order.
    public var keys: [String] { members.map(\.key) }

    private func position(of key: String) -> Int? {
        if let positions { return positions[KeyBytes(key: key)] }
        return members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    }

    private mutating func append(_ key: String, _ value: SessionValue) {
        positions?[KeyBytes(key: key)] = members.count
        members.append((key, value))
        if positions == nil, members.count > Self.fewMembers { indexMembers() }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        if positions != nil { indexMembers() }
    }

    private mutating func indexMembers() {
        var positions: [KeyBytes: Int] = [:]
        for (position, member) in members.enumerated() { positions[KeyBytes(key: member.key)] = position }
        self.positions = positions
    }

    /// A key that is compared and hashed by its bytes.
    private struct KeyBytes: Hashable, Sendable {
        let key: String

        static func == (first: KeyBytes, second: KeyBytes) -> Bool {
            first.key.utf8.elementsEqual(second.key.utf8)
        }

        func hash(into hasher: inout Hasher) {
            for byte in key.utf8 { hasher.combine(byte) }
        }
    }
}

extension SessionObject: RandomAccessCollection {
    /// The first member's position.
    public var startIndex: Int { members.startIndex }
    /// The position after the last member.
    public var endIndex: Int { members.endIndex }
    /// The member at a position.
    public subscript(position: Int) -> Element { members[position] }
}

extension SessionObject: Equatable {
    /// Whether both have the same members, in whatever order.
    public static func == (first: SessionObject, second: SessionObject) -> Bool {
        first.count == second.count && first.allSatisfy { second[$0.key] == $0.value }
    }
}

extension SessionObject: ExpressibleByDictionaryLiteral {
    /// An object with these members.
    public init(dictionaryLiteral members: (String, SessionValue)...) {
        self.init(members)
    }
}
