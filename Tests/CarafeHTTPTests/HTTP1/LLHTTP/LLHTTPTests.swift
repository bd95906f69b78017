import CarafeHTTP
import Testing

@Suite("Whatever is accepted, llhttp reads the same")
struct LLHTTPTests {
    private static let requests =
        RawRequest.requestLines + RawRequest.versions + RawRequest.originForms + RawRequest.otherForms
        + RawRequest.hosts + RawRequest.fieldLines + RawRequest.contentLengths + RawRequest.transferEncodings
        + RawRequest.chunks + RawRequest.chunkExtensions + RawRequest.trailers + RawRequest.connections
        + RawRequest.smuggling + RawRequest.expectations + RawRequest.oddities

    @Test("the suite's requests, which meet every exception and every rule that llhttp does not have")
    func suite() {
        let comparison = expectAgreement(Self.requests.map(\.bytes))
        #expect(comparison.exceptions == Set(LLHTTPException.allCases))
        #expect(comparison.stricter.map(\.rawValue).sorted() == LLHTTPComparison.stricterRules.map(\.rawValue).sorted())
    }

    @Test("mutated requests", arguments: [1, 2, 3, 4])
    func mutated(_ seed: UInt64) {
        var mutator = RequestMutator(seed: seed, requests: Self.requests)
        expectAgreement((0..<5_000).map { _ in mutator.next() })
    }

    @discardableResult
    private func expectAgreement(_ inputs: [[UInt8]]) -> LLHTTPComparison {
        var comparison = LLHTTPComparison()
        for input in inputs { comparison.compare(input) }
        #expect(comparison.accepted > inputs.count / 10, "too few are accepted to say anything")
        #expect(comparison.differences == [])
        #expect(comparison.stricter.subtracting(LLHTTPComparison.stricterRules).map(\.rawValue) == [])
        return comparison
    }
}
