import Carafe
import CarafeTesting
import NIOCore
import Synchronization
import Testing

@Suite("Content that is streamed in and out", .timeLimit(.minutes(5)))
struct StreamingTests {
    static let transports: [TestTransport] = [.inMemory, .server]

    @Test("pieces of a sequence and of a writer arrive in order", arguments: transports)
    func pieces(transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.get("/sequence") {
            Stream(
                contentType: "text/csv",
                AsyncStream { continuation in
                    for number in 0..<5 { continuation.yield("\(number)\n") }
                    continuation.finish()
                })
        }
        app.get("/writer") {
            Stream(status: .accepted, length: 4) { writer in
                try await writer.write("ab")
                try await writer.write(ByteBuffer(string: "cd"))
            }
        }
        try await app.test(transport) { client in
            let sequence = try await client.get("/sequence")
            #expect(sequence.text == "0\n1\n2\n3\n4\n")
            #expect(sequence.headers[.contentType] == "text/csv" && sequence.headers[.contentLength] == nil)
            let writer = try await client.get("/writer")
            #expect(writer.text == "abcd" && writer.status == .accepted)
            #expect(writer.headers[.contentLength] == "4")
        }
    }

    @Test("HEAD runs no stream", arguments: transports)
    func head(transport: TestTransport) async throws {
        let (app, _) = smallApp()
        let ran = Mutex(false)
        app.get("/") {
            Stream { writer in
                ran.withLock { $0 = true }
                try await writer.write("x")
            }
        }
        try await app.test(transport) { client in
            let response = try await client.head("/")
            #expect(response.text.isEmpty && response.status == .ok)
            #expect(ran.withLock { $0 } == false)
        }
    }

    @Test("a stream knows its request, session and g", arguments: transports)
    func context(transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.get("/<name>") { (request: Request, name: String) in
            request.g["name"] = name
            return Stream { writer in
                let name: String? = Request.current?.g["name"]
                try await writer.write("\(name ?? "nobody") \(Request.current?.path ?? "nowhere")")
            }
        }
        try await app.test(transport) { client async throws in
            #expect(try await client.get("/ada").text == "ada /ada")
        }
    }

    @Test("a stream that throws breaks off, so that the client knows", arguments: transports)
    func brokenOff(transport: TestTransport) async throws {
        struct Broken: Error {}
        let (app, _) = smallApp()
        app.get("/") {
            Stream { writer in
                try await writer.write("half")
                throw Broken()
            }
        }
        try await app.test(transport) { client async throws in
            await #expect(throws: (any Error).self) { try await client.get("/") }
        }
    }

    @Test("a writer waits for its reader, so that an endless stream needs little memory", arguments: transports)
    func backPressure(transport: TestTransport) async throws {
        let written = Mutex(0)
        let (app, _) = smallApp()
        app.get("/") {
            Stream { writer in
                let piece = ByteBuffer(repeating: 7, count: 64 * 1024)
                while true {
                    try await writer.write(piece)
                    written.withLock { $0 += piece.readableBytes }
                }
            }
        }
        try await app.test(transport) { client in
            try await client.stream(.get, "/") { response in
                for try await _ in response.body { break }
                try await Task.sleep(for: .milliseconds(50))
                #expect(written.withLock { $0 } < 32 * 1024 * 1024)
            }
        }
    }

    @Test("an upload is read no faster than its handler takes it", arguments: transports)
    func upload(transport: TestTransport) async throws {
        let (piece, count) = (ByteBuffer(repeating: 1, count: 64 * 1024), 400)
        let sent = Mutex(0)
        let (app, _) = smallApp()
        app.post("/", maxContentLength: 100_000_000) { (request: Request) async throws in
            try await Task.sleep(for: .milliseconds(50))
            let early = sent.withLock { $0 }
            var size = 0
            for try await piece in request.body { size += piece.readableBytes }
            return "\(early < count) \(size)"
        }
        let pieces = AsyncStream<ByteBuffer> {
            sent.withLock { $0 += 1 }
            return sent.withLock { $0 } > count ? nil : piece
        }
        try await app.test(transport) { client in
            let response = try await client.post("/", .stream(pieces))
            #expect(response.text == "true \(count * piece.readableBytes)")
        }
    }

    @Test("the parts of a form are read one after the other as they arrive", arguments: transports)
    func parts(transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.post("/") { (request: Request) async throws in
            var text = ""
            for try await part in try request.formParts() {
                text += "\(part.name)/\(part.filename ?? "-")="
                for try await piece in part { text += String(buffer: piece) }
                text += ";"
            }
            return text
        }
        app.post("/first") { (request: Request) async throws in
            for try await part in try request.formParts() {
                return String(buffer: try await part.collect(upTo: 10))
            }
            return "none"
        }
        let form = TestContent.multipart([.field("a", "1"), .file("f", filename: "x.txt", "text"), .field("b", "2")])
        try await app.test(transport) { client async throws in
            #expect(try await client.post("/", form).text == "a/-=1;f/x.txt=text;b/-=2;")
            #expect(try await client.post("/first", form).text == "1")
        }
    }

    @Test(
        "the parts of anything but a multipart form are 415",
        arguments: ["text/plain", "application/x-www-form-urlencoded"])
    func noParts(type: String) async throws {
        let (app, _) = smallApp()
        app.post("/") { (request: Request) async throws in
            for try await part in try request.formParts() { return part.name }
            return "none"
        }
        try await app.test { client async throws in
            #expect(try await client.post("/", .text("a=1", contentType: type)).status == .unsupportedMediaType)
        }
    }
}
