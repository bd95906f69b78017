import Foundation
import Synchronization
import TestSupport
import Testing

@testable import carafe_tool

/// A project that `carafe dev` serves, in processes of their own.
final class DevelopedProject: Sendable {
    /// What builds it.
    enum Toolchain: CaseIterable {
        /// A script that builds nothing, for the tests of every day.
        case standIn
        /// The compiler.
        case swift

        static var available: [Toolchain] { SlowTests.areWanted ? allCases : [.standIn] }
    }

    let folder: String
    let toolchain: Toolchain
    private let scratchPath: String
    private let fixture: ToolFixture
    private let tool: Mutex<ChildProcess>
    private let port: UInt16

    init(_ name: String, _ kind: Project.Kind, _ toolchain: Toolchain) throws {
        (folder, fixture) = try SlowTests.makeProject(name, kind)
        self.toolchain = toolchain
        port = UInt16(freePort())
        var environment = ProcessInfo.processInfo.environment
        switch toolchain {
        case .swift: scratchPath = SlowTests.scratchPath
        case .standIn:
            scratchPath = fixture.folder + "/build"
            let standIn = try StandInToolchain(in: fixture.folder + "/bin", root: folder)
            environment.merge(standIn.environment) { $1 }
        }
        let process = try ChildProcess(
            "sh",
            [
                "-c", "cd \"$0\" && exec \"$1\" dev --port \"$2\" --scratch-path \"$3\" > \"$0/../log\" 2>&1", folder,
                SlowTests.tool, "\(port)", scratchPath,
            ], environment: environment)
        tool = Mutex(process)
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// What the tool has written to its terminal.
    private var log: String { (try? TextFile.text(of: folder + "/../log")) ?? "" }

    /// The PIN that it has printed.
    var pin: String? { log.firstRange(of: "PIN ").map { String(log[$0.upperBound...].prefix(11)) } }

    /// Asks until the answer has a text, for a while that a build may take.
    func wait(for text: String, at path: String = "/") async throws -> String {
        var last = ""
        for _ in 0..<6000 {
            last = exchange(path) ?? "(lost)"
            if last.contains(text) { return last }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("'\(text)' never came; the last answer was: \(last)")
        return last
    }

    /// Changes a file as editors do: aside, then renamed.
    func edit(_ path: String, _ old: String, _ new: String) throws {
        let file = folder + "/" + path
        let text = try TextFile.text(of: file)
        #expect(text.contains(old), "\(old) in \(path)")
        try TextFile.write(text.replacingOccurrences(of: old, with: new), to: file + ".new")
        #expect(rename(file + ".new", file) == 0)
    }

    /// The whole answer to a request over a connection of its own; nil where the connection was refused or broke off.
    func exchange(_ path: String, by method: String = "GET", accept: String = "text/html") -> String? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var time = timeval(tv_sec: 600, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        let request =
            "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAccept: \(accept)\r\nConnection: close\r\n"
            + (method == "POST" ? "Content-Length: 0\r\n\r\n" : "\r\n")
        guard isConnected, write(descriptor, request, request.utf8.count) == request.utf8.count else { return nil }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { answer += chunk[..<count] }
        return answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
    }

    /// Ends the tool as Ctrl-C does.
    ///
    /// - Returns: its status
    func end() -> Int32 {
        tool.withLock { tool in
            tool.interrupt()
            _ = tool.readToEnd()
            return tool.wait()
        }
    }

    /// Whether any process runs the project's executable.
    func isRunning(_ name: String) -> Bool {
        (Folder.names(in: "/proc") ?? []).contains { process in
            let path = "/proc/\(process)/cmdline"
            guard Int(process) != nil, let bytes = try? TextFile.bytes(of: path) else { return false }
            return String(decoding: bytes, as: UTF8.self).hasPrefix("\(scratchPath)/debug/\(name)\0")
        }
    }
}

/// Clients that ask for the front page, again and again, each time over a new connection.
final class Trickle: Sendable {
    private let isOver = Mutex(false)
    private let counts = Mutex((answered: 0, lost: 0))
    private let threads = DispatchGroup()

    init(_ project: DevelopedProject, clients: Int) {
        for client in 0..<clients {
            threads.enter()
            DispatchQueue(label: "client \(client)").async { [self] in
                while !isOver.withLock({ $0 }) {
                    let isAnswered = project.exchange("/") != nil
                    counts.withLock { if isAnswered { $0.answered += 1 } else { $0.lost += 1 } }
                    usleep(50_000)
                }
                threads.leave()
            }
        }
    }

    /// Ends it.
    func stop() -> (answered: Int, lost: Int) {
        isOver.withLock { $0 = true }
        threads.wait()
        return counts.withLock { $0 }
    }
}
