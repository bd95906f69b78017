import Foundation
import NIOCore
import Testing

@testable import CarafeHTTP

@Suite("Time that forms take", .serialized)
struct FormLinearityTests {
    /// Content made of one unit, repeated.
    static let floods = [
        "\r", "\n", "\r\n", "\r\n-", "\r\n--", "\r\n--z", "\r\n--zy", "--zz", "\r\n--z\r", "\r\r\n--z", "x", "\0",
    ]

    #if DEBUG
        static let sizes = [1 << 12, 1 << 14, 1 << 16, 1 << 18]
    #else
        static let sizes = [1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24]
    #endif

    @Test("a flood of line breaks or of beginnings of delimiters takes linear time", arguments: floods)
    func content(unit: String) throws {
        try expectLinear { size in
            let header = "Content-Disposition: form-data; name=a; filename=b\r\n\r\n"
            let flood = String(repeating: unit, count: size / unit.utf8.count)
            return ByteBuffer(string: "--zz\r\n" + header + "x" + flood + "x\r\n--zz--").pieces(of: 16_384)
        } parse: { pieces in
            #expect(Transcript(counting: pieces) != nil)
        }
    }

    @Test(
        "a flood of names, escapes or separators in a URL-encoded form takes linear time",
        arguments: ["a=b&", "&", "%41", "%", "%ff", "+", "=", "é"])
    func urlEncoded(unit: String) throws {
        try expectLinear { size in
            ByteBuffer(string: String(repeating: unit, count: size / 4 / unit.utf8.count)).pieces(of: 1_000)
        } parse: { pieces in
            var limits = FormLimits()
            (limits.fieldBytes, limits.parts) = (.max, .max)
            var parser = URLEncodedParser(limits: limits)
            for piece in pieces { try parser.append(piece) }
            _ = try parser.finish()
        }
    }

    @Test("a flood of parameters in a part's header takes linear time", arguments: ["; a=b", "\\\"", "%22", ";", "\""])
    func header(unit: String) throws {
        // A header has at most 4 KiB, so that much has to be quick, not linear.
        let parameters = String(repeating: unit, count: 4_000 / unit.utf8.count)
        let body = Multipart.part(header: "Content-Disposition: form-data; name=\"\(parameters)\r\n\r\n")
        let start = Self.threadTime()
        _ = Transcript(body)
        #expect(Self.threadTime() - start < 0.3)
    }

    /// The time that this thread has run, which tests that run beside this one do not change; in seconds.
    private static func threadTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Fits a line through the logarithms of times and sizes.
    private func expectLinear(
        _ make: (Int) -> [ByteBuffer], parse: ([ByteBuffer]) throws -> Void
    ) throws {
        let points = try Self.sizes.map { size in
            let pieces = make(size)
            let times = try (0..<5).map { _ in
                let start = Self.threadTime()
                try parse(pieces)
                return Self.threadTime() - start
            }
            return (x: log(Double(size)), y: log(times.min() ?? 0))
        }
        let count = Double(points.count)
        let x = points.map(\.x).reduce(0, +) / count
        let y = points.map(\.y).reduce(0, +) / count
        let slope =
            points.map { ($0.x - x) * ($0.y - y) }.reduce(0, +) / points.map { ($0.x - x) * ($0.x - x) }.reduce(0, +)
        #expect(slope <= 1.3)
    }
}

extension Transcript {
    /// Parses without keeping the content; nil where the form is malformed.
    init?(counting pieces: [ByteBuffer]) {
        self.init(pieces: [])
        guard var parser = try? MultipartParser(boundary: "zz") else { return nil }
        do {
            for piece in pieces {
                parser.append(piece)
                while try parser.next() != nil {}
            }
            parser.finish()
            while try parser.next() != nil {}
        } catch {
            return nil
        }
    }
}
