/// The first line of a chunk: `chunk-size [ chunk-ext ]` (RFC 9112 §7.1).
struct ChunkLine {
    let size: Int
    /// How many bytes the extensions have.
    let extensionLength: Int

    /// Takes a line apart that has no control character but tabs.
    init(_ line: Range<Int>, in bytes: UnsafeRawBufferPointer) throws(HTTP1Error) {
        var index = line.lowerBound
        var size = 0
        while index < line.upperBound, let digit = Octet.hexadecimal(bytes[index]) {
            guard size <= Int.max >> 4 else { throw HTTP1Error(.chunkSize) }
            size = size << 4 | digit
            index += 1
        }
        guard index > line.lowerBound else { throw HTTP1Error(.chunkSize) }
        self.size = size
        extensionLength = line.upperBound - index
        guard index < line.upperBound else { return }
        var extensions = ChunkExtensions(bytes: bytes, index: index, end: line.upperBound)
        guard extensions.startsWell else { throw HTTP1Error(.chunkSize) }
        guard extensions.isValid() else { throw HTTP1Error(.chunkExtension) }
    }
}

/// `*( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )` (RFC 9112 §7.1.1)
private struct ChunkExtensions {
    let bytes: UnsafeRawBufferPointer
    var index: Int
    let end: Int

    /// Whether what follows the size can be an extension at all.
    var startsWell: Bool { bytes[index] == 0x3B || Octet.isSpaceOrTab(bytes[index]) }

    mutating func isValid() -> Bool {
        while index < end {
            skipWhiteSpace()
            guard skip(0x3B) else { return false }
            skipWhiteSpace()
            guard skipToken() else { return false }
            // White space belongs to what follows it: at the end of the line there is nothing.
            let nameEnd = index
            skipWhiteSpace()
            if skip(0x3D) {
                skipWhiteSpace()
                guard skipQuotedString() || skipToken() else { return false }
            } else {
                index = nameEnd
            }
        }
        return true
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard index < end, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while index < end, Octet.isSpaceOrTab(bytes[index]) { index += 1 }
    }

    private mutating func skipToken() -> Bool {
        let start = index
        while index < end, Octet.isToken(bytes[index]) { index += 1 }
        return index > start
    }

    private mutating func skipQuotedString() -> Bool {
        guard index < end, bytes[index] == 0x22 else { return false }
        var next = index + 1
        while next < end {
            switch bytes[next] {
            case 0x22:
                index = next + 1
                return true
            case 0x5C: next += 2
            default: next += 1
            }
        }
        return false
    }
}
