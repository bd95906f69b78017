import CarafeHTTP
import CarafeServer
import HTTPTypes
import NIOCore

/// One request on a connection to the server, and its response.
///
/// `@unchecked Sendable`: all that changes is touched on the connection's event loop only.
final class UpstreamExchange: @unchecked Sendable {
    /// A response, from its head on.
    struct Answer: Sendable {
        let head: ResponseHead
        /// The content as it arrives; of a WebSocket, what the server sends.
        let content: RequestBody
    }

    let connection: UpstreamConnection
    private let isUpgrade: Bool
    private var clock: ExchangeClock

    /// Whether any of the response has come.
    var hasBegun = false
    /// Whether the connection carries what is not HTTP.
    private(set) var isTunnel = false
    private var farewell = TunnelFarewell()
    private let closeTimeout: TimeAmount
    private var closeAlarm: Scheduled<Void>?
    private var isRequestSent = false
    private var keepsAlive = false
    /// Whether this has no connection any more.
    private var isOver = false

    private var answer: Result<Answer, ProxyFailure>?
    private var waiter: CheckedContinuation<Answer, any Error>?
    private var isHandedOver = false
    private var upload: Task<Void, Never>?
    /// Who waits to be told whether the server wants the content.
    private var contentWaiter: CheckedContinuation<Bool, Never>?
    private var isContentWanted: Bool?

    /// - Parameter isUpgrade: whether the request asks for a WebSocket
    init(_ connection: UpstreamConnection, isUpgrade: Bool, _ proxy: Proxy) {
        self.connection = connection
        self.isUpgrade = isUpgrade
        clock = ExchangeClock(proxy)
        closeTimeout = .milliseconds(proxy.tunnelCloseTimeout.milliseconds)
    }

    private var eventLoop: any EventLoop { connection.eventLoop }

    // MARK: - The task's side: the request

    /// Sends the beginning of a request.
    ///
    /// - Parameter upload: the task that sends the rest; nil where there is none
    func begin(_ bytes: ByteBuffer, method: HTTPRequest.Method, upload: (@Sendable () async -> Void)?) {
        eventLoop.runNow { [self] in
            guard connection.begin(self, method: method) else {
                return fail(ProxyFailure(.closed, "The connection had been closed."))
            }
            isRequestSent = upload == nil
            connection.send(bytes, promise: nil)
            clock.wait(for: .response, on: eventLoop) { self.checkTime() }
            if let upload { self.upload = Task(executorPreference: LoopExecutor(eventLoop)) { await upload() } }
        }
    }

    /// Sends more of the request, and waits until the system has taken it.
    func send(_ bytes: ByteBuffer) async throws {
        let promise = eventLoop.makePromise(of: Void.self)
        eventLoop.runNow { [self] in
            clock.noteProgress()
            connection.send(bytes, promise: promise)
        }
        try await promise.futureResult.get()
    }

    /// The request has been sent to its end.
    func requestEnded() {
        eventLoop.runNow { [self] in
            isRequestSent = true
            clock.noteProgress()
        }
    }

    /// Whether the server wants the content of a request that asks it first; waited for, but not for long.
    func isContentWanted(within patience: TimeAmount) async -> Bool {
        let alarm = eventLoop.scheduleTask(in: patience) { self.tellWanted(true) }
        defer { alarm.cancel() }
        return await withCheckedContinuation { continuation in
            eventLoop.runNow { [self] in
                if let isContentWanted { return continuation.resume(returning: isContentWanted) }
                contentWaiter = continuation
            }
        }
    }

    private func tellWanted(_ isWanted: Bool) {
        guard isContentWanted == nil else { return }
        isContentWanted = isWanted
        contentWaiter?.resume(returning: isWanted)
        contentWaiter = nil
    }

    // MARK: - The task's side: the response

