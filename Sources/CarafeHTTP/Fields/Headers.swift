public import HTTPTypes
package import NIOCore

/// The header fields of a message (RFC 9110 §5): ordered, case-insensitive in their names, several to a name.
///
/// The fields live in one buffer in the form in which they cross the wire, with the places of each name and value
/// beside it. Received fields are the received bytes themselves; a `String` is made only when one is asked for.
///
/// ```swift
/// var headers: Headers = [.contentType: "text/plain"]
/// headers[.cacheControl] = "no-store"
/// headers.append("a=1", for: .setCookie)
/// ```
///
/// A value that contains CR, LF or NUL could end the field and begin another; setting one through ``set(_:for:)`` or
/// ``append(_:for:)`` throws ``InvalidFieldValue``, and setting one through a subscript drops the field, never
/// writes it.
public struct Headers: Sendable {
    /// Where one field stands in `bytes`, counted from the start of the buffer's storage.
    package struct Field: Sendable {
        package var nameStart: UInt32
        package var nameLength: UInt32
        package var valueStart: UInt32
        package var valueLength: UInt32

        @inlinable
        package init(nameStart: Int, nameLength: Int, valueStart: Int, valueLength: Int) {
            self.nameStart = UInt32(truncatingIfNeeded: nameStart)
            self.nameLength = UInt32(truncatingIfNeeded: nameLength)
            self.valueStart = UInt32(truncatingIfNeeded: valueStart)
            self.valueLength = UInt32(truncatingIfNeeded: valueLength)
        }
    }

    /// The bytes that `fields` points into; indices are absolute, the reader index plays no part.
    package private(set) var bytes: ByteBuffer
    package private(set) var fields: [Field]

    /// True while `bytes` from its reader to its writer index is exactly the fields in order, each ended by CRLF, so
    /// that writing them is one copy.
    package private(set) var isContiguous: Bool

    /// No fields.
    public init() {
        bytes = ByteBuffer()
        fields = []
        isContiguous = true
    }

    /// Whether both share their memory, which says without a look at them that they are the same.
    func isIdentical(to other: Headers) -> Bool {
        fields.withUnsafeBufferPointer { own in
            other.fields.withUnsafeBufferPointer { $0.baseAddress == own.baseAddress && $0.count == own.count }
        }
    }

    /// Fields that a parser has found and validated in received bytes.
    package init(received bytes: ByteBuffer, fields: [Field]) {
        self.bytes = bytes
        self.fields = fields
        isContiguous = false
    }

    /// The number of fields, each line counted.
    public var count: Int { fields.count }

    /// Whether there is no field at all.
    public var isEmpty: Bool { fields.isEmpty }

    /// The first value of `name`; setting it replaces every field of that name, `nil` removes them.
    ///
    /// A value with CR, LF or NUL is not set (the old fields are removed all the same); use ``set(_:for:)`` to be
    /// told.
    public subscript(name: HTTPField.Name) -> String? {
        get {
            guard let field = firstField(name) else { return nil }
            return string(at: field.valueStart, field.valueLength)
        }
        set {
            remove(name)
            if let newValue, Self.isValid(newValue) { appendUnchecked(name.rawName, newValue) }
        }
    }

    /// Every value of `name`, in order, one for each field line.
    public subscript(values name: HTTPField.Name) -> [String] {
        var values: [String] = []
        for field in fields where matches(field, name) {
            values.append(string(at: field.valueStart, field.valueLength))
        }
        return values
    }

