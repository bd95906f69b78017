#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The delimiter between parts: CRLF, two hyphens and the boundary (RFC 2046 §5.1.1).
struct MultipartDelimiter: Sendable {
    /// What a search finds.
    enum Match: Equatable {
        /// The delimiter stands at this offset.
        case found(at: Int)
        /// The bytes from this offset on are the beginning of a delimiter, or there are none.
        case partial(at: Int)
    }

    /// CRLF, two hyphens and the boundary.
    let bytes: [UInt8]

    /// How many bytes the delimiter has.
    var count: Int { bytes.count }

    /// The delimiter of a boundary of 1 to 70 bytes (RFC 2046 §5.1.1).
    ///
    /// The RFC's `bchars` are widened to every visible ASCII character, as clients do and no parser is confused by.
    ///
    /// - Throws: ``FormError`` of kind `malformed` where the boundary is not such.
    init(boundary: some Collection<UInt8>) throws(FormError) {
        guard 1...70 ~= boundary.count, boundary.allSatisfy({ 0x20...0x7E ~= $0 }),
            !boundary.suffix(1).elementsEqual([Ascii.space])
        else {
            throw .malformed(
                "The boundary of the multipart form is not 1 to 70 visible ASCII characters.",
                hint: "Send 'Content-Type: multipart/form-data; boundary=…' (RFC 2046 §5.1.1).")
        }
        bytes = [Ascii.cr, Ascii.lf, Ascii.hyphen, Ascii.hyphen] + boundary
    }

    /// Searches for the first delimiter.
    ///
    /// A CR can stand only at a delimiter's beginning, so nothing that was compared is compared again: the search is
    /// linear whatever the bytes are.
    func search(_ haystack: UnsafeRawBufferPointer) -> Match {
        guard let base = haystack.baseAddress else { return .partial(at: 0) }
        let end = haystack.count
        var index = 0
        while index < end, let hit = memchr(base + index, CInt(Ascii.cr), end - index) {
            index = UnsafeRawPointer(hit) - base
            // A flood of CRs is told apart without a call.
            if index + 1 == end || haystack[index + 1] == Ascii.lf {
                let compared = min(count, end - index)
                if bytes.withUnsafeBytes({ isPrefix($0, of: haystack, at: index, count: compared) }) {
                    return compared == count ? .found(at: index) : .partial(at: index)
                }
            }
            index += 1
            while index + 1 < end, haystack[index] == Ascii.cr, haystack[index + 1] != Ascii.lf { index += 1 }
        }
        return .partial(at: end)
    }

    /// Compares the beginning of `haystack` with the delimiter from its byte `skipped` on.
    ///
    /// - Returns: whether they agree as far as both go
    func agrees(_ haystack: UnsafeRawBufferPointer, skipping skipped: Int) -> Bool {
        bytes.withUnsafeBytes { all in
            let expected = UnsafeRawBufferPointer(rebasing: all[skipped...])
            return isPrefix(expected, of: haystack, at: 0, count: min(expected.count, haystack.count))
        }
    }

    private func isPrefix(
        _ expected: UnsafeRawBufferPointer, of haystack: UnsafeRawBufferPointer, at index: Int, count: Int
    ) -> Bool {
        guard count > 0, let left = expected.baseAddress, let right = haystack.baseAddress else { return true }
        return memcmp(left, right + index, count) == 0
    }
}
