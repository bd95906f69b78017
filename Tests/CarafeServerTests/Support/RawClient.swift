#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A client that sends the bytes it is told and shows the bytes it gets: a blocking socket with a time limit.
final class RawClient {
    /// Why a call failed.
    enum Failure: Error { case connect(CInt), timeout, reset, ended, notHTTP(String) }

    private let descriptor: CInt
    private var isOpen = true
    /// What was received and not yet taken.
    private var unread: [UInt8] = []

    /// Connects to a TCP port of this machine.
    ///
    /// - Parameter receiveBuffer: the size of the system's buffer, for a client that reads slowly
    init(port: Int, receiveBuffer: CInt? = nil) throws {
        descriptor = socket(AF_INET, streamType, 0)
        if let receiveBuffer { Self.set(SO_RCVBUF, receiveBuffer, of: descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try connect(&address)
    }

    /// Connects to a unix socket.
    init(path: String) throws {
        descriptor = socket(AF_UNIX, streamType, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        try connect(&address)
    }

    deinit { close() }

    private func connect<Address>(_ address: inout Address) throws {
        setTimeout(milliseconds: 8000)
        let size = socklen_t(MemoryLayout<Address>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { systemConnect(descriptor, $0, size) }
        }
        guard result == 0 else { throw Failure.connect(errno) }
    }

    private static func set(_ option: CInt, _ value: CInt, of descriptor: CInt) {
        var value = value
        setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<CInt>.size))
    }

    /// Sets how long a call may wait.
    func setTimeout(milliseconds: Int) {
        var time = timeval(tv_sec: milliseconds / 1000, tv_usec: .init(milliseconds % 1000 * 1000))
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
    }

    // MARK: - Sending

    /// Sends all of a text.
    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Sends all bytes.
    func send(_ bytes: [UInt8]) throws {
        let count = try push(bytes)
        guard count == bytes.count else { throw Failure.timeout }
    }

    /// Sends what is taken before the time limit.
    ///
    /// - Returns: how many bytes that were
    func push(_ bytes: [UInt8]) throws -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                systemSend(descriptor, $0.baseAddress! + sent, $0.count - sent, noSignal)
            }
            if count < 0, errno == EAGAIN { return sent }
            guard count > 0 else { throw Failure.reset }
            sent += count
        }
        return sent
    }

    // MARK: - Receiving

    /// The next response, after the ones that were taken before.
    ///
    /// - Parameter method: the request's, because an answer to HEAD has no content
    func response(to method: String = "GET") throws -> ReceivedResponse {
        var response = try ReceivedResponse(head: &unread, to: method)
        var isEnded = false
        while true {
            if try response?.takeContent(from: &unread, isEnded: isEnded) == true, let response { return response }
            if isEnded { throw Failure.ended }
            let bytes = try receive()
            unread += bytes
            isEnded = bytes.isEmpty
            if response == nil { response = try ReceivedResponse(head: &unread, to: method) }
        }
    }

    /// Puts bytes that were received back in front.
    func giveBack(_ bytes: [UInt8]) { unread = bytes + unread }

    /// Everything up to the end of the connection, as text.
    func rest() throws -> String {
        while true {
            let bytes = try receive()
            if bytes.isEmpty { break }
            unread += bytes
        }
        defer { unread = [] }
        return String(decoding: unread, as: UTF8.self)
    }

    /// Some bytes; none at the end of the connection.
    func receive(upTo limit: Int = 65536) throws -> [UInt8] {
        let bytes = try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            let result = recv(descriptor, buffer.baseAddress, limit, 0)
            if result < 0 { throw errno == EAGAIN ? Failure.timeout : Failure.reset }
            count = result
        }
        return bytes
    }

    /// Whether the server ends the connection, in order or not, before the time limit and sends nothing before.
    var isEnded: Bool {
        guard unread.isEmpty else { return false }
        do { return try receive().isEmpty } catch Failure.reset { return true } catch { return false }
    }

    // MARK: - Ending

    /// Tells that nothing more will be sent.
    func finishSending() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Closes the connection.
    func close() {
        guard isOpen else { return }
        isOpen = false
        _ = systemClose(descriptor)
    }

    /// Breaks the connection off, as a client that crashes or is killed does.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }
}

// The system's calls whose names the client's own methods have.
private func systemConnect(_ descriptor: CInt, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> CInt {
    connect(descriptor, address, size)
}

private func systemSend(_ descriptor: CInt, _ bytes: UnsafeRawPointer, _ count: Int, _ flags: CInt) -> Int {
    send(descriptor, bytes, count, flags)
}

private func systemClose(_ descriptor: CInt) -> CInt { close(descriptor) }

#if canImport(Glibc)
    private let streamType = CInt(SOCK_STREAM.rawValue)
#else
    private let streamType = CInt(SOCK_STREAM)
#endif

#if canImport(Darwin)
    private let noSignal: CInt = 0
#else
    private let noSignal = CInt(MSG_NOSIGNAL)
#endif