    /// The response's head, waited for.
    func response() async throws(ProxyFailure) -> Answer {
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    eventLoop.runNow { [self] in
                        waiter = continuation
                        if answer != nil { deliver() }
                    }
                }
            } onCancel: {
                abandon()
            }
        } catch {
            throw error as? ProxyFailure ?? ProxyFailure(.closed, "\(error)")
        }
    }

    /// Gives the exchange up, from wherever.
    func fail(on eventLoop: any EventLoop, _ failure: ProxyFailure) { eventLoop.runNow { self.fail(failure) } }

    /// This server goes down: the client of a WebSocket is told, and its answer tells the other server.
    func goAway() {
        eventLoop.runNow { [self] in
            guard isTunnel, !isOver, closeAlarm == nil else { return }
            closeAlarm = eventLoop.scheduleTask(in: closeTimeout) {
                self.fail(ProxyFailure(.timeout, "The end of a WebSocket was not agreed to in time."))
            }
            if let frame = farewell.leave() { _ = content?.feed(frame) }
        }
    }

    /// Nobody wants the response any more; where it is complete, this changes nothing.
    func abandon() {
        fail(on: eventLoop, ProxyFailure(.cancelled, "Nobody wants the response."))
    }

    // MARK: - The connection's side

    func receive(_ event: HTTP1ResponseParser.Event) {
        clock.noteProgress()
        switch event {
        case .informational(let status): if status == 100 { tellWanted(true) }
        case .head(let head): receive(head)
        case .body(let bytes): receive(bytes)
        case .end:
            content?.finish()
            deliver()
            // An answer that came before the end of its request leaves the rest of that on the connection.
            end(isReusable: keepsAlive && isRequestSent)
        }
    }

    private func receive(_ head: ResponseHead) {
        tellWanted(false)
        keepsAlive = head.keepsAlive
        let length: Int? = if case .length(let length) = head.content { length } else { nil }
        let content = RequestBody(contentLength: length, limit: .max) { [self] in
            eventLoop.execute { self.contentWanted() }
        }
        answer = .success(Answer(head: head, content: content))
        guard head.content == .upgraded else {
            return clock.wait(for: .content, on: eventLoop) { self.checkTime() }
        }
        guard isUpgrade else {
            return fail(ProxyFailure(.malformed, "The server changes the protocol though nobody asked it to."))
        }
        isTunnel = true
        clock.wait(for: .tunnel, on: eventLoop) { self.checkTime() }
        deliver()
    }

    private var content: RequestBody? { (try? answer?.get())?.content }

    /// Takes content, or what comes through a tunnel.
    func receive(_ bytes: ByteBuffer) {
        clock.noteProgress()
        let passed = isTunnel ? farewell.pass(bytes) : bytes
        guard let passed, passed.readableBytes > 0, case .pause? = content?.feed(passed) else { return }
        clock.isPaused = true
        connection.setReading(false)
    }

    private func contentWanted() {
        guard clock.isPaused, !isOver else { return }
        clock.isPaused = false
        clock.noteProgress()
        connection.setReading(true)
    }

    /// Hands the answer over, if there is one and somebody waits for it.
    func deliver() {
        guard let answer, let waiter else { return }
        self.waiter = nil
        isHandedOver = true
        waiter.resume(with: answer.mapError { $0 })
    }

    /// The connection has ended.
    ///
    /// - Parameter error: what it has cut off; nil where the response could be taken to end with it
    func connectionEnded(_ error: MalformedResponse?) {
        if isTunnel { content?.finish() }
        let reason = error?.reason ?? "The server closed the connection."
        fail(ProxyFailure(hasBegun ? .malformed : .closed, reason))
    }

    /// The connection has been broken off, and not closed.
    func connectionFailed() {
        if isTunnel { content?.finish() }
        fail(ProxyFailure(hasBegun ? .malformed : .closed, "The connection to the server was broken off."))
    }

    /// Gives the exchange up, and the connection with it.
    func fail(_ failure: ProxyFailure) {
        if isOver { return }
        content?.fail(failure)
        // What nobody has seen of a broken response becomes a page.
        if !isHandedOver { answer = .failure(failure) }
        end(isReusable: false)
        deliver()
    }

    private func end(isReusable: Bool) {
        if isOver { return }
        isOver = true
        clock.stop()
        closeAlarm?.cancel()
        tellWanted(false)
        upload?.cancel()
        upload = nil
        connection.end(self, isReusable: isReusable)
    }

    private func checkTime() {
        guard !isOver, clock.schedule(on: eventLoop, { self.checkTime() }) else { return }
        fail(ProxyFailure(.timeout, "The server took too long."))
    }
}
