import CarafeHTTP
import HTTPTypes
import Testing

@Suite("Preconditions, in the order of RFC 9110 §13.2.2")
struct PreconditionsTests {
    static let date = HTTPDate(secondsSinceEpoch: 1_700_000_000)
    static let earlier = date.advanced(by: -1).description
    static let later = date.advanced(by: 1).description

    struct Case: Sendable, CustomTestStringConvertible {
        let headers: Headers
        var method = HTTPRequest.Method.get
        var etag = "\"v1\""
        var exists = true
        let outcome: Preconditions.Outcome

        var testDescription: String { "\(method) " + headers.map { "\($0.name): \($0.value)" }.joined(separator: ", ") }
    }

    static let proceed = Preconditions.Outcome.proceed(isRangeApplicable: false)
    static let partial = Preconditions.Outcome.proceed(isRangeApplicable: true)

    static let cases: [Case] = [
        Case(headers: [:], outcome: proceed),
        Case(headers: [.ifMatch: "\"v1\""], outcome: proceed),
        Case(headers: [.ifMatch: "\"v2\", \"v1\""], outcome: proceed),
        Case(headers: [.ifMatch: "\"v2\""], outcome: .preconditionFailed),
        Case(headers: [.ifMatch: "*"], outcome: proceed),
        Case(headers: [.ifMatch: "*"], exists: false, outcome: .preconditionFailed),
        Case(headers: [.ifMatch: "W/\"v1\""], outcome: .preconditionFailed),
        Case(headers: [.ifMatch: "\"v1\""], etag: "W/\"v1\"", outcome: .preconditionFailed),
        Case(headers: [.ifMatch: "\"v1\"", .ifUnmodifiedSince: earlier], outcome: proceed),
        Case(headers: [.ifUnmodifiedSince: earlier], method: .put, outcome: .preconditionFailed),
        Case(headers: [.ifUnmodifiedSince: date.description], method: .put, outcome: proceed),
        Case(headers: [.ifUnmodifiedSince: "nonsense"], method: .put, outcome: proceed),
        Case(headers: [.ifNoneMatch: "\"v1\""], outcome: .notModified),
        Case(headers: [.ifNoneMatch: "\"v1\""], method: .head, outcome: .notModified),
        Case(headers: [.ifNoneMatch: "\"v1\""], method: .put, outcome: .preconditionFailed),
        Case(headers: [.ifNoneMatch: "W/\"v1\""], outcome: .notModified),
        Case(headers: [.ifNoneMatch: "\"v2\""], outcome: proceed),
        Case(headers: [.ifNoneMatch: "*"], method: .put, outcome: .preconditionFailed),
        Case(headers: [.ifNoneMatch: "*"], method: .put, exists: false, outcome: proceed),
        Case(headers: [.ifNoneMatch: "\"v2\"", .ifModifiedSince: later], outcome: proceed),
        Case(headers: [.ifModifiedSince: later], outcome: .notModified),
        Case(headers: [.ifModifiedSince: date.description], outcome: .notModified),
        Case(headers: [.ifModifiedSince: earlier], outcome: proceed),
        Case(headers: [.ifModifiedSince: later], method: .post, outcome: proceed),
        Case(headers: [.ifMatch: "\"v2\"", .ifNoneMatch: "\"v1\""], outcome: .preconditionFailed),
        Case(headers: [.range: "bytes=0-1"], outcome: partial),
        Case(headers: [.range: "bytes=0-1"], method: .head, outcome: proceed),
        Case(headers: [.range: "bytes=0-1", .ifRange: "\"v1\""], outcome: partial),
        Case(headers: [.range: "bytes=0-1", .ifRange: "\"v2\""], outcome: proceed),
        Case(headers: [.range: "bytes=0-1", .ifRange: "W/\"v1\""], outcome: proceed),
        Case(headers: [.range: "bytes=0-1", .ifRange: date.description], outcome: partial),
        Case(headers: [.range: "bytes=0-1", .ifRange: later], outcome: proceed),
        Case(headers: [.ifRange: "\"v1\""], outcome: proceed),
    ]

    @Test("each precondition has its outcome", arguments: cases)
    func outcome(_ test: Case) {
        let outcome = Preconditions(test.headers).evaluate(
            method: test.method, etag: test.exists ? EntityTag(parsing: test.etag) : nil,
            lastModified: test.exists ? Self.date : nil, exists: test.exists)
        #expect(outcome == test.outcome)
    }

    @Test("several lines of If-None-Match are one list")
    func lines() throws {
        var headers: Headers = [.ifNoneMatch: "\"v0\""]
        try headers.append("\"v1\"", for: .ifNoneMatch)
        #expect(Preconditions(headers).evaluate(method: .get, etag: EntityTag("v1")) == .notModified)
        #expect(!Preconditions(headers).isEmpty)
    }
}
