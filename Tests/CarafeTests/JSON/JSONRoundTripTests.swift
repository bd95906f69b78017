import Carafe
import Foundation
import NIOCore
import Testing

/// What is written is read back equal, by this framework's reader and by Foundation's.
@Suite("JSON there and back")
struct JSONRoundTripTests {
    struct Everything: Codable, Equatable {
        enum Kind: Codable, Equatable { case plain, named(String), pair(Int, last: [Double]) }

        var id: Int
        var small: Int8
        var large: UInt64
        var huge: Int128
        var ratio: Double
        var single: Float
        var text: String
        var note: String?
        var flag: Bool
        var tags: [String]
        var numbers: [Int?]
        var kinds: [Kind]
        var table: [String: [Int: String]]
        var at: Date
        var uuid: UUID
        var data: Data
        var price: Decimal
        indirect enum Tree: Codable, Equatable { case leaf, node([Tree]) }
        var tree: Tree

        init(_ random: inout JSONRandom) {
            id = Int(truncatingIfNeeded: random.next())
            small = Int8(truncatingIfNeeded: random.next())
            large = random.next()
            huge = Int128(random.next()) * Int128(random.next() >> 2)
            ratio = random.double()
            single = Float(Int16(truncatingIfNeeded: random.next())) / 7
            text = random.string()
            note = Bool.random(using: &random) ? random.string() : nil
            flag = Bool.random(using: &random)
            tags = (0..<Int.random(in: 0..<4, using: &random)).map { _ in random.string() }
            numbers = [1, nil, Int(truncatingIfNeeded: random.next())]
            kinds = [.plain, .named(random.string()), .pair(1, last: [random.double(), random.double()])]
            table = [random.string(): [1: random.string()], "b": [:]]
            let microseconds = Int.random(in: -60_000_000_000_000_000...200_000_000_000_000_000, using: &random)
            at = Date(timeIntervalSinceReferenceDate: Double(microseconds / 1_000) / 1_000)
            uuid = UUID(uuid: unsafeBitCast((random.next(), random.next()), to: uuid_t.self))
            data = Data((0..<10).map { _ in UInt8(truncatingIfNeeded: random.next()) })
            price = Decimal(Int(Int32(truncatingIfNeeded: random.next()))) / 1_000
            tree = .node([.leaf, .node([.node([]), .leaf])])
        }
    }

    @Test(
        "values come back as they were",
        arguments: [
            (JSONWriter(), JSONReader()),
            (JSONWriter(sortsKeys: true, isIndented: true, escapesNonASCII: true), JSONReader()),
            (JSONWriter(keys: .snakeCase, escapesHTML: true), JSONReader(keys: .snakeCase)),
        ])
    func roundTrip(writer: JSONWriter, reader: JSONReader) throws {
        var random = JSONRandom(seed: 6)
        for _ in 0..<60 {
            let value = Everything(&random)
            var buffer = ByteBuffer()
            try writer.encode(value, into: &buffer)
            #expect(try reader.decode(Everything.self, from: buffer) == value)
        }
    }

    @Test("Foundation's decoder reads it as well")
    func foundation() throws {
        var random = JSONRandom(seed: 7)
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        for _ in 0..<60 {
            var value = Everything(&random)
            value.at = Date(timeIntervalSince1970: value.at.timeIntervalSince1970.rounded())
            let text = try JSONWriter(dates: .secondsSince1970).string(from: value)
            // Foundation writes data as base64 too.
            #expect(try decoder.decode(Everything.self, from: Data(text.utf8)) == value)
        }
    }

    @Test(
        "dates are written with as much of a second as they have",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (0.5, "1970-01-01T00:00:00.500Z"), (-0.25, "1969-12-31T23:59:59.750Z"),
            (1_704_164_645.123456, "2024-01-02T03:04:05.123456Z"), (1_709_164_800, "2024-02-29T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"), (-2_203_891_200, "1900-03-01T00:00:00Z"),
            (-62_135_596_800, "0001-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] as [(Double, String)])
    func dates(seconds: Double, text: String) throws {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(try JSONWriter().string(from: date) == "\"\(text)\"")
        #expect(try JSONReader().decode(Date.self, from: ByteBuffer(string: "\"\(text)\"")) == date)
    }

    @Test("dates agree with Foundation's own formatter on days of four centuries")
    func calendar() throws {
        for day in stride(from: -100_000, to: 60_000, by: 137) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3_661)
            #expect(try JSONWriter().string(from: date) == "\"\(date.formatted(.iso8601))\"")
        }
    }
}
