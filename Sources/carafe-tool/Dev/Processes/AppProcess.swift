import CarafeServer
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The app, running: it serves the tool's socket, and tells which requests it is answering.
final class AppProcess: Sendable {
    /// How it ended, and what it was doing.
    struct End: Sendable {
        let ending: ProcessEnding
        /// The last lines that it wrote to its standard error.
        let errors: [String]
        /// The requests that it had begun to answer, with copies of their connections.
        let requests: [HeldRequest]
    }

    /// A request and a copy of its connection, for as long as nothing has been sent.
    struct HeldRequest: Sendable {
        let request: RunningRequest
        var connection: CInt?
    }

    /// How many lines of its standard error are kept.
    private static let longestLog = 400

    private struct State {
        var errors: [String] = []
        var requests: [UInt64: HeldRequest] = [:]
    }

    private let program: ChildProgram
    private let link: PacketSocket
    private let state = Mutex(State())
    private let readers: Mutex<[Task<Void, Never>]> = Mutex([])

    /// Starts the app.
    ///
    /// - Parameters:
    ///   - version: of the files, with which its pages begin
    ///   - consoleKey: what opens the console of its error pages
    ///   - findsFunctions: whether the report of a crash has to name functions
    ///   - print: takes the lines of its standard error that are no report of a crash
    /// - Throws: ``ToolError`` where it cannot be started
    init(
        executable: String, arguments: [String], socket: ListeningSocket, version: String, consoleKey: ConsoleKey,
        findsFunctions: Bool,
        print: @escaping @Sendable (String) -> Void
    ) throws {
        guard let (own, its) = PacketSocket.pair() else { throw ToolError("The system has no socket left.") }
        link = own
        defer { its.close() }
        let errors = try Pipe()
        program = try ChildProgram(
            executable, arguments,
            environment: ProcessEnvironment.with([
                "LISTEN_FDS": "1", "LISTEN_FDNAMES": "http", "LISTEN_PID": nil, "CARAFE_DEBUG": "true",
                LinkVariables.descriptor: "4", LinkVariables.version: version,
                LinkVariables.consoleKey: consoleKey.text,
                "SWIFT_BACKTRACE": CrashReport.backtraceSettings(findsFunctions: findsFunctions),
            ]),
            output: .inherited, errors: .pipe(errors.writeEnd), descriptors: [socket.descriptor, its.descriptor])
        let logging = Task { [self] in
            var isReport = false
            for await line in errors.lines() {
                isReport = isReport || CrashReport.begins(with: line)
                if !isReport { print(line) }
                state.withLock {
                    $0.errors.append(line)
                    if $0.errors.count > Self.longestLog { $0.errors.removeFirst() }
                }
            }
        }
        readers.withLock { $0 = [logging, listen()] }
    }

    /// How it ended, once it has.
    var end: End {
        get async {
            let ending = await program.ended.value
            await waitForReaders()
            link.close()
            return state.withLock { state in
                let requests = state.requests.values.sorted { $0.request.id < $1.request.id }
                state.requests = [:]
                return End(ending: ending, errors: state.errors, requests: requests)
            }
        }
    }

    /// Tells it something.
    func tell(_ message: ToolMessage) { link.send(message.text) }

    /// Lets it finish the requests that it is answering, and ends it.
    func stop() async {
        tell(.ending)
        await program.stop(patience: .seconds(3))
    }

    /// What it wrote last may still be on its way. What it has started and left behind would keep the pipe open for ever, and
    /// is ended.
    private func waitForReaders() async {
        let tasks = readers.withLock { $0 }
        let patience = Task { [program] in
            try await Task.sleep(for: .milliseconds(300))
            program.signal(SIGKILL)
            for task in tasks { task.cancel() }
        }
        for task in tasks { await task.value }
        patience.cancel()
    }

    /// Follows what it tells of its requests.
    private func listen() -> Task<Void, Never> {
        let (messages, message) = AsyncStream.makeStream(of: (String, CInt?).self)
        BlockingThread.run("link") { [link] in
            while let (text, attached) = link.receive() { message.yield((text, attached)) }
            message.finish()
        }
        return Task { [self] in for await (text, attached) in messages { take(AppMessage(text), attached) } }
    }

    private func take(_ message: AppMessage?, _ attached: CInt?) {
        switch message {
        case .began(let request):
            state.withLock { $0.requests[request.id] = HeldRequest(request: request, connection: attached) }
            return
        case .answered(let id): letGo(id)
        case .ended(let id):
            letGo(id)
            state.withLock { _ = $0.requests.removeValue(forKey: id) }
        case nil: break
        }
        if let attached { close(attached) }
    }

    /// Closes the copy of a request's connection: only the app's own then keeps it open.
    private func letGo(_ id: UInt64) {
        let connection = state.withLock { state in
            let connection = state.requests[id]?.connection
            state.requests[id]?.connection = nil
            return connection
        }
        if let connection { close(connection) }
    }
}
