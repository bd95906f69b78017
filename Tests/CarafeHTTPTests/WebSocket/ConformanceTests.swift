import NIOCore
import Testing

@testable import CarafeHTTP

/// A case of the Autobahn test suite's list, told in frames.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
    let id: String
    let frames: [[UInt8]]
    let answers: [Answer]

    init(_ id: String, _ frames: [[UInt8]], _ answers: [Answer]) {
        self.id = id
        self.frames = frames
        self.answers = answers
    }

    var testDescription: String { id }
}

@Suite("Each case of the Autobahn list is answered as RFC 6455 has it")
struct ConformanceTests {
    private func check(_ test: ConformanceCase) {
        let whole = test.frames.flatMap { $0 }
        var pieces = [test.frames, [whole]]
        // Every cut of a long case would only take long.
        pieces.append(Wire.cut(whole, every: whole.count < 2_000 ? 1 : 997))
        for pieces in pieces {
            var server = EchoServer()
            #expect(server.answers(to: pieces) == test.answers, "in \(pieces.count) pieces")
        }
    }

    @Test("1: messages of every length of length", arguments: [0, 125, 126, 127, 128, 65_535, 65_536])
    func sizes(_ size: Int) {
        let bytes = [UInt8](repeating: 0x2A, count: size)
        check(ConformanceCase("1.1", [Wire.frame(0x81, bytes)], [.text(String(repeating: "*", count: size))]))
        check(ConformanceCase("1.2", [Wire.frame(0x82, bytes)], [.binary(bytes)]))
    }

    @Test("2: pings and pongs", arguments: Self.pingsCases)
    func pings(_ test: ConformanceCase) { check(test) }

    static let pingsCases: [ConformanceCase] = [
        .init("2.1 empty", [Wire.frame(0x89)], [.pong("")]),
        .init("2.2 with text", [Wire.frame(0x89, Array("hello".utf8))], [.pong("hello")]),
        .init(
            "2.4 125 bytes", [Wire.frame(0x89, .init(repeating: 0x61, count: 125))],
            [.pong(.init(repeating: "a", count: 125))]),
        .init("2.5 126 bytes", [Wire.frame(0x89, .init(repeating: 0x61, count: 126))], [.close(1002)]),
        .init("2.7 a pong that was not asked for", [Wire.frame(0x8A), Wire.frame(0x89)], [.pong("")]),
        .init("2.8 with text", [Wire.frame(0x8A, Array("x".utf8)), Wire.text("a")], [.text("a")]),
        .init("2.10 ten", (0..<10).map { Wire.frame(0x89, Array("\($0)".utf8)) }, (0..<10).map { .pong("\($0)") }),
    ]

    @Test("3 and 4: reserved bits and opcodes", arguments: Self.reservedCases)
    func reserved(_ test: ConformanceCase) { check(test) }

    static let reservedCases: [ConformanceCase] =
        [0x40, 0x20, 0x10, 0x60, 0x50, 0x30, 0x70].flatMap { bits in
            [0x81, 0x82, 0x89, 0x8A, 0x88].map { first in
                .init(
                    "3 bits \(bits) of \(first)", [Wire.text("a"), Wire.frame(UInt8(first | bits)), Wire.text("b")],
                    [.text("a"), .close(1002)])
            }
        }
        + [3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF].map { opcode in
            .init(
                "4 opcode \(opcode)", [Wire.text("a"), Wire.frame(0x80 | opcode, [0x61]), Wire.frame(0x89)],
                [.text("a"), .close(1002)])
        }

    @Test("5: fragments", arguments: Self.fragmentsCases)
    func fragments(_ test: ConformanceCase) { check(test) }

    private static func part(_ first: UInt8, _ text: String) -> [UInt8] { Wire.frame(first, Array(text.utf8)) }

