internal import NIOCore

/// What of a WebSocket changes; its lock guards all of it.
struct WebSocketState {
    /// What a task can wait for.
    enum Event { case message, room, end }

    /// How far the socket is (RFC 6455 §7).
    enum Phase {
        case open
        /// A close frame was sent; the other side's is still to come.
        case closing
        /// Nothing more will be sent or received.
        case over
    }

    private let role: WebSocketRole
    private let options: WebSocketOptions
    private var parser: WebSocketParser
    private let deflater: WebSocketDeflater?

    private(set) var phase = Phase.open
    private(set) var closeCode: WebSocketCloseCode?
    private(set) var closeReason = ""

    /// Frames that the transport has not taken yet.
    private(set) var output = ByteBuffer()
    private var messages: CircularBuffer<WebSocketMessage> = []
    private var messageBytes = 0
    /// How many messages have come and gone.
    private(set) var activity: UInt64 = 0
    /// Whether input waits for room.
    private var isHeldUp = false
    /// The end that the other side has brought about behind messages that have yet to be read: it comes when they have
    /// been, so that they can be answered.
    private var comingEnd: ComingEnd?

    private enum ComingEnd {
        case close(WebSocketCloseCode, String)
        case failure(WebSocketFailure)
    }

    var waiters: [(Event, CheckedContinuation<Void, Never>)] = []
    /// Has the transport look at the socket; called outside the lock.
    var service: (@Sendable () -> Void)?
    var isServiceRequested = false

    init(role: WebSocketRole, options: WebSocketOptions, deflate: WebSocketDeflate?) {
        self.role = role
        self.options = options
        parser = WebSocketParser(role: role, options: options, deflate: deflate)
        deflater = deflate.map { WebSocketDeflater($0) }
    }

    // MARK: - What is so

    var isOver: Bool { if case .over = phase { true } else { false } }
    var isOpen: Bool { if case .open = phase { true } else { false } }
    /// Whether an end has begun that has yet to come.
    var isEnding: Bool { !isOver && (!isOpen || comingEnd != nil) }

    /// Whether more may be received: the app keeps pace, and the client takes the answers to its pings.
    var wantsInput: Bool {
        switch phase {
        case .open where comingEnd != nil: false
        case .open:
            messages.count < options.receiveQueue.orOne && messageBytes < options.receiveBuffer.orOne && canAnswer
        case .closing: canAnswer
        case .over: false
        }
    }

    private var canAnswer: Bool { output.readableBytes < options.sendBuffer + options.offerBuffer }

    /// Whether what a task waits for is there.
    func hasHappened(_ event: Event) -> Bool {
        switch event {
        case .message: isOver || !messages.isEmpty || comingEnd != nil
        case .room: !isOpen || output.readableBytes < options.sendLimit
        case .end: isOver
        }
    }

    /// The tasks that may go on.
    mutating func takeWaiters(_ isDue: (Event) -> Bool) -> [CheckedContinuation<Void, Never>] {
        guard !waiters.isEmpty else { return [] }
        let due = waiters.filter { isDue($0.0) }.map(\.1)
        waiters.removeAll { isDue($0.0) }
        return due
    }

    mutating func takeDueWaiters() -> [CheckedContinuation<Void, Never>] {
        guard !waiters.isEmpty else { return [] }
        let (message, room, end) = (hasHappened(.message), hasHappened(.room), hasHappened(.end))
        return takeWaiters { event in
            switch event {
            case .message: message
            case .room: room
            case .end: end
            }
        }
    }

    /// Asks the transport to look at the socket, once until it has; to be called outside the lock.
    mutating func requestService() -> (@Sendable () -> Void)? {
        guard !isServiceRequested, let service else { return nil }
        isServiceRequested = true
        return service
    }

    mutating func requestServiceIfResumed() -> (@Sendable () -> Void)? {
        guard isHeldUp && wantsInput || isOver else { return nil }
        return requestService()
    }

    // MARK: - Receiving

    /// The next message; where there is none, the end that was to come behind them comes now.
    mutating func takeMessage() -> WebSocketMessage? {
        guard let message = messages.popFirst() else {
            finishComingEnd()
            return nil
        }
        messageBytes -= message.size
        return message
    }

