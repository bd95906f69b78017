internal import NIOCore

/// What a response's fields mean to its framing, and which of them are written.
struct ResponseFields {
    /// Which fields the server writes itself.
    private enum Owned { case contentLength, transferEncoding, connection, keepAlive, date }

    /// How many bytes the fields have at most on the wire.
    private(set) var length = 0
    private(set) var hasDate = false
    /// Whether `Connection` has `close`.
    private(set) var hasClose = false
    /// The first `Content-Length` that is a number.
    private(set) var contentLength: Int?
    /// Whether every field is written just as it is, so that one copy does.
    private(set) var isPlain: Bool

    init(_ headers: Headers) {
        isPlain = headers.isContiguous
        guard !headers.fields.isEmpty else { return }
        headers.bytes.withVeryUnsafeBytes { bytes in
            for field in headers.fields {
                length += Int(field.nameLength) + Int(field.valueLength) + 4
                guard Self.isWritable(field, in: bytes) else {
                    isPlain = false
                    continue
                }
                guard let owned = Self.owned(field, in: bytes) else { continue }
                note(owned, field.value, in: bytes)
            }
        }
    }

    private mutating func note(_ owned: Owned, _ value: Range<Int>, in bytes: UnsafeRawBufferPointer) {
        switch owned {
        case .date:
            if hasDate { isPlain = false }
            hasDate = true
        case .contentLength:
            isPlain = false
            if contentLength == nil { contentLength = try? FramingFields.contentLength(value, in: bytes) }
        case .connection:
            isPlain = false
            var list = TokenList(value)
            while let element = list.next(in: bytes) {
                if let token = element.token, Octet.equal(bytes, token, "close") { hasClose = true }
            }
        case .transferEncoding, .keepAlive: isPlain = false
        }
    }

    /// Writes the fields that are the response's own.
    ///
    /// - Parameter keepsConnection: whether `Connection` is one of them
    func write(_ headers: Headers, keepsConnection: Bool, to writer: inout ByteWriter) {
        if isPlain {
            headers.bytes.withUnsafeReadableBytes { writer.write($0) }
            return
        }
        forEachWritten(headers, keepsConnection: keepsConnection) { name, value in
            writer.write(name)
            writer.write(": ")
            writer.write(value)
            writer.write("\r\n")
        }
    }

    /// Gives the fields that are the response's own one by one.
    @inline(__always)
    func forEachWritten(
        _ headers: Headers, keepsConnection: Bool = false,
        _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void
    ) {
        var needsDate = true
        headers.bytes.withVeryUnsafeBytes { bytes in
            for field in headers.fields where Self.isWritable(field, in: bytes) {
                switch Self.owned(field, in: bytes) {
                case nil: break
                case .connection: if !keepsConnection { continue }
                case .date:
                    if !needsDate { continue }
                    needsDate = false
                default: continue
                }
                body(
                    UnsafeRawBufferPointer(rebasing: bytes[field.name]),
                    UnsafeRawBufferPointer(rebasing: bytes[field.value]))
            }
        }
    }

    /// Whether a field has no control character but tabs.
    @inline(__always)
    private static func isWritable(_ field: Headers.Field, in bytes: UnsafeRawBufferPointer) -> Bool {
        let (name, value) = (field.name, field.value)
        return Octet.firstControl(in: bytes, from: name.lowerBound, to: name.upperBound) == name.upperBound
            && Octet.firstControl(in: bytes, from: value.lowerBound, to: value.upperBound) == value.upperBound
    }

    @inline(__always)
    private static func owned(_ field: Headers.Field, in bytes: UnsafeRawBufferPointer) -> Owned? {
        switch field.nameLength {
        case 4: return Octet.equal(bytes, field.name, "date") ? .date : nil
        case 10:
            if Octet.equal(bytes, field.name, "connection") { return .connection }
            return Octet.equal(bytes, field.name, "keep-alive") ? .keepAlive : nil
        case 14: return Octet.equal(bytes, field.name, "content-length") ? .contentLength : nil
        case 17: return Octet.equal(bytes, field.name, "transfer-encoding") ? .transferEncoding : nil
        default: return nil
        }
    }
}

extension Headers.Field {
    fileprivate var name: Range<Int> { Int(nameStart)..<Int(nameStart) + Int(nameLength) }
    fileprivate var value: Range<Int> { Int(valueStart)..<Int(valueStart) + Int(valueLength) }
}
