/// Reads files of `NAME=value` lines as python-dotenv does: `export` before a name, `#` comments, single quotes
/// (literal), double quotes (with `\n`, `\t`, `\"`, `\\` and line breaks), and `${NAME}` outside single quotes.
package struct DotEnv {
    /// The values, the last of each name.
    package private(set) var values: [String: String] = [:]

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private let environment: [String: String]

    /// Reads a file's text.
    ///
    /// - Parameter environment: what `${NAME}` may refer to beside the names before it in the file
    /// - Throws: ``ConfigurationProblem`` that names the line where it cannot be understood.
    package init(parsing text: String, file: String, environment: [String: String]) throws(ConfigurationProblem) {
        bytes = Array(text.utf8)
        self.environment = environment
        while position < bytes.count { try readLine(file) }
    }

    private mutating func readLine(_ file: String) throws(ConfigurationProblem) {
        skipBlanks()
        guard let byte = peek, byte != 0x0A, byte != UInt8(ascii: "#") else { return skipLine() }
        var name = takeName()
        if name == "export", peek == 0x20 || peek == 0x09 {
            skipBlanks()
            name = takeName()
        }
        skipBlanks()
        guard !name.isEmpty, peek == UInt8(ascii: "=") else {
            throw ConfigurationProblem(
                "Line \(line) of \(file) is not NAME=value.", hint: "Write NAME=value, or begin a comment with #.")
        }
        position += 1
        skipBlanks()
        let start = line
        let value: String?
        switch peek {
        case UInt8(ascii: "'"): value = takeQuoted(UInt8(ascii: "'"))
        case UInt8(ascii: "\""): value = takeQuoted(UInt8(ascii: "\""))
        default: value = takeUnquoted()
        }
        guard let value else {
            throw ConfigurationProblem(
                "The quote that line \(start) of \(file) opens is never closed.", hint: "Close it.")
        }
        values[name] = value
        skipLine()
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
    }

    private mutating func skipLine() {
        while let byte = peek {
            position += 1
            if byte == 0x0A {
                line += 1
                return
            }
        }
    }

    private mutating func takeName() -> String {
        let start = position
        while let byte = peek,
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte &- 0x30 < 10
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func takeUnquoted() -> String {
        let start = position
        var end = position
        while let byte = peek, byte != 0x0A {
            if byte == UInt8(ascii: "#"),
                position == start || bytes[position - 1] == 0x20 || bytes[position - 1] == 0x09
            {
                break
            }
            position += 1
            if byte != 0x20 && byte != 0x09 && byte != 0x0D { end = position }
        }
        return expand(Array(bytes[start..<end]))
    }

    private mutating func takeQuoted(_ quote: UInt8) -> String? {
        position += 1
        var value: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte == quote {
                return quote == UInt8(ascii: "'") ? String(decoding: value, as: UTF8.self) : expand(value)
            }
            if byte == 0x0A { line += 1 }
            if byte == UInt8(ascii: "\\"), let next = peek, next == quote || next == byte || quote == UInt8(ascii: "\"")
            {
                position += 1
                switch (quote, next) {
                case (UInt8(ascii: "\""), UInt8(ascii: "n")): value.append(0x0A)
                case (UInt8(ascii: "\""), UInt8(ascii: "r")): value.append(0x0D)
                case (UInt8(ascii: "\""), UInt8(ascii: "t")): value.append(0x09)
                case (_, quote), (_, UInt8(ascii: "\\")): value.append(next)
                default: value += [byte, next]
                }
            } else {
                value.append(byte)
            }
        }
        return nil
    }

    /// Replaces each `${NAME}` by its value, and by nothing where it has none.
    private func expand(_ value: [UInt8]) -> String {
        var result: [UInt8] = []
        var index = 0
        while index < value.count {
            if value[index] == UInt8(ascii: "$"), index + 1 < value.count, value[index + 1] == UInt8(ascii: "{"),
                let end = value[index...].firstIndex(of: UInt8(ascii: "}"))
            {
                let name = String(decoding: value[(index + 2)..<end], as: UTF8.self)
                result += (environment[name] ?? values[name] ?? "").utf8
                index = end + 1
            } else {
                result.append(value[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
