import CarafeServer
import TestSupport
import Testing

@testable import carafe_tool

@Suite("The process of an app")
struct AppProcessTests {
    @Test("is over when it has ended, whatever it has left behind that keeps its streams open", .timeLimit(.minutes(1)))
    func leftBehind() async throws {
        let app = try AppProcess(
            executable: "/bin/sh", arguments: ["-c", "echo broken >&2; sleep 1000 & exit 3"],
            socket: ListeningSocket(host: "127.0.0.1", port: 0), version: "1", consoleKey: ConsoleKey(),
            findsFunctions: false, print: { _ in })
        let end = await app.end
        #expect(end.ending == .exit(3))
        #expect(end.errors == ["broken"])
    }
}
