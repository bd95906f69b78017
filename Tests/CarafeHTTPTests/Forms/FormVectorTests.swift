import Foundation
import NIOCore
import TestSupport
import Testing

@testable import CarafeHTTP

@Suite("Forms of real clients, and Werkzeug")
struct FormVectorTests {
    @Test("a form as a client sends it is understood", arguments: try FormVector.recorded("clients.json"))
    func client(vector: FormVector) async throws {
        try await check(vector)
    }

    @Test("300 recorded forms give what Werkzeug gives, or are refused where they are malformed")
    func recorded() async throws {
        for vector in try FormVector.recorded("werkzeug.json") { try await check(vector) }
    }

    @Test("fresh forms give what Werkzeug gives", .enabled(if: Werkzeug.isInstalled))
    func fresh() async throws {
        for vector in try Werkzeug.vectors(seed: Int(TestSeed.value) + 2, count: 100) { try await check(vector) }
    }

    /// Parses the form at once, and as it arrives in small pieces.
    private func check(_ vector: FormVector) async throws {
        if vector.malformed {
            let error = #expect(throws: FormError.self, "\(vector)") { try parse(vector) }
            #expect(error?.status == 400, "\(vector)")
            return
        }
        let atOnce = try #require(try parse(vector))
        #expect(try await atOnce.flattened() == vector.expected, "\(vector)")
        let parser = try #require(try FormParser(contentType: vector.contentType))
        let arriving = try await parser.parse(Multipart.arriving(vector.bytes.pieces(of: 3)))
        #expect(try await arriving.flattened() == vector.expected, "in pieces: \(vector)")
    }

    private func parse(_ vector: FormVector) throws -> FormData? {
        try FormParser(contentType: vector.contentType)?.parse(vector.bytes)
    }
}

/// Werkzeug, run by the `python3` in the path.
enum Werkzeug {
    static let isInstalled = (try? Python.run(["-c", "import werkzeug.sansio.multipart"])) != nil

    static func vectors(seed: Int, count: Int) throws -> [FormVector] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Differential/form_vectors.py")
        return try JSONDecoder().decode(
            [FormVector].self, from: Python.run([script.path, "\(seed)", "\(count)"]))
    }
}
