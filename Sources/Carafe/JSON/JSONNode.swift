/// A JSON text that has been read, with numbers as they were written: only the type that asks knows what they are.
enum JSONNode: Sendable {
    case null
    case bool(Bool)
    case number(String, isInteger: Bool)
    case string(String)
    case array([JSONNode])
    case object(JSONMembers<JSONNode>)

    /// Reads the value that `scanner` stands before, and that nothing follows it. Of members with the same key, the
    /// last counts.
    init(_ scanner: inout JSONScanner) throws(JSONDecodingError) {
        struct Level {
            var array: [JSONNode] = []
            var object = JSONMembers<JSONNode>()
            var key: String?
        }
        var levels: [Level] = []
        var result = JSONNode.null
        while true {
            let node: JSONNode
            switch try scanner.next() {
            case .end:
                self = result
                return
            case .key(let text):
                levels[levels.count - 1].key = text.string(in: scanner.bytes)
                continue
            case .beginObject, .beginArray:
                levels.append(Level())
                continue
            case .endObject: node = .object(levels.popLast()?.object ?? JSONMembers())
            case .endArray: node = .array(levels.popLast()?.array ?? [])
            case .string(let text): node = .string(text.string(in: scanner.bytes))
            case .bool(let bool): node = .bool(bool)
            case .null: node = .null
            case .number(let range, let isInteger):
                node = .number(String(decoding: scanner.bytes[range], as: UTF8.self), isInteger: isInteger)
            }
            guard let last = levels.indices.last else {
                result = node
                continue
            }
            if let key = levels[last].key {
                levels[last].object.set(key, to: node)
            } else {
                levels[last].array.append(node)
            }
        }
    }
}
