import Synchronization

/// Whether a server wants new requests: from when it listens until it is told to stop.
///
/// A load balancer's probe answers with it. A server that has been told to stop goes on serving for
/// ``ServerConfiguration/drainDelay``, in which the probe fails and the balancer turns elsewhere.
public final class Readiness: Sendable {
    private let state = Atomic(false)
    /// Another's, which this one stands for.
    private let leader = AtomicLazyReference<Readiness>()

    /// One that is not ready.
    public init() {}

    /// Whether the server listens and has not been told to stop.
    public var isReady: Bool { leader.load()?.isReady ?? state.load(ordering: .relaxed) }

    /// Tells from now on whether another is ready, which must not do the same with this one.
    package func follow(_ other: Readiness) { _ = leader.storeIfNil(other) }

    package func set(_ isReady: Bool) { state.store(isReady, ordering: .relaxed) }
}
