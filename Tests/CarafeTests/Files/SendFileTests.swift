import CarafeHTTP
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import Carafe

@Suite("Flask's send_file and send_from_directory")
struct SendFileTests {
    private static let vectors = PythonVectors<SendFileVector>("send_file_vectors")

    @Test("each recorded answer of Flask is ours too, but for the listed differences")
    func recorded() async throws {
        let files = try SendFileVector.files()
        let vectors = try Self.vectors.recorded()
        #expect(vectors.count > 100)
        var unused = Set(SendFileDifference.all.indices)
        for vector in vectors {
            let ours = try await vector.case.answer(files)
            let listed = SendFileDifference.all.indices.filter { SendFileDifference.all[$0].concerns(vector) }
            let expected = listed.reduce(into: vector.answer) { SendFileDifference.all[$1].change(&$0) }
            #expect(ours == expected, "\(vector.case) \(listed.map { SendFileDifference.all[$0].reason })")
            unused.subtract(listed)
        }
        #expect(unused.isEmpty, "listed, but not among the vectors")
    }

    @Test(
        "the installed Flask still answers as recorded, and random requests as we do",
        .enabled(if: vectors.isInstalled("flask")))
    func current() async throws {
        let files = try SendFileVector.files()
        let recorded = try Self.vectors.recorded()
        let seed = String(UInt32.random(in: 0...UInt32.max))
        let current = try Self.vectors.current(seed: seed, count: 150)
        #expect(Array(current.prefix(recorded.count)) == recorded && current.count == recorded.count + 150)
        for vector in current.dropFirst(recorded.count) {
            let listed = SendFileDifference.all.filter { $0.concerns(vector) }
            let expected = listed.reduce(into: vector.answer) { $1.change(&$0) }
            let ours = try await vector.case.answer(files)
            #expect(ours == expected, "seed \(seed): \(vector.case)")
        }
    }
}

/// What Flask answered to one request, as `send_file_vectors.py` writes it.
struct SendFileVector: Decodable, Equatable {
    struct Case: Decodable, Equatable {
        let path: String
        let inFolder: Bool
        let method: String
        let fields: [[String]]
        let attachment: Bool?
        let download: String?
        let type: String?
        let maxAge: Int?
        let conditional: Bool?
        let etag: Bool?
    }

    struct Answer: Equatable {
        var status: Int
        var headers: [String: String]
        var text: String
    }

    let `case`: Case
    let status: Int
    let headers: [String: String]
    let text: String

    var answer: Answer { Answer(status: status, headers: headers, text: text) }

    /// The script's files.
    static func files() throws -> FilesFixture {
        try FilesFixture([
            "a.txt": "0123456789", "a.html": "<p>", "a.css": "a{}", "a.js": "1", "a.json": "{}", "a.png": "PNG",
            "a.bin": "b", "none": "n", "a.tar.gz": "GZIP", "a b.txt": "ab", "é.txt": "e", "dir/b.txt": "b",
            "a\"b.txt": "q", "empty.txt": "", "../secret.txt": "SECRET",
        ])
    }
}

extension SendFileVector.Case {
    private static let names: [HTTPField.Name] = [
        .contentType, .contentDisposition, .contentEncoding, .contentRange, .lastModified, .cacheControl, .acceptRanges,
        .eTag, .expires,
    ]

    /// Our answer to the same request.
    func answer(_ files: FilesFixture) async throws -> SendFileVector.Answer {
        let file = File(
            path, in: inFolder ? "static" : nil, asAttachment: attachment ?? false, downloadName: download,
            contentType: type, maxAge: maxAge, etag: etag ?? true, conditional: conditional ?? true)
        let app = files.app()
        app.get("/") { file }
        let tag = try await app.answer("GET /")[.eTag] ?? ""
        let lines = fields.map { "\($0[0]): \($0[1].replacingOccurrences(of: "{etag}", with: tag))" }
        let answer = try await app.answer(try Request.parsed("\(method) /", lines))
        var headers: [String: String] = [:]
        for name in Self.names {
            guard let value = answer[name] else { continue }
            headers[name.rawName] = name == .eTag || name == .expires ? "…" : value
        }
        if answer.status == 404 || answer.status == 416 { headers["Content-Type"] = nil }
        return SendFileVector.Answer(
            status: answer.status, headers: headers, text: [200, 206].contains(answer.status) ? answer.text : "")
    }
}
