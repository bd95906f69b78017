import CarafeHTTP
import HTTPTypes
import Testing

@Suite("Raw requests get the answer that RFC 9110 and 9112 ask for, however their bytes are cut")
struct RawRequestTests {
    @Test("request lines", arguments: RawRequest.requestLines)
    func requestLines(_ request: RawRequest) { expectAnswer(request) }

    @Test("versions", arguments: RawRequest.versions)
    func versions(_ request: RawRequest) { expectAnswer(request) }

    @Test("targets in origin form", arguments: RawRequest.originForms)
    func originForms(_ request: RawRequest) { expectAnswer(request) }

    @Test("targets in the other forms", arguments: RawRequest.otherForms)
    func otherForms(_ request: RawRequest) { expectAnswer(request) }

    @Test("Host", arguments: RawRequest.hosts)
    func hosts(_ request: RawRequest) { expectAnswer(request) }

    @Test("field lines", arguments: RawRequest.fieldLines)
    func fieldLines(_ request: RawRequest) { expectAnswer(request) }

    @Test("Content-Length", arguments: RawRequest.contentLengths)
    func contentLengths(_ request: RawRequest) { expectAnswer(request) }

    @Test("Transfer-Encoding", arguments: RawRequest.transferEncodings)
    func transferEncodings(_ request: RawRequest) { expectAnswer(request) }

    @Test("chunks", arguments: RawRequest.chunks)
    func chunks(_ request: RawRequest) { expectAnswer(request) }

    @Test("chunk extensions", arguments: RawRequest.chunkExtensions)
    func chunkExtensions(_ request: RawRequest) { expectAnswer(request) }

    @Test("trailers", arguments: RawRequest.trailers)
    func trailers(_ request: RawRequest) { expectAnswer(request) }

    @Test("connections and pipelines", arguments: RawRequest.connections)
    func connections(_ request: RawRequest) { expectAnswer(request) }

    @Test("smuggled requests", arguments: RawRequest.smuggling)
    func smuggling(_ request: RawRequest) { expectAnswer(request) }

    @Test("expectations", arguments: RawRequest.expectations)
    func expectations(_ request: RawRequest) { expectAnswer(request) }

    @Test("limits", arguments: RawRequest.limits)
    func limits(_ request: RawRequest) { expectAnswer(request) }

    @Test("legal oddities", arguments: RawRequest.oddities)
    func oddities(_ request: RawRequest) { expectAnswer(request) }

    private func expectAnswer(_ request: RawRequest) {
        let whole = Reading([request.bytes])
        switch request.answer {
        case .reads(let messages):
            #expect(whole.error == nil)
            #expect(whole.messages == messages)
            #expect(!whole.isWaiting)
        case .waits(let messages):
            #expect(whole.error == nil)
            #expect(whole.messages + (whole.partial.map { [$0] } ?? []) == messages)
            #expect(whole.isWaiting)
        case .refuses(let status, let rule, let messages):
            #expect(whole.error?.rule == rule)
            #expect(whole.error?.status.code == status)
            #expect(whole.messages == messages)
        }
        #expect(Cuts.firstDifference(request.bytes, from: whole) == nil)
    }
}

/// The ways in which the bytes of a connection can be cut.
enum Cuts {
    /// The first way of cutting the bytes that gives another reading, with that reading; nil where there is none.
    static func firstDifference(_ bytes: [UInt8], from whole: Reading) -> String? {
        // Long bytes are long for a run of the same.
        let step = bytes.count > 512 ? 61 : 1
        let pieces = stride(from: 0, to: bytes.count, by: step).map { Array(bytes[$0...].prefix(step)) }
        let single = Reading(pieces)
        if single != whole { return "piece by piece: \(single)" }
        for place in places(bytes) {
            let halves = Reading([Array(bytes[..<place]), Array(bytes[place...])])
            if halves != whole { return "cut at \(place): \(halves)" }
        }
        return nil
    }

    /// Every place of short bytes; of long ones, those around the first and the last changes of byte.
    private static func places(_ bytes: [UInt8]) -> [Int] {
        guard bytes.count > 512 else { return Array(bytes.indices.dropFirst()) }
        let changes = bytes.indices.dropFirst().filter { bytes[$0] != bytes[$0 - 1] }
        let ends = changes.prefix(8) + changes.suffix(8)
        return ends.flatMap { [$0 - 1, $0, $0 + 1] }.filter { 1..<bytes.count ~= $0 }
    }
}
