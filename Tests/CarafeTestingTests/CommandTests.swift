import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("Running an app's commands in a test", .serialized)
struct CommandTests {
    struct Greet: AsyncParsableCommand {
        @Argument var name: String

        func run() async throws {
            print("Hello, \(name), from \(App.current?.name ?? "nowhere")")
            if name == "nobody" { throw ExitCode(3) }
        }
    }

    @Test("what a command prints is returned")
    func output() async throws {
        let app = sampleApp()
        app.command(Greet.self)
        let result = try await app.runCommand(["greet", "Ada"])
        #expect(result.exitCode == 0)
        #expect(result.output.contains("Hello, Ada, from sample"))
    }

    @Test("the exit code of a command is returned")
    func exitCode() async throws {
        let app = sampleApp()
        app.command(Greet.self)
        #expect(try await app.runCommand(["greet", "nobody"]).exitCode == 3)
    }

    @Test("wrong usage ends with 64 and says why")
    func usage() async throws {
        let result = try await sampleApp().runCommand(["routes", "--nonsense"])
        #expect(result.exitCode == 64)
        #expect(result.errorOutput.contains("--nonsense"))
    }

    @Test("start-up and shutdown hooks run around a test")
    func hooks() async throws {
        let events = Mutex<[String]>([])
        let app = sampleApp()
        app.onStartup { events.withLock { $0.append("start") } }
        app.onShutdown { events.withLock { $0.append("stop") } }
        try await app.test { _ in events.withLock { $0.append("test") } }
        #expect(events.withLock { $0 } == ["start", "test", "stop"])
    }
}