    mutating func receive(_ bytes: ByteBuffer) {
        guard !isOver else { return }
        parser.append(bytes)
        advance()
    }

    /// Works off what has been received, as far as there is room.
    mutating func advance() {
        do throws(WebSocketFailure) {
            while wantsInput, let event = try parser.next() { handle(event) }
            isHeldUp = !isOver && !wantsInput
        } catch {
            finish(.failure(error))
        }
    }

    private mutating func handle(_ event: WebSocketParser.Event) {
        switch event {
        case .message(let message):
            guard isOpen else { return }
            activity &+= 1
            messages.append(message)
            messageBytes += message.size
        case .ping(let payload):
            if isOpen { WebSocketFrame.write(.pong, payload, role: role, into: &output) }
        case .pong: break
        case .close(let code, let reason): finish(.close(code, reason))
        }
    }

    /// Brings the end about, or keeps it until what came before it has been read.
    private mutating func finish(_ end: ComingEnd) {
        guard isOpen, messages.isEmpty else {
            if isOpen { comingEnd = end } else { finishNow(end) }
            return
        }
        finishNow(end)
    }

    private mutating func finishComingEnd() {
        guard let end = comingEnd else { return }
        comingEnd = nil
        finishNow(end)
    }

    private mutating func finishNow(_ end: ComingEnd) {
        if isOpen {
            switch end {
            case .close(let code, let reason):
                (closeCode, closeReason) = (code, reason)
                WebSocketFrame.writeClose(code, reason, role: role, into: &output)
            case .failure(let failure):
                (closeCode, closeReason) = (failure.code, failure.reason)
                WebSocketFrame.writeClose(failure.code, failure.reason, role: role, into: &output)
            }
        }
        phase = .over
        isHeldUp = false
    }

    // MARK: - Sending

    /// What became of a message that is to be sent.
    enum Attempt {
        /// It is on its way; the transport is to look at the socket.
        case sent((@Sendable () -> Void)?)
        /// There is no room for it yet.
        case full
    }

    mutating func send(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) throws(WebSocketClosed) -> Attempt {
        guard isOpen else { throw WebSocketClosed(code: closeCode ?? .normal, reason: closeReason) }
        guard output.readableBytes < options.sendLimit else { return .full }
        write(opcode, payload)
        return .sent(requestService())
    }

    mutating func write(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) {
        activity &+= 1
        if let deflater, deflater.isWorthIt(payload.readableBytes), let deflated = deflater.deflated(payload) {
            WebSocketFrame.write(opcode, deflated, isCompressed: true, role: role, into: &output)
        } else {
            WebSocketFrame.write(opcode, payload, role: role, into: &output)
        }
    }

    /// Writes a frame that was made for many.
    mutating func write(frame: ByteBuffer) {
        activity &+= 1
        output.writeImmutableBuffer(frame)
    }

    mutating func writePing() {
        if isOpen { WebSocketFrame.write(.ping, ByteBuffer(), role: role, into: &output) }
    }

    mutating func takeOutput() -> ByteBuffer? {
        guard output.readableBytes > 0 else { return nil }
        return exchange(&output, with: ByteBuffer())
    }

    // MARK: - Closing

    mutating func close(_ code: WebSocketCloseCode, _ reason: String) {
        guard isOpen else { return }
        dropMessages()
        if case .failure? = comingEnd { return finishComingEnd() }
        (closeCode, closeReason) = (code, reason)
        WebSocketFrame.writeClose(code, reason, role: role, into: &output)
        // The other side may have said so first.
        phase = comingEnd == nil ? .closing : .over
        comingEnd = nil
        // What was held up is dropped now, and may end with the other side's close frame.
        if isHeldUp { advance() }
    }

    mutating func disconnect() {
        guard !isOver else { return }
        finishComingEnd()
        if isOpen { closeCode = .abnormal }
        output = ByteBuffer()
        phase = .over
        isHeldUp = false
    }

    private mutating func dropMessages() {
        messages.removeAll()
        messageBytes = 0
    }
}

extension WebSocketOptions {
    /// At least one byte, without which nothing would ever be sent.
    var sendLimit: Int { sendBuffer.orOne }
    var offerLimit: Int { offerBuffer.orOne }
}

extension Int {
    fileprivate var orOne: Int { Swift.max(1, self) }
}
