/// The members of a JSON object, in the order in which they were put in.
///
/// Keys are told apart by their Unicode scalars, not by canonical equivalence as `Dictionary` does.
public struct JSONObject: Sendable, Hashable, Sequence {
    /// A key and its value.
    public typealias Element = (key: String, value: JSONValue)

    private var members = JSONMembers<JSONValue>()

    /// An object without members.
    public init() {}

    /// How many members there are.
    public var count: Int { members.all.count }

    /// The value of a key. Setting a key that is there keeps its place; setting nil removes it, in linear time.
    public subscript(key: String) -> JSONValue? {
        get { members.value(of: key) }
        set {
            if let newValue { members.set(key, to: newValue) } else { members.remove(key) }
        }
    }

    /// The members in order.
    public func makeIterator() -> IndexingIterator<[Element]> {
        members.all.makeIterator()
    }

    /// Objects are equal when they have the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == $0.value }
    }

    /// Adds the keys, which do not depend on their order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(Set(members.all.map(\.key)))
    }
}
