import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The write end of the pipe that the signal handler writes to; -1 while nobody listens.
private let signalPipe = Atomic<CInt>(-1)

/// Takes signals as long as it is open: each is a byte, its number, in a pipe. One at a time can be open.
///
/// The handler does the one thing that is safe in a handler: it writes that byte.
final class SignalPipe {
    /// Where the numbers are read; whoever made the pipe closes it.
    let readEnd: CInt

    private let signals: [CInt]
    private let writeEnd: CInt
    private let previous: [sigaction]

    /// - Throws: the system's error where there is no descriptor left
    init(_ signals: [CInt]) throws(IOError) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw IOError(errnoCode: errno, reason: "pipe") }
        // A handler must not block, and a full pipe says as much as one byte more.
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
        self.signals = signals
        signalPipe.store(writeEnd, ordering: .sequentiallyConsistent)
        previous = signals.map { signal in
            var action = sigaction()
            sigaction(signal, nil, &action)
            return action
        }
        listen()
    }

    /// Takes the signals, as it does from the beginning.
    func listen() {
        let handler: @convention(c) (CInt) -> Void = { signal in
            let saved = errno
            var byte = UInt8(truncatingIfNeeded: signal)
            _ = write(signalPipe.load(ordering: .relaxed), &byte, 1)
            errno = saved
        }
        for signal in signals {
            var action = sigaction()
            #if canImport(Darwin)
                action.__sigaction_u.__sa_handler = handler
            #else
                action.__sigaction_handler.sa_handler = handler
            #endif
            action.sa_flags = CInt(SA_RESTART)
            sigaction(signal, &action, nil)
        }
    }

    /// Has the signals do nothing, also in a program that takes this one's place in the process; unless they do nothing anyway.
    func ignore() {
        for number in signals where number != SIGCHLD { _ = signal(number, SIG_IGN) }
    }

    /// The signals that have come since they were last taken, for who reads the pipe itself.
    func taken() -> [CInt] {
        var signals: [CInt] = []
        var bytes = [UInt8](repeating: 0, count: 256)
        while case let count = read(readEnd, &bytes, bytes.count), count > 0 {
            signals += bytes[..<count].map(CInt.init)
        }
        return signals
    }

    /// Gives the signals back to whoever had them.
    func close() {
        for (signal, var action) in zip(signals, previous) { sigaction(signal, &action, nil) }
        signalPipe.store(-1, ordering: .sequentiallyConsistent)
        _ = systemClose(writeEnd)
    }
}

private func systemClose(_ descriptor: CInt) -> CInt { close(descriptor) }
