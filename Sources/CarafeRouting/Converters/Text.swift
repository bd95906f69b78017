/// A part of a request's path or domain: UTF-8 that the client chose, valid while it is matched.
typealias Text = UnsafeBufferPointer<UInt8>

/// The number of Unicode scalars in UTF-8, a broken sequence counting as the replacement characters that decoding
/// makes of it.
func scalarCount(_ text: Text) -> Int {
    var count = 0
    var place = 0
    while place < text.count {
        place += scalarLength(text, at: place)
        count += 1
    }
    return count
}

/// The number of bytes of the Unicode scalar at a place, or of the longest broken beginning of one (the Unicode
/// Standard's maximal subpart, table 3-7).
func scalarLength(_ text: Text, at place: Int) -> Int {
    let rest = text[place...]
    guard let first = rest.first else { return 0 }
    let (length, seconds): (Int, ClosedRange<UInt8>)
    switch first {
    case 0xC2...0xDF: (length, seconds) = (2, 0x80...0xBF)
    case 0xE0: (length, seconds) = (3, 0xA0...0xBF)
    case 0xED: (length, seconds) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, seconds) = (3, 0x80...0xBF)
    case 0xF0: (length, seconds) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, seconds) = (4, 0x80...0xBF)
    case 0xF4: (length, seconds) = (4, 0x80...0x8F)
    default: return 1
    }
    var taken = 1
    for byte in rest.dropFirst().prefix(length - 1) {
        guard taken == 1 ? seconds.contains(byte) : byte & 0xC0 == 0x80 else { break }
        taken += 1
    }
    return taken
}
