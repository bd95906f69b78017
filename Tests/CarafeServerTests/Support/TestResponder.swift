import CarafeHTTP
import HTTPTypes
import NIOCore
import Synchronization

/// A responder made of closures, one for each path; any other path is answered with itself.
struct TestResponder: Responder {
    typealias Answer = @Sendable (Request) -> Reply

    private var answers: [String: Answer] = [:]

    func respond(to request: Request) -> Reply {
        let path = request.head.target.rawPath
        if let answer = answers[path] { return answer(request) }
        return .now(Response("\(request.method) \(path)"))
    }

    /// The same responder with an answer at `path`.
    func at(_ path: String, _ answer: @escaping Answer) -> TestResponder {
        var copy = self
        copy.answers[path] = answer
        return copy
    }

    /// The same responder with an asynchronous answer at `path`.
    func later(_ path: String, _ answer: @escaping @Sendable (Request) async -> Response) -> TestResponder {
        at(path) { request in .later { await answer(request) } }
    }

    /// - `/echo` reads the content and sends it back; `/trailers` sends the trailer field `Sum` back
    /// - `/later` answers with itself after a moment, `/soon` in a task that never waits
    /// - `/stream` streams three pieces, `/sized` three pieces of a declared length
    static let usual = TestResponder()
        .later("/echo") { request in
            await answering { Response(body: .bytes(try await request.body.collect())) }
        }
        .later("/trailers") { request in
            await answering {
                _ = try await request.body.collect()
                return Response(request.body.trailers?[HTTPField.Name("Sum")!] ?? "none")
            }
        }
        .later("/later") { _ in
            try? await Task.sleep(for: .milliseconds(5))
            return Response("GET /later")
        }
        .later("/soon") { _ in Response("GET /soon") }
        .at("/stream") { _ in .now(Response(body: .stream { try await writePieces(to: $0) })) }
        .at("/sized") { _ in .now(Response(body: .stream(length: 14) { try await writePieces(to: $0) })) }

    private static func writePieces(to writer: ResponseWriter) async throws {
        for piece in ["first ", "second ", "3"] {
            try await writer.write(piece)
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// What the framework makes of errors that reading the content throws.
    static func answering(_ work: () async throws -> Response) async -> Response {
        do {
            return try await work()
        } catch is ContentTooLarge {
            return Response("too large", status: .contentTooLarge)
        } catch let error as ContentInterrupted where error.reason == .tooSlow {
            return Response("too slow", status: .requestTimeout)
        } catch {
            return Response("\(error)", status: .badRequest)
        }
    }
}

/// Counts what happens on any thread, in order.
final class Recorder: Sendable {
    private let storage = Mutex<[String]>([])

    var events: [String] { storage.withLock { $0 } }

    func note(_ event: String) { storage.withLock { $0.append(event) } }

    /// A response whose closing is noted, with the kind of error it closes with.
    func watch(_ response: Response) -> Response {
        var response = response
        response.onClose { error in self.note(error == nil ? "closed" : "broken off") }
        return response
    }
}
