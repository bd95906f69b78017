extension DatabaseURL {
    /// Reads a URL by SQLAlchemy's rules.
    ///
    /// The user ends at the first `:` or the last `@`, the password at the first `@`: both are percent-encoded where they hold
    /// such characters. An IPv6 address is in brackets. An option without a value is left out.
    ///
    /// - Throws: ``DatabaseError`` of kind `configuration`, which says what is wrong and never shows the password
    public init(_ text: String) throws(DatabaseError) {
        var rest = Array(text.utf8)[...]
        scheme = try Self.scheme(from: &rest)
        let (credentials, afterCredentials) = Self.credentials(in: rest)
        user = try credentials.user.map { bytes throws(DatabaseError) in try Self.decoded(bytes, "user") }
        password = try credentials.password.map { bytes throws(DatabaseError) in try Self.decoded(bytes, "password") }
        rest = afterCredentials
        host = try Self.host(from: &rest)
        port = try Self.port(from: &rest)
        database = try Self.database(from: &rest)
        options = try Self.options(from: rest)
    }

    private static func scheme(from rest: inout ArraySlice<UInt8>) throws(DatabaseError) -> String {
        var end = rest.startIndex
        while end < rest.endIndex, isWord(rest[end]) || rest[end] == UInt8(ascii: "+") { end += 1 }
        let name = rest[..<end]
        guard !name.isEmpty, rest[end...].starts(with: "://".utf8) else {
            throw wrong(
                "A database's URL begins with a scheme and ://, such as sqlite:///blog.db or postgresql://host/name.")
        }
        rest = rest[(end + 3)...]
        let scheme = name.prefix { $0 != UInt8(ascii: "+") }.map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        return String(decoding: scheme, as: UTF8.self)
    }

    private typealias Credentials = (user: ArraySlice<UInt8>?, password: ArraySlice<UInt8>?)

    private static func credentials(in rest: ArraySlice<UInt8>) -> (Credentials, ArraySlice<UInt8>) {
        let run = rest.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        if run.endIndex < rest.endIndex, rest[run.endIndex] == UInt8(ascii: ":") {
            let start = run.endIndex + 1
            if let at = rest[start...].firstIndex(of: UInt8(ascii: "@")) {
                return ((run, rest[start..<at]), rest[(at + 1)...])
            }
        }
        guard let at = run.lastIndex(of: UInt8(ascii: "@")) else { return ((nil, nil), rest) }
        return ((run[..<at], nil), rest[(at + 1)...])
    }

    private static func host(from rest: inout ArraySlice<UInt8>) throws(DatabaseError) -> String? {
        let isAuthority = { (byte: UInt8) in byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") }
        let host: ArraySlice<UInt8>
        if rest.first == UInt8(ascii: "[") {
            let authority = rest.prefix(while: isAuthority)
            guard let end = authority.lastIndex(of: UInt8(ascii: "]")) else {
                throw wrong("The host of the URL begins with [ and has no ].")
            }
            host = rest[(rest.startIndex + 1)..<end]
            rest = rest[(end + 1)...]
        } else {
            host = rest.prefix { isAuthority($0) && $0 != UInt8(ascii: ":") }
            rest = rest[host.endIndex...]
        }
        return host.isEmpty ? nil : try decoded(host, "host")
    }

    private static func port(from rest: inout ArraySlice<UInt8>) throws(DatabaseError) -> Int? {
        let text = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        guard let colon = text.first else { return nil }
        rest = rest[text.endIndex...]
        guard colon == UInt8(ascii: ":") else {
            throw wrong("Between the host of the URL and its port stands something else than a colon.")
        }
        let digits = text.dropFirst()
        if digits.isEmpty { return nil }
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(port)
        else { throw wrong("The port of the URL is not a number from 1 to 65535.") }
        return port
    }

    private static func database(from rest: inout ArraySlice<UInt8>) throws(DatabaseError) -> String? {
        guard rest.first == UInt8(ascii: "/") else { return nil }
        let name = rest.dropFirst().prefix { $0 != UInt8(ascii: "?") }
        rest = rest[name.endIndex...]
        return name.isEmpty ? nil : try decoded(name, "database")
    }

    private static func options(from rest: ArraySlice<UInt8>) throws(DatabaseError) -> [Option] {
        var options: [Option] = []
        for pair in rest.dropFirst().split(separator: UInt8(ascii: "&")) {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else {
                throw wrong("An option of the URL has no value: write ?name=value.")
            }
            let (name, value) = (pair[..<equals], pair[(equals + 1)...])
            if value.isEmpty { continue }
            options.append(
                Option(
                    name: try decoded(name, "options", plusIsSpace: true),
                    value: try decoded(value, "options", plusIsSpace: true)))
        }
        return options
    }

    private static func decoded(
        _ bytes: ArraySlice<UInt8>, _ part: String, plusIsSpace: Bool = false
    ) throws(DatabaseError) -> String {
        var result: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = hexadecimal(bytes[index + 1]),
                let low = hexadecimal(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        guard !result.contains(0), let text = String(validating: result, as: UTF8.self) else {
            throw wrong("The \(part) of the URL is not text in UTF-8.")
        }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func wrong(_ message: String) -> DatabaseError {
        DatabaseError(
            .configuration, message,
            hint: "What is special in a user or a password is percent-encoded: @ is %40, / is %2F, : is %3A.")
    }
}

extension DatabaseURL: CustomStringConvertible {
    /// The URL with `***` for the password and for options that may be secret: it can be logged.
    public var description: String {
        var text = scheme + "://"
        if let user {
            text += Self.encoded(user, keeping: "+ ")
            if password != nil { text += ":***" }
            text += "@"
        }
        if let host { text += host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : Self.encoded(host, keeping: "") }
        if let port { text += ":\(port)" }
        if let database { text += "/" + Self.encoded(database, keeping: "+ /") }
        for (index, option) in options.enumerated() {
            text += (index == 0 ? "?" : "&") + Self.encoded(option.name, keeping: "") + "="
            text += option.isSecret ? "***" : Self.encoded(option.value, keeping: "/")
        }
        return text
    }

    private static func encoded(_ text: String, keeping kept: StaticString) -> String {
        let digits = [UInt8]("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let isKept = isWord(byte) || byte == UInt8(ascii: "~") || kept.withUTF8Buffer { $0.contains(byte) }
            if isKept {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension DatabaseURL.Option {
    /// Whether the value is not for logs: libpq takes passwords as options too.
    fileprivate var isSecret: Bool { ["password", "sslpassword", "passwd"].contains(name) }
}
