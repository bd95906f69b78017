/// A Python file as tokens: what it says is read from its text alone, nothing of it runs.
struct PythonSource {
    /// A word of the language.
    struct Token: Equatable {
        enum Kind {
            case name, number
            /// A literal without prefixes and quotes, its escapes replaced.
            case string
            /// An f-string, whose value only Python knows.
            case format
            /// A sign; one that ends in `=` (`==`, `+=`) is one token.
            case sign
            /// The end of a statement's line.
            case lineEnd
        }

        let kind: Kind
        let text: String
        let line: Int

        func `is`(_ sign: String) -> Bool { kind == .sign && text == sign }
        func isName(_ name: String) -> Bool { kind == .name && text == name }
    }

    /// Its path within the project.
    let file: String
    let tokens: [Token]

    init(_ text: String, file: String) {
        self.file = file
        var lexer = PythonLexer(text)
        tokens = lexer.tokens()
    }
}

/// Cuts a Python file into tokens. It takes every text: what is no Python ends up as signs.
private struct PythonLexer {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// How many brackets are open: lines do not end within them.
    private var depth = 0
    private var found: [PythonSource.Token] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func tokens() -> [PythonSource.Token] {
        while position < bytes.count { readToken() }
        add(.lineEnd, "")
        return found
    }

    private mutating func readToken() {
        let byte = bytes[position]
        switch byte {
        case 0x0A:
            if depth == 0 { add(.lineEnd, "") }
            line += 1
            position += 1
        case 0x20, 0x09, 0x0C, 0x0D: position += 1
        case UInt8(ascii: "#"): while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        case UInt8(ascii: "\\"):
            if peek(1) == 0x0A { line += 1 }
            position += 2
        case UInt8(ascii: "\""), UInt8(ascii: "'"): readString(prefix: position..<position)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): add(.number, take { Self.isWord($0) || $0 == UInt8(ascii: ".") })
        case _ where Self.isWord(byte): readWord()
        default: readSign(byte)
        }
    }

    private mutating func readWord() {
        let start = position
        let word = take(Self.isWord)
        if word.utf8.count <= 2, let quote = peek(0), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            word.utf8.allSatisfy({ "rbuftRBUFT".utf8.contains($0) })
        {
            readString(prefix: start..<position)
        } else {
            add(.name, word)
        }
    }

    private mutating func readSign(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
        default: break
        }
        position += 1
        if peek(0) == UInt8(ascii: "="), "=!<>:+-*/%&|^".utf8.contains(byte) {
            position += 1
            add(.sign, String(decoding: [byte, UInt8(ascii: "=")], as: UTF8.self))
        } else {
            add(.sign, String(decoding: [byte], as: UTF8.self))
        }
    }

    /// A literal in one or three quotes; one that is never closed ends with its line, or the file.
    private mutating func readString(prefix: Range<Int>) {
        let letters = bytes[prefix].map { $0 | 0x20 }
        let isRaw = letters.contains(UInt8(ascii: "r"))
        let quote = bytes[position]
        let isLong = peek(1) == quote && peek(2) == quote
        let start = line
        position += isLong ? 3 : 1
        var value: [UInt8] = []
        while let byte = peek(0) {
            if byte == quote, !isLong || peek(1) == quote && peek(2) == quote {
                position += isLong ? 3 : 1
                break
            }
            if byte == 0x0A {
                if !isLong { break }
                line += 1
            }
            position += 1
            guard byte == UInt8(ascii: "\\"), let next = peek(0) else {
                value.append(byte)
                continue
            }
            position += 1
            if next == 0x0A { line += 1 }
            value += isRaw ? [byte, next] : Self.escaped(next)
        }
        let isFormat = letters.contains(UInt8(ascii: "f")) || letters.contains(UInt8(ascii: "t"))
        found.append(
            PythonSource.Token(
                kind: isFormat ? .format : .string, text: String(decoding: value, as: UTF8.self), line: start))
    }

    /// What a backslash and a byte stand for; escapes by number stay as they are written.
    private static func escaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "n"): [0x0A]
        case UInt8(ascii: "t"): [0x09]
        case UInt8(ascii: "r"): [0x0D]
        case 0x0A: []
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): [byte]
        default: [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func take(_ belongs: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = peek(0), belongs(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func peek(_ ahead: Int) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private mutating func add(_ kind: PythonSource.Token.Kind, _ text: String) {
        found.append(PythonSource.Token(kind: kind, text: text, line: line))
    }
}
