import NIOCore

/// Runs tasks on an event loop, so that a handler's asynchronous work stays where its connection lives.
package final class LoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    /// Runs tasks on this event loop.
    package init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
