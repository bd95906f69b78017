/// How much one WebSocket may ask of the server, and how long it may be silent.
///
/// ```swift
/// app.webSocketOptions.maxMessageSize = 64 * 1024
/// app.webSocketOptions.compression = WebSocketCompression()
/// ```
public struct WebSocketOptions: Sendable {
    /// The most bytes that a message may have, inflated; 1 MiB. A larger one closes the socket with 1009.
    public var maxMessageSize = 1024 * 1024

    /// The most frames that a message may come in; 1,000. More close the socket with 1008.
    public var maxFragments = 1_000

    /// How many bytes of messages that nobody has read yet make the server stop reading from the client; 64 KiB.
    public var receiveBuffer = 64 * 1024

    /// How many messages that nobody has read yet make the server stop reading from the client; 64.
    public var receiveQueue = 64

    /// How many unsent bytes make ``WebSocket/send(_:)-(String)`` wait; 64 KiB.
    public var sendBuffer = 64 * 1024

    /// How many unsent bytes a slow client may have before ``WebSocket/offer(_:)`` refuses more; 1 MiB.
    public var offerBuffer = 1024 * 1024

    /// How long nothing may come from the client before it is asked for a sign of life; 20 s. Nil for never.
    public var pingInterval: Duration? = .seconds(20)

    /// How long the client may take to give that sign; 20 s. Then the connection is broken off.
    public var pingTimeout = Duration.seconds(20)

    /// How long neither side may send a message before the socket is closed with 1001; nil for ever.
    public var idleTimeout: Duration?

    /// How long the other side may take to agree to the end; 10 s. Then the connection is closed without it.
    public var closeTimeout = Duration.seconds(10)

    /// How long a handler may run on when its client has gone; 5 s. Then its task is cancelled.
    public var handlerGrace = Duration.seconds(5)

    /// How messages are compressed where the client can do it; nil, as unless told, for not at all.
    public var compression: WebSocketCompression?

    /// The defaults.
    public init() {}
}

/// How messages are compressed (permessage-deflate, RFC 7692).
///
/// A socket that compresses keeps two windows, some 50 KiB with these settings, from its first compressed message on.
public struct WebSocketCompression: Sendable {
    /// The size of the windows, as a power of two from 9 to 15; 12, which is 4 KiB.
    public var windowBits = 12

    /// zlib's level, from 1 (fast) to 9 (small); 6.
    public var level = 6

    /// How much memory zlib takes for it, from 1 to 9; 5.
    public var memoryLevel = 5

    /// Whether a message may refer to those before it; true. Without, each is compressed by itself.
    public var keepsContext = true

    /// How many bytes a message must have to be compressed; 64.
    public var threshold = 64

    /// The defaults.
    public init() {}
}
