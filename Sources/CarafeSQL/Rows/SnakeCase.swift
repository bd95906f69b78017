/// Names in snake case, as Flask-SQLAlchemy makes them from names of classes: `authorID` is `author_id`, `htmlBody` `html_body`.
package enum SnakeCase {
    package static func convert(_ name: String) -> String {
        let bytes = Array(name.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 4)
        for (index, byte) in bytes.enumerated() {
            guard isUpper(byte) else {
                result.append(byte)
                continue
            }
            if index > 0 {
                let before = bytes[index - 1]
                let endsAcronym = index + 1 < bytes.count && isLower(bytes[index + 1])
                if isLower(before) || isDigit(before) || (isUpper(before) && endsAcronym) {
                    result.append(UInt8(ascii: "_"))
                }
            }
            result.append(byte | 0x20)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
