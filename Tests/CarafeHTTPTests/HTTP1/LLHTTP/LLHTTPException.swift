/// What is legal and read by Carafe, but refused or not looked at by llhttp as SwiftNIO drives it.
enum LLHTTPException: String, CaseIterable {
    /// llhttp knows a list of methods; Carafe lets the application answer to any other (RFC 9110 §9.1).
    case unknownMethod
    /// After an upgrade or CONNECT, SwiftNIO leaves the bytes to the next protocol without asking whether there is one.
    case upgrade
    /// llhttp refuses tabs around the values of the fields that frame; they are white space (RFC 9110 §5.6.3).
    case tabAroundFramingValue
    /// llhttp refuses the white space that RFC 9112 §7.1.1 allows in chunk extensions.
    case spaceInChunkExtension
    /// llhttp refuses the fields that frame in a trailer section, and obeys a Connection there; RFC 9110 §6.5.1 has
    /// them ignored.
    case framingFieldInTrailers

    /// The exception that explains why llhttp did not read a message of these bytes; nil where none does.
    init?(_ message: ComparedMessage, in input: [UInt8]) {
        let fields = message.fields.map { $0.lowercased() }
        let lines = input.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            RawRequest.text($0.last == 0x0D ? $0.dropLast() : $0).lowercased()
        }
        if !Self.knownMethods.contains(message.method) {
            self = .unknownMethod
        } else if message.method == "CONNECT" || fields.contains(where: { $0.hasPrefix("upgrade:") }) {
            self = .upgrade
        } else if lines.contains(where: { Self.isFraming($0) && $0.contains("\t") }) {
            self = .tabAroundFramingValue
        } else if fields.contains("transfer-encoding: chunked") {
            guard let exception = Self.inChunks(lines) else { return nil }
            self = exception
        } else {
            return nil
        }
    }

    private static func inChunks(_ lines: [String]) -> LLHTTPException? {
        var isTrailer = false
        for line in lines {
            if isTrailer, isFraming(line) || line.hasPrefix("connection:") { return .framingFieldInTrailers }
            if line.isEmpty { isTrailer = false }
            let digits = line.prefix { $0.isHexDigit }
            guard !digits.isEmpty else { continue }
            let rest = line.dropFirst(digits.count)
            if rest.contains(";"), rest.contains(where: { $0 == " " || $0 == "\t" }) { return .spaceInChunkExtension }
            if digits.allSatisfy({ $0 == "0" }), rest.isEmpty || rest.first == ";" { isTrailer = true }
        }
        return nil
    }

    private static func isFraming(_ line: String) -> Bool {
        line.hasPrefix("content-length:") || line.hasPrefix("transfer-encoding:")
    }

    private static let knownMethods: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT",
    ]
}
