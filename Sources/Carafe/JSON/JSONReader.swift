public import NIOCore

/// Reads `Decodable` values from JSON that somebody else sent.
///
/// ```swift
/// let post = try JSONReader().decode(NewPost.self, from: body)
/// ```
///
/// The text is checked as a whole before anything is made of it, so that every malformed text gets the same kind of
/// error, with line and column, whatever type was asked for:
/// - it must be UTF-8 (the mark before it is passed over), one value, and nothing after it; comments, trailing commas,
///   `NaN`, control characters in strings and unpaired surrogates are refused, an empty text too;
/// - numbers have at most 1,024 characters, and must fit the type that they are read into: `1.0` and `1e3` are integers
///   too, `1.5` and `1e400` are errors. A fraction that is finer than a `Double` or a `Decimal` is rounded;
/// - of members with the same key, the last counts, as in Python.
///
/// A reader is a value: make it once, share it between threads.
public struct JSONReader: Sendable {
    /// How dates are written in the text.
    public let dates: JSONDateStyle

    /// How the keys of structures are spelled in the text.
    public let keys: JSONKeyStyle

    /// How deep arrays and objects may nest.
    public let nestingLimit: Int

    /// How many bytes the text may have. What is decoded takes several times as much memory.
    public let sizeLimit: Int

    /// A reader with the given options.
    public init(
        dates: JSONDateStyle = .iso8601,
        keys: JSONKeyStyle = .asDeclared,
        nestingLimit: Int = 128,
        sizeLimit: Int = 16 * 1024 * 1024
    ) {
        self.dates = dates
        self.keys = keys
        self.nestingLimit = nestingLimit
        self.sizeLimit = sizeLimit
    }

    /// The value that the readable bytes of `buffer` hold.
    public func decode<T: Decodable>(
        _ type: T.Type = T.self,
        from buffer: ByteBuffer
    ) throws(JSONDecodingError) -> T {
        guard buffer.readableBytes <= sizeLimit else {
            throw JSONDecodingError(.tooLarge, reason: "more than \(sizeLimit) bytes of JSON")
        }
        let outcome = buffer.withUnsafeReadableBytes { bytes in
            Result { () throws(JSONDecodingError) in
                try decode(type, from: bytes.assumingMemoryBound(to: UInt8.self))
            }
        }
        return try outcome.get()
    }

    private func decode<T: Decodable>(
        _ type: T.Type,
        from bytes: UnsafeBufferPointer<UInt8>
    ) throws(JSONDecodingError) -> T {
        var scanner = try JSONScanner(bytes, nestingLimit: nestingLimit)
        let decoder = JSONNodeDecoder(node: try JSONNode(&scanner), options: self)
        do {
            return try decoder.decode(type)
        } catch let error as DecodingError {
            throw JSONDecodingError(error, in: bytes)
        } catch {
            throw JSONDecodingError(.invalidValue, reason: "not accepted", underlying: error)
        }
    }
}
