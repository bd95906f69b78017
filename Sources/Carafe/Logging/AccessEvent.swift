import CarafeHTTP

/// A line of the access log in JSON, with the names of the Elastic Common Schema.
struct AccessEvent: Encodable {
    private let record: AccessRecord

    init(_ record: AccessRecord) { self.record = record }

    private enum Key: String, CodingKey {
        case time = "@timestamp"
        case version = "ecs.version"
        case message
        case dataset = "event.dataset"
        case duration = "event.duration"
        case outcome = "event.outcome"
        case client = "client.ip"
        case user = "user.name"
        case id = "http.request.id"
        case method = "http.request.method"
        case referrer = "http.request.referrer"
        case status = "http.response.status_code"
        case bytes = "http.response.body.bytes"
        case httpVersion = "http.version"
        case original = "url.original"
        case scheme = "url.scheme"
        case userAgent = "user_agent.original"
    }

    func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: Key.self)
        try line.encode(LogTime.iso8601(record.time), forKey: .time)
        try line.encode(ECS.version, forKey: .version)
        let request = record.request
        let message = "\(record.requestLine) \(record.status)"
        try line.encode(LogText.line(message), forKey: .message)
        try line.encode("carafe.access", forKey: .dataset)
        // Nanoseconds.
        try line.encode(record.microseconds * 1000, forKey: .duration)
        try line.encode(record.status < 500 ? "success" : "failure", forKey: .outcome)
        let client = record.client.remoteHost
        try line.encodeIfPresent(client.isEmpty ? nil : client, forKey: .client)
        try line.encodeIfPresent(record.user.map(LogText.line), forKey: .user)
        try line.encodeIfPresent(request?.id, forKey: .id)
        try line.encodeIfPresent(request?.method.rawValue, forKey: .method)
        try line.encodeIfPresent(record.referrer.map(LogText.line), forKey: .referrer)
        try line.encode(record.status, forKey: .status)
        try line.encodeIfPresent(record.bytes, forKey: .bytes)
        // The number alone: `1.1`.
        try line.encodeIfPresent(
            request.map { String($0.head.version.rawValue.utf8.dropFirst(5)) ?? "" }, forKey: .httpVersion)
        try line.encodeIfPresent(request.map { LogText.line($0.maskedTarget) }, forKey: .original)
        try line.encode(record.client.scheme, forKey: .scheme)
        try line.encodeIfPresent(request?.headers[.userAgent].map(LogText.line), forKey: .userAgent)
    }
}

/// The Elastic Common Schema.
enum ECS {
    /// The version whose names are used.
    static let version = "8.17.0"
}
