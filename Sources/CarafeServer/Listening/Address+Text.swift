extension ServerConfiguration.Address {
    /// An address as the command line has it: `127.0.0.1:8000`, `[::1]:8000`, `:8000` for every address of this machine, or
    /// `unix:/run/app.sock`; nil for anything else.
    package init?(_ text: String) {
        let bytes = text.utf8
        if bytes.starts(with: "unix:".utf8) {
            let path = String(decoding: bytes.dropFirst(5), as: UTF8.self)
            guard !path.isEmpty else { return nil }
            self = .unixSocket(path: path)
            return
        }
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
            let port = Self.port(bytes[bytes.index(after: colon)...])
        else { return nil }
        var host = bytes[..<colon]
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
            host = host.dropFirst().dropLast()
            guard host.contains(UInt8(ascii: ":")) else { return nil }
        } else if host.contains(UInt8(ascii: ":")) {
            return nil
        }
        self = .hostname(host.isEmpty ? "0.0.0.0" : String(decoding: host, as: UTF8.self), port: port)
    }

    private static func port(_ digits: Substring.UTF8View) -> Int? {
        guard 1...5 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        let port = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return port <= 65_535 ? port : nil
    }
}
