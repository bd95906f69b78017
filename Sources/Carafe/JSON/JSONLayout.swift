/// Lays a JSON text out anew: with its members in order, or indented for people, or both.
///
/// A second pass over the finished bytes, so that the usual one pays nothing for it.
struct JSONLayout {
    let sortsKeys: Bool
    let isIndented: Bool

    private struct Member {
        var key: [UInt8]
        var range: Range<Int>
    }

    private struct Level {
        let isObject: Bool
        /// Where the text after the bracket begins.
        let start: Int
        var members: [Member] = []
        var count = 0
    }

    /// The text in `bytes` laid out. Of members with the same key, sorting keeps the last.
    func rewrite(_ bytes: UnsafeBufferPointer<UInt8>) throws -> [UInt8] {
        var scanner = try JSONScanner(bytes, nestingLimit: .max)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 4)
        var levels: [Level] = []
        var key: [UInt8] = []
        while true {
            let token = try scanner.next()
            switch token {
            case .end: return output
            case .endObject, .endArray:
                if let level = levels.popLast() {
                    if sortsKeys && level.isObject { sort(level, in: &output, depth: levels.count + 1) }
                    if level.count > 0 { breakLine(levels.count, in: &output) }
                }
                output.append(token == .endObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                finishMember(&levels, output.count)
            case .key(let text):
                beginItem(&levels, &output)
                if sortsKeys {
                    key = text.unescaped(in: bytes)
                    levels[levels.count - 1].members.append(Member(key: key, range: output.count..<output.count))
                }
                output.append(contentsOf: bytes[scanner.tokenStart..<(text.range.upperBound + 1)])
                output.append(UInt8(ascii: ":"))
                if isIndented { output.append(UInt8(ascii: " ")) }
            case .beginObject, .beginArray:
                if levels.last?.isObject == false { beginItem(&levels, &output) }
                output.append(token == .beginObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
                levels.append(Level(isObject: token == .beginObject, start: output.count))
            case .string, .number, .bool, .null:
                if levels.last?.isObject == false { beginItem(&levels, &output) }
                output.append(contentsOf: bytes[scanner.tokenStart..<scanner.position])
                finishMember(&levels, output.count)
            }
        }
    }

    private func beginItem(_ levels: inout [Level], _ output: inout [UInt8]) {
        if levels[levels.count - 1].count > 0 { output.append(UInt8(ascii: ",")) }
        breakLine(levels.count, in: &output)
        levels[levels.count - 1].count += 1
    }

    private func finishMember(_ levels: inout [Level], _ end: Int) {
        guard let level = levels.indices.last, let member = levels[level].members.indices.last else { return }
        levels[level].members[member].range = levels[level].members[member].range.lowerBound..<end
    }

    private func breakLine(_ depth: Int, in output: inout [UInt8]) {
        guard isIndented else { return }
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: depth * 2))
    }

    private func sort(_ level: Level, in output: inout [UInt8], depth: Int) {
        let pairs = zip(level.members, level.members.dropFirst())
        if pairs.allSatisfy({ $0.key.lexicographicallyPrecedes($1.key) }) { return }
        let sorted = level.members.enumerated().sorted { left, right in
            left.element.key == right.element.key
                ? left.offset < right.offset : left.element.key.lexicographicallyPrecedes(right.element.key)
        }
        var content: [UInt8] = []
        content.reserveCapacity(output.count - level.start)
        for (index, member) in sorted.enumerated() {
            if index + 1 < sorted.count, sorted[index + 1].element.key == member.element.key { continue }
            if !content.isEmpty { content.append(UInt8(ascii: ",")) }
            breakLine(depth, in: &content)
            content.append(contentsOf: output[member.element.range])
        }
        output.replaceSubrange(level.start..., with: content)
    }
}
