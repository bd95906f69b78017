import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import CarafeHTTP

/// A message with everything in it that two parsers must agree on.
struct ComparedMessage: Equatable {
    var method: String
    var target: String
    var version: String
    var fields: [String]
    var content: [UInt8] = []
    var trailers: [String] = []
}

/// What a parser made of the bytes of a connection.
struct ComparedReading {
    /// The messages that are complete.
    var messages: [ComparedMessage] = []
    /// Whether the rest was refused.
    var isRefused = false
    /// The rule that it broke, where the parser tells.
    var error: HTTP1Error?
    /// Whether no request follows on the connection, so that whatever else it has is not read.
    var isOver = false
    private var open: ComparedMessage?

    /// Reads with Carafe's parser.
    init(carafe bytes: [UInt8]) {
        var parser = HTTP1Parser(isSecured: true)
        parser.append(ByteBuffer(bytes: bytes))
        do throws(HTTP1Error) {
            while let event = try parser.next() {
                switch event {
                case .head(let head):
                    open = ComparedMessage(
                        method: head.method.rawValue, target: head.target.rawValue, version: head.version.rawValue,
                        fields: Self.fields(head.headers))
                    isOver = !head.keepsAlive
                case .body(let content): open?.content += Array(content.readableBytesView)
                case .end(let trailers): finish(trailers.map { Self.fields($0) } ?? [])
                }
            }
        } catch {
            (isRefused, self.error) = (true, error)
        }
    }

    /// Reads with llhttp, as SwiftNIO drives it.
    init(llhttp bytes: [UInt8]) {
        let channel = EmbeddedChannel(
            handler: ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        do {
            try channel.writeInbound(ByteBuffer(bytes: bytes))
        } catch {
            isRefused = true
        }
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head):
                open = ComparedMessage(
                    // SwiftNIO writes the names of its list without hyphens.
                    method: head.method == .MSEARCH ? "M-SEARCH" : head.method.rawValue, target: head.uri,
                    version: head.version.description,
                    fields: head.headers.map { Self.field($0.name, $0.value) })
            case .body(let content): open?.content += Array(content.readableBytesView)
            case .end(let trailers): finish(trailers?.map { Self.field($0.name, $0.value) } ?? [])
            }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }

    private mutating func finish(_ trailers: [String]) {
        guard var message = open else { return }
        message.trailers = trailers
        messages.append(message)
        open = nil
    }

    private static func fields(_ headers: Headers) -> [String] { headers.map { field($0.name, $0.value) } }

    /// SwiftNIO leaves the white space behind a value for later.
    private static func field(_ name: String, _ value: String) -> String {
        let end = value.utf8.lastIndex { $0 != 0x20 && $0 != 0x09 }
        return "\(name): " + (end.map { value[...$0] } ?? "")
    }
}
