import Carafe
import CarafeTesting
import Foundation
import Testing

@Suite("The serve command's options", .serialized, .timeLimit(.minutes(5)))
struct ServeCommandTests {
    @Test(
        "wrong options are wrong usage, with what would be right",
        arguments: [
            (["--port", "65536"], "--port must be 0 to 65535."), (["--port", "x"], "--port"),
            (["-p", "-1"], "<port>"), (["--threads", "0"], "--threads must be 1 to 1024."),
            (["--graceful-timeout", "-1"], "--graceful-timeout"),
            (["--graceful-timeout", "86401"], "--graceful-timeout must be 0 to 86400 seconds."),
            (["--access-log", "loud"], "common"), (["--nonsense"], "--nonsense"), (["nonsense"], "nonsense"),
            (["--unix-socket", "/tmp/x", "--port", "1"], "--unix-socket takes the place of --host and --port."),
            (["--unix-socket", "/tmp/x", "--host", "::1"], "--unix-socket takes the place of --host and --port."),
            (["--bind", "x:1", "--port", "1"], "--bind takes the place of --host, --port and --unix-socket."),
            (["--bind", "x"], "--bind takes host:port or unix:path, not 'x'."),
            (["--socket-mode", "888"], "--socket-mode takes permissions in octal, such as 660."),
            (["--proxy-from", "a.test"], "--proxy-from: 'a.test' is neither an address nor a network."),
            (["--workers", "1025"], "--workers must be 0 to 1024."), (["--timeout", "86401"], "--timeout must be 0"),
            (["--max-requests-jitter", "1"], "--max-requests-jitter needs --max-requests."),
            (["--drain-delay", "86401"], "--drain-delay must be 0 to 86400 seconds."),
        ])
    func usage(options: [String], message: String) async throws {
        for command in [["serve"], []] {
            let (app, _) = smallApp()
            let result = try await app.runCommand(command + options)
            #expect(result.exitCode == 64)
            #expect(result.errorOutput.contains(message), "\(result.errorOutput)")
            #expect(result.output.isEmpty)
        }
    }

    @Test(
        "help names every option, its default and the commands, and ends with 0",
        arguments: [
            (["--help"], ["serve (default)", "routes", "ctl", "Serve the app", "Show the routes of the app."]),
            (
                ["serve", "--help"],
                [
                    "--host", "CARAFE_RUN_HOST", "127.0.0.1", "-p, --port", "8000", "--unix-socket", "--debug",
                    "--threads", "--graceful-timeout", "Default: 30", "--access-log", "--workers", "WEB_CONCURRENCY",
                    "--bind",
                ]
            ),
            (["help", "routes"], ["-s, --sort", "endpoint", "--all-methods"]),
        ])
    func help(arguments: [String], texts: [String]) async throws {
        let (app, _) = smallApp()
        let result = try await app.runCommand(arguments)
        #expect(result.exitCode == 0)
        for text in texts { #expect(result.output.contains(text), "\(text) in \(result.output)") }
        let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix("USAGE") }
        #expect(lines.allSatisfy { $0.utf8.count <= 80 })
    }

    @Test("an app with mistakes does not serve: 78 and the report")
    func mistakes() async throws {
        let (app, _) = smallApp(["CARAFE_DEBUG": "perhaps"])
        app.get("/<itn:x>") { (x: Int) in "\(x)" }
        let result = try await app.runCommand(["--port", "0"])
        #expect(result.exitCode == 78)
        #expect(result.errorOutput.contains("The app cannot start: 2 problems.\n  - "))
    }

    @Test(
        "a port of the environment that is none is 78",
        arguments: [
            ("RUN_PORT", "99999", "RUN_PORT is 99999"), ("RUN_PORT", "web", "RUN_PORT is not a whole number"),
            ("RUN_PORT", "-1", "RUN_PORT is -1"),
        ])
    func environmentPort(key: String, value: String, message: String) async throws {
        let (app, _) = smallApp(["CARAFE_\(key)": value])
        let result = try await app.runCommand(["serve"])
        #expect(result.exitCode == 78)
        #expect(result.errorOutput.contains(message))
    }

    @Test("a busy port is 69, whether the command line or the environment names it")
    func busyPort() async throws {
        let listener = try Listener()
        let (app, _) = smallApp()
        let result = try await app.runCommand(["--port", "\(listener.port)"])
        #expect(result.exitCode == 69)
        #expect(result.errorOutput.contains("\(listener.port)"))
        let (other, _) = smallApp(["CARAFE_RUN_PORT": "\(listener.port)", "CARAFE_RUN_HOST": "127.0.0.1"])
        let second = try await other.runCommand([])
        #expect(second.exitCode == 69)
        #expect(second.errorOutput.contains("127.0.0.1"))
    }

    @Test("a start-up hook that throws ends it with 1, and the message")
    func startup() async throws {
        struct NoDatabase: Error, CustomStringConvertible { let description = "The database is away." }
        let (app, _) = smallApp()
        app.onStartup { throw NoDatabase() }
        let result = try await app.runCommand(["--port", "0"])
        #expect(result.exitCode == 1)
        #expect(result.errorOutput.contains("The database is away."))
    }

    @Test("commands of one's own have the app, their arguments and their exit codes")
    func ownCommand() async throws {
        struct Seed: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Fill the database.")
            @Argument var count = 10

            func run() async throws {
                guard count < 100 else { throw ConfigurationProblem("Too many.", hint: "Ask for fewer.") }
                guard count > 0 else { throw ExitCode(3) }
                print("\(App.current?.name ?? "") \(count)")
            }
        }
        let (app, _) = smallApp()
        app.command(Seed.self)
        #expect(try await app.runCommand(["seed"]).output == "small 10\n")
        #expect(try await app.runCommand(["seed", "20"]).output == "small 20\n")
        #expect(try await app.runCommand(["seed", "0"]).exitCode == 3)
        #expect(try await app.runCommand(["seed", "x"]).exitCode == 64)
        #expect(try await app.runCommand(["seed", "100"]).exitCode == 78)
        #expect(try await app.runCommand(["--help"]).output.contains("Fill the database."))
    }
}

/// A port of 127.0.0.1 that is taken while this lives.
private final class Listener {
    let port: UInt16
    private let descriptor: CInt

    init() throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isBound else { throw POSIXError(.EADDRINUSE) }
    }

    deinit { close(descriptor) }
}
