import CarafeRouting
import Testing

@Suite("Whatever a client sends")
struct HostileTests {
    private static func routes() throws -> Routes {
        try Routes(
            "/", "/a/", "/<s>", "/<int:i>/x", "/<float:f>/y", "/<uuid:u>/z", "/<a>-<b>.<c>", "/p/<path:p>",
            "/q/<path:p>/",
            "/<path:p>/edit", "/<string(length=3):s>/s", "/<any(a, b):w>/w")
    }

    @Test("NUL and control characters are characters like others")
    func control() throws {
        let routes = try Self.routes()
        #expect(routes.match("/a\0b") == "/<s> s=a\0b")
        #expect(routes.match("/p/\0") == "/p/<path:p> p=\0")
        #expect(routes.match("/p/a\r\nb") == "404")
        #expect(routes.match("/5\0/x") == "404")
    }

    @Test(
        "invalid UTF-8 is matched as bytes, read with replacement characters, and redirected as it is",
        arguments: [
            ([0xFF], "/<s> s=\u{FFFD}"), ([0xC3], "/<s> s=\u{FFFD}"), ([0xE2, 0x82], "/<s> s=\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "/<s> s=\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xC0, 0xAF], "/<s> s=\u{FFFD}\u{FFFD}"),
            ([0x71, 0x2F, 0xFF], "308 http://example.com/q/%FF/"),
            ([0xFF, 0xFF, 0xFF, 0x2F, 0x73], "/<string(length=3):s>/s s=\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xD9, 0x2F, 0x78], "404"),
        ] as [([UInt8], String)])
    func invalid(bytes: [UInt8], expected: String) throws {
        #expect(try Self.routes().match(bytes: [0x2F] + bytes) == expected)
    }

    @Test("numbers past 64 bits are no numbers, however long")
    func numbers() throws {
        let routes = try Self.routes()
        #expect(routes.match("/9223372036854775807/x") == "/<int:i>/x i=9223372036854775807")
        #expect(routes.match("/9223372036854775808/x") == "404")
        #expect(routes.match("/\(String(repeating: "9", count: 60_000))/x") == "404")
        #expect(routes.match("/\(String(repeating: "0", count: 60_000))7/x") == "/<int:i>/x i=7")
        #expect(routes.match("/\(String(repeating: "9", count: 60_000)).5/y") == "/<float:f>/y f=inf")
    }

    @Test(
        "64 KiB of anything get an answer",
        arguments: [
            "a", "/", "a/", "-", ".", "a-b.", "/edit", "//", "%2F", "é", "\0", "1", "1.", "\n", "../", "?", "<s>",
        ])
    func long(piece: String) throws {
        let path = "/" + String(repeating: piece, count: 65_536 / piece.utf8.count)
        let answer = try Self.routes().match(path)
        #expect(!answer.isEmpty)
    }

    @Test("a path deeper than every rule is not found, and one below a path variable is")
    func deep() throws {
        let deep = String(repeating: "/x", count: 30_000)
        #expect(try Routes("/<a>/<b>", "/x/x").match(deep) == "404")
        #expect(try Self.routes().match("/p" + deep) == "/p/<path:p> p=" + deep.dropFirst())
    }

    @Test("any bytes get an answer")
    func random() throws {
        let routes = try Self.routes()
        var generator = SystemRandomNumberGenerator()
        let bytes: [UInt8] = [0x2F, 0x2F, 0x61, 0x2D, 0x2E, 0x30, 0x39, 0xFF, 0xC3, 0xA9, 0xD9, 0xA3, 0x0A, 0x00, 0xF0]
        for _ in 0..<2000 {
            let path = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                bytes.randomElement(using: &generator) ?? 0
            }
            #expect(!routes.match(bytes: path).isEmpty, "\(path)")
        }
    }
}
