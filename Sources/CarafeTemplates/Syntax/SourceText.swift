import Glibc

/// The text of a template as the lexer reads it, and the place that an error in it is reported at.
struct SourceText {
    /// The text as UTF-8, with `\n` for every newline.
    let bytes: [UInt8]
    let name: String?
    let filename: String?

    init(_ text: String, name: String?, filename: String?, keepTrailingNewline: Bool) {
        var bytes = Self.normalizingNewlines(Array(text.utf8))
        if !keepTrailingNewline, bytes.last == 0x0A { bytes.removeLast() }
        self.bytes = bytes
        self.name = name
        self.filename = filename
    }

    /// `\r\n` and `\r` become `\n`.
    private static func normalizingNewlines(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0x0D) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0D {
                result.append(0x0A)
            } else if byte != 0x0A || previous != 0x0D {
                result.append(byte)
            }
            previous = byte
        }
        return result
    }

    /// An error at `line`, and at the column of `position` where that is known.
    func error(_ message: String, kind: TemplateError.Kind = .syntax, line: Int, position: Int? = nil) -> TemplateError
    {
        var error = TemplateError(kind, message, line: line)
        error.template = name
        error.filename = filename
        error.sourceLine = text(ofLine: line)
        error.column = position.map(column)
        return error
    }

    /// The text of the line `number`, without its newline; nil where there is no such line.
    func text(ofLine number: Int) -> String? {
        var (line, start) = (1, 0)
        while line < number {
            guard let newline = index(of: 0x0A, from: start) else { return nil }
            (line, start) = (line + 1, newline + 1)
        }
        guard number >= 1 else { return nil }
        return text(start..<(index(of: 0x0A, from: start) ?? bytes.count))
    }

    /// The column of `position` in its line, in code points, counted from 1.
    private func column(of position: Int) -> Int {
        let position = min(position, bytes.count)
        var start = position
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        return bytes.scalarCount(in: start..<position) + 1
    }

    /// The text of `range`.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Where `byte` stands next, at `start` or later.
    func index(of byte: UInt8, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, let found = memchr(base + start, Int32(byte), buffer.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// Where `text`, which is not empty, stands next, at `start` or later.
    func index(of text: [UInt8], from start: Int) -> Int? {
        guard let first = text.first else { return nil }
        var position = start
        while let candidate = index(of: first, from: position) {
            if bytes.has(text, at: candidate) { return candidate }
            position = candidate + 1
        }
        return nil
    }
}
