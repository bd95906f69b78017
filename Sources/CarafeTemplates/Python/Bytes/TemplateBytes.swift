/// Bytes that are not text, as Python's `bytes`: what `encode` gives.
public final class TemplateBytes: TemplateObject {
    /// The bytes themselves.
    public let bytes: [UInt8]

    /// These bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The name of the type.
    public var typeName: String { "bytes" }
    /// How many bytes there are.
    public var length: Int? { bytes.count }

    /// A method of Python's `bytes`.
    public func attribute(_ name: String) -> TemplateValue? {
        BytesMethods.all[name].map { .object(TemplateMethod(.object(self), $0)) }
    }

    /// The byte at a position, which may be counted from the end.
    public func item(_ key: TemplateValue) -> TemplateValue? {
        guard case .small(let position) = PythonInteger(key) else { return nil }
        let index = position < 0 ? position + bytes.count : position
        return bytes.indices.contains(index) ? .int(Int(bytes[index])) : nil
    }

    /// The bytes as numbers.
    public func makeIterator() -> TemplateIterator? { ArrayIterator(bytes.map { .int(Int($0)) }) }

    /// A part of the bytes.
    public func slice(
        _ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue
    ) throws -> TemplateValue? {
        let numbers = TemplateValue.tuple(bytes.map { .int(Int($0)) })
        return .object(TemplateBytes(try numbers.slice(start, stop, step).elements().compactMap(Self.byte)))
    }

    private static func byte(_ value: TemplateValue) -> UInt8? {
        if case .int(let number) = value { UInt8(exactly: number) } else { nil }
    }

    /// As Python's literal: `b'ab\xff'`.
    public var representation: String {
        let hasSingle = bytes.contains(0x27)
        let quote: UInt8 = hasSingle && !bytes.contains(0x22) ? 0x22 : 0x27
        var result: [UInt8] = [0x62, quote]
        for byte in bytes {
            switch byte {
            case quote, 0x5C: result += [0x5C, byte]
            case 0x09: result += [0x5C, 0x74]
            case 0x0A: result += [0x5C, 0x6E]
            case 0x0D: result += [0x5C, 0x72]
            case 0x20...0x7E: result.append(byte)
            default: result += PythonText.escape(Unicode.Scalar(byte)).utf8
            }
        }
        return String(decoding: result + [quote], as: UTF8.self)
    }

    /// Whether the other is the same bytes.
    public func isEqual(to other: TemplateValue) -> Bool { Self.bytes(other) == bytes }

    /// Feeds the bytes.
    public func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(bytes)
        return true
    }

    /// Whether the bytes come first in order.
    public func isLess(than other: TemplateValue) -> Bool? {
        Self.bytes(other).map { bytes.lexicographicallyPrecedes($0) }
    }

    /// Whether a number or a row of bytes is among them.
    public func contains(_ element: TemplateValue) throws -> Bool? {
        if let part = Self.bytes(element) { return BytesMethods.find(part, in: bytes) != nil }
        guard let number = PythonInteger(element) else {
            throw TemplateError(.typeError, "a bytes-like object is required, not '\(element.typeName)'")
        }
        guard case .small(let value) = number, let byte = UInt8(exactly: value) else {
            throw TemplateError(.valueError, "byte must be in range(0, 256)")
        }
        return bytes.contains(byte)
    }

    /// The bytes of a value that has some.
    static func bytes(_ value: TemplateValue) -> [UInt8]? {
        guard case .object(let object) = value else { return nil }
        return (object as? TemplateBytes)?.bytes
    }
}
