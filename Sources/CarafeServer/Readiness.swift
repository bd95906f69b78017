import Synchronization

/// Whether a server wants new requests: from when it listens until it is told to stop.
///
/// A load balancer's probe answers with it. A server that has been told to stop goes on serving for
/// ``ServerConfiguration/drainDelay``, in which the probe fails and the balancer turns elsewhere.
public final class Readiness: Sendable {
    private let state = Atomic(false)

    /// One that is not ready.
    public init() {}

    /// Whether the server listens and has not been told to stop.
    public var isReady: Bool { state.load(ordering: .relaxed) }

    package func set(_ isReady: Bool) { state.store(isReady, ordering: .relaxed) }
}
