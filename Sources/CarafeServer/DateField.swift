#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The value of the `Date` field (RFC 9110 §5.6.7), formatted at most once a second.
package struct DateField {
    /// The 29 bytes, such as `Fri, 20 Nov 2026 20:35:07 GMT`.
    package private(set) var value: [UInt8] = []
    private var second: time_t = -1

    /// Takes the current time.
    mutating func refresh() {
        refresh(to: time(nil))
    }

    /// Takes a time in seconds since 1970.
    mutating func refresh(to now: time_t) {
        guard now != second else { return }
        var (clock, parts) = (now, tm())
        guard gmtime_r(&clock, &parts) != nil else { return }
        second = now
        var bytes: [UInt8] = []
        bytes.reserveCapacity(29)
        bytes += Self.name(in: "SunMonTueWedThuFriSat", at: parts.tm_wday)
        bytes += ", ".utf8
        Self.writeTwoDigits(parts.tm_mday, to: &bytes)
        bytes += " ".utf8
        bytes += Self.name(in: "JanFebMarAprMayJunJulAugSepOctNovDec", at: parts.tm_mon)
        bytes += " ".utf8
        Self.writeTwoDigits((parts.tm_year + 1900) / 100, to: &bytes)
        Self.writeTwoDigits((parts.tm_year + 1900) % 100, to: &bytes)
        bytes += " ".utf8
        Self.writeTwoDigits(parts.tm_hour, to: &bytes)
        bytes += ":".utf8
        Self.writeTwoDigits(parts.tm_min, to: &bytes)
        bytes += ":".utf8
        Self.writeTwoDigits(parts.tm_sec, to: &bytes)
        bytes += " GMT".utf8
        value = bytes
    }

    private static func name(in names: String, at index: CInt) -> Substring.UTF8View {
        Substring(names).utf8.dropFirst(3 * Int(index)).prefix(3)
    }

    private static func writeTwoDigits(_ number: CInt, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + number / 10 % 10))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + number % 10))
    }
}
