/// The way from the root of a JSON text to one value in it.
struct JSONPath: CustomStringConvertible {
    enum Step: Equatable {
        case key(String)
        case index(Int)
    }

    var steps: [Step] = []

    var isRoot: Bool { steps.isEmpty }

    init(_ steps: [Step] = []) {
        self.steps = steps
    }

    /// The path of a decoder. A key that stands for an index has an `intValue`; a key of a dictionary with `Int` keys
    /// has one too, and is told from an index by what it is called.
    init(_ codingPath: [any CodingKey]) {
        steps = codingPath.map { key in
            if let index = key.intValue, key.stringValue.utf8.first == UInt8(ascii: "I") {
                .index(index)
            } else {
                .key(key.stringValue)
            }
        }
    }

    var codingPath: [any CodingKey] {
        steps.map { step in
            switch step {
            case .key(let key): JSONKey(stringValue: key)
            case .index(let index): JSONKey(intValue: index)
            }
        }
    }

    /// As JavaScript would write it: `posts[2].title`, and `["two words"]` for a key that is no plain name.
    ///
    /// Keys may come from a client, so long ones are cut and control characters never pass.
    var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where Self.isPlain(key): text += text.isEmpty ? key : ".\(key)"
            case .key(let key): text += "[\"\(Self.quotable(key))\"]"
            }
        }
        return text
    }

    private static let longestKey = 64

    private static func isPlain(_ key: String) -> Bool {
        guard key.utf8.count <= longestKey, let first = key.utf8.first else { return false }
        let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= first
        return !isDigit
            && key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func quotable(_ key: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in key.unicodeScalars.prefix(longestKey) {
            switch scalar {
            case "\"", "\\":
                text.append("\\")
                text.append(scalar)
            case _ where scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value: text.append("\u{FFFD}")
            default: text.append(scalar)
            }
        }
        return String(text) + (key.unicodeScalars.dropFirst(longestKey).isEmpty ? "" : "…")
    }
}

/// A key that is only known when it is met.
enum JSONKey: CodingKey {
    case key(String)
    case index(Int)

    init(stringValue: String) { self = .key(stringValue) }
    init(intValue: Int) { self = .index(intValue) }

    var stringValue: String {
        switch self {
        case .key(let key): key
        case .index(let index): "Index \(index)"
        }
    }

    var intValue: Int? {
        if case .index(let index) = self { index } else { nil }
    }
}
