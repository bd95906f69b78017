import Glibc

/// The translations into one language that a compiled catalog (`.mo`, GNU gettext's format) holds.
public struct TranslationCatalog: TemplateTranslations {
    private var messages: [[UInt8]: Message] = [:]
    private var plural = PluralRule.germanic
    private var isLatin1 = false

    /// A translation; the forms of one that has several, by their numbers.
    private struct Message {
        var text: String?
        var forms: [String] = []
    }

    /// The catalog in the file at `path`.
    ///
    /// - Throws: a ``TemplateError`` where there is no such file, or it is no catalog.
    public init(path: String) throws {
        try self.init(Self.contents(ofFile: path))
    }

    /// The catalog whose file has these bytes.
    ///
    /// - Throws: a ``TemplateError`` for anything but a catalog in UTF-8, ASCII or Latin-1.
    public init(_ bytes: [UInt8]) throws {
        let file = try CatalogFile(bytes)
        for index in 0..<file.count {
            let (message, translation) = try file.entry(index)
            if message.isEmpty { try readHeader(translation) }
            try insert(message, translation)
        }
    }

    /// The translation of `message`, or the form of one thing.
    public func gettext(_ message: String) throws -> String? {
        guard let found = messages[Array(message.utf8)] else { return nil }
        return try found.text ?? form(of: found, for: 1)
    }

    /// The form that `count` things take.
    public func ngettext(_ singular: String, _ plural: String, _ count: Int) throws -> String? {
        guard let found = messages[Array(singular.utf8)] else { return nil }
        return try form(of: found, for: count)
    }

    /// The translation of `message` where it means what `context` says.
    public func pgettext(_ context: String, _ message: String) throws -> String? {
        try gettext("\(context)\u{04}\(message)")
    }

    /// The form that `count` things take where the text means what `context` says.
    public func npgettext(_ context: String, _ singular: String, _ plural: String, _ count: Int) throws -> String? {
        try ngettext("\(context)\u{04}\(singular)", plural, count)
    }

    private func form(of message: Message, for count: Int) throws -> String? {
        let number = try plural.form(for: count)
        return message.forms.indices.contains(number) ? message.forms[number] : nil
    }

    // MARK: - Reading

    /// The translation of the empty message tells the encoding and the rule of the plural.
    private mutating func readHeader(_ bytes: ArraySlice<UInt8>) throws {
        for line in bytes.split(separator: 0x0A) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
            let value = Array(line[line.index(after: colon)...])
            if name.utf8.elementsEqual("content-type".utf8), let charset = Self.value(of: "charset=", in: value) {
                try setCharset(charset)
            } else if name.utf8.elementsEqual("plural-forms".utf8), let rule = Self.value(of: "plural=", in: value) {
                plural = try PluralRule(rule)
            }
        }
    }

    /// What follows `key` up to a semicolon; `nplurals=` is not `plural=`.
    private static func value(of key: String, in bytes: [UInt8]) -> String? {
        let key = Array(key.utf8)
        for part in bytes.split(separator: UInt8(ascii: ";")) {
            let part = Array(part)
            let start = part.endOfWhitespace(from: 0)
            if part.has(key, at: start) {
                let end = part.startOfWhitespace(before: part.count, from: start)
                return String(decoding: part[min(start + key.count, end)..<end], as: UTF8.self)
            }
        }
        return nil
    }

    private mutating func setCharset(_ charset: String) throws {
        let name = charset.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        switch String(decoding: name, as: UTF8.self) {
        case "utf-8", "utf8", "ascii", "us-ascii", "charset": isLatin1 = false
        case "iso-8859-1", "latin-1", "latin1", "iso8859-1": isLatin1 = true
        default: throw TemplateError(TemplateError.Kind("LookupError"), "unknown encoding: \(charset)")
        }
    }

    private mutating func insert(_ message: ArraySlice<UInt8>, _ translation: ArraySlice<UInt8>) throws {
        guard let end = message.firstIndex(of: 0) else {
            messages[try Array(text(message).utf8), default: Message()].text = try text(translation)
            return
        }
        let key = try Array(text(message[..<end]).utf8)
        let forms = try translation.split(separator: 0, omittingEmptySubsequences: false).map(text)
        messages[key, default: Message()].forms = forms
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws -> String {
        if isLatin1 {
            var view = String.UnicodeScalarView()
            for byte in bytes { view.append(Unicode.Scalar(byte)) }
            return String(view)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TemplateError(TemplateError.Kind("UnicodeDecodeError"), "a message of the catalog is not valid UTF-8")
        }
        return text
    }

    private static func contents(ofFile path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else {
            throw TemplateError(
                TemplateError.Kind("FileNotFoundError"), "\(String(cString: strerror(errno))): '\(path)'")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}

/// The tables of a catalog's file, in which nothing lies outside of it.
private struct CatalogFile {
    private let bytes: [UInt8]
    private let isBigEndian: Bool
    private let messages: Int
    private let translations: Int
    let count: Int

    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        guard bytes.count >= 20 else { throw Self.error("File is corrupt") }
        switch Array(bytes[..<4]) {
        case [0xDE, 0x12, 0x04, 0x95]: isBigEndian = false
        case [0x95, 0x04, 0x12, 0xDE]: isBigEndian = true
        default: throw Self.error("Bad magic number")
        }
        func word(_ offset: Int) -> Int { Self.word(bytes, offset, isBigEndian: bytes[0] == 0x95) ?? 0 }
        let version = word(4) >> 16
        guard version <= 1 else { throw Self.error("Bad version number \(version)") }
        (count, messages, translations) = (word(8), word(12), word(16))
        guard count <= bytes.count / 8 else { throw Self.error("File is corrupt") }
    }

    /// The message `index` and its translation.
    func entry(_ index: Int) throws -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
        (try string(at: messages + index * 8), try string(at: translations + index * 8))
    }

    private func string(at offset: Int) throws -> ArraySlice<UInt8> {
        guard let length = Self.word(bytes, offset, isBigEndian: isBigEndian),
            let start = Self.word(bytes, offset + 4, isBigEndian: isBigEndian), start + length < bytes.count
        else { throw Self.error("File is corrupt") }
        return bytes[start..<start + length]
    }

    private static func word(_ bytes: [UInt8], _ offset: Int, isBigEndian: Bool) -> Int? {
        guard offset >= 0, offset + 4 <= bytes.count else { return nil }
        let word = bytes[offset..<offset + 4]
        return isBigEndian ? word.reduce(0) { $0 << 8 | Int($1) } : word.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func error(_ message: String) -> TemplateError {
        TemplateError(TemplateError.Kind("OSError"), message)
    }
}
