import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Takes what the process writes to its standard output and error, in two temporary files.
struct OutputCapture {
    /// Only one at a time can have them.
    static let turns = Turns(1)

    private let output: Redirection
    private let errorOutput: Redirection

    init() throws {
        fflush(nil)
        output = try Redirection(of: STDOUT_FILENO)
        do {
            errorOutput = try Redirection(of: STDERR_FILENO)
        } catch {
            _ = output.end()
            throw error
        }
    }

    /// Gives the streams back.
    ///
    /// - Returns: what was written to the standard output and the standard error
    func end() -> (output: String, errorOutput: String) {
        fflush(nil)
        return (output.end(), errorOutput.end())
    }
}

/// One stream that goes to a file without a name.
private struct Redirection {
    private let descriptor: CInt
    private let original: CInt
    private let file: CInt

    init(of descriptor: CInt) throws {
        self.descriptor = descriptor
        guard let stream = tmpfile() else { throw IOError(errnoCode: errno, reason: "tmpfile") }
        file = dup(fileno(stream))
        fclose(stream)
        guard file >= 0 else { throw IOError(errnoCode: errno, reason: "dup") }
        original = dup(descriptor)
        guard original >= 0, dup2(file, descriptor) >= 0 else {
            let error = IOError(errnoCode: errno, reason: "dup2")
            close(file)
            throw error
        }
    }

    func end() -> String {
        dup2(original, descriptor)
        close(original)
        defer { close(file) }
        var bytes = [UInt8]()
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = pread(file, &chunk, chunk.count, off_t(bytes.count))
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
