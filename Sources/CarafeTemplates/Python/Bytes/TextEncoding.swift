/// `str.encode` and `bytes.decode`, for UTF-8, UTF-16, UTF-32, ASCII and Latin-1.
enum TextEncoding {
    /// The encodings that are known. Python's have a hundred more, for which templates have no use.
    enum Name {
        case utf8, utf8WithMark, ascii, latin1
        case utf16(isBig: Bool, hasMark: Bool)
        case utf32(isBig: Bool, hasMark: Bool)

        /// The encoding of a name as Python spells it: case, hyphens and underscores do not matter.
        init(_ name: String) throws {
            let letters = name.utf8.filter { $0 != 0x2D && $0 != 0x5F && $0 != 0x20 }
            switch PythonText.lowercase(String(decoding: letters, as: UTF8.self)) {
            case "utf8", "u8", "utf", "cp65001": self = .utf8
            case "utf8sig": self = .utf8WithMark
            case "ascii", "usascii", "646": self = .ascii
            case "latin1", "latin", "l1", "iso88591", "88591", "cp819", "8859": self = .latin1
            case "utf16", "u16": self = .utf16(isBig: false, hasMark: true)
            case "utf16le": self = .utf16(isBig: false, hasMark: false)
            case "utf16be": self = .utf16(isBig: true, hasMark: false)
            case "utf32", "u32": self = .utf32(isBig: false, hasMark: true)
            case "utf32le": self = .utf32(isBig: false, hasMark: false)
            case "utf32be": self = .utf32(isBig: true, hasMark: false)
            default: throw TemplateError(TextEncoding.lookupError, "unknown encoding: \(name)")
            }
        }
    }

    static let lookupError = TemplateError.Kind("LookupError")

    /// The encoding and the way with errors that a call asks for.
    static func arguments(_ call: PythonCall, _ method: String) throws -> (encoding: Name, errors: String) {
        let encoding = try call[0].map { _ in try call.text(0, "\(method)() argument 'encoding' must be str") }
        let errors = try call[1].map { _ in try call.text(1, "\(method)() argument 'errors' must be str") }
        return (try Name(encoding ?? "utf-8"), errors ?? "strict")
    }

    static func encode(_ call: PythonCall) throws -> TemplateValue {
        let (encoding, errors) = try arguments(call, "encode")
        let scalars = call.text.unicodeScalars
        var bytes: [UInt8]
        switch encoding {
        case .utf8: bytes = Array(call.text.utf8)
        case .utf8WithMark: bytes = [0xEF, 0xBB, 0xBF] + call.text.utf8
        case .ascii: bytes = try encode(scalars, limit: 0x80, "ascii", errors)
        case .latin1: bytes = try encode(scalars, limit: 0x100, "latin-1", errors)
        case .utf16(let isBig, let hasMark):
            bytes = hasMark ? [0xFF, 0xFE] : []
            for unit in call.text.utf16 { append(UInt32(unit), 2, isBig, to: &bytes) }
        case .utf32(let isBig, let hasMark):
            bytes = hasMark ? [0xFF, 0xFE, 0, 0] : []
            for scalar in scalars { append(scalar.value, 4, isBig, to: &bytes) }
        }
        try PythonText.check(size: bytes.count, call.limits)
        return .object(TemplateBytes(bytes))
    }

    private static func append(_ unit: UInt32, _ width: UInt32, _ isBig: Bool, to bytes: inout [UInt8]) {
        for index in 0..<width {
            bytes.append(UInt8(truncatingIfNeeded: unit >> ((isBig ? width - 1 - index : index) * 8)))
        }
    }

    private static func encode(
        _ scalars: String.UnicodeScalarView, limit: UInt32, _ name: String, _ errors: String
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for (position, scalar) in scalars.enumerated() {
            guard scalar.value >= limit else {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
                continue
            }
            switch errors {
            case "ignore": break
            case "replace": bytes.append(0x3F)
            case "xmlcharrefreplace": bytes += "&#\(scalar.value);".utf8
            case "backslashreplace": bytes += PythonText.escape(scalar).utf8
            case "namereplace": bytes += (scalar.properties.name.map { "\\N{\($0)}" } ?? PythonText.escape(scalar)).utf8
            case "strict", "surrogateescape", "surrogatepass":
                throw refusal(scalars, position, limit: limit, name)
            default: throw TemplateError(lookupError, "unknown error handler name '\(errors)'")
            }
        }
        return bytes
    }

    private static func refusal(
        _ scalars: String.UnicodeScalarView, _ position: Int, limit: UInt32, _ name: String
    ) -> TemplateError {
        let refused = scalars.dropFirst(position).prefix { $0.value >= limit }
        let count = refused.count
        let what =
            count == 1
            ? "character '\(refused.first.map(PythonText.escape) ?? "")' in position \(position)"
            : "characters in position \(position)-\(position + count - 1)"
        return TemplateError(.unicode, "'\(name)' codec can't encode \(what): ordinal not in range(\(limit))")
    }
}
