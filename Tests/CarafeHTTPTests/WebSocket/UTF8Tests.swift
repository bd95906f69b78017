import NIOCore
import TestSupport
import Testing

@testable import CarafeHTTP

@Suite("Text is UTF-8, and what is not is refused with the byte that shows it")
struct UTF8Tests {
    static let valid: [[UInt8]] = [
        Array("Hello-µ@ßöäüàá-UTF-8!!".utf8), Array("κόσμε".utf8), [0x00], [0x7F], [0xC2, 0x80], [0xDF, 0xBF],
        [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBD], [0xEF, 0xBF, 0xBE],
        [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0xBF, 0xBE], [],
    ]

    /// With how many bytes it takes to see that it is wrong; nil where only the end shows it.
    static let invalid: [(bytes: [UInt8], seenAfter: Int?)] = [
        ([0x80], 1), ([0xBF], 1), ([0xC0, 0x80], 1), ([0xC1, 0xBF], 1), ([0xF5, 0x80, 0x80, 0x80], 1), ([0xFE], 1),
        ([0xFF], 1), ([0xE0, 0x80, 0x80], 2), ([0xE0, 0x9F, 0xBF], 2), ([0xED, 0xA0, 0x80], 2),
        ([0xED, 0xBF, 0xBF], 2),
        ([0xF0, 0x80, 0x80, 0x80], 2), ([0xF0, 0x8F, 0xBF, 0xBF], 2), ([0xF4, 0x90, 0x80, 0x80], 2),
        ([0xC2, 0x41], 2), ([0xE1, 0x80, 0x41], 3), ([0xF1, 0x80, 0x80, 0x41], 4), ([0xC2], nil), ([0xE1, 0x80], nil),
        ([0xF4, 0x8F, 0xBF], nil), (Array("κόσμε".utf8) + [0xED, 0xA0, 0x80] + Array("edited".utf8), 12),
        (Array("κόσμε".utf8) + [0xF4, 0x90, 0x80, 0x80] + Array("edited".utf8), 12),
    ]

    @Test("6: valid text comes back, however it is cut and fragmented", arguments: valid)
    func accepts(_ bytes: [UInt8]) {
        let fragments = [Wire.frame(0x01)] + bytes.map { Wire.frame(0x00, [$0]) } + [Wire.frame(0x80)]
        let text = String(decoding: bytes, as: UTF8.self)
        for frames in [[Wire.frame(0x81, bytes)], fragments] {
            for pieces in [frames, Wire.cut(frames.flatMap { $0 }, every: 1)] {
                var server = EchoServer()
                #expect(server.answers(to: pieces) == [.text(text)])
            }
        }
    }

    @Test("6: invalid text ends the connection with 1007, before the frame has ended", arguments: invalid.indices)
    func refuses(_ index: Int) {
        let (bytes, seenAfter) = Self.invalid[index]
        var whole = EchoServer()
        #expect(whole.answers(to: [Wire.frame(0x81, bytes)]) == [.close(1007)])
        var parts = EchoServer()
        let frames = [Wire.frame(0x01)] + bytes.map { Wire.frame(0x00, [$0]) } + [Wire.frame(0x80)]
        #expect(parts.answers(to: frames) == [.close(1007)])
        guard let seenAfter else { return }
        // A long frame that is still arriving: no byte behind the wrong one is needed.
        let long = Wire.frame(0x81, bytes + [UInt8](repeating: 0x61, count: 1_000))
        var early = EchoServer()
        #expect(early.answers(to: [Array(long[..<(8 + seenAfter - 1)])]) == [])
        #expect(early.answers(to: [Array(long[(8 + seenAfter - 1)..<(8 + seenAfter)])]) == [.close(1007)])
    }

    @Test("the validator agrees with the standard library on every two bytes, and on random ones")
    func agrees() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max { compare([first, second, 0x80]) }
        }
        var random = SplitMix64(seed: 7)
        for _ in 0..<5_000 {
            compare(
                (0..<24).map { _ in
                    [0x61, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF].randomElement(
                        using: &random) ?? 0
                })
        }
    }

    private func compare(_ bytes: [UInt8]) {
        var validator = UTF8Validator()
        let isValid = bytes.withUnsafeBytes { validator.accept($0) } && validator.isComplete
        #expect(isValid == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
}
