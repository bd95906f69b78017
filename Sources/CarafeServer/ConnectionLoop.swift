import CarafeHTTP
import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the connections of one event loop share: the clock, the `Date` value, the buffers, the executor, and the list
/// of the connections themselves.
///
/// `@unchecked Sendable`: everything that changes is touched on `eventLoop` only.
package final class ConnectionLoop: @unchecked Sendable {
    package let eventLoop: any EventLoop
    package let executor: LoopExecutor
    package let configuration: ServerConfiguration
    package let timeouts: Timeouts
    package let responder: any Responder
    package let counters: ServerCounters
    package let logger: Logger

    /// The loop's coarse clock, in ticks; it runs while there are connections.
    package private(set) var now: Tick = 0
    package private(set) var date = DateField()
    package private(set) var isDraining = false
    /// Whether connections that wait for a request are closed, now and later.
    package private(set) var closesIdleConnections = ClosedConnections.none

    /// How many requests have begun to be answered.
    var served = 0

    private var connections: [any LoopConnection] = []
    private var ticker: RepeatedTask?

    /// The responses that have been made since the last flush, all of one connection: the writer's.
    ///
    /// Unchecked for the reason of ``HTTP1Connection/parser``.
    @exclusivity(unchecked) var output = ByteBuffer()
    @exclusivity(unchecked) var heads = RepeatedHead()
    private(set) var writer: HTTP1Connection?
    /// The responses in `output` that someone waits for.
    private(set) var unsent: [Response] = []
    private var isFlushScheduled = false

    private var spareBuffer: ByteBuffer?
    private var workedOff: ByteBuffer?

    init(
        eventLoop: any EventLoop, configuration: ServerConfiguration, responder: any Responder,
        counters: ServerCounters, logger: Logger
    ) {
        self.eventLoop = eventLoop
        executor = LoopExecutor(eventLoop)
        self.configuration = configuration
        timeouts = Timeouts(configuration)
        self.responder = responder
        self.counters = counters
        self.logger = logger
    }

    // MARK: - Connections

    /// Takes a connection into the loop's care, and starts the clock with the first.
    package func add(_ connection: any LoopConnection) {
        connection.index = connections.count
        connections.append(connection)
        guard ticker == nil else { return }
        date.refresh()
        let interval = timeouts.interval
        ticker = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { [self] _ in tick() }
    }

    /// Lets a closed connection go, and stops the clock with the last.
    package func remove(_ connection: any LoopConnection) {
        let index = connection.index
        guard index < connections.count, connections[index] === connection else { return }
        let last = connections.removeLast()
        if last !== connection {
            connections[index] = last
            last.index = index
        }
        if connections.isEmpty {
            ticker?.cancel()
            ticker = nil
        }
    }

    private func tick() {
        now &+= 1
        date.refresh()
        // From the end: a connection that closes here is replaced by the last one, which has been looked at.
        var index = connections.count - 1
        while index >= 0 {
            if index < connections.count { connections[index].tick(now) }
            index -= 1
        }
    }

    /// Makes every response from now on the last of its connection, and ends what would go on for ever.
    func startDraining() {
        isDraining = true
        for connection in connections { connection.drain() }
    }

    /// Which connections are closed where they wait for a request.
    package enum ClosedConnections {
        case none
        /// Those that have had one a while ago. A client that has just connected or just been answered may be about to send
        /// the next: it would find the connection closed.
        case rested
        case all
    }

    /// Closes connections that wait for a request, and from now on each that comes to wait for one.
    func closeIdleConnections(_ which: ClosedConnections) {
        closesIdleConnections = which
        for connection in connections { connection.closeIfIdle() }
    }

    /// Breaks every connection off.
    func closeAllConnections() {
        for connection in connections { connection.abort() }
    }

    /// Runs `body` on the event loop: at once where this is it, as it should be.
    package nonisolated(nonsending) func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result
    {
        if eventLoop.inEventLoop { return body() }
        return await withCheckedContinuation { continuation in
            eventLoop.execute { continuation.resume(returning: body()) }
        }
    }

    // MARK: - Output

    /// Makes `connection` the one whose responses gather in `output`; those of another are sent first.
    func claimOutput(for connection: HTTP1Connection) {
        guard writer !== connection else { return }
        writer?.flush()
        writer = connection
        // Outside a read there is no end of reading to flush at: the loop does it when it has run what is due.
        guard !connection.isReadingNow, !isFlushScheduled else { return }
        isFlushScheduled = true
        eventLoop.execute { [self] in
            isFlushScheduled = false
            writer?.flush()
        }
    }

    /// Notes a response that someone waits for.
    func appendUnsent(_ response: Response) { unsent.append(response) }

    /// Ends the writer's turn, and gives the responses that wait to be told.
    func releaseOutput() -> [Response] {
        writer = nil
        guard !unsent.isEmpty else { return [] }
        return exchange(&unsent, with: [])
    }

    /// Drops what its connection can no longer be sent, lest the next one's client gets it.
    func discardOutput() { output.clear() }

    /// Gives the output to the system, as much of it as goes at once.
    ///
    /// - Returns: whether that was all of it; `output` is then empty
    func sendOutput(to descriptor: CInt) -> Bool {
        let sent = output.withUnsafeReadableBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard sent > 0 else { return false }
        guard sent == output.readableBytes else {
            output.moveReaderIndex(forwardBy: sent)
            return false
        }
        return recycleOutput()
    }

    /// Empties `output` after it was written.
    ///
    /// - Returns: whether nobody else holds its memory any more, that is whether the system has taken every byte.
    func recycleOutput() -> Bool {
        let isTaken: Void? = output.modifyIfUniquelyOwned { $0.clear() }
        if isTaken == nil || output.capacity > Self.largestKept { output = ByteBuffer() }
        return isTaken != nil
    }

    /// An output buffer that one large response has grown past this is not kept.
    private static let largestKept = 128 * 1024

    // MARK: - Input

    /// A buffer to read into, if one is spare.
    func takeSpareBuffer() -> ByteBuffer? {
        exchange(&spareBuffer, with: nil)
    }

    /// Notes the buffer of a read that has been worked off completely.
    func noteInput(_ buffer: ByteBuffer) {
        if buffer.capacity == ReadBufferAllocator.usualSize { workedOff = buffer }
    }

    /// Keeps the noted buffer's memory for another read, unless a request still holds it.
    func recycleInput() {
        guard var buffer = exchange(&workedOff, with: nil) else { return }
        let isFree: Void? = buffer.modifyIfUniquelyOwned { $0.clear() }
        if isFree != nil { spareBuffer = buffer }
    }
}

