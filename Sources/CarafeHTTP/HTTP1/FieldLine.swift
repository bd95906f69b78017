/// A field line of a header or trailer section (RFC 9112 §5): its places, counted like the line's own.
struct FieldLine {
    let name: Range<Int>
    /// Without the white space around it.
    let value: Range<Int>

    /// Takes a line apart that has no control character but tabs.
    @inline(__always)
    init(_ line: Range<Int>, in bytes: UnsafeRawBufferPointer) throws(HTTP1Error) {
        var colon = line.lowerBound
        while colon < line.upperBound, Octet.isToken(bytes[colon]) { colon &+= 1 }
        guard colon < line.upperBound, bytes[colon] == 0x3A, colon > line.lowerBound else {
            throw Self.error(line, nameEnd: colon, in: bytes)
        }
        var start = colon &+ 1
        var end = line.upperBound
        while start < end, Octet.isSpaceOrTab(bytes[start]) { start &+= 1 }
        while end > start, Octet.isSpaceOrTab(bytes[end &- 1]) { end &-= 1 }
        name = Range(uncheckedBounds: (line.lowerBound, colon))
        value = Range(uncheckedBounds: (start, end))
    }

    /// Why a line is not a field.
    @inline(never)
    private static func error(_ line: Range<Int>, nameEnd: Int, in bytes: UnsafeRawBufferPointer) -> HTTP1Error {
        guard nameEnd < line.upperBound else { return HTTP1Error(.fieldLine) }
        guard Octet.isSpaceOrTab(bytes[nameEnd]) else { return HTTP1Error(.fieldName) }
        if nameEnd == line.lowerBound { return HTTP1Error(.lineFolding) }
        var index = nameEnd
        while index < line.upperBound, Octet.isSpaceOrTab(bytes[index]) { index &+= 1 }
        let isColon = index < line.upperBound && bytes[index] == 0x3A
        return HTTP1Error(isColon ? .spaceBeforeColon : .fieldName)
    }

    /// The line as ``Headers`` keep it.
    var field: Headers.Field {
        Headers.Field(
            nameStart: name.lowerBound, nameLength: name.count, valueStart: value.lowerBound,
            valueLength: value.count)
    }
}
