import CarafeHTTP
import HTTPTypes

/// A pattern of the access log's lines, in gunicorn's language: text with `%(name)s` in it, and `%%` for a percent sign.
struct AccessLogPattern: Sendable {
    /// What a name stands for.
    enum Atom: Sendable, Hashable {
        case host, dash, user, time, requestLine, method, path, query, version, status
        case bytes, bytesOrDash, referrer, userAgent
        case seconds, milliseconds, microseconds, decimalSeconds, process
        case requestField(HTTPField.Name)
        case responseField(HTTPField.Name)
        case variable(String)
    }

    private enum Piece: Sendable {
        case text(String)
        case atom(Atom)
    }

    private let pieces: [Piece]

    /// Reads a pattern.
    ///
    /// - Throws: ``ConfigurationProblem`` where it has a name that does not exist
    init(_ pattern: String) throws(ConfigurationProblem) {
        var pieces: [Piece] = []
        var text: [UInt8] = []
        var rest = pattern.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                text.append(byte)
                continue
            }
            if rest.first == UInt8(ascii: "%") {
                text.append(byte)
                rest.removeFirst()
                continue
            }
            let atom = try Self.takeAtom(&rest, of: pattern)
            if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
            text = []
            pieces.append(.atom(atom))
        }
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        guard !pattern.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) else {
            throw ConfigurationProblem(
                "The access log's format has a line break or another control character.",
                hint: "Each request is one line.")
        }
        self.pieces = pieces
    }

    /// `(name)s` behind a percent sign.
    private static func takeAtom(
        _ rest: inout Substring.UTF8View, of pattern: String
    ) throws(ConfigurationProblem) -> Atom {
        guard rest.first == UInt8(ascii: "("), let close = rest.firstIndex(of: UInt8(ascii: ")")) else {
            throw problem("has a percent sign that begins no name", pattern)
        }
        let name = String(decoding: rest[rest.index(after: rest.startIndex)..<close], as: UTF8.self)
        let end = rest.index(after: close)
        guard end < rest.endIndex, rest[end] == UInt8(ascii: "s") || rest[end] == UInt8(ascii: "d") else {
            throw problem("has no s behind %(\(name))", pattern)
        }
        guard let atom = atom(named: name) else {
            throw problem("has the name %(\(name))s, which does not exist", pattern)
        }
        rest = rest[rest.index(after: end)...]
        return atom
    }

    private static func problem(_ what: String, _ pattern: String) -> ConfigurationProblem {
        ConfigurationProblem(
            "The access log's format \(what): \(LogText.line(pattern))",
            hint:
                "Names are h l u t r m U q H s b B f a T M D L p, {header}i, {header}o and {variable}e, as gunicorn has "
                + "them; a percent sign of its own is written twice.")
    }

    private static func atom(named name: String) -> Atom? {
        if let atom = plain[name] { return atom }
        let bytes = name.utf8
        guard bytes.first == UInt8(ascii: "{"), let kind = bytes.last, bytes.count > 3 else { return nil }
        let inner = bytes.dropFirst().dropLast()
        guard inner.last == UInt8(ascii: "}") else { return nil }
        let text = String(decoding: inner.dropLast(), as: UTF8.self)
        switch kind {
        case UInt8(ascii: "i"): return HTTPField.Name(text).map { .requestField($0) }
        case UInt8(ascii: "o"): return HTTPField.Name(text).map { .responseField($0) }
        case UInt8(ascii: "e"): return AccessRecord.hasVariable(text) ? .variable(text) : nil
        default: return nil
        }
    }

    private static let plain: [String: Atom] = [
        "h": .host, "l": .dash, "u": .user, "t": .time, "r": .requestLine, "m": .method, "U": .path, "q": .query,
        "H": .version, "s": .status, "b": .bytesOrDash, "B": .bytes, "f": .referrer, "a": .userAgent, "T": .seconds,
        "M": .milliseconds, "D": .microseconds, "L": .decimalSeconds, "p": .process,
    ]

    /// The line for a request. What comes from outside can neither end it nor close its quotation marks.
    func line(for record: AccessRecord) -> String {
        var line = ""
        for piece in pieces {
            switch piece {
            case .text(let text): line += text
            case .atom(let atom): line += record.text(of: atom)
            }
        }
        return line
    }

    /// What Apache's httpd calls common.
    static let common = "%(h)s - %(u)s %(t)s \"%(r)s\" %(s)s %(b)s"
    /// What Apache's httpd calls combined.
    static let combined = common + " \"%(f)s\" \"%(a)s\""
}
