import TestSupport

/// Changes raw requests as an attacker would: a byte here, a line there, a header field that frames. The same seed
/// always makes the same requests.
struct RequestMutator {
    private var random: SplitMix64
    private let seeds: [[UInt8]]

    init(seed: UInt64, requests: [RawRequest]) {
        random = SplitMix64(seed: seed)
        seeds = requests.map(\.bytes).filter { $0.count <= 512 && !$0.isEmpty }
    }

    /// The next request, changed in one to three places.
    mutating func next() -> [UInt8] {
        var bytes = pick(seeds)
        for _ in 0..<Int.random(in: 1...3, using: &random) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: bytes.insert(pick(Self.bytes), at: place)
        case 1 where place < bytes.count: bytes.remove(at: place)
        case 2 where place < bytes.count: bytes[place] = pick(Self.bytes)
        case 3: bytes.insert(contentsOf: pick(Self.pieces), at: place)
        case 4: insertLine(pick(Self.lines), into: &bytes)
        case 5: repeatLine(in: &bytes)
        case 6: swapLines(in: &bytes)
        case 7: bytes = Array(bytes[..<place]) + pick(seeds).suffix(Int.random(in: 1...100, using: &random))
        case 8: bytes += pick(seeds)
        default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...4, using: &random)))
        }
    }

    /// Inserts a line behind one of the others.
    private mutating func insertLine(_ line: [UInt8], into bytes: inout [UInt8]) {
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        guard !ends.isEmpty else { return }
        bytes.insert(contentsOf: line, at: pick(ends) + 1)
    }

    private mutating func repeatLine(in bytes: inout [UInt8]) {
        let lines = Self.lines(of: bytes)
        insertLine(pick(lines), into: &bytes)
    }

    private mutating func swapLines(in bytes: inout [UInt8]) {
        var lines = Self.lines(of: bytes)
        lines.swapAt(.random(in: lines.indices, using: &random), .random(in: lines.indices, using: &random))
        bytes = Array(lines.joined())
    }

    private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        for byte in bytes {
            lines[lines.count - 1].append(byte)
            if byte == 0x0A { lines.append([]) }
        }
        return lines
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    private static let bytes: [UInt8] =
        Array(
            "\r\n \t\0;,:+-_.x05aAfF\"\\/?#%*@[]=".utf8) + [0x0B, 0x0C, 0x1B, 0x7F, 0x80, 0x85, 0xA0, 0xFF]

    private static let pieces: [[UInt8]] = [
        "⏎", "⏎⏎", "\n\n", "\r\r", "0⏎⏎", "5⏎hello⏎", "0x", "chunked", ", ", "close", "http://b", "HTTP/1.1",
        " HTTP/1.0",
        ";a=\"b\"", "%0d", "100-continue",
    ].map { RawRequest.bytes($0) }

    private static let lines: [[UInt8]] = [
        "Content-Length: 5⏎", "Content-Length: 0⏎", "Transfer-Encoding: chunked⏎", "Transfer-Encoding: gzip, chunked⏎",
        "Connection: close⏎", "Connection: keep-alive⏎", "Host: b⏎", "X: y⏎", " folded⏎", "X : y⏎", "X\t: y⏎", "X: y\n",
        "X: y\r", ": y⏎", "⏎", "GET /z HTTP/1.1⏎", "0⏎", "1⏎x⏎", "Expect: 100-continue⏎",
    ].map { RawRequest.bytes($0) }
}
