import Carafe
import CarafeTesting
import NIOCore

extension TestContent {
    /// Content without a declared length, in these pieces.
    static func pieces(_ pieces: [String], _ contentType: String) -> TestContent {
        .stream(
            AsyncStream { continuation in
                for piece in pieces { continuation.yield(ByteBuffer(string: piece)) }
                continuation.finish()
            }, contentType: contentType)
    }
}
