import CarafeSigning
import Foundation

/// Values as the text that `signing_originals.py` writes too: it differs where a value, its type or a code point does.
enum Portable {
    static func text(_ value: SessionValue) -> String {
        switch value {
        case .null: "N"
        case .bool(let flag): flag ? "T" : "F"
        case .int(let number): "i\(number)"
        case .bigInteger(let number): "i\(number)"
        case .double(let number): number.isNaN ? "fnan" : "f" + hex(bigEndianBytes(number.bitPattern))
        case .string(let text): "s" + hex(text.utf8)
        case .markup(let html): "m" + hex(html.utf8)
        case .bytes(let bytes): "b" + hex(bytes)
        case .uuid(let uuid): "u" + withUnsafeBytes(of: uuid.uuid) { hex($0) }
        case .datetime(let date): "d\(Int(date.timeIntervalSince1970))"
        case .tuple(let items): "(" + items.map(text).joined(separator: ",") + ")"
        case .array(let items): "[" + items.map(text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { hex($0.key.utf8) + ":" + text($0.value) }.sorted().joined(separator: ",") + "}"
        }
    }

    private static func bigEndianBytes(_ bits: UInt64) -> [UInt8] {
        withUnsafeBytes(of: bits.bigEndian) { Array($0) }
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
