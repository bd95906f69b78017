public import Carafe
import CarafeServer
import NIOHTTP2

/// Serves an app over HTTP/2 without TLS, beside HTTP/1.1, for proxies that speak it to what stands behind them
/// (RFC 9113 §3.3: they know it beforehand).
///
/// ```swift
/// app.install(HTTP2())
/// ```
///
/// Browsers speak HTTP/2 over TLS alone: ``TLS`` brings it with it.
public struct HTTP2: Extension {
    /// How it is spoken.
    public var options: HTTP2Options

    /// HTTP/2 without TLS.
    public init(_ options: HTTP2Options = HTTP2Options()) { self.options = options }

    /// Adds HTTP/2 to an app.
    public func install(in app: App) throws {
        app.onServerSetup { _, configuration in
            guard configuration.protocols == nil else { throw Self.unneeded }
            configuration.protocols = CleartextProtocols(options)
        }
    }

    static let unneeded = ConfigurationProblem(
        "The app has both HTTP2() and TLS() with a certificate.",
        hint: "TLS brings HTTP/2 with it (TLS.http2); remove HTTP2().")
}

/// How HTTP/2 is spoken, and how much a client may ask of it.
public struct HTTP2Options: Sendable {
    /// How many requests a client may have under way on a connection; 100. Handlers whose requests were cancelled count
    /// until they have ended: what comes meanwhile is refused (REFUSED_STREAM), and may be sent again. As many responses that
    /// are no streams are in memory at once for a client that takes none of them.
    public var maxConcurrentStreams = 100

    /// The bytes of a request's header fields as RFC 9113 §6.5.2 counts them, past which the connection is closed; 64 KiB.
    /// The limits of ``Carafe/App/serverConfiguration`` are smaller and are answered with 431.
    public var maxHeaderListSize = 64 * 1024

    /// How many requests a client may cancel within 30 s; 200. Then the connection is closed.
    public var maxResets = 200

    /// How many PING, SETTINGS and PRIORITY frames a client may send within 30 s; 200. Then the connection is closed.
    public var maxControlFrames = 200

    /// The defaults.
    public init() {}

    var connection: NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: max(1, maxConcurrentStreams)),
            HTTP2Setting(parameter: .maxHeaderListSize, value: max(1024, maxHeaderListSize)),
            HTTP2Setting(parameter: .enableConnectProtocol, value: 1),
        ]
        // A stream's own window is what holds a client up; the connection's must not do it first.
        configuration.targetWindowSize = 1 << 20
        configuration.maximumBufferedControlFrames = 1000
        // Ours are as strict (HTTP2RequestHead, HTTP2Field), and the second look takes an eighth of a small request's time.
        configuration.headerBlockValidation = .disabled
        configuration.controlFrameRateLimit.maximumCount = max(1, maxControlFrames)
        return configuration
    }

    var stream: NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.outboundBufferSizeHighWatermark = 64 * 1024
        configuration.outboundBufferSizeLowWatermark = 32 * 1024
        configuration.streamResetFrameRateLimit.maximumCount = max(1, maxResets)
        configuration.streamErrorRateLimit.maximumCount = max(1, maxResets)
        return configuration
    }
}
