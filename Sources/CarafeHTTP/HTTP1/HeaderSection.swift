/// The field lines of a message's head (RFC 9112 §5), as they arrive, and what they say of the message itself.
///
/// Places count from the head's first byte.
struct HeaderSection {
    private(set) var fields: [Headers.Field] = []
    private(set) var framing = FramingFields()
    private let start: Int

    /// One that has yet to begin.
    init() { start = 0 }

    /// - Parameter start: where the section begins
    init(start: Int) {
        self.start = start
        fields.reserveCapacity(16)
    }

    /// Parses the lines that are complete.
    ///
    /// - Parameters:
    ///   - lines: the head's, which stand at or in the section
    ///   - bytes: all that has been received from the head's first byte on
    /// - Returns: the length of the head, nil while it is not complete
    @inline(__always)
    mutating func advance(
        _ lines: inout LineReader, _ bytes: UnsafeRawBufferPointer, limits: HTTP1Limits
    ) throws(HTTP1Error) -> Int? {
        while true {
            // What the section has left counts with the line's CRLF.
            let left = start &+ limits.section &- lines.start &- 2
            let isSection = left < limits.field
            guard
                let line = try lines.next(
                    in: bytes, limit: isSection ? max(left, 0) : limits.field,
                    tooLong: isSection ? .headerSectionTooLong : .fieldTooLong)
            else { return nil }
            if line.isEmpty { return lines.start }
            guard fields.count < limits.fields else { throw HTTP1Error(.tooManyFields) }
            let field = try FieldLine(line, in: bytes)
            try framing.note(field, in: bytes)
            fields.append(field.field)
        }
    }
}