/// Ticks of a ``ConnectionLoop``'s clock.
package typealias Tick = UInt32

/// The timeouts of a configuration in ticks.
package struct Timeouts: Sendable {
    /// The length of a tick.
    let interval: TimeAmount
    package let header: Tick
    package let bodyIdle: Tick
    package let send: Tick
    package let keepAlive: Tick
    package let linger: Tick
    /// The bytes that content must bring in `bodyIdle`.
    let bodyMinimum: Int
    /// The length of a tick in milliseconds.
    private let tick: Int64

    init(_ configuration: ServerConfiguration) {
        let all = [
            configuration.headerTimeout, configuration.bodyIdleTimeout, configuration.sendTimeout,
            configuration.keepAliveTimeout, configuration.lingerTimeout,
        ]
        // Half a second, or less where a timeout is so short that this would matter.
        let shortest = (all.min() ?? .seconds(1)).milliseconds
        let tick = min(500, max(10, shortest / 4))
        interval = .milliseconds(tick)
        self.tick = tick
        func ticks(_ duration: Duration) -> Tick { Self.ticks(duration, of: tick) }
        header = ticks(configuration.headerTimeout)
        bodyIdle = ticks(configuration.bodyIdleTimeout)
        send = ticks(configuration.sendTimeout)
        keepAlive = ticks(configuration.keepAliveTimeout)
        linger = ticks(configuration.lingerTimeout)
        let rate = Int64(clamping: configuration.minimumBodyRate)
        let (bytes, overflow) = rate.multipliedReportingOverflow(by: configuration.bodyIdleTimeout.milliseconds)
        bodyMinimum = overflow ? .max : Int(clamping: bytes / 1000)
    }

    /// So long in ticks.
    package func ticks(_ duration: Duration) -> Tick { Self.ticks(duration, of: tick) }

    /// One more than the quotient: the first tick may come at once, and a timeout never fires early.
    private static func ticks(_ duration: Duration, of tick: Int64) -> Tick {
        Tick(clamping: (duration.milliseconds + tick - 1) / tick + 1)
    }
}
