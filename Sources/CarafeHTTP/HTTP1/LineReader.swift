/// Finds one line after another in bytes that arrive piece by piece, and looks at each byte once.
///
/// A line ends with CRLF. A lone CR or LF and every other control character but the tab is an error where it stands,
/// so that the outcome does not depend on how the bytes were cut.
struct LineReader {
    /// Where the line begins that has not been found complete.
    private(set) var start = 0
    /// How far that line has been searched.
    private var searched = 0

    /// The next line without its CRLF, nil when it has not arrived completely.
    ///
    /// - Throws: where the line has a control character, or more than `limit` bytes
    @inline(__always)
    mutating func next(
        in bytes: UnsafeRawBufferPointer, limit: Int, tooLong: HTTP1Error.Rule
    ) throws(HTTP1Error) -> Range<Int>? {
        // One byte more than the limit: a line of just that length still has its CR there.
        let end = min(bytes.count, start &+ limit &+ 1)
        let found = Octet.firstControl(in: bytes, from: max(start, searched), to: end)
        guard found < end else {
            if end == start &+ limit &+ 1 { throw HTTP1Error(tooLong) }
            searched = found
            return nil
        }
        guard bytes[found] == 0x0D else {
            throw HTTP1Error(bytes[found] == 0x0A ? .bareLineFeed : .controlCharacter)
        }
        guard found &+ 1 < bytes.count else {
            searched = found
            return nil
        }
        guard bytes[found &+ 1] == 0x0A else { throw HTTP1Error(.bareCarriageReturn) }
        let line = Range(uncheckedBounds: (start, found))
        start = found &+ 2
        searched = start
        return line
    }
}
