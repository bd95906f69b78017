import CarafeHTTP
import NIOCore

extension FuzzEntry {
    /// `application/x-www-form-urlencoded` content: cut in two, it is read the same.
    static let urlEncodedForms = FuzzEntry(
        "urlencoded-forms", seeds: ["a=b&c=d", "a=%41+b&a=&=b&&%", "a;b=c"]
    ) { bytes in
        func read(_ pieces: [[UInt8]]) -> String {
            do throws(FormError) {
                var parser = URLEncodedParser()
                for piece in pieces { try parser.append(ByteBuffer(bytes: piece)) }
                return try parser.finish().map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            } catch {
                return "\(error)"
            }
        }
        let whole = read([bytes])
        let cut = read([Array(bytes.prefix(bytes.count / 2)), Array(bytes.dropFirst(bytes.count / 2))])
        return whole == cut ? nil : "cut, \(cut), not \(whole)"
    }

    /// Query strings: at most one item for each `&` and one more.
    static let queryStrings = FuzzEntry(
        text: "query-strings", seeds: ["a=b&c=d", "a=%41+b&a=&=b&&%", "%u0041=%C3%A9&a=\u{C3}\u{A9}"]
    ) { text in
        guard let items = try? Parameters(urlEncoded: text) else { return nil }
        let separators = text.utf8.count { $0 == UInt8(ascii: "&") }
        return items.map { $0 }.count <= separators + 1 ? nil : "more items than the text has"
    }
}
