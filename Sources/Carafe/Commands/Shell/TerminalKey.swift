/// A key as a terminal tells it.
enum TerminalKey: Equatable {
    case character(Unicode.Scalar)
    case enter, tab, backspace, delete
    case left, right, up, down, home, end, wordLeft, wordRight
    case deleteWord, deleteToStart, deleteToEnd
    case clear
    /// Ctrl-C
    case interrupt
    /// Ctrl-D
    case endOfInput
    /// One that means nothing here.
    case other
}

/// Makes keys of the bytes that a terminal sends, as they come.
struct TerminalKeys {
    /// The bytes of a key that is not complete.
    private var pending: [UInt8] = []

    /// The longest sequence of a key; what goes on longer is none.
    private static let longest = 16

    /// The key that a byte completes; nil where more must come.
    mutating func take(_ byte: UInt8) -> TerminalKey? {
        pending.append(byte)
        guard let key = Self.key(of: pending) else {
            guard pending.count >= Self.longest else { return nil }
            pending = []
            return .other
        }
        pending = []
        return key
    }

    private static func key(of bytes: [UInt8]) -> TerminalKey? {
        switch bytes[0] {
        case 0x1B: return escape(bytes)
        case 0x0A, 0x0D: return .enter
        case 0x09: return .tab
        case 0x08, 0x7F: return .backspace
        case 0x00..<0x20: return controls[bytes[0]] ?? .other
        case 0x20..<0x7F: return .character(Unicode.Scalar(bytes[0]))
        default: return character(bytes)
        }
    }

    /// Ctrl with a letter, as in Emacs and every shell.
    private static let controls: [UInt8: TerminalKey] = [
        1: .home, 2: .left, 3: .interrupt, 4: .endOfInput, 5: .end, 6: .right, 11: .deleteToEnd, 12: .clear, 14: .down,
        16: .up, 21: .deleteToStart, 23: .deleteWord,
    ]

    /// A letter of several bytes; nil while some are missing.
    private static func character(_ bytes: [UInt8]) -> TerminalKey? {
        let length =
            switch bytes[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        guard bytes.count >= length else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self), let scalar = text.unicodeScalars.first else {
            return .other
        }
        return .character(scalar)
    }

    /// `ESC [ A` and its like; nil while it goes on.
    private static func escape(_ bytes: [UInt8]) -> TerminalKey? {
        guard bytes.count > 1 else { return nil }
        switch bytes[1] {
        case UInt8(ascii: "b"): return .wordLeft
        case UInt8(ascii: "f"): return .wordRight
        case 0x7F: return .deleteWord
        case UInt8(ascii: "["), UInt8(ascii: "O"): break
        default: return .other
        }
        guard bytes.count > 2, let last = bytes.last, (0x40...0x7E).contains(last) else { return nil }
        let sequence = String(decoding: bytes[2...], as: UTF8.self)
        return sequences[sequence] ?? .other
    }

    private static let sequences: [String: TerminalKey] = [
        "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "1~": .home, "7~": .home, "4~": .end,
        "8~": .end, "3~": .delete, "1;5C": .wordRight, "1;5D": .wordLeft, "1;3C": .wordRight, "1;3D": .wordLeft,
        "5C": .wordRight, "5D": .wordLeft,
    ]
}