    static let fragmentsCases: [ConformanceCase] = [
        .init("5.1 a ping in two", [part(0x09, "a"), part(0x80, "b")], [.close(1002)]),
        .init("5.2 a pong in two", [part(0x0A, "a"), part(0x80, "b")], [.close(1002)]),
        .init("5.3 a text in two", [part(0x01, "a"), part(0x80, "b")], [.text("ab")]),
        .init("5.6 a ping between", [part(0x01, "a"), part(0x89, "p"), part(0x80, "b")], [.pong("p"), .text("ab")]),
        .init("5.9 a continuation of nothing", [part(0x80, "a"), Wire.text("b")], [.close(1002)]),
        .init("5.12 one that is not the last", [part(0x00, "a"), Wire.text("b")], [.close(1002)]),
        .init(
            "5.15 after a message", [part(0x01, "a"), part(0x80, "b"), part(0x00, "c")], [.text("ab"), .close(1002)]),
        .init("5.18 a text within a text", [part(0x01, "a"), part(0x81, "b")], [.close(1002)]),
        .init(
            "5.19 five with pings",
            [
                part(0x01, "1"), part(0x00, "2"), part(0x89, "p"), part(0x00, "3"), part(0x00, "4"), part(0x89, "q"),
                part(0x80, "5"),
            ], [.pong("p"), .pong("q"), .text("12345")]),
        .init("empty ones", [part(0x01, ""), part(0x00, ""), part(0x80, "")], [.text("")]),
        .init(
            "10.1 many", [part(0x01, "a")] + (0..<900).map { _ in part(0x00, "b") } + [part(0x80, "c")],
            [.text("a" + String(repeating: "b", count: 900) + "c")]),
    ]

    @Test("7: the closing handshake", arguments: Self.closingCases)
    func closing(_ test: ConformanceCase) { check(test) }

    static let closingCases: [ConformanceCase] = [
        .init("7.1.1 after a message", [Wire.text("a"), Wire.close(1000)], [.text("a"), .close(1000)]),
        .init("7.1.2 two", [Wire.close(1000), Wire.close(1000)], [.close(1000)]),
        .init("7.1.3 a ping after it", [Wire.close(1000), Wire.frame(0x89)], [.close(1000)]),
        .init("7.1.4 a text after it", [Wire.close(1000), Wire.text("a")], [.close(1000)]),
        .init("7.1.5 within a message", [part(0x01, "a"), Wire.close(1000), part(0x80, "b")], [.close(1000)]),
        .init("7.3.1 without a code", [Wire.close(nil)], [.close(1005)]),
        .init("7.3.2 half a code", [Wire.frame(0x88, [0x03])], [.close(1002)]),
        .init("7.3.4 with a reason", [Wire.close(1000, "Hello")], [.close(1000)]),
        .init("7.3.5 as long as it may be", [Wire.close(1000, String(repeating: "*", count: 123))], [.close(1000)]),
        .init("7.3.6 longer", [Wire.close(1000, String(repeating: "*", count: 124))], [.close(1002)]),
        .init("7.5.1 a reason that is not UTF-8", [Wire.frame(0x88, [0x03, 0xE8, 0xCE, 0xBA, 0xE1])], [.close(1007)]),
        .init("a close in two", [Wire.frame(0x08, [0x03, 0xE8]), Wire.frame(0x80)], [.close(1002)]),
    ]

    @Test("7.7, 7.9 and 7.13: every code from 0 to 5000 is taken or refused as the registry says")
    func codes() {
        for code in UInt16(0)...5000 {
            let isAllowed = [1000...1003, 1007...1014, 3000...4999].contains { $0.contains(code) }
            var server = EchoServer()
            #expect(server.answers(to: [Wire.close(code)]) == [.close(isAllowed ? code : 1002)], "\(code)")
            #expect(server.isOver)
        }
        var server = EchoServer()
        #expect(server.answers(to: [Wire.close(65_535)]) == [.close(1002)])
    }

    @Test("masks: a client's frame has one, a server's none", arguments: [0x81, 0x82, 0x89, 0x8A, 0x88] as [UInt8])
    func masks(_ first: UInt8) throws {
        var server = EchoServer()
        #expect(server.answers(to: [Wire.frame(first, [], mask: nil)]) == [.close(1002)])
        var client = WebSocketParser(role: .client, options: WebSocketOptions())
        client.append(ByteBuffer(bytes: Wire.frame(first)))
        #expect(throws: WebSocketFailure.self) { try client.next() }
    }

    @Test("a length that could be written shorter, or has its highest bit set, is refused")
    func lengths() {
        for (count, bytes) in [(0, 2), (125, 2), (0, 8), (125, 8), (126, 8), (65_535, 8)] {
            var server = EchoServer()
            let frame = Wire.frame(0x82, [UInt8](repeating: 0, count: count), lengthBytes: bytes)
            #expect(server.answers(to: [frame]) == [.close(1002)], "\(count) in \(bytes)")
        }
        for (length, code) in [(UInt64(1) << 63, 1002), (.max, 1002), (UInt64(Int64.max), 1009)] as [(UInt64, UInt16)] {
            var bytes = ByteBuffer(bytes: [0x82, 0xFF])
            bytes.writeInteger(length)
            var server = EchoServer()
            #expect(server.answers(to: [Array(bytes.readableBytesView)]) == [.close(code)], "\(length)")
        }
    }
}
