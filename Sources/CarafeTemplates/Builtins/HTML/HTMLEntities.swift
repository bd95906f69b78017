/// Character references (`&amp;`, `&#39;`) and the text that they stand for, as Python's `html.unescape` reads them.
enum HTMLEntities {
    /// `text` with what its character references stand for.
    static func unescape(_ text: String) -> String {
        PythonText.withBytes(text) { bytes -> String in
            guard bytes.contains(UInt8(ascii: "&")) else { return text }
            var result = ""
            var (start, index) = (0, 0)
            while let ampersand = bytes[index...].firstIndex(of: UInt8(ascii: "&")) {
                guard let (replacement, end) = reference(in: bytes, from: ampersand + 1) else {
                    index = ampersand + 1
                    continue
                }
                result += PythonText.string(bytes, start..<ampersand)
                result += replacement
                (start, index) = (end, end)
            }
            return result + PythonText.string(bytes, start..<bytes.count)
        }
    }

    /// What the reference behind an ampersand stands for, and where it ends; nil where there is none.
    private static func reference(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (replacement: String, end: Int)? {
        guard start < bytes.count else { return nil }
        return bytes[start] == UInt8(ascii: "#")
            ? numeric(in: bytes, from: start + 1) : named(in: bytes, from: start)
    }

    // MARK: By number

    private static func numeric(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (replacement: String, end: Int)? {
        guard start < bytes.count else { return nil }
        let isHexadecimal = bytes[start] | 0x20 == UInt8(ascii: "x")
        let first = isHexadecimal ? start + 1 : start
        var (index, number) = (first, UInt32(0))
        while index < bytes.count, let digit = digit(bytes[index], isHexadecimal: isHexadecimal) {
            // Anything past the last code point means the same.
            number = min(number * (isHexadecimal ? 16 : 10) + digit, 0x11_0000)
            index += 1
        }
        guard index > first else { return nil }
        if index < bytes.count, bytes[index] == UInt8(ascii: ";") { index += 1 }
        return (text(ofNumber: number), index)
    }

    private static func digit(_ byte: UInt8, isHexadecimal: Bool) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte) - 0x30
        case 0x41...0x46 where isHexadecimal: UInt32(byte) - 0x37
        case 0x61...0x66 where isHexadecimal: UInt32(byte) - 0x57
        default: nil
        }
    }

    private static func text(ofNumber number: UInt32) -> String {
        switch number {
        case 0: return "\u{FFFD}"
        case 0x0D: return "\r"
        case 0x80...0x9F: return String(windows1252[Int(number) - 0x80])
        // Control characters and what is no character are dropped.
        case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0xFDD0...0xFDEF: return ""
        default:
            if number & 0xFFFE == 0xFFFE, number < 0x11_0000 { return "" }
            return Unicode.Scalar(number).map { String($0) } ?? "\u{FFFD}"
        }
    }

    /// What the numbers 0x80 to 0x9F mean to browsers.
    private static let windows1252: [Unicode.Scalar] = [
        "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}", "\u{2C6}",
        "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}", "\u{90}", "\u{2018}", "\u{2019}",
        "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}", "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}",
        "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
    ]

    // MARK: By name

    /// The longest beginning of the characters that may be a name which is one; what is no name is not touched.
    private static func named(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (replacement: String, end: Int)? {
        var (end, count) = (start, 0)
        while end < bytes.count, count < 32 || bytes[end] & 0xC0 == 0x80, isNameByte(bytes[end]) {
            if bytes[end] & 0xC0 != 0x80 { count += 1 }
            end += 1
        }
        guard end > start else { return nil }
        if end < bytes.count, bytes[end] == UInt8(ascii: ";") { end += 1 }
        var length = end - start
        // One letter alone is no name.
        while length >= 2 {
            if let text = names[PythonText.string(bytes, start..<(start + length))] {
                return (text + PythonText.string(bytes, (start + length)..<end), end)
            }
            length -= 1
            while length > 0, bytes[start + length] & 0xC0 == 0x80 { length -= 1 }
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0C, 0x20, UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: ";"): false
        default: true
        }
    }

    /// The names, with the semicolon and, where they are known so, without it.
    private static let names: [String: String] = {
        var names: [String: String] = [:]
        names.reserveCapacity(2400)
        for entry in table.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            guard let mark = entry.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "!") }) else {
                continue
            }
            let name = String(decoding: entry[..<mark], as: UTF8.self)
            var text = ""
            for digits in entry[entry.index(after: mark)...].split(separator: UInt8(ascii: "+")) {
                let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
                if let scalar = number.flatMap(Unicode.Scalar.init) { text.unicodeScalars.append(scalar) }
            }
            names[name + ";"] = text
            if entry[mark] == UInt8(ascii: "!") { names[name] = text }
        }
        return names
    }()
}
