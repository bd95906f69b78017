#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One end of a pair of sockets that carries whole messages, and on Linux descriptors with them.
package struct PacketSocket: Sendable {
    package let descriptor: CInt

    /// The longest message.
    package static let limit = 64 * 1024

    package init(descriptor: CInt) { self.descriptor = descriptor }

    /// Two connected ends that no other program inherits; nil where the system has none left.
    package static func pair() -> (PacketSocket, PacketSocket)? {
        var ends: [CInt] = [-1, -1]
        #if canImport(Glibc)
            let type = CInt(SOCK_SEQPACKET.rawValue)
        #elseif canImport(Musl)
            let type = SOCK_SEQPACKET
        #else
            let type = SOCK_DGRAM
        #endif
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (PacketSocket(descriptor: ends[0]), PacketSocket(descriptor: ends[1]))
    }

    package func close() { _ = systemClose(descriptor) }

    /// Sends a message, with a copy of a descriptor where one is given. It waits at most a second for room; a message that
    /// cannot be sent is lost.
    package func send(_ text: String, with attached: CInt? = nil) {
        var bytes = Array(text.utf8.prefix(Self.limit))
        var control = ControlBuffer()
        bytes.withUnsafeMutableBytes { bytes in
            withUnsafeMutablePointer(to: &control) { control in
                var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
                withUnsafeMutablePointer(to: &part) { part in
                    var message = msghdr()
                    message.msg_iov = part
                    message.msg_iovlen = 1
                    #if os(Linux)
                        if let attached {
                            control.pointee.set(attached)
                            message.msg_control = UnsafeMutableRawPointer(control)
                            message.msg_controllen = ControlBuffer.size
                        }
                    #endif
                    while sendmsg(descriptor, &message, Self.withoutSignal) < 0, errno == EINTR {}
                }
            }
        }
    }

    /// Waits for the next message.
    ///
    /// - Returns: nil where the other end is closed; the descriptor that came with it is the caller's to close
    package func receive() -> (text: String, attached: CInt?)? {
        var control = ControlBuffer()
        return withUnsafeTemporaryAllocation(byteCount: Self.limit, alignment: 16) { buffer in
            withUnsafeMutablePointer(to: &control) { control in
                var part = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
                return withUnsafeMutablePointer(to: &part) { part in
                    var message = msghdr()
                    message.msg_iov = part
                    message.msg_iovlen = 1
                    #if os(Linux)
                        message.msg_control = UnsafeMutableRawPointer(control)
                        message.msg_controllen = ControlBuffer.size
                    #endif
                    var count = recvmsg(descriptor, &message, Self.closingOnExec)
                    while count < 0, errno == EINTR { count = recvmsg(descriptor, &message, Self.closingOnExec) }
                    guard count > 0 else { return nil }
                    let text = String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self)
                    #if os(Linux)
                        return (text, message.msg_controllen >= ControlBuffer.used ? control.pointee.descriptor : nil)
                    #else
                        return (text, nil)
                    #endif
                }
            }
        }
    }

    /// What there is to read without waiting.
    package enum Received: Equatable {
        case message(String)
        case nothing
        /// The other end is closed.
        case end
    }

    /// Takes the next short message without waiting for it.
    package func receiveNow() -> Received {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = recv(descriptor, &bytes, bytes.count, Self.withoutWaiting)
        if count > 0 { return .message(String(decoding: bytes[..<count], as: UTF8.self)) }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .end
    }

    /// How long a sender waits for room.
    package func limitSending() {
        var time = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    #if canImport(Darwin)
        private static let withoutSignal: CInt = 0
        private static let withoutWaiting = CInt(MSG_DONTWAIT)
        private static let closingOnExec: CInt = 0
    #else
        private static let withoutSignal = CInt(MSG_NOSIGNAL)
        private static let withoutWaiting = CInt(MSG_DONTWAIT)
        private static let closingOnExec = CInt(MSG_CMSG_CLOEXEC)
    #endif
}

/// A `cmsghdr` with one descriptor as Linux lays it out on machines of 64 bits; its macros are not to be had in Swift.
private struct ControlBuffer {
    private var length = 0
    private var level: CInt = 0
    private var type: CInt = 0
    private var value: CInt = -1
    private var padding: CInt = 0

    /// The length with the padding, and without.
    static let size = 24
    static let used = 20

    mutating func set(_ descriptor: CInt) {
        length = Self.used
        level = SOL_SOCKET
        type = Self.rights
        value = descriptor
    }

    var descriptor: CInt? { level == SOL_SOCKET && type == Self.rights ? value : nil }

    /// `SCM_RIGHTS`
    private static let rights: CInt = 1
}

private func systemClose(_ descriptor: CInt) -> CInt { close(descriptor) }
