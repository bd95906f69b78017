#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files that take the place of the process's standard streams. After a rotation they are opened anew.
struct LogFiles: Sendable {
    /// For the standard output, where the access log goes; nil leaves it as it is.
    var output: String?
    /// For the standard error, where everything else goes; nil leaves it as it is.
    var errors: String?

    /// Puts the files in the streams' places.
    ///
    /// - Throws: ``ConfigurationProblem`` where one cannot be opened; its stream stays as it is
    func open() throws(ConfigurationProblem) {
        try put(output, in: STDOUT_FILENO)
        try put(errors, in: STDERR_FILENO)
    }

    private func put(_ path: String?, in stream: CInt) throws(ConfigurationProblem) {
        guard let path else { return }
        let file = systemOpen(path)
        guard file >= 0 else {
            throw ConfigurationProblem(
                "The log file \(path) cannot be opened: \(String(cString: strerror(errno))).",
                hint: "Its folder must be there and writable for the service's user.")
        }
        // Whoever writes at this moment writes into the one file or the other.
        dup2(file, stream)
        close(file)
    }
}

/// For the user's own files.
func userID() -> UInt32 { geteuid() }

private func systemOpen(_ path: String) -> CInt { open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640) }
