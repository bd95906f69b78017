import Foundation

/// A PostgreSQL server of the tests' own, in a temporary folder, which ends with the process that started it, however that ends.
///
/// ```swift
/// @Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL's server is not installed"))
/// struct PostTests {
///     let url = try PostgreSQLServer.shared.newDatabase()
/// ```
package final class PostgreSQLServer: @unchecked Sendable {
    /// The server that all tests of the process share.
    package static var shared: PostgreSQLServer {
        get throws { try running.get() }
    }

    private static let running = Result { try PostgreSQLServer(pristine: nil, [:], nil, hasTLS: false) }

    /// Whether a server can be started here.
    package static let isInstalled = binaries != nil

    /// The folder of PostgreSQL's programs.
    package static let binaries: String? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let folders = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "/usr/lib/postgresql/\($0)/bin" }
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return (folders + path).first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
    }()

    /// Where its files are: `data`, the socket and `log`.
    package let folder: String

    /// The port of TCP on 127.0.0.1; nil where it listens on its socket alone.
    package let port: Int?

    /// The password that TCP connections of the user `carafe` need.
    package static let password = "p@ss:word/1"

    /// A folder on a disk of its own, for a tablespace; nil where there is none.
    package var volume: String? { volumeSize == nil ? nil : folder + "/volume" }

    /// Whether a server can have a volume: what a disk is takes a user who may mount one.
    package static let canHaveVolume =
        isInstalled && getuid() == 0
        && (try? ChildProcess("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).wait()) == 0

    private let settings: [String: String]
    private let volumeSize: Int?
    /// Guards what follows.
    private let lock = NSLock()
    private var databases = 0
    private var watcher: ChildProcess?
    /// The end of a pipe that closes when this process ends: its watcher then ends the server.
    private var lifeline: CInt = -1

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - settings: of `postgresql.conf`: `["max_connections": "5"]`
    ///   - listens: whether it listens on a free port of 127.0.0.1 too
    ///   - hasTLS: whether it takes TLS there, with a certificate for `localhost` that it signs itself: `folder/server.crt`
    ///   - volume: how large the disk of ``volume`` is, in MiB; it needs ``canHaveVolume``
    package convenience init(
        settings: [String: String] = [:], listens: Bool = false, hasTLS: Bool = false, volume: Int? = nil
    ) throws {
        let pristine = try Self.shared.folder + "/pristine"
        try self.init(
            pristine: pristine, settings, listens || hasTLS ? freePort() : nil, hasTLS: hasTLS, volume: volume)
    }

    /// - Parameter pristine: the files of a server that was never started, which are copied faster than made; nil to make them
    private init(
        pristine: String?, _ settings: [String: String], _ port: Int?, hasTLS: Bool, volume: Int? = nil
    ) throws {
        guard let binaries = Self.binaries else { throw Failure(description: "PostgreSQL's server is not installed") }
        var template = Array("/tmp/cpg-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "no temporary folder") }
        folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        self.port = port
        volumeSize = volume
        var settings = settings
        if hasTLS {
            settings["ssl"] = "on"
            settings["ssl_cert_file"] = "\(folder)/server.crt"
            settings["ssl_key_file"] = "\(folder)/server.key"
        }
        self.settings = settings
        try Data(Self.password.utf8).write(to: URL(filePath: folder + "/password"))
        if hasTLS { try makeCertificate() }
        if let path = self.volume {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        }
        if getuid() == 0 { try run("chown", ["-R", Self.user, folder]) }
        if let pristine {
            try run(asUser: "cp", ["-a", pristine, "\(folder)/data"])
        } else {
            try run(
                asUser: "\(binaries)/initdb",
                [
                    "--no-sync", "-D", "\(folder)/data", "-U", "carafe", "-E", "UTF8", "--locale=C.UTF-8",
                    "--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile=\(folder)/password",
                ])
            try run(asUser: "cp", ["-a", "\(folder)/data", "\(folder)/pristine"])
        }
        try start()
    }

    deinit {
        if lifeline >= 0 { close(lifeline) }
        _ = watcher?.wait()
    }

    /// Starts it again after `stop()` or `kill()`.
    package func start() throws {
        guard let binaries = Self.binaries else { return }
        try lock.withLock {
            guard watcher == nil else { return }
            let fifo = "\(folder)/lifeline"
            unlink(fifo)
            guard mkfifo(fifo, 0o600) == 0 else { throw Failure(description: "no pipe in \(folder)") }
            lifeline = open(fifo, O_RDWR | O_CLOEXEC)
            // Durability is tested where the server is killed; the machine is not, so that fsync would change nothing.
            var options = [
                "listen_addresses": port == nil ? "" : "127.0.0.1", "unix_socket_directories": folder, "fsync": "off",
                "max_connections": "800", "shared_buffers": "16MB", "log_min_messages": "warning",
                "timezone": "UTC", "max_wal_size": "2GB", "autovacuum": "off",
            ]
            if let port { options["port"] = String(port) }
            for (name, value) in settings { options[name] = value }
            let arguments = options.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
            let script = """
                trap "" INT HUP TERM
                "$@" </dev/null >>"$0/log" 2>&1 &
                read -r line
                kill -QUIT $(head -n 1 "$0/data/postmaster.pid") 2>/dev/null
                tries=0
                while [ -e "$0/data/postmaster.pid" ] && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
                [ "$line" = stay ] || rm -rf "$0"
                """
            // The mount is the server's alone, and goes with it.
            let mount = volumeSize.map { size in
                let command = """
                    mount -t tmpfs -o size=\(size)m none "$0" && chown \(Self.user) "$0" && exec "$@"
                    """
                return ["unshare", "--mount", "sh", "-c", command, folder + "/volume"]
            }
            let server = ["\(binaries)/postgres", "-D", "\(folder)/data"] + arguments
            watcher = try ChildProcess(
                "sh", ["-c", script, folder] + (mount ?? []) + Self.asUser + server, input: fifo)
        }
        try waitUntilReady()
    }

    private func waitUntilReady() throws {
        for _ in 0..<600 {
            if let lines = postmasterLines, lines.count >= 8, lines[7].hasPrefix("ready") { return }
            usleep(25_000)
        }
        let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
        throw Failure(description: "the server does not start: \(log)")
    }

    private var postmasterLines: [Substring]? {
        (try? String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8))?.split(
            separator: "\n", omittingEmptySubsequences: false)
    }

    /// The process that the others of the server descend from.
    package var postmaster: pid_t? { postmasterLines?.first.flatMap { pid_t($0) } }

    /// Ends it in the midst of what it does, as a crash of the machine would, and returns when all its processes are gone.
    package func kill() {
        guard let postmaster else { return }
        let children = Self.children(of: postmaster)
        for process in [postmaster] + children { Foundation.kill(process, SIGKILL) }
        for process in [postmaster] + children { while Self.isAlive(process) { usleep(2_000) } }
        unlink(folder + "/data/postmaster.pid")
        leave()
    }

    /// Stops it: its clients are sent away.
    package func stop() {
        guard let postmaster else { return }
        Foundation.kill(postmaster, SIGINT)
        while Self.isAlive(postmaster) { usleep(2_000) }
        leave()
    }

    /// The watcher of a server that is gone goes too, but leaves the files.
    private func leave() {
        lock.withLock {
            let word = Array("stay\n".utf8)
            _ = word.withUnsafeBytes { write(lifeline, $0.baseAddress, $0.count) }
            close(lifeline)
            lifeline = -1
            _ = watcher?.wait()
            watcher = nil
        }
    }

    /// Halts all its processes, as a network would that loses every packet, or lets them go on.
    package func freeze(_ isFrozen: Bool = true) {
        guard let postmaster else { return }
        for process in [postmaster] + Self.children(of: postmaster) {
            Foundation.kill(process, isFrozen ? SIGSTOP : SIGCONT)
        }
    }

    /// Whether a process runs. One that has ended may wait for its parent to hear of it.
    private static func isAlive(_ process: pid_t) -> Bool {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return !text.split(separator: ")", maxSplits: 1).dropFirst().joined().hasPrefix(" Z")
    }

    private static func children(of process: pid_t) -> [pid_t] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)) ?? ""
        return text.split(separator: " ").compactMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// Makes an empty database, and returns its URL.
    package func newDatabase() throws -> String {
        let name = lock.withLock {
            databases += 1
            return "test_\(databases)"
        }
        try execute("CREATE DATABASE \(name) TEMPLATE template0")
        return url(database: name)
    }

    /// The URL of a database over the Unix socket.
    package func url(database: String = "postgres") -> String {
        "postgresql://carafe@/\(database)?host=\(folder)" + (port.map { "&port=\($0)" } ?? "")
    }

    /// Runs a statement with `psql`, and returns what it prints.
    @discardableResult
    package func execute(_ statement: String, database: String = "postgres") throws -> String {
        let port = port.map { ["-p", String($0)] } ?? []
        let arguments = [
            "-h", folder, "-U", "carafe", "-d", database, "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement,
        ]
        return try run((Self.binaries ?? "") + "/psql", arguments + port)
    }

    /// What a program printed that failed.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }
}

extension PostgreSQLServer {
    /// The user that the server runs as, which may not be root.
    private static let user = getpwnam("postgres") == nil ? "nobody" : "postgres"

    /// What makes a command run as that user, written before it.
    package static var asUser: [String] {
        guard getuid() == 0, let entry = getpwnam(user) else { return [] }
        return [
            "setpriv", "--reuid=\(entry.pointee.pw_uid)", "--regid=\(entry.pointee.pw_gid)", "--clear-groups", "--",
        ]
    }

    private func run(asUser program: String, _ arguments: [String]) throws {
        let command = Self.asUser + [program] + arguments
        try run(command[0], Array(command.dropFirst()))
    }

    @discardableResult
    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = try ChildProcess(program, arguments)
        let output = String(decoding: process.readToEnd(), as: UTF8.self)
        guard process.wait() == 0 else { throw Failure(description: "\(program): \(output)") }
        return output
    }

    /// A certificate for `localhost`, and one that another signed.
    private func makeCertificate() throws {
        for name in ["server", "other"] {
            try run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).crt",
                ])
            chmod("\(folder)/\(name).key", 0o600)
            chmod("\(folder)/\(name).crt", 0o644)
        }
        chmod(folder, 0o755)
    }
}
