import CarafeHTTP
import NIOCore

/// From the event loop's output buffer to the system, and back to those who wait for their response to have left.
extension HTTP1Connection {
    /// Sends what has gathered in the output, and tells those who wait for their response to have left.
    func flush() {
        guard loop.writer === self else { return }
        let responses = loop.releaseOutput()
        guard let context, !isClosed else {
            loop.discardOutput()
            return responses.forEach { $0.close(ContentInterrupted(.disconnected)) }
        }
        isFlushing = true
        var isTaken = false
        if hasDirectWrites {
            hasDirectWrites = false
            writeOutput()
            hasDirectWrites = false
            if security == nil { context.flush() }
        } else if sendAtOnce(context) {
            isTaken = true
        } else if security == nil {
            context.writeAndFlush(NIOAny(loop.output), promise: nil)
            isTaken = loop.recycleOutput()
        } else {
            // That TLS has taken the bytes says nothing of the system: the flush that is waited for tells.
            context.write(NIOAny(loop.output), promise: nil)
            _ = loop.recycleOutput()
        }
        isFlushing = false
        if isClosed {
            for response in responses { response.close(ContentInterrupted(.disconnected)) }
        } else if isTaken {
            for response in responses { response.close() }
            if case .closing = stage { closeIfFinished() }
        } else {
            awaitFlush(of: responses, context)
        }
        if isWritable { resumeWriters() }
    }

    /// Gives the output to the system without a detour through the channel, which costs a plain request a sixth of its
    /// instructions outside the kernel. What the system does not take at once remains for the channel, and errors are
    /// left for it to find.
    ///
    /// - Returns: whether the system has taken every byte
    private func sendAtOnce(_ context: ChannelHandlerContext) -> Bool {
        // The channel's own writes come first, and a closed channel's descriptor may be another connection's by now.
        guard let descriptor, pendingFlushes == 0, context.channel.isActive else { return false }
        return loop.sendOutput(to: descriptor)
    }

    /// Waits until the system has taken what was flushed: a write of nothing behind it tells.
    private func awaitFlush(of responses: [Response], _ context: ChannelHandlerContext) {
        pendingFlushes += 1
        if pendingFlushes == 1 { sendDeadline = loop.now &+ loop.timeouts.send }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] result in
            pendingFlushes -= 1
            var error: (any Error)?
            if case .failure(let reason) = result { error = reason }
            for response in responses { response.close(error) }
            guard pendingFlushes == 0 else { return }
            sendDeadline = .max
            sentFile = nil
            if isInputClosed { resume() } else { settle() }
        }
        context.writeAndFlush(NIOAny(ByteBuffer()), promise: promise)
    }
}
