import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("Error handlers", .timeLimit(.minutes(5)))
struct ErrorHandlerTests {
    protocol StorageError: Error {}
    struct Full: StorageError {}
    struct Missing: StorageError, HTTPError { var status: HTTPResponse.Status { .gone } }
    struct Unexpected: Error {}

    @Test("the exact type comes before a type that the error also is, whichever was registered first")
    func specificity() async throws {
        for generalFirst in [true, false] {
            let (app, _) = recordedApp()
            if generalFirst { app.onError((any StorageError).self) { _, _ in "general" } }
            app.onError(Full.self) { _, _ in "exact" }
            if !generalFirst { app.onError((any StorageError).self) { _, _ in "general" } }
            app.get("/full") { () throws -> String in throw Full() }
            app.get("/missing") { () throws -> String in throw Missing() }
            try await app.test { client in
                let response = try await client.get("/full")
                #expect(response.text == "exact")
                #expect(try await client.get("/missing").text == "general")
            }
        }
    }

    @Test("a handler for a status takes an HTTP error of any type, before handlers for its type")
    func statusFirst() async throws {
        let (app, _) = recordedApp()
        let blog = Blueprint("blog")
        app.onError(.gone) { _, error in "status \(error is Missing)" }
        blog.onError(Missing.self) { _, _ in "type" }
        blog.get("/") { () throws -> String in throw Missing() }
        app.register(blog)
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.text == "status true")
        }
    }

    @Test("a handler for HTTP errors sees unexpected ones as a 500, with the error that was thrown")
    func unexpected() async throws {
        let (app, log) = recordedApp()
        app.onError((any HTTPError).self) { _, error in
            let original = (error as? InternalServerError)?.originalError
            return Response("\(error.status.code) \(original is Unexpected)", status: error.status)
        }
        app.get("/fail") { () throws -> String in throw Unexpected() }
        try await app.test { client in
            let failed = try await client.get("/fail")
            #expect(failed.status == .internalServerError && failed.text == "500 true")
            #expect(log.errors.count == 1)
            #expect(try await client.get("/nothing").text == "404 false")
            #expect(log.errors.count == 1)
        }
    }

    @Test("an error that no handler takes is logged exactly once, with path and method", arguments: [false, true])
    func loggedOnce(isAsynchronous: Bool) async throws {
        let (app, log) = recordedApp()
        let signalled = Mutex(0)
        app.signals.gotRequestException.connect { _ in signalled.withLock { $0 += 1 } }
        if isAsynchronous {
            app.get("/fail") { () async throws -> String in
                await Task.yield()
                throw Unexpected()
            }
        } else {
            app.get("/fail") { () throws -> String in throw Unexpected() }
        }
        try await app.test { client in
            let response = try await client.get("/fail")
            #expect(response.status == .internalServerError)
            #expect(response.unexpectedError is Unexpected)
        }
        #expect(log.messages.count == 1)
        #expect(log.errors.first?.contains("/fail [GET]") == true)
        #expect(log.errors.first?.contains("Unexpected") == true)
        #expect(signalled.withLock { $0 } == 1)
    }

    @Test("errors that a handler takes, and answers such as 404, are not logged")
    func notLogged() async throws {
        let (app, log) = recordedApp()
        app.onError(Full.self) { _, _ in "handled" }
        app.get("/full") { () throws -> String in throw Full() }
        app.get("/abort") { () throws -> String in throw Abort(.internalServerError) }
        try await app.test { client in
            for path in ["/full", "/abort", "/nothing"] { _ = try await client.get(path) }
        }
        #expect(log.messages.isEmpty)
    }

    @Test("what a client puts into the path cannot forge a line of the log")
    func forgedLog() async throws {
        let (app, log) = recordedApp()
        app.get("/<p>") { (p: String) throws -> String in throw Unexpected() }
        try await app.test { client in _ = try await client.get("/a%0A2024-01-01%20error%1B%5B31m") }
        try #require(log.errors.count == 1)
        #expect(!log.errors[0].unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test(
        "an Abort with a response is sent as it is, with what was to be done when it has left", arguments: [404, 200])
    func abortResponse(code: Int) async throws {
        let (app, _) = recordedApp()
        let closed = Mutex(0)
        app.onError(.notFound) { _, _ in "handled" }
        app.onError((any Error).self) { _, _ in "handled" }
        app.get("/") { () throws -> String in
            var response = Response("mine", status: HTTPResponse.Status(code: code))
            response.onClose { _ in closed.withLock { $0 += 1 } }
            throw Abort(response)
        }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.status.code == code && response.text == "mine")
            #expect(closed.withLock { $0 } == 1)
        }
    }

    @Test("a CancellationError is a 500 while the client is there")
    func cancellationError() async throws {
        let (app, log) = recordedApp()
        app.get("/now") { () throws -> String in throw CancellationError() }
        app.get("/later") { () async throws -> String in
            let inner = Task { try await Task.sleep(for: .seconds(60)) }
            inner.cancel()
            try await inner.value
            return "slept"
        }
        try await app.test { client in
            for path in ["/now", "/later"] {
                let response = try await client.get(path)
                #expect(response.status == .internalServerError)
            }
        }
        #expect(log.errors.count == 2)
    }

    @Test("an error that comes because the client has gone is not logged")
    func clientGone() async throws {
        let (app, log) = recordedApp()
        let (started, ended) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
        app.get("/slow") { () async throws -> String in
            started.continuation.finish()
            try await Task.sleep(for: .seconds(60))
            return "slept"
        }
        app.teardownRequest { _, error in
            #expect(error == nil)
            ended.continuation.finish()
        }
        try await app.test { client in
            let waiting = Task { try await client.get("/slow") }
            for await _ in started.stream {}
            waiting.cancel()
            _ = try? await waiting.value
            for await _ in ended.stream {}
        }
        #expect(log.messages.isEmpty)
    }

    @Test(
        "a failing after-request hook makes a 500 that the others see, and says so in the log",
        arguments: [false, true])
    func afterRequest(isAsynchronous: Bool) async throws {
        let (app, log) = recordedApp()
        let seen = Mutex<[Int]>([])
        app.get("/") { "ok" }
        app.afterRequest { _, response in seen.withLock { $0.append(response.status.code) } }
        if isAsynchronous {
            app.afterRequest { _, response async throws in
                await Task.yield()
                if response.status == .ok { throw Abort(.notFound) }
            }
        } else {
            app.afterRequest { _, response throws in if response.status == .ok { throw Abort(.notFound) } }
        }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.status == .internalServerError)
            #expect(response.text.contains("<h1>Internal Server Error</h1>"))
        }
        #expect(seen.withLock { $0 } == [500])
        #expect(log.errors.count == 1)
    }
}
