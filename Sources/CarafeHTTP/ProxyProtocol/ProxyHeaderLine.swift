internal import NIOCore

/// Version 1: `PROXY TCP4 192.0.2.1 198.51.100.1 56324 443` and CRLF.
enum ProxyHeaderLine {
    private static let word = Array("PROXY ".utf8)

    static func read(_ bytes: [UInt8]) -> ProxyHeader.Reading {
        guard word.starts(with: bytes.prefix(word.count)) else { return .malformed("It does not begin with PROXY.") }
        guard let end = bytes.firstIndex(of: 0x0A) else {
            return bytes.count < ProxyHeader.lineLimit ? .incomplete : .malformed("Its line is too long.")
        }
        guard end > word.count, bytes[end - 1] == 0x0D else { return .malformed("Its line does not end with CRLF.") }
        let fields = bytes[word.count..<end - 1].split(separator: 0x20, omittingEmptySubsequences: false)
        var header = ProxyHeader(length: end + 1)
        // What follows UNKNOWN is to be passed over.
        if fields[0].elementsEqual("UNKNOWN".utf8) { return .header(header) }
        guard fields.count == 5 else { return .malformed("Its line has not six words.") }
        let isIPv4 = fields[0].elementsEqual("TCP4".utf8)
        guard isIPv4 || fields[0].elementsEqual("TCP6".utf8) else { return .malformed("Its family is unknown.") }
        guard let source = address(fields[1], fields[3], isIPv4: isIPv4),
            let destination = address(fields[2], fields[4], isIPv4: isIPv4)
        else { return .malformed("It has an address or a port that is none.") }
        (header.source, header.destination) = (source, destination)
        return .header(header)
    }

    private static func address(_ host: ArraySlice<UInt8>, _ port: ArraySlice<UInt8>, isIPv4: Bool) -> SocketAddress? {
        guard let port = number(port), host.allSatisfy(isIPv4 ? isIPv4Byte : isIPv6Byte) else { return nil }
        let address = try? SocketAddress(ipAddress: String(decoding: host, as: UTF8.self), port: port)
        switch (address, isIPv4) {
        case (.v4, true), (.v6, false): return address
        default: return nil
        }
    }

    /// A port as the protocol has it: decimal, without leading zeros.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard 1...5 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }), digits.first != 0x30 || digits.count == 1
        else { return nil }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return value <= 65_535 ? value : nil
    }

    private static func isIPv4Byte(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte || byte == 0x2E }

    private static func isIPv6Byte(_ byte: UInt8) -> Bool {
        isIPv4Byte(byte) || byte == 0x3A || 0x41...0x46 ~= byte || 0x61...0x66 ~= byte
    }
}
