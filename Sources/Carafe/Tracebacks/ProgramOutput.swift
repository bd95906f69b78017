import CarafeServer
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs the toolchain's programs.
enum ProgramOutput {
    /// A program beside the compiler, or in `PATH`; nil where there is none.
    static func find(_ name: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let folders = path.utf8.split(separator: UInt8(ascii: ":")).map { String(decoding: $0, as: UTF8.self) }
        let toolchain = folders.map { $0 + "/swift" }.first { access($0, X_OK) == 0 }.flatMap { path -> String? in
            guard let real = realpath(path, nil) else { return nil }
            defer { free(real) }
            let bytes = Array(String(cString: real).utf8)
            return bytes.lastIndex(of: UInt8(ascii: "/")).map { String(decoding: bytes[..<$0], as: UTF8.self) }
        }
        return ([toolchain].compactMap { $0 } + folders).map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
    }

    /// The lines that a program prints to its standard output; none where it fails. It runs off the event loops.
    static func lines(of path: String, _ arguments: [String]) async -> [String] {
        await withCheckedContinuation { continuation in
            NIOThreadPool.singleton.submit { state in
                continuation.resume(returning: state == .active ? run(path, arguments) : [])
            }
        }
    }

    private static func run(_ path: String, _ arguments: [String]) -> [String] {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return [] }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard let id = start(path, arguments, output: ends[1]) else { return [] }
        let bytes = readAll(ends[0])
        var status: CInt = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// Starts a program with nothing to read and nobody to complain to; the end of the pipe is closed here.
    private static func start(_ path: String, _ arguments: [String], output: CInt) -> pid_t? {
        defer { close(output) }
        let nobody = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard nobody >= 0 else { return nil }
        defer { close(nobody) }
        var program = SpawnedProgram(.path(path), [path] + arguments, environment: ProcessEnvironment.with([:]))
        program.output = output
        program.errors = nobody
        return try? program.start()
    }

    private static func readAll(_ descriptor: CInt) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
                count = max(0, count)
            }
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
    }
}
