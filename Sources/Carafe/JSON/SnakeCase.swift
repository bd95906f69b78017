/// The spelling of a key with underscores.
package enum SnakeCase {
    /// `createdAt` → `created_at`, `avatarURL` → `avatar_url`, `myHTTPServer` → `my_http_server`. Only ASCII letters
    /// are told apart by case.
    package static func encode(_ key: String) -> String {
        let bytes = Array(key.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 4)
        for (index, byte) in bytes.enumerated() {
            guard isUpper(byte) else {
                result.append(byte)
                continue
            }
            let followsLower = index > 0 && !isUpper(bytes[index - 1]) && bytes[index - 1] != UInt8(ascii: "_")
            let endsAcronym =
                index > 0 && isUpper(bytes[index - 1]) && index + 1 < bytes.count && isLower(bytes[index + 1])
            if followsLower || endsAcronym { result.append(UInt8(ascii: "_")) }
            result.append(byte | 0x20)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `created_at` → `createdAt`.
    static func decode(_ key: String) -> String {
        var result: [UInt8] = []
        var isAfterUnderscore = false
        for byte in key.utf8 {
            if byte == UInt8(ascii: "_") && !result.isEmpty {
                isAfterUnderscore = true
            } else {
                result.append(isAfterUnderscore && isLower(byte) ? byte & 0xDF : byte)
                isAfterUnderscore = false
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isUpper(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }
    private static func isLower(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }
}