    /// The values of `name` joined with ", ", as RFC 9110 §5.3 allows for every field but Set-Cookie.
    public func combined(_ name: HTTPField.Name) -> String? {
        let values = self[values: name]
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Whether a field of this name is present.
    public func contains(_ name: HTTPField.Name) -> Bool {
        firstField(name) != nil
    }

    /// Replaces every field of `name` by one.
    ///
    /// - Throws: ``InvalidFieldValue`` where `value` contains CR, LF or NUL; the headers are then unchanged.
    public mutating func set(_ value: String, for name: HTTPField.Name) throws(InvalidFieldValue) {
        guard Self.isValid(value) else { throw InvalidFieldValue(name: name) }
        remove(name)
        appendUnchecked(name.rawName, value)
    }

    /// Adds a field after those that are there.
    ///
    /// - Throws: ``InvalidFieldValue`` where `value` contains CR, LF or NUL; the headers are then unchanged.
    public mutating func append(_ value: String, for name: HTTPField.Name) throws(InvalidFieldValue) {
        guard Self.isValid(value) else { throw InvalidFieldValue(name: name) }
        appendUnchecked(name.rawName, value)
    }

    /// Removes every field of `name`.
    public mutating func remove(_ name: HTTPField.Name) {
        let kept = fields.filter { !matches($0, name) }
        guard kept.count < fields.count else { return }
        fields = kept
        isContiguous = false
    }

    /// Removes the fields whose name, as it is spelled, and value are such as `isRemoved` tells; the others keep their bytes.
    package mutating func removeAll(
        where isRemoved: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool
    ) {
        let kept = bytes.withVeryUnsafeBytes { all in
            fields.filter {
                !isRemoved(slice(all, $0.nameStart, $0.nameLength), slice(all, $0.valueStart, $0.valueLength))
            }
        }
        guard kept.count < fields.count else { return }
        fields = kept
        isContiguous = false
    }

    /// The bytes of the first value of `name`, for parsers that need no `String`.
    public func withValue<Result>(of name: HTTPField.Name, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        guard let field = firstField(name) else { return nil }
        return bytes.withVeryUnsafeBytes { body(slice($0, field.valueStart, field.valueLength)) }
    }

    /// Calls `body` with the bytes of each field's name and value, in order.
    package func forEachField(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void) {
        bytes.withVeryUnsafeBytes { all in
            for field in fields {
                body(
                    slice(all, field.nameStart, field.nameLength), slice(all, field.valueStart, field.valueLength))
            }
        }
    }

    // MARK: - Bytes

    /// The first field of `name`.
    private func firstField(_ name: HTTPField.Name) -> Field? {
        for field in fields where matches(field, name) { return field }
        return nil
    }

    private func matches(_ field: Field, _ name: HTTPField.Name) -> Bool {
        var canonical = name.canonicalName
        guard Int(field.nameLength) == canonical.utf8.count else { return false }
        return bytes.withVeryUnsafeBytes { all in
            canonical.withUTF8 { expected in
                let received = slice(all, field.nameStart, field.nameLength)
                for index in 0..<expected.count where Self.lowercased(received[index]) != expected[index] {
                    return false
                }
                return true
            }
        }
    }

    private func string(at start: UInt32, _ length: UInt32) -> String {
        bytes.withVeryUnsafeBytes { String(decoding: slice($0, start, length), as: UTF8.self) }
    }

    private func slice(_ all: UnsafeRawBufferPointer, _ start: UInt32, _ length: UInt32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: all[Int(start)..<Int(start) + Int(length)])
    }

    /// Adds a field whose value has been checked.
    package mutating func appendUnchecked(_ name: String, _ value: String) {
        // Received bytes belong to the connection's read buffer: the first change takes a copy of its own.
        if !isContiguous { self = rewritten() }
        var (name, value) = (name, value)
        name.withUTF8 { name in
            value.withUTF8 { appendBytes(UnsafeRawBufferPointer(name), UnsafeRawBufferPointer($0)) }
        }
    }

    private mutating func appendBytes(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        let nameStart = bytes.writerIndex
        bytes.writeBytes(name)
        bytes.writeInteger(0x3A20, as: UInt16.self)  // ": "
        let valueStart = bytes.writerIndex
        bytes.writeBytes(value)
        let valueEnd = bytes.writerIndex
        bytes.writeInteger(0x0D0A, as: UInt16.self)  // CRLF
        fields.append(
            Field(
                nameStart: nameStart, nameLength: valueStart &- 2 &- nameStart,
                valueStart: valueStart, valueLength: valueEnd &- valueStart))
    }

    /// The same fields in a buffer of their own, in wire form.
    private func rewritten() -> Headers {
        var result = Headers()
        result.fields.reserveCapacity(fields.count + 4)
        forEachField { name, value in result.appendBytes(name, value) }
        return result
    }

    /// Whether `value` may stand in a field: no CR, LF or NUL (RFC 9110 §5.5).
    static func isValid(_ value: String) -> Bool {
        for byte in value.utf8 where byte == 0x0D || byte == 0x0A || byte == 0 { return false }
        return true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}

/// A field value that contains CR, LF or NUL and was therefore refused.
public struct InvalidFieldValue: Error, Sendable, CustomStringConvertible {
    /// The name of the field that the value was meant for.
    public let name: HTTPField.Name

    /// What happened and what to do.
    public var description: String {
        "The value for the header field '\(name.rawName)' contains a line break or a NUL byte; it was not set. "
            + "Remove or encode those characters."
    }
}

extension Headers: ExpressibleByDictionaryLiteral {
    /// Fields in the order in which they are written; a value with CR, LF or NUL is left out.
    public init(dictionaryLiteral elements: (HTTPField.Name, String)...) {
        self.init()
        for (name, value) in elements where Self.isValid(value) { appendUnchecked(name.rawName, value) }
    }
}

extension Headers: Sequence {
    /// The fields in order, as pairs of name and value. The name is spelled as it was received or set.
    public func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
        fields.lazy.map { field in
            (
                name: string(at: field.nameStart, field.nameLength),
                value: string(at: field.valueStart, field.valueLength)
            )
        }.makeIterator()
    }
}
