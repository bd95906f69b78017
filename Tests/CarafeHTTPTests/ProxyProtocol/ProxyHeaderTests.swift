import CarafeHTTP
import NIOCore
import Testing

/// The examples are those of HAProxy's proxy-protocol.txt, and what it forbids.
@Suite struct ProxyHeaderTests {
    private static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    private static let longest = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

    private static func binary(_ head: [UInt8], _ content: [UInt8]) -> [UInt8] {
        signature + head + [UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
    }

    static let lines: [(String, source: String?, destination: String?)] = [
        ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n", "192.0.2.1:56324", "198.51.100.1:443"),
        (
            "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255:65535",
            "255.255.255.255:65535"
        ),
        ("PROXY TCP6 2001:db8::1 ::1 1 0\r\n", "2001:db8::1:1", "::1:0"),
        ("PROXY TCP6 \(longest) \(longest) 65535 65535\r\n", "\(longest):65535", "\(longest):65535"),
        ("PROXY UNKNOWN\r\n", nil, nil),
        ("PROXY UNKNOWN \(longest) \(longest) 65535 65535\r\n", nil, nil),
    ]

    static let binaries: [([UInt8], source: String?, destination: String?)] = [
        (
            binary([0x21, 0x11], [192, 0, 2, 1, 198, 51, 100, 1, 0xDC, 0x04, 0x01, 0xBB]), "192.0.2.1:56324",
            "198.51.100.1:443"
        ),
        (
            binary(
                [0x21, 0x21],
                [0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 11) + [1] + Array(repeating: 0, count: 15) + [1]
                    + [0, 80, 1, 0xBB]), "2001:db8::1:80", "::1:443"
        ),
        // What follows the addresses (here a TLV that fills up) is passed over.
        (
            binary([0x21, 0x11], [10, 0, 0, 1, 10, 0, 0, 2, 0, 1, 0, 2, 0x04, 0, 3, 0, 0, 0]), "10.0.0.1:1",
            "10.0.0.2:2"
        ),
        // The proxy's own connection, whatever it tells beside.
        (binary([0x20, 0x00], []), nil, nil), (binary([0x20, 0x11], [1, 2, 3]), nil, nil),
        (binary([0x21, 0x00], []), nil, nil), (binary([0x21, 0x31], Array(repeating: 0x61, count: 216)), nil, nil),
    ]

    static let all = lines.map { (Array($0.0.utf8), $0.source, $0.destination) } + binaries

    @Test("a header tells the client's address and how long it is", arguments: all)
    func reading(bytes: [UInt8], source: String?, destination: String?) {
        for rest in [[], Array("GET / HTTP/1.1\r\n".utf8)] {
            guard case .header(let header) = ProxyHeader.read(bytes + rest) else {
                return #expect(Bool(false), "\(ProxyHeader.read(bytes + rest))")
            }
            #expect(header.length == bytes.count)
            #expect(Self.text(header.source) == source)
            #expect(Self.text(header.destination) == destination)
        }
    }

    @Test("every beginning of a header is incomplete", arguments: all.map(\.0))
    func cut(bytes: [UInt8]) {
        for count in 0..<bytes.count { #expect(ProxyHeader.read(bytes.prefix(count)) == .incomplete, "\(count)") }
    }

    static let malformed: [[UInt8]] =
        [
            "GET / HTTP/1.1\r\n", "proxy TCP4 1.2.3.4 1.2.3.4 1 1\r\n", "PROXY\r\n", "PROXY TCP4\r\n",
            "PROXY TCP4 1.2.3.4 1.2.3.4 1 1\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
            "PROXY TCP4 1.2.3.4 1.2.3.4 1 1 1\r\n",
            "PROXY TCP4  1.2.3.4 1.2.3.4 1 1\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 65536\r\n",
            "PROXY TCP4 1.2.3.4 1.2.3.4 01 1\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 -1 1\r\n",
            "PROXY TCP4 1.2.3.4 1.2.3.4 +1 1\r\n", "PROXY TCP4 1.2.3 1.2.3.4 1 1\r\n",
            "PROXY TCP4 1.2.3.4.5 1.2.3.4 1 1\r\n",
            "PROXY TCP4 ::1 ::1 1 1\r\n", "PROXY TCP6 1.2.3.4 1.2.3.4 1 1\r\n", "PROXY TCP6 ::g ::1 1 1\r\n",
            "PROXY TCP6 fe80::1%lo ::1 1 1\r\n", "PROXY UDP4 1.2.3.4 1.2.3.4 1 1\r\n",
            "PROXY tcp4 1.2.3.4 1.2.3.4 1 1\r\n",
            "PROXY TCP4 a.test 1.2.3.4 1 1\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 1\r\r\n",
            "PROXY UNKNOWN " + String(repeating: "x", count: 100) + "\r\n",
        ].map { Array($0.utf8) } + [
            // Another version, command, family; cut addresses; a length beyond the limit.
            signature + [0x11, 0x11, 0, 0], signature + [0x22, 0x11, 0, 0], signature + [0x21, 0x41, 0, 0],
            binary([0x21, 0x11], Array(repeating: 0, count: 11)), binary([0x21, 0x21], Array(repeating: 0, count: 35)),
            binary([0x21, 0x31], Array(repeating: 0, count: 215)), signature + [0x21, 0x11, 0x10, 0x01],
            Array(signature.dropLast()) + [0x0B],
        ]

    @Test("what is no header is refused", arguments: malformed)
    func refused(bytes: [UInt8]) {
        guard case .malformed(let reason) = ProxyHeader.read(bytes) else {
            return #expect(Bool(false), "\(ProxyHeader.read(bytes))")
        }
        #expect(!reason.isEmpty)
    }

    @Test("a line without an end is refused at 107 bytes")
    func endless() {
        let line = Array("PROXY UNKNOWN ".utf8) + Array(repeating: 0x61 as UInt8, count: 200)
        #expect(ProxyHeader.read(line.prefix(106)) == .incomplete)
        #expect(ProxyHeader.read(line.prefix(107)) == .malformed("Its line is too long."))
    }

    private static func text(_ address: SocketAddress?) -> String? {
        address.map { "\($0.ipAddress ?? "?"):\($0.port ?? -1)" }
    }
}
