import CarafeServer
import Dispatch
import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program in a process group of its own, started by `posix_spawn`: Ctrl-C in the terminal reaches the tool alone, which
/// then ends what it has started.
final class ChildProgram: Sendable {
    /// Where what the program writes goes.
    enum Output {
        /// To where the tool's own goes.
        case inherited
        /// To the write end of a pipe, which is closed here once the program has it.
        case pipe(CInt)
    }

    let id: pid_t
    /// How it ended, once it has.
    let ended: Task<ProcessEnding, Never>

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - descriptors: what it has open beside its streams, from descriptor 3 on
    /// - Throws: ``ToolError`` where it cannot be started
    init(
        _ path: String, _ arguments: [String], environment: [String], output: Output, errors: Output,
        descriptors: [CInt] = []
    ) throws {
        var program = SpawnedProgram(.path(path), [path] + arguments, environment: environment)
        if case .pipe(let end) = output { program.output = end }
        if case .pipe(let end) = errors { program.errors = end }
        program.descriptors = descriptors
        let result = Result { () throws(IOError) in try program.start() }
        let ends = [output, errors].compactMap { if case .pipe(let end) = $0 { end } else { nil } }
        for end in Set(ends) { close(end) }
        switch result {
        case .success(let process):
            Self.running.withLock { _ = $0.insert(process) }
            id = process
        case .failure(let error):
            throw ToolError("\(path) cannot be started: \(String(cString: strerror(error.errnoCode))).")
        }
        ended = Self.wait(for: id)
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

    private static func wait(for id: pid_t) -> Task<ProcessEnding, Never> {
        let (endings, ending) = AsyncStream.makeStream(of: ProcessEnding.self)
        BlockingThread.run("wait") {
            var status: CInt = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            running.withLock { _ = $0.remove(id) }
            ending.yield(ProcessEnding(status: status))
            ending.finish()
        }
        return Task {
            for await ending in endings { return ending }
            return .exit(-1)
        }
    }
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
