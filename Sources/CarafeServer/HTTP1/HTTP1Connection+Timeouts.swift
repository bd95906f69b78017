import CarafeHTTP
import HTTPTypes
import Logging
import NIOCore

/// Deadlines, looked at in each tick of the loop's clock.
extension HTTP1Connection {
    /// Sets the deadline so many ticks from now.
    func setDeadline(_ kind: Deadline, in ticks: Tick) {
        deadlineKind = kind
        deadline = loop.now &+ ticks
    }

    /// Brings the deadline in line with the state.
    func updateDeadline() {
        guard case .open = stage else { return }
        switch receiving {
        case .head:
            guard case .nothing = answering, isWritable else { return clearDeadline() }
            if parser.isIdle {
                setDeadline(.idle, in: loop.timeouts.keepAlive)
            } else if deadlineKind != .head {
                setDeadline(.head, in: loop.timeouts.header)
            }
        case .content(let content):
            guard content.isDue else { return clearDeadline() }
            deadlineKind = .content
            deadline = content.deadline(loop.timeouts)
        case .rest: if deadlineKind != .rest { setDeadline(.rest, in: loop.timeouts.linger) }
        case .nothing: clearDeadline()
        }
    }

    /// Whether it has been waiting for its next request for a while: the second of two ticks is a whole one.
    var isRested: Bool {
        guard hasServed, case .idle = deadlineKind else { return false }
        return loop.now &- (deadline &- loop.timeouts.keepAlive) >= 2
    }

    private func clearDeadline() {
        deadlineKind = .none
        deadline = .max
    }

    /// Looks whether a deadline has passed.
    func tick(_ now: Tick) {
        if pendingFlushes > 0 { checkProgress(now) }
        guard now >= deadline else { return }
        switch deadlineKind {
        case .none: break
        case .idle, .rest: abort()
        case .head:
            clearDeadline()
            refuse(status: .requestTimeout, reason: "The request did not arrive in time.")
            flush()
            settle()
        case .content:
            guard case .content(let content) = receiving else { return }
            if content.isTooSlow(now: now, loop.timeouts) {
                // Its reader is told, and answers 408; no further request is taken.
                content.body.fail(ContentInterrupted(.tooSlow))
                receiving = .nothing
            }
            settle()
        }
    }

    /// Closes where the client has taken nothing for too long, or a file has lost bytes that were promised (the
    /// system would be asked for them for ever).
    private func checkProgress(_ now: Tick) {
        if let sentFile, sentFile.isTruncated { return abort() }
        let bytes = (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        if bytes != unsentBytes {
            unsentBytes = bytes
            sendDeadline = now &+ loop.timeouts.send
        } else if now >= sendDeadline {
            loop.logger.debug("A client took nothing of its response for \(loop.configuration.sendTimeout).")
            abort()
        }
    }
}
