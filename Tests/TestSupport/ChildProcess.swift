import Dispatch
import Foundation

/// A program in a process of its own, started by `posix_spawn`.
///
/// Foundation's `Process` is not for tests that run side by side: on Linux it watches its children with CFSocket, whose
/// sets of descriptors write zeros past their end once a process has more than 64 of them.
package final class ChildProcess {
    /// Its number.
    package let id: pid_t
    private let output: FileHandle
    private var status: CInt?

    /// Where a program is; nil where there is none, and tests that need it are skipped.
    package static func path(of program: String) -> String? {
        // Those of the system's administrator are in nobody else's PATH.
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin") + ":/usr/sbin"
        return folders.split(separator: ":").lazy.map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Held while a pipe is made and given away, so that no other child inherits it and keeps it open.
    private static let starting = NSLock()

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: where it is, or a name that is looked for in `PATH`
    ///   - environment: its variables; nil for those of this process
    ///   - input: a file for its standard input; nil for none
    ///   - errors: a file for its standard error; nil for its output
    ///   - descriptors: what it has open beside its streams, from descriptor 3 on
    /// - Throws: the system's error where it cannot be started
    package init(
        _ path: String, _ arguments: [String], environment: [String: String]? = nil, input: String? = nil,
        errors: String? = nil, descriptors: [CInt] = []
    ) throws {
        let variables = environment ?? ProcessInfo.processInfo.environment
        Self.starting.lock()
        defer { Self.starting.unlock() }
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { throw Self.error(errno) }
        for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
        }
        // Copied out of the way first, so that none takes the place of another.
        let copies = descriptors.map { fcntl($0, F_DUPFD_CLOEXEC, 100) }
        defer { for copy in copies { close(copy) } }
        for (index, copy) in copies.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, copy, 3 + CInt(index))
        }
        #if canImport(Glibc)
            // Sockets of other tests that are not closed on exec would stay open for as long as the child lives.
            typealias AddCloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, CInt) -> CInt
            // Not every module map of the C library tells of it.
            if let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") {
                _ = unsafeBitCast(symbol, to: AddCloseFrom.self)(&actions, 3 + CInt(descriptors.count))
            }
        #endif
        // Threads of tests block signals, and a child would go on to.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var id = pid_t()
        let result = Self.withStrings([path] + arguments) { arguments in
            Self.withStrings(variables.map { "\($0)=\($1)" }) { variables in
                posix_spawnp(&id, path, &actions, &attributes, arguments, variables)
            }
        }
        close(ends[1])
        self.id = id
        output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        guard result == 0 else {
            // There is nothing to end: the number 0 would name the whole group of this process.
            status = 127
            throw Self.error(result)
        }
    }

    deinit {
        guard status == nil else { return }
        Foundation.kill(id, SIGKILL)
        waitpid(id, nil, 0)
    }

    /// The next bytes of its output, waited for; empty at the end.
    package func read() -> Data { output.availableData }

    /// Its output up to the end.
    package func readToEnd() -> Data { output.readDataToEndOfFile() }

    /// Asks it to end.
    package func terminate() { if status == nil { Foundation.kill(id, SIGTERM) } }

    /// Ends it at once, and waits until it is gone.
    package func kill() {
        if status == nil { Foundation.kill(id, SIGKILL) }
        _ = wait()
    }

    /// Asks it to end as Ctrl-C does.
    package func interrupt() { signal(SIGINT) }

    /// Ends it at once if it still runs after some seconds. To be cancelled before ``wait()``: its number may then be another's.
    func endsWithin(_ seconds: Double) -> DispatchWorkItem {
        let end = DispatchWorkItem { [id] in Foundation.kill(id, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: end)
        return end
    }

    /// Sends it a signal.
    package func signal(_ signal: CInt) { if status == nil { Foundation.kill(id, signal) } }

    /// Its exit code, once it has ended; that of a signal is negative.
    package func wait() -> Int32 {
        if let status { return status }
        var raw: CInt = 0
        while waitpid(id, &raw, 0) < 0 && errno == EINTR {}
        let signal = raw & 0x7F
        let code = signal == 0 ? (raw >> 8) & 0xFF : -signal
        status = code
        return code
    }

    private static func error(_ number: CInt) -> POSIXError { POSIXError(POSIXErrorCode(rawValue: number) ?? .EINVAL) }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
