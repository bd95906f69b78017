/// Why a WebSocket was closed (RFC 6455 §7.4, and IANA's registry).
public struct WebSocketCloseCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt16

    /// A code by its number; 3000 to 4999 are for apps.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// A code by its number; 3000 to 4999 are for apps.
    public init(_ rawValue: UInt16) { self.rawValue = rawValue }

    /// Its work is done.
    public static let normal = WebSocketCloseCode(1000)
    /// The server goes down, or the user has left the page.
    public static let goingAway = WebSocketCloseCode(1001)
    /// The other side broke the protocol.
    public static let protocolError = WebSocketCloseCode(1002)
    /// A message of a kind that is not taken here.
    public static let unsupportedData = WebSocketCloseCode(1003)
    /// The close frame had no code. It is never sent.
    public static let noStatus = WebSocketCloseCode(1005)
    /// The connection was lost without a close frame. It is never sent.
    public static let abnormal = WebSocketCloseCode(1006)
    /// Data that is not what it is said to be, such as text that is not UTF-8.
    public static let invalidData = WebSocketCloseCode(1007)
    /// The other side did what it may not do.
    public static let policyViolation = WebSocketCloseCode(1008)
    /// A message that is too large.
    public static let messageTooBig = WebSocketCloseCode(1009)
    /// An extension that the client needs was not agreed to.
    public static let missingExtension = WebSocketCloseCode(1010)
    /// The server met an error.
    public static let internalError = WebSocketCloseCode(1011)
    /// The server restarts.
    public static let serviceRestart = WebSocketCloseCode(1012)
    /// The server has more to do than it can.
    public static let tryAgainLater = WebSocketCloseCode(1013)

    /// Whether a close frame may have this code.
    public var isSendable: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    /// The number.
    public var description: String { String(rawValue) }
}

/// What ends a connection that breaks the protocol or a limit (RFC 6455 §7.1.7).
package struct WebSocketFailure: Error, Equatable, CustomStringConvertible {
    /// What the other side is told.
    package let code: WebSocketCloseCode
    /// Why, in at most 123 bytes.
    package let reason: String

    init(_ code: WebSocketCloseCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { "\(code) \(reason)" }
}
