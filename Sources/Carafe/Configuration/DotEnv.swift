/// Reads files of `NAME=value` lines as python-dotenv does: `export` before a name, `#` comments, single quotes
/// (literal but for `\'` and `\\`), double quotes (with Python's escapes and line breaks), and `${NAME}` or
/// `${NAME:-default}` outside single quotes.
///
/// Where python-dotenv passes over a line that it cannot understand, this reports it.
package struct DotEnv {
    /// The values, the last of each name.
    package private(set) var values: [String: String] = [:]

    /// The file, in which every line ends in a line feed.
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private let file: String
    private let environment: [String: String]

    /// Reads a file's text.
    ///
    /// - Parameters:
    ///   - file: the file's name, for messages
    ///   - environment: what `${NAME}` may refer to beside the names before it in the file
    /// - Throws: ``ConfigurationProblem`` that names the line where it cannot be understood.
    package init(parsing text: String, file: String, environment: [String: String]) throws(ConfigurationProblem) {
        bytes = Self.withPlainLineEnds(text)
        self.file = file
        self.environment = environment
        while position < bytes.count { try readLine() }
    }

    /// The bytes without a byte order mark, and with the line ends of Windows and old Macs replaced.
    private static func withPlainLineEnds(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        for byte in text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? text.utf8.dropFirst(3) : text.utf8[...] {
            if byte != 0x0A || previous != 0x0D { result.append(byte == 0x0D ? 0x0A : byte) }
            previous = byte
        }
        return result
    }

    // MARK: - A line

    private mutating func readLine() throws(ConfigurationProblem) {
        skipBlanks()
        guard let byte = peek, byte != 0x0A, byte != UInt8(ascii: "#") else { return skipLine() }
        let start = line
        let name = takeName()
        skipBlanks()
        guard !name.isEmpty, peek == UInt8(ascii: "=") else {
            throw ConfigurationProblem(
                "Line \(start) of \(file) is not NAME=value.", hint: "Write NAME=value, or begin a comment with #.")
        }
        position += 1
        skipBlanks()
        switch peek {
        case UInt8(ascii: "'"): values[name] = try takeQuoted(UInt8(ascii: "'"))
        case UInt8(ascii: "\""): values[name] = expand(Array(try takeQuoted(UInt8(ascii: "\"")).utf8))
        default: values[name] = expand(takeUnquoted())
        }
        skipBlanks()
        guard peek == nil || peek == 0x0A || peek == UInt8(ascii: "#") else {
            throw ConfigurationProblem(
                "Something follows the closing quote in line \(line) of \(file).",
                hint: "Remove it, or write \\ before a quote that belongs to the value.")
        }
        skipLine()
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0B || byte == 0x0C }

    private mutating func skipBlanks() {
        while let byte = peek, Self.isBlank(byte) { position += 1 }
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

    // MARK: - Names

    /// The name, after `export` where that stands before it; it may stand in single quotes.
    private mutating func takeName() -> String {
        let name = takeWord()
        guard name == "export", let byte = peek, Self.isBlank(byte) else { return name }
        skipBlanks()
        return takeWord()
    }

    private mutating func takeWord() -> String {
        let start = position
        if peek == UInt8(ascii: "'") {
            guard let end = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "'")) else { return "" }
            position = end + 1
            return String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        }
        while let byte = peek, byte != UInt8(ascii: "="), byte != UInt8(ascii: "#"), byte != 0x0A, !Self.isBlank(byte) {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    // MARK: - Values

    /// The rest of the line, up to a `#` after a blank, without blanks at its end. A `#` at the beginning belongs to
    /// the value.
    private mutating func takeUnquoted() -> [UInt8] {
        let start = position
        var end = position
        while let byte = peek, byte != 0x0A {
            if byte == UInt8(ascii: "#"), position > start, Self.isBlank(bytes[position - 1]) { break }
            position += 1
            if !Self.isBlank(byte) { end = position }
        }
        return Array(bytes[start..<end])
    }

    private mutating func takeQuoted(_ quote: UInt8) throws(ConfigurationProblem) -> String {
        let start = line
        position += 1
        var value: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte == quote { return String(decoding: value, as: UTF8.self) }
            if byte == 0x0A { line += 1 }
            if byte == UInt8(ascii: "\\"), let next = peek, let meant = Self.escaped(next, in: quote) {
                position += 1
                value.append(meant)
            } else {
                value.append(byte)
            }
        }
        throw ConfigurationProblem(
            "The quote that line \(start) of \(file) opens is never closed.", hint: "Close it.")
    }

    /// What a backslash and this byte mean; nil where the backslash stands for itself.
    private static func escaped(_ byte: UInt8, in quote: UInt8) -> UInt8? {
        if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "'") { return byte }
        guard quote == UInt8(ascii: "\"") else { return nil }
        return switch byte {
        case UInt8(ascii: "\""): byte
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        default: nil
        }
    }

    // MARK: - References

    /// Replaces each `${NAME}` by its value, and each `${NAME:-default}` that has none by the default; without one,
    /// by nothing.
    private func expand(_ value: [UInt8]) -> String {
        var result: [UInt8] = []
        var index = 0
        while index < value.count {
            if value[index...].starts(with: "${".utf8), let end = value[index...].firstIndex(of: UInt8(ascii: "}")),
                let replacement = replacement(value[(index + 2)..<end])
            {
                result += replacement.utf8
                index = end + 1
            } else {
                result.append(value[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The value of what stands between the braces; nil where that is no reference.
    private func replacement(_ reference: ArraySlice<UInt8>) -> String? {
        let name = reference.prefix { $0 != UInt8(ascii: ":") }
        let rest = reference[name.endIndex...]
        guard rest.isEmpty || rest.starts(with: ":-".utf8) else { return nil }
        let key = String(decoding: name, as: UTF8.self)
        return environment[key] ?? values[key] ?? String(decoding: rest.dropFirst(2), as: UTF8.self)
    }
}
