import Foundation
import NIOCore
import Synchronization

@testable import CarafeHTTP

/// A form and what it contains.
struct FormVector: Decodable, CustomStringConvertible {
    var client: String?
    var contentType: String
    var body: Data
    var malformed: Bool
    var fields: [[String]]?
    var files: [[String?]]?

    var bytes: ByteBuffer { ByteBuffer(bytes: body) }
    var description: String { "\(client ?? contentType): \(String(decoding: body.prefix(600), as: UTF8.self))" }

    static func recorded(_ name: String) throws -> [FormVector] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
        return try JSONDecoder().decode([FormVector].self, from: Data(contentsOf: folder.appending(path: name)))
    }

    /// What the form contains, in a shape that compares bytes: `String` would compare canonical equivalents.
    var expected: [[UInt8]] {
        let fields = (fields ?? []).flatMap { $0.map { Array($0.utf8) } }
        let files = (files ?? []).flatMap { file -> [[UInt8]] in
            let content = file.last.flatMap { $0 }.flatMap { Data(base64Encoded: $0) } ?? Data()
            return file.dropLast().map { Array(($0 ?? "none").utf8) } + [Array(content)]
        }
        return fields + files
    }
}

extension FormData {
    /// The same shape as ``FormVector/expected``.
    func flattened() async throws -> [[UInt8]] {
        var all = fields.flatMap { [Array($0.name.utf8), Array($0.value.utf8)] }
        for file in files {
            all += [file.name, file.filename, file.contentType ?? "none"].map { Array($0.utf8) }
            all.append(Array(try await file.read().readableBytesView))
        }
        return all
    }
}

/// What a parser makes of a body: the events with the pieces of content joined, and how it ends.
struct Transcript: Equatable {
    var events: [String] = []
    var contents: [[UInt8]] = []
    var error: FormError?

    /// The transcript of a multipart body that comes in pieces.
    init(boundary: String = "zz", limits: FormLimits = FormLimits(), pieces: some Sequence<ByteBuffer>) {
        do {
            var parser = try MultipartParser(boundary: boundary, limits: limits)
            var content: [UInt8] = []
            func drain() throws {
                while let event = try parser.next() {
                    switch event {
                    case .partBegan(let part):
                        events.append("part \(part.name) \(part.filename ?? "-") \(part.contentType ?? "-")")
                    case .partData(let bytes): bytes.withUnsafeReadableBytes { content.append(contentsOf: $0) }
                    case .partEnded:
                        events.append("end")
                        contents.append(content)
                        content = []
                    case .finished: events.append("finished")
                    }
                }
            }
            for piece in pieces {
                parser.append(piece)
                try drain()
            }
            parser.finish()
            try drain()
        } catch {
            self.error = error as? FormError
        }
    }

    init(_ text: String, boundary: String = "zz", limits: FormLimits = FormLimits()) {
        self.init(boundary: boundary, limits: limits, pieces: [ByteBuffer(string: text)])
    }
}

/// Bodies with the boundary `zz`.
enum Multipart {
    static func field(_ name: String, _ value: String) -> String {
        "--zz\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    static func file(_ name: String, _ content: String) -> String {
        "--zz\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(name).txt\"\r\n\r\n\(content)\r\n"
    }

    /// A part with this header, which has to bring its line ends.
    static func part(header: String) -> String { "--zz\r\n\(header)\r\nx\r\n--zz--\r\n" }

    static let end = "--zz--\r\n"

    static func parser(limits: FormLimits = FormLimits(), spool: UploadSpool = UploadSpool()) throws -> FormParser {
        guard let parser = try FormParser(contentType: "multipart/form-data; boundary=zz", limits: limits, spool: spool)
        else { throw CancellationError() }
        return parser
    }

    /// A body of which nothing has arrived, until it is read.
    static func arriving(_ pieces: [ByteBuffer]) -> RequestBody {
        let producer = Mutex<RequestBody?>(nil)
        let body = RequestBody(contentLength: nil, limit: .max) {
            guard let body = producer.withLock({ $0.take() }) else { return }
            for piece in pieces { _ = body.feed(piece) }
            body.finish()
        }
        producer.withLock { $0 = body }
        return body
    }

    static func arriving(_ text: String, pieceSize: Int = 1000) -> RequestBody {
        arriving(ByteBuffer(string: text).pieces(of: pieceSize))
    }
}

extension ByteBuffer {
    func pieces(of size: Int) -> [ByteBuffer] {
        var rest = self
        var pieces: [ByteBuffer] = []
        while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
            pieces.append(piece)
        }
        return pieces
    }
}
