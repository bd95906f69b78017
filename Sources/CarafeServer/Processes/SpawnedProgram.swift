import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A program that is started by `posix_spawn`: in a process group of its own, so that Ctrl-C in the terminal reaches its
/// parent alone, without input, and with signals as a shell would give them.
package struct SpawnedProgram {
    /// What is started.
    package enum Executable {
        /// A path, or a name that is looked for in `PATH`.
        case path(String)
        /// An executable that was opened; on Linux it is the same one even where the file has been replaced since.
        case descriptor(CInt)
    }

    package var executable: Executable
    /// All arguments, the name by which it is called first.
    package var arguments: [String]
    /// Its variables: `NAME=value`.
    package var environment: [String]
    /// Where its standard output goes; nil for where this process's goes.
    package var output: CInt?
    /// Where its standard error goes; nil for where this process's goes.
    package var errors: CInt?
    /// What it has open beside its streams, from descriptor 3 on.
    package var descriptors: [CInt] = []

    package init(_ executable: Executable, _ arguments: [String], environment: [String]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }

    /// Starts it.
    ///
    /// - Returns: the process's id
    /// - Throws: the system's error
    package func start() throws(IOError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
        if let errors { posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO) }
        // Copied out of the way first, so that none takes the place of another.
        let copies = descriptors.map(copyOutOfTheWay)
        defer { for copy in copies where copy >= 0 { close(copy) } }
        guard copies.allSatisfy({ $0 >= 0 }) else { throw IOError(errnoCode: errno, reason: "dup") }
        for (index, copy) in copies.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, copy, 3 + CInt(index))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.setDefaults(&attributes)
        var program = -1 as CInt
        defer { if program >= 0 { close(program) } }
        let path: String
        switch executable {
        case .path(let given): path = given
        case .descriptor(let descriptor):
            program = copyOutOfTheWay(descriptor)
            guard program >= 0 else { throw IOError(errnoCode: errno, reason: "dup") }
            path = "/proc/self/fd/\(program)"
        }
        var id = pid_t()
        let result = Self.withStrings(arguments) { arguments in
            Self.withStrings(environment) { posix_spawnp(&id, path, &actions, &attributes, arguments, $0) }
        }
        guard result == 0 else { throw IOError(errnoCode: result, reason: "posix_spawn") }
        return id
    }

    /// A copy beyond the numbers that the program's own descriptors get.
    private func copyOutOfTheWay(_ descriptor: CInt) -> CInt {
        fcntl(descriptor, F_DUPFD_CLOEXEC, 3 + CInt(descriptors.count))
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

    /// Strings as C's functions take them, with a null pointer at the end.
    package static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}

/// The process's own environment.
package enum ProcessEnvironment {
    /// Every variable as `NAME=value`, with some set anew; nil takes one out.
    package static func with(_ changes: [String: String?]) -> [String] {
        var variables: [String] = []
        var next = environ
        while let entry = next.pointee {
            let variable = String(cString: entry)
            let name = String(decoding: variable.utf8.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
            if !changes.keys.contains(name) { variables.append(variable) }
            next += 1
        }
        return variables + changes.compactMap { name, value in value.map { "\(name)=\($0)" } }
    }

    /// The value of a variable.
    package static subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// The value of a variable, which is taken out of the environment: programs that this one starts must not take it for
    /// theirs.
    package static func take(_ name: String) -> String? {
        defer { unsetenv(name) }
        return self[name]
    }
}

/// How a process ended.
package enum ProcessEnding: Sendable, Equatable {
    case exit(CInt)
    case signal(CInt)

    /// From a status of `waitpid`.
    package init(status: CInt) {
        let signal = status & 0x7F
        self = signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
    }
}
