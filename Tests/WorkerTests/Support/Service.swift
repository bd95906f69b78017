import Foundation
import TestSupport

/// An app with a supervisor and workers, for one test.
final class Service {
    /// The app: beside the bundle of the tests, or the one that `make chaos` has built.
    static let executable =
        ProcessInfo.processInfo.environment["CARAFE_CHAOS_APP"]
        ?? URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent().appending(path: "chaos-app")
        .path(percentEncoded: false)

    /// Where its log, its control socket and a copy of its executable are.
    let folder: URL
    let process: ChildProcess
    private(set) var port: UInt16 = 0

    /// The path of its executable, a link that may come to lead elsewhere.
    var link: URL { folder.appending(path: "app") }

    /// Starts it, and waits until it serves.
    ///
    /// - Parameters:
    ///   - wrapper: a program and arguments that start it, such as `prlimit`
    ///   - waits: whether to wait
    init(
        workers: Int = 2, _ arguments: [String] = [], _ variables: [String: String] = [:], wrapper: [String] = [],
        descriptors: [CInt] = [], address: [String] = ["--bind", "127.0.0.1:0"], waits: Bool = true
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "cw-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let link = folder.appending(path: "app")
        try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: Self.executable)
        let command =
            wrapper + [link.path, "serve", "--workers", "\(workers)", "--log-file", folder.path + "/log"] + address
            + ["--control-socket", folder.path + "/control"] + arguments
        let environment = ["CARAFE_SKIP_DOTENV": "1", "SWIFT_BACKTRACE": "enable=no", "PATH": Self.path]
        process = try ChildProcess(
            command[0], Array(command.dropFirst()),
            environment: variables.merging(environment) { given, _ in given }, descriptors: descriptors)
        if waits { try waitUntilServing() }
    }

    deinit {
        let workers = processes()
        process.kill()
        // They would finish what they do first, and one that hangs never does.
        for worker in workers { kill(worker, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

    /// Its log up to now.
    var log: String { (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "" }

    private func waitUntilServing() throws {
        guard eventually({ log.contains(" workers listen on ") }) else { throw Failure(log) }
        let text = log.components(separatedBy: " workers listen on ").last ?? ""
        let address = text.prefix { !$0.isWhitespace && $0 != "," }
        port = UInt16(address.split(separator: ":").last ?? "") ?? 0
    }

    /// Lets the path of its executable lead to another one.
    func replaceExecutable(with path: String) throws {
        let new = folder.appending(path: "app.new")
        try FileManager.default.createSymbolicLink(atPath: new.path, withDestinationPath: path)
        guard rename(new.path, link.path) == 0 else { throw Failure("The link could not be replaced.") }
    }

    /// Sends the supervisor a signal.
    func signal(_ signal: CInt) { process.signal(signal) }

    // MARK: - Its workers

    /// How it fares, as its control socket tells.
    func status() throws -> Status {
        let answer = try ask("status").receive()
        guard let status = answer.status else { throw Failure(answer.message ?? "") }
        return status
    }

    /// Asks its control socket for something, without waiting for the answer.
    func ask(_ command: String) throws -> Question { try Question(command, at: folder.path + "/control") }

    /// Runs `ctl`.
    func control(_ action: String) throws -> (text: String, code: Int32) {
        let process = try ChildProcess(
            Self.executable, ["ctl", action, "--socket", folder.path + "/control"],
            environment: ["CARAFE_SKIP_DOTENV": "1", "SWIFT_BACKTRACE": "enable=no"])
        let text = String(decoding: process.readToEnd(), as: UTF8.self)
        return (text, process.wait())
    }

    /// The processes of the workers that serve, the oldest first.
    func serving() -> [pid_t] {
        ((try? status().workers) ?? []).filter { $0.state == "serving" }.compactMap(\.process)
    }

    /// Whether so many workers come to serve, and none of these.
    func comesToServe(with workers: Int, without old: [pid_t] = []) -> Bool {
        eventually {
            let serving = serving()
            return serving.count == workers && Set(serving).isDisjoint(with: old)
        }
    }

    /// The processes of its workers as the system lists them, for where there is no descriptor left to ask the supervisor.
    func processes() -> [pid_t] {
        let threads = "/proc/\(process.id)/task"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: threads)) ?? []
        return names.flatMap { name in
            ((try? String(contentsOfFile: "\(threads)/\(name)/children", encoding: .utf8)) ?? "").split(separator: " ")
                .compactMap { pid_t($0) }
        }.sorted()
    }

    /// How many descriptors a process has open.
    static func descriptorCount(of process: pid_t) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count) ?? 0
    }

    /// Whether `condition` comes to hold, within a time that only a failing test needs.
    func eventually(_ condition: () -> Bool) -> Bool {
        let end = Date().addingTimeInterval(90)
        while Date() < end {
            if condition() { return true }
            usleep(20_000)
        }
        return condition()
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ log: String) { description = "The service does not serve:\n\(log)" }
    }
}
