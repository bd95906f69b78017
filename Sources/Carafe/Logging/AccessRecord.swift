import CarafeHTTP
import HTTPTypes
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the access log knows of a request and its response.
struct AccessRecord: Sendable {
    /// The request as it was received; nil where it could not be read.
    var request: Request?
    /// The client, as whoever stands behind a proxy knows it.
    var client: ConnectionInfo
    var status: Int
    /// The fields of the response.
    var headers = Headers()
    /// How many bytes of content were sent; nil where nobody knows.
    var bytes: Int?
    var duration = Duration.zero
    var time = HTTPDate.now

    private static let process = getpid()

    /// The text of a pattern's atom, as it may stand between quotation marks.
    func text(of atom: AccessLogPattern.Atom) -> String {
        switch atom {
        case .host: client.remoteHost.isEmpty ? "-" : client.remoteHost
        case .dash: "-"
        case .user: LogText.quoted(user ?? "-")
        case .time: "[\(LogTime.common(time))]"
        case .requestLine: LogText.quoted(requestLine)
        case .method: LogText.quoted(request?.method.rawValue ?? "-")
        case .path: LogText.quoted(request?.head.target.rawPath ?? "-")
        case .query: LogText.quoted(query ?? "")
        case .version: request?.head.version.rawValue ?? "-"
        case .status: String(status)
        case .bytes: bytes.map { String($0) } ?? "-"
        case .bytesOrDash: bytes.map { $0 == 0 ? "-" : String($0) } ?? "-"
        case .referrer: LogText.quoted(referrer ?? "-")
        case .userAgent: LogText.quoted(request?.headers[.userAgent] ?? "-")
        case .seconds: String(duration.components.seconds)
        case .milliseconds: String(microseconds / 1000)
        case .microseconds: String(microseconds)
        case .decimalSeconds: Self.decimal(microseconds)
        case .process: "<\(Self.process)>"
        case .requestField(let name): LogText.quoted(Self.value(of: name, in: request?.headers) ?? "-")
        case .responseField(let name): LogText.quoted(Self.value(of: name, in: headers) ?? "-")
        case .variable(let name): LogText.quoted(variable(name) ?? "-")
        }
    }

    /// The name by which the client introduces itself, whether or not that is so.
    var user: String? {
        guard case .basic(let name, _)? = request?.headers.authorization?.credentials, !name.isEmpty else { return nil }
        return name
    }

    /// The page that led here, without the secrets in its address.
    var referrer: String? { request?.headers[.referer].map { Secrets.maskedAddress($0) } }

    var requestLine: String {
        guard let request else { return "-" }
        return "\(request.method.rawValue) \(request.maskedTarget) \(request.head.version)"
    }

    private var query: String? { request?.head.target.rawQuery.map { Secrets.maskedQuery($0) } }

    var microseconds: Int64 { duration.microseconds }

    /// `1.000042`
    private static func decimal(_ microseconds: Int64) -> String {
        let fraction = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
    }

    /// The values of a field; those of one whose name sounds secret are masked.
    private static func value(of name: HTTPField.Name, in headers: Headers?) -> String? {
        guard let value = headers?.combined(name) else { return nil }
        return Secrets.isSecret(name.rawName) ? Secrets.mask : value
    }

    // MARK: - The variables of WSGI

    /// Whether ``variable(_:)`` knows a name.
    static func hasVariable(_ name: String) -> Bool { variables[name] != nil || fieldName(of: name) != nil }

    /// A variable of WSGI's environment (PEP 3333); nil where it has no value.
    private func variable(_ name: String) -> String? {
        if let read = Self.variables[name] { return read(self) }
        return Self.fieldName(of: name).flatMap { Self.value(of: $0, in: request?.headers) }
    }

    private static let variables: [String: @Sendable (AccessRecord) -> String?] = [
        "REQUEST_METHOD": { $0.request?.method.rawValue },
        "SCRIPT_NAME": { $0.request?.head.rawScriptRoot },
        "PATH_INFO": { $0.request?.head.target.rawPath },
        "QUERY_STRING": { $0.query },
        "RAW_URI": { $0.request?.maskedTarget },
        "REQUEST_URI": { $0.request?.maskedTarget },
        "SERVER_PROTOCOL": { $0.request?.head.version.rawValue },
        "SERVER_NAME": { $0.client.localAddress?.ipAddress },
        "SERVER_PORT": { $0.client.localAddress?.port.map { String($0) } },
        "REMOTE_ADDR": { $0.client.remoteHost.isEmpty ? nil : $0.client.remoteHost },
        "REMOTE_PORT": { $0.client.remoteAddress?.port.map { String($0) } },
        "REMOTE_USER": { $0.user },
        "CONTENT_TYPE": { $0.request?.headers[.contentType] },
        "CONTENT_LENGTH": { $0.request?.headers[.contentLength] },
        "wsgi.url_scheme": { $0.client.scheme },
    ]

    /// `HTTP_X_REQUEST_ID` is the field `X-Request-Id`.
    private static func fieldName(of variable: String) -> HTTPField.Name? {
        guard variable.utf8.starts(with: "HTTP_".utf8) else { return nil }
        let name = variable.utf8.dropFirst(5).map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
        return HTTPField.Name(String(decoding: name, as: UTF8.self))
    }
}
