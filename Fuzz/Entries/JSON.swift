import Carafe
import NIOCore

extension FuzzEntry {
    /// JSON: what is read and written again is read the same.
    static let json = FuzzEntry(
        "json",
        seeds: [
            "{\"a\":[1,-2.5e10,true,null,\"\\u00e9\\ud83d\\ude00\\n\"]}", "[[[[{}]]]]", "9223372036854775808", "-0.0",
            "1e999", "\"\\ud800\"", " [1 , 2]\t", "{\"a\":1,\"a\":2}",
        ]
    ) { bytes in
        guard let value = try? JSONReader().decode(JSONValue.self, from: ByteBuffer(bytes: bytes)) else { return nil }
        var written = ByteBuffer()
        guard (try? JSONWriter().encode(value, into: &written)) != nil else { return "does not write \(value)" }
        let again = try? JSONReader().decode(JSONValue.self, from: written)
        return again == value ? nil : "reads its own \(String(buffer: written)) differently"
    }
}
