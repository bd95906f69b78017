package import NIOCore

/// Encodes content piece by piece (RFC 9110 §8.4.1). One encoder encodes one content, in one task at a time.
package protocol ContentEncoder: AnyObject {
    /// Encodes bytes.
    ///
    /// - Parameters:
    ///   - isEnd: whether they are the last; otherwise everything so far can be decoded from what has been given out
    ///   - output: where what is encoded is added
    /// - Throws: ``ContentEncodingFailure`` where the library fails
    func encode(_ input: ByteBuffer, isEnd: Bool, into output: inout ByteBuffer) throws(ContentEncodingFailure)
}

/// A content coding that a response may be sent in.
package enum ContentCoding: String, Sendable, CaseIterable {
    case brotli = "br"
    case gzip

    /// Whether its library is there.
    package var isAvailable: Bool {
        switch self {
        case .brotli: BrotliLibrary.shared != nil
        case .gzip: true
        }
    }

    /// An encoder; nil where there is no memory for it, or no library.
    ///
    /// - Parameter level: 1 to 9, or to 11 for brotli; higher ones take longer
    package func encoder(level: Int) -> (any ContentEncoder)? {
        switch self {
        case .brotli: BrotliEncoder(level: level)
        case .gzip: GzipEncoder(level: level)
        }
    }
}

/// An encoder that cannot go on.
package struct ContentEncodingFailure: Error, CustomStringConvertible {
    package let description = "The content could not be encoded."
}
