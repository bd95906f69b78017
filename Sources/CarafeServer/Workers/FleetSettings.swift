/// How many workers a supervisor keeps, and how long it waits for what.
package struct FleetSettings: Sendable {
    /// The number of workers.
    package var workers: Int
    /// How long an event loop of a worker may be silent before the worker is replaced; zero for ever. 30 s.
    package var timeout = Duration.seconds(30)
    /// How long a worker may take until it serves; 120 s.
    package var startTimeout = Duration.seconds(120)
    /// How long workers go on serving after the service has been told to drain; none.
    package var drainDelay = Duration.zero
    /// How long running requests may take to finish; 30 s.
    package var gracefulTimeout = Duration.seconds(30)

    /// How long a worker has for its shutdown hooks, after its requests have had their time.
    static let hooksTimeout = Duration.seconds(5)
    /// How long a worker that hangs has to tell where, after SIGABRT.
    static let abortTimeout = Duration.seconds(2)
    /// A worker that has served for less than this has died quickly.
    static let shortLife = Duration.seconds(1)
    /// The first pause before the next worker, and the longest.
    static let backOff = (first: Duration.milliseconds(100), longest: Duration.seconds(5))
    /// How many workers of a version may end without that one of them has ever served.
    static let startAttempts = 5
    /// The most workers.
    package static let mostWorkers = 1024

    package init(workers: Int) { self.workers = workers }
}
