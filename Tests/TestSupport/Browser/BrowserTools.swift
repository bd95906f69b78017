import Foundation
import Synchronization

/// A browser's process, and the developer tools' protocol with it over a pair of pipes: JSON texts with a zero after each.
final class BrowserTools: Sendable {
    private struct State {
        var process: ChildProcess?
        var lastID = 0
        var isOver = false
        var waiting: [Int: CheckedContinuation<Data, any Error>] = [:]
        var events: [(session: String, method: String, message: Data)] = []
    }

    private let state: Mutex<State>
    private let commands: FileHandle

    /// - Throws: the system's error where it cannot be started
    init(_ path: String, _ arguments: [String]) throws {
        // A browser that has ended is an error of the test, and not its end.
        signal(SIGPIPE, SIG_IGN)
        // The browser reads commands from descriptor 3, and writes to descriptor 4.
        let (commands, answers) = (Foundation.Pipe(), Foundation.Pipe())
        for handle in [
            commands.fileHandleForReading, commands.fileHandleForWriting, answers.fileHandleForReading,
            answers.fileHandleForWriting,
        ] { _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC) }
        let process = try ChildProcess(
            path, arguments, errors: "/dev/null",
            descriptors: [commands.fileHandleForReading.fileDescriptor, answers.fileHandleForWriting.fileDescriptor])
        self.commands = commands.fileHandleForWriting
        state = Mutex(State(process: process))
        try? commands.fileHandleForReading.close()
        try? answers.fileHandleForWriting.close()
        let reader = answers.fileHandleForReading
        DispatchQueue(label: "browser").async { [weak self] in
            var rest = Data()
            while case let data = reader.availableData, !data.isEmpty {
                rest += data
                while let end = rest.firstIndex(of: 0) {
                    self?.take(Data(rest[..<end]))
                    rest = Data(rest[(end + 1)...])
                }
            }
            self?.fail()
        }
    }

    /// Sends a command and waits for its result.
    ///
    /// - Throws: ``BrowserError`` where the browser refuses it, or has ended
    func send<Result: Decodable>(
        _ method: String, _ parameters: [String: any Sendable], session: String? = nil
    ) async throws -> Result {
        let data = try await withCheckedThrowingContinuation { continuation in
            let id = state.withLock { state in
                state.lastID += 1
                state.waiting[state.lastID] = continuation
                return state.lastID
            }
            var command: [String: Any] = ["id": id, "method": method, "params": parameters]
            if let session { command["sessionId"] = session }
            do {
                if state.withLock({ $0.isOver }) { throw BrowserError("the browser has ended") }
                try commands.write(contentsOf: JSONSerialization.data(withJSONObject: command) + [0])
            } catch {
                state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(throwing: error)
            }
        }
        let answer = try JSONDecoder().decode(BrowserAnswer<Result>.self, from: data)
        guard let result = answer.result else {
            throw BrowserError("\(method): \(answer.error?.message ?? "no result")")
        }
        return result
    }

    /// The messages of some events of a page so far.
    func events(of session: String, _ methods: [String]) -> [Data] {
        state.withLock { state in
            state.events.filter { $0.session == session && methods.contains($0.method) }.map(\.message)
        }
    }

    /// Ends the browser, and waits until it is gone.
    func end() { state.withLock { $0.process.take() }?.kill() }

    private func take(_ message: Data) {
        struct Head: Decodable {
            let id: Int?
            let method: String?
            let sessionId: String?
        }
        guard let head = try? JSONDecoder().decode(Head.self, from: message) else { return }
        if let id = head.id {
            state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: message)
        } else if let method = head.method, let session = head.sessionId {
            state.withLock { $0.events.append((session, method, message)) }
        }
    }

    private func fail() {
        let waiting = state.withLock { state in
            state.isOver = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(throwing: BrowserError("the browser has ended")) }
    }
}

/// What a browser answers to a command.
private struct BrowserAnswer<Result: Decodable>: Decodable {
    struct Refusal: Decodable { let message: String }
    let result: Result?
    let error: Refusal?
}
