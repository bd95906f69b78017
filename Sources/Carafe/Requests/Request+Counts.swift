import CarafeHTTP
import NIOCore

extension Request {
    /// Refuses a query of more than 1,000 values and more than 100 cookies: ``query`` and ``cookies``, which cannot
    /// throw, would read as empty, and a handler would answer something else than it was asked.
    ///
    /// It only counts separators, and those only where there are enough bytes for too many; what remains suspicious
    /// is parsed.
    ///
    /// - Throws: 400
    func checkCounts() throws {
        // The usual request is too short for either.
        guard head.target.bytes.readableBytes &+ headers.bytes.readableBytes >= 200 else { return }
        let mayHaveTooManyValues = head.target.withRawQuery { query in
            query.count > 2_000 && Self.count(UInt8(ascii: "&"), in: query) >= 1_000
        }
        if mayHaveTooManyValues == true {
            do { _ = try parseQuery() } catch {
                throw Abort(.badRequest, "The query has more than \(error.limit) values.")
            }
        }
        if mayHaveTooManyCookies {
            do { _ = try headers.cookies() } catch {
                throw Abort(.badRequest, "The request has more than \(error.limit) cookies.")
            }
        }
    }

    /// Whether the fields whose name is as long as that of `Cookie` have separators enough.
    private var mayHaveTooManyCookies: Bool {
        let length = headers.fields.reduce(0) { $1.nameLength == 6 ? $0 &+ $1.valueLength : $0 }
        guard length >= 200 else { return false }
        var cookies = 0
        headers.forEachField { name, value in
            if name.count == 6 { cookies += Self.count(UInt8(ascii: ";"), in: value) + 1 }
        }
        return cookies > 100
    }

    private static func count(_ separator: UInt8, in bytes: UnsafeRawBufferPointer) -> Int {
        bytes.reduce(0) { $1 == separator ? $0 &+ 1 : $0 }
    }
}
