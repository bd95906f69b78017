public import CarafeHTTP
import HTTPTypes

/// Server-sent events (WHATWG HTML §9.2): messages that the browser's `EventSource` receives as they are sent.
///
/// ```swift
/// app.get("/clock") { EventStream { events in
///     while true {
///         try await events.send("\(ContinuousClock.now)", event: "tick")
///         try await Task.sleep(for: .seconds(1))
///     }
/// } }
/// ```
///
/// The closure is cancelled when the client goes away, and when the server goes down: the client then connects again.
/// ``Request/lastEventID`` tells where a client that reconnects left off; an ``EventChannel`` resumes there.
public struct EventStream: ResponseConvertible {
    private let heartbeat: Duration?
    private let retry: Duration?
    private let produce: @Sendable (EventWriter) async throws -> Void

    /// A stream of events.
    ///
    /// - Parameters:
    ///   - heartbeat: how often a comment is sent while there are no events, so that proxies keep the connection
    ///     and a client that has gone is noticed; nil for never
    ///   - retry: how long the client waits before it connects again; nil leaves that to the client
    ///   - produce: sends the events
    public init(
        heartbeat: Duration? = .seconds(15), retry: Duration? = nil,
        _ produce: @escaping @Sendable (EventWriter) async throws -> Void
    ) {
        self.heartbeat = heartbeat
        self.retry = retry
        self.produce = produce
    }

    /// `text/event-stream`, which nobody on the way may keep or hold back.
    public func response(for request: Request) throws -> Response {
        Response(
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-cache", .accelBuffering: "no",
            ],
            body: .endlessStream { [heartbeat, retry, produce] writer in
                try await CurrentRequest.$request.withValue(request) {
                    let events = EventWriter(writer)
                    do {
                        if let retry { try await events.setRetry(retry) }
                        try await Self.run(events, heartbeat, produce)
                    } catch is CancellationError where Task.isCancelled {
                        // Nobody is left to be told; or the server goes down, which is no reason to break off.
                    }
                }
            })
    }

    private static func run(
        _ events: EventWriter, _ heartbeat: Duration?, _ produce: @escaping @Sendable (EventWriter) async throws -> Void
    ) async throws {
        guard let heartbeat else { return try await produce(events) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await produce(events)
                return true
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: heartbeat)
                    try await events.comment("")
                }
            }
            // The first to end is the producer, or whoever found the client gone.
            defer { group.cancelAll() }
            _ = try await group.next()
        }
    }
}

/// Sends the events of an ``EventStream``.
public struct EventWriter: Sendable {
    private let writer: ResponseWriter

    init(_ writer: ResponseWriter) { self.writer = writer }

    /// Sends an event and waits until there is room for more.
    ///
    /// - Parameters:
    ///   - data: the message; its lines are sent one by one and arrive as one text
    ///   - event: the event's type; `message` where none is given. Line breaks are left out.
    ///   - id: what the client sends as `Last-Event-ID` when it reconnects. Line breaks and NUL are left out.
    ///   - retry: how long the client waits before it reconnects
    public func send(
        _ data: String, event: String? = nil, id: String? = nil, retry: Duration? = nil
    ) async throws {
        try await writer.write(Self.block(data, event: event, id: id, retry: retry))
    }

    /// Sends what ``block(_:event:id:retry:)`` has made.
    func send(block: String) async throws { try await writer.write(block) }

    /// Tells the client how long to wait before it connects again.
    func setRetry(_ retry: Duration) async throws {
        try await writer.write("retry: \(retry.milliseconds)\n\n")
    }

    /// An event as it is sent.
    static func block(_ data: String, event: String?, id: String?, retry: Duration? = nil) -> String {
        var text: [UInt8] = []
        if let event { text += "event: ".utf8; appendLine(event, to: &text) }
        if let id { text += "id: ".utf8; appendLine(id, to: &text) }
        if let retry { text += "retry: \(retry.milliseconds)\n".utf8 }
        appendLines(data, prefix: "data: ", to: &text)
        text.append(0x0A)
        return String(decoding: text, as: UTF8.self)
    }

    /// Sends an event whose message is a value as JSON.
    public func send<Value: Encodable & Sendable>(
        json value: Value, event: String? = nil, id: String? = nil, retry: Duration? = nil
    ) async throws {
        try await send(try JSONWriter().string(from: value), event: event, id: id, retry: retry)
    }

    /// Sends a comment, which no client shows.
    public func comment(_ text: String) async throws {
        var lines: [UInt8] = []
        Self.appendLines(text, prefix: ": ", to: &lines)
        lines.append(0x0A)
        try await writer.write(String(decoding: lines, as: UTF8.self))
    }

    private static func appendLine(_ value: String, to text: inout [UInt8]) {
        text += value.utf8.filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
        text.append(0x0A)
    }

    /// Writes each line behind the prefix; CR, LF and CRLF end one.
    private static func appendLines(_ value: String, prefix: String, to text: inout [UInt8]) {
        text += prefix.utf8
        var previous: UInt8 = 0
        for byte in value.utf8 {
            switch byte {
            case 0x0A where previous == 0x0D: break
            case 0x0D, 0x0A:
                text.append(0x0A)
                text += prefix.utf8
            default: text.append(byte)
            }
            previous = byte
        }
        text.append(0x0A)
    }
}

extension Request {
    /// The id of the last event that a reconnecting `EventSource` has received.
    public var lastEventID: String? { headers[.lastEventID] }
}

extension HTTPField.Name {
    /// What a reconnecting `EventSource` sends (WHATWG HTML §9.2.4).
    private static let lastEventIDName = "Last-Event-ID"
    fileprivate static let lastEventID = HTTPField.Name(lastEventIDName) ?? .eTag
    /// Tells nginx not to hold a response back until it is complete.
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .eTag
}
