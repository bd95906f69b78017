import CarafeTesting
import Testing

@testable import Carafe

/// Thrown at known places.
private struct Thrown: Error { var number = 1 }

@inline(never)
private func throwing() throws { throw Thrown() }

@inline(never)
private func throwingItsType() throws(Thrown) { throw Thrown() }

@inline(never)
private func throwingLater() async throws {
    try await Task.sleep(for: .milliseconds(1))
    try throwing()
}

@inline(never)
private func waiting() async throws { try await throwingLater() }

@Suite("Tracebacks", .enabled(if: Traceback.hasSymbolizer), .serialized)
struct TracebackTests {
    init() { ThrowRecorder.start() }

    /// The functions of the test itself that led to an error.
    private func functions(_ body: () async throws -> Void) async throws -> [String] {
        do {
            try await body()
            return []
        } catch {
            let traceback = try #require(ThrowRecorder.traceback(of: error, in: nil))
            return await traceback.frames().filter(\.isOfApp).map(\.function)
        }
    }

    @Test("begin where the error was thrown")
    func throwPlace() async throws {
        do {
            try throwing()
        } catch {
            let frame = try #require(await ThrowRecorder.traceback(of: error, in: nil)?.frames().first)
            #expect(frame.function.contains("throwing()"))
            #expect(frame.path == #filePath)
            #expect(frame.line == 10)
            #expect(frame.isOfApp)
            #expect(!frame.isWaiting)
        }
    }

    @Test("go on through the functions that waited")
    func async() async throws {
        let functions = try await functions { try await waiting() }
        #expect(functions.count >= 3)
        for (function, name) in zip(functions, ["throwing()", "throwingLater()", "waiting()"]) {
            #expect(function.contains(name), "\(functions)")
        }
    }

    @Test("are found for errors that are thrown by their type")
    func typed() async throws {
        let functions = try await functions { try throwingItsType() }
        #expect(functions.first?.contains("throwingItsType()") == true, "\(functions)")
    }

    @Test("are those of the first throw, where an error is thrown on")
    func rethrown() async throws {
        let functions = try await functions {
            do { try throwing() } catch { throw error }
        }
        #expect(functions.first?.contains("throwing()") == true, "\(functions)")
    }

    @Test("are kept for the latest throws alone")
    func bounded() throws {
        do {
            try throwing()
        } catch {
            for _ in 0..<ThrowRecorder.capacity { try? throwingItsTypeElsewhere() }
            #expect(ThrowRecorder.traceback(of: error, in: nil) == nil)
        }
    }

    private struct Other: Error {}
    private func throwingItsTypeElsewhere() throws { throw Other() }
}

@Suite("Tracebacks in the log", .enabled(if: Traceback.hasSymbolizer))
struct TracebackLogTests {
    private func app(tracebacks: Bool) -> (App, LogRecord) {
        let (app, log) = recordedApp()
        app.config.tracebacks = tracebacks
        app.get("/") { () throws -> String in
            try throwing()
            return ""
        }
        return (app, log)
    }

    @Test("tell the app's calls, for some errors a second")
    func calls() async throws {
        let (app, log) = app(tracebacks: true)
        var elapsed = Duration.zero
        try await app.test { client async throws in
            let start = ContinuousClock.now
            for _ in 0..<8 { #expect(try await client.get("/").text.contains("Internal Server Error")) }
            elapsed = ContinuousClock.now - start
        }
        var told: [String] = []
        for _ in 0..<300 where told.count < TracebackLog.limitPerSecond {
            try await Task.sleep(for: .milliseconds(100))
            told = log.errors.filter { $0.utf8.starts(with: "The calls that led to Thrown:".utf8) }
        }
        #expect(told.count >= TracebackLog.limitPerSecond)
        // On a busy machine they may have taken longer.
        if elapsed < .milliseconds(900) { #expect(told.count == TracebackLog.limitPerSecond) }
        #expect(told.allSatisfy { $0.contains("throwing() (\(#filePath):10)") }, "\(told)")
    }

    @Test("are there only where they are asked for")
    func off() throws {
        #expect(try app(tracebacks: false).0.compile().tracebacks == nil)
        #expect(try app(tracebacks: true).0.compile().tracebacks != nil)
    }

    @Test("say what was left out")
    func leftOut() {
        #expect(TracebackLog.text("E", [], leftOut: 3) == "The calls that led to E:\n3 errors before it came too fast.")
    }
}
