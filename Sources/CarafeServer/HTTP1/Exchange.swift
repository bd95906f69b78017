import CarafeHTTP
import HTTPTypes

/// What a response depends on of its request.
package struct RequestTraits {
    package let method: HTTPRequest.Method
    package let version: HTTPVersion
    let keepsAlive: Bool

    /// What is assumed of a request that could not be read.
    package static let unknown = RequestTraits(method: .get, version: .http11, keepsAlive: false)
    /// The same of one that wants no content.
    package static let unknownHead = RequestTraits(method: .head, version: .http11, keepsAlive: false)
}

extension RequestTraits {
    package init(_ head: RequestHead) {
        self.init(method: head.method, version: head.version, keepsAlive: head.keepsAlive)
    }
}

/// A request whose response is made by a task.
package final class Exchange {
    package let traits: RequestTraits
    private var task: Task<Void, Never>?
    private var isCancelled = false

    /// The response whose content is being streamed.
    package var response: Response?
    /// How the content's end is told.
    var framing = ResponseFraming.Length.unstated
    /// How many bytes of content are still to come, where the length was declared.
    package var remaining: Int?
    var keepsAlive = false
    /// How many bytes have been written since the event loop last looked after others.
    var writtenInTurn = 0
    /// The writers that wait for the client to take what has been written.
    private var writers: [CheckedContinuation<Void, any Error>] = []

    package init(_ traits: RequestTraits) { self.traits = traits }

    /// Takes the task that makes the response.
    package func run(_ task: Task<Void, Never>) {
        self.task = task
        if isCancelled { task.cancel() }
    }

    /// Tells the task that the client has gone.
    package func cancel() {
        isCancelled = true
        task?.cancel()
        resumeWriters(throwing: CancellationError())
    }

    /// Ends what would go on for ever: the server goes down.
    package func drain() {
        guard let body = response?.body else { return }
        if case .tunnel(let tunnel) = body.storage {
            tunnel.goAway()
        } else if body.isEndless {
            cancel()
        }
    }

    /// Takes note of so many bytes of content, which are not yet written.
    ///
    /// - Throws: ``StreamLengthMismatch`` where they are more than the declared length leaves
    package func claim(_ count: Int) throws(StreamLengthMismatch) {
        guard let remaining else { return }
        guard count <= remaining else { throw StreamLengthMismatch() }
        self.remaining = remaining - count
    }

    /// What is wrong with content that ends here; nil where it is complete.
    package var incompleteness: StreamLengthMismatch? {
        remaining.map { $0 > 0 } ?? false ? StreamLengthMismatch() : nil
    }

    /// Holds a writer up.
    func hold(_ writer: CheckedContinuation<Void, any Error>) {
        if isCancelled || Task.isCancelled {
            writer.resume(throwing: CancellationError())
        } else {
            writers.append(writer)
        }
    }

    /// Lets the writers go on.
    package func resumeWriters(throwing error: (any Error)? = nil) {
        guard !writers.isEmpty else { return }
        let waiting = writers
        writers = []
        for writer in waiting {
            if let error { writer.resume(throwing: error) } else { writer.resume() }
        }
    }
}
