/// Where we answer otherwise than Flask, on purpose.
struct SendFileDifference {
    let reason: String
    let concerns: @Sendable (SendFileVector) -> Bool
    let change: @Sendable (inout SendFileVector.Answer) -> Void

    static let all: [SendFileDifference] = [
        SendFileDifference(
            reason: "a path with a slash at its end names a folder",
            concerns: { $0.case.path == "a.txt/" }, change: { $0 = .init(status: 404, headers: [:], text: "") }),
        SendFileDifference(
            reason: "a type that names its charset gets no second one",
            concerns: { $0.case.type == "text/html; charset=latin-1" },
            change: { $0.headers["Content-Type"] = "text/html; charset=latin-1" }),
        SendFileDifference(
            reason: "ranges are for GET alone (RFC 9110 §14.2)",
            concerns: { $0.case.method == "HEAD" && $0.field("Range") != nil }, change: { $0 = whole(text: "") }),
        SendFileDifference(
            reason: "a suffix that is longer than the file is all of it (RFC 9110 §14.1.2)",
            concerns: { $0.field("Range") == "bytes=-99" },
            change: {
                $0 = whole()
                $0.status = 206
                $0.headers["Content-Range"] = "bytes 0-9/10"
            }),
        SendFileDifference(
            reason: "a suffix of no bytes is unsatisfiable (RFC 9110 §14.1.2)",
            concerns: { $0.field("Range") == "bytes=-0" },
            change: { $0 = .init(status: 416, headers: ["Content-Range": "bytes */10"], text: "") }),
        SendFileDifference(
            reason: "several ranges, and a field that cannot be read, are ignored (RFC 9110 §14.2)",
            concerns: { vector in
                let ignored = [
                    "bytes=5-2", "bytes=0-1,3-4", "bytes=", "bytes=a-b", "bytes=-", "bytes=0-0,-1", "bytes 0-1",
                    "lines=0-1",
                ]
                return vector.field("Range").map(ignored.contains) ?? false
            }, change: { $0 = whole() }),
        SendFileDifference(
            reason: "an empty file has no parts, and is sent",
            concerns: { $0.case.path == "empty.txt" && $0.field("Range") != nil },
            change: {
                $0 = whole(text: "")
                $0.headers["Content-Disposition"] = "inline; filename=empty.txt"
            }),
        SendFileDifference(
            reason: "If-Range compares strongly (RFC 9110 §13.1.5)",
            concerns: { $0.field("If-Range") == "W/{etag}" }, change: { $0 = whole() }),
        SendFileDifference(
            reason: "412 carries what tells of the version, and nothing of the content",
            concerns: { $0.status == 412 && $0.field("If-Match") != "*" }, change: { $0 = refused }),
        SendFileDifference(
            reason: "If-Match: * is for any version that exists (RFC 9110 §13.1.1)",
            concerns: { $0.field("If-Match") == "*" }, change: { $0 = whole() }),
        SendFileDifference(
            reason: "If-Unmodified-Since is heeded (RFC 9110 §13.1.4)",
            concerns: { $0.field("If-Unmodified-Since") == "Tue, 14 Nov 2023 22:13:19 GMT" }, change: { $0 = refused }),
    ]

    /// The answer with all of `a.txt`.
    private static func whole(text: String = "0123456789") -> SendFileVector.Answer {
        SendFileVector.Answer(
            status: 200,
            headers: [
                "Content-Type": "text/plain; charset=utf-8", "Content-Disposition": "inline; filename=a.txt",
                "Last-Modified": FilesFixture.date, "Cache-Control": "no-cache", "Accept-Ranges": "bytes", "ETag": "…",
            ], text: text)
    }

    private static let refused = SendFileVector.Answer(
        status: 412, headers: ["Last-Modified": FilesFixture.date, "ETag": "…"], text: "")
}

extension SendFileVector {
    /// A field of the request.
    func field(_ name: String) -> String? { self.case.fields.first { $0.first == name }?.last }
}
