import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program in a process group of its own, started by `posix_spawn`: Ctrl-C in the terminal reaches the tool alone, which
/// then ends what it has started.
final class ChildProgram: Sendable {
    /// How a process ended.
    enum Ending: Sendable, Equatable {
        case exit(CInt)
        case signal(CInt)
    }

    /// Where what the program writes goes.
    enum Output {
        /// To where the tool's own goes.
        case inherited
        /// To the write end of a pipe, which is closed here once the program has it.
        case pipe(CInt)
    }

    let id: pid_t
    /// How it ended, once it has.
    let ended: Task<Ending, Never>

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - descriptors: what it has open beside its streams, from descriptor 3 on
    /// - Throws: ``ToolError`` where it cannot be started
    init(
        _ path: String, _ arguments: [String], environment: [String], output: Output, errors: Output,
        descriptors: [CInt] = []
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        if case .pipe(let end) = output { posix_spawn_file_actions_adddup2(&actions, end, STDOUT_FILENO) }
        if case .pipe(let end) = errors { posix_spawn_file_actions_adddup2(&actions, end, STDERR_FILENO) }
        // Copied out of the way first, so that none takes the place of another.
        let copies = descriptors.map { fcntl($0, F_DUPFD_CLOEXEC, 64) }
        defer { for copy in copies { close(copy) } }
        for (index, copy) in copies.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, copy, 3 + CInt(index))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.setDefaults(&attributes)
        var id = pid_t()
        let result = Self.withStrings([path] + arguments) { arguments in
            Self.withStrings(environment) { posix_spawnp(&id, path, &actions, &attributes, arguments, $0) }
        }
        let ends = [output, errors].compactMap { if case .pipe(let end) = $0 { end } else { nil } }
        for end in Set(ends) { close(end) }
        guard result == 0 else {
            throw ToolError("\(path) cannot be started: \(String(cString: strerror(result))).")
        }
        self.id = id
        Self.running.withLock { _ = $0.insert(id) }
        ended = Self.wait(for: id)
    }

    /// A process group of its own, and signals as a shell would give them.
    private static func setDefaults(_ attributes: inout posix_spawnattr_t) {
        var all = sigset_t()
        sigfillset(&all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    }

    /// Sends a signal to it and to what it has started.
    func signal(_ signal: CInt) { kill(-id, signal) }

    /// Asks it to end, asks again, and then ends it.
    ///
    /// - Parameters:
    ///   - patience: how long it has after the first signal
    func stop(patience: Duration) async {
        let insisting = Task { [self] in
            try await Task.sleep(for: patience)
            signal(SIGTERM)
            try await Task.sleep(for: .seconds(1))
            signal(SIGKILL)
        }
        signal(SIGTERM)
        _ = await ended.value
        insisting.cancel()
        // What it has started and left behind.
        signal(SIGKILL)
    }

    /// The groups of the programs that run.
    private static let running = Mutex<Set<pid_t>>([])

    /// Ends every program at once: none is left behind when the tool ends.
    static func endAll() {
        for id in running.withLock({ $0 }) { kill(-id, SIGKILL) }
    }

    private static func wait(for id: pid_t) -> Task<Ending, Never> {
        let (endings, ending) = AsyncStream.makeStream(of: Ending.self)
        BlockingThread.run("wait") {
            var status: CInt = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            running.withLock { _ = $0.remove(id) }
            let signal = status & 0x7F
            ending.yield(signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal))
            ending.finish()
        }
        return Task {
            for await ending in endings { return ending }
            return .exit(-1)
        }
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}

/// The tool's own environment.
enum ProcessEnvironment {
    /// Every variable as `NAME=value`, with some set anew; nil takes one out.
    static func with(_ changes: [String: String?]) -> [String] {
        var variables: [String] = []
        var next = environ
        while let entry = next.pointee {
            let variable = String(cString: entry)
            let name = variable.prefix { $0 != "=" }
            if !changes.keys.contains(String(name)) { variables.append(variable) }
            next += 1
        }
        return variables + changes.compactMap { name, value in value.map { "\(name)=\($0)" } }
    }

    static subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// Work that blocks, on a thread of its own.
enum BlockingThread {
    static func run(_ name: String, _ work: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "carafe.\(name)").async(execute: work)
    }
}

/// A pipe whose ends no program inherits.
struct Pipe {
    let readEnd: CInt
    let writeEnd: CInt

    /// - Throws: ``ToolError`` where the system has none left
    init() throws {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ToolError("A pipe cannot be opened: \(String(cString: strerror(errno))).") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    /// Everything that is written into the pipe, in lines without their ends, until its last writer has closed it.
    func lines() -> AsyncStream<String> {
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        BlockingThread.run("pipe") { [readEnd] in
            var rest: [UInt8] = []
            while true {
                let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                    repeat { count = read(readEnd, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
                    count = max(0, count)
                }
                if chunk.isEmpty { break }
                var parts = chunk.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
                while parts.count > 1, let part = parts.popFirst() {
                    line.yield(String(decoding: rest + part, as: UTF8.self))
                    rest = []
                }
                rest += parts.first ?? []
            }
            if !rest.isEmpty { line.yield(String(decoding: rest, as: UTF8.self)) }
            line.finish()
            close(readEnd)
        }
        return lines
    }
}
