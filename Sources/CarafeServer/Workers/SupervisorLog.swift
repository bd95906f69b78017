import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A supervisor's log. Where nobody takes what is written to the standard error, lines are lost: a log must never keep the
/// supervisor from its work.
struct SupervisorLog {
    let logger: Logger

    func callAsFunction(_ level: Logger.Level, _ message: String) {
        // A pipe with room has it for a whole line.
        var stream = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&stream, 1, 0) == 1, stream.revents & Int16(POLLOUT) != 0 else { return }
        logger.log(level: level, "\(message)")
    }
}
