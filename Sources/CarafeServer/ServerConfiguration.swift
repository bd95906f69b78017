import CarafeHTTP

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a server listens, how many threads serve, and how much a client may ask of it.
///
/// ```swift
/// var configuration = ServerConfiguration(address: .hostname("127.0.0.1", port: 8000))
/// configuration.keepAliveTimeout = .seconds(15)
/// ```
public struct ServerConfiguration: Sendable {
    /// A place to listen at.
    public enum Address: Sendable, Hashable, CustomStringConvertible {
        /// A host name or IP address and a TCP port; port 0 takes a free one.
        case hostname(String, port: Int)
        /// A unix domain socket's path.
        case unixSocket(path: String)
        /// A socket that is bound already, such as one handed down by a supervisor. The server owns it from then on.
        case descriptor(CInt)

        /// The address as a log line writes it.
        public var description: String {
            switch self {
            case .hostname(let host, let port): host.utf8.contains(0x3A) ? "[\(host)]:\(port)" : "\(host):\(port)"
            case .unixSocket(let path): "unix:\(path)"
            case .descriptor(let descriptor): "descriptor \(descriptor)"
            }
        }
    }

    /// Where to listen; 127.0.0.1:8000 unless told.
    public var address: Address

    /// Further places to listen at; none unless told. One server may serve a port and a unix socket.
    public var furtherAddresses: [Address] = []

    /// The number of event loops, each on a thread of its own; one for each core unless told.
    public var threads: Int

    /// How many connections the system may keep waiting to be accepted.
    public var backlog = 2048

    /// The limits on request heads and on the framing of content.
    public var limits = HTTP1Limits()

    /// The most bytes that a request's content may have; 16 MiB. More is refused with 413, before it is read where
    /// its length is declared.
    public var maxContentLength = 16 * 1024 * 1024

    /// How long a client may take for a whole request head; 10 s. A slower one gets 408.
    public var headerTimeout = Duration.seconds(10)

    /// How long a client may pause within a request's content; 30 s. The reader of a slower one's content gets
    /// ``ContentInterrupted``.
    public var bodyIdleTimeout = Duration.seconds(30)

    /// The bytes a second that content must bring, measured over ``bodyIdleTimeout``; 500. Zero turns it off.
    public var minimumBodyRate = 500

    /// How long a client may take none of the bytes that wait for it; 30 s. Then the connection is closed.
    public var sendTimeout = Duration.seconds(30)

    /// How long a connection may wait for its next request; 75 s. Then it is closed.
    public var keepAliveTimeout = Duration.seconds(75)

    /// How long, after the last response of a connection, what the client still sends is read and dropped, so that
    /// it can read the response; 1 s.
    public var lingerTimeout = Duration.seconds(1)

    /// How many bytes are read and dropped after a response whose request was not read to its end; 256 KiB.
    public var lingerLimit = 256 * 1024

    /// The most connections at a time; 80 % of the process's file descriptors unless told. At the cap accepting
    /// pauses, and further clients wait in the backlog.
    public var maxConnections: Int

    /// The value of the `Server` field of every response that has none of its own; nil for no such field.
    public var serverName: String?

    /// Whether who waits in the backlogs when the server stops is left to the process that has handed the sockets down, and goes on
    /// listening.
    package var leavesBacklog = false

    /// How long those who wait in the backlogs when the server stops are let in, at most; 1 s.
    package var backlogTimeout = Duration.seconds(1)

    /// What is spoken over the accepted connections besides HTTP/1.1; nothing unless an extension brings it.
    package var protocols: (any ConnectionProtocols)?

    /// Told of each request that the server answers itself, because it does not let it through.
    package var onRefusal: (@Sendable (RefusedRequest) -> Void)?

    /// The permissions of a unix socket's file, such as `0o660`; nil for what the process's mask leaves.
    public var unixSocketMode: UInt32?

    /// The proxies from which each connection begins with a header of the PROXY protocol; nil for none.
    public var proxyProtocol: ProxyProtocol?

    /// How long, after SIGTERM, the server goes on serving though it is no longer ready: until load balancers have
    /// noticed; none.
    public var drainDelay = Duration.zero

    /// How long running requests may take to finish after a signal to stop; 30 s.
    public var gracefulTimeout = Duration.seconds(30)

    /// Defaults for an address.
    public init(address: Address = .hostname("127.0.0.1", port: 8000)) {
        self.address = address
        threads = max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN)))
        maxConnections = Self.defaultMaxConnections()
    }

    /// All places to listen at.
    var addresses: [Address] { [address] + furtherAddresses }

    /// 80 % of the file descriptors that the process may open.
    private static func defaultMaxConnections() -> Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let result = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #else
            let result = getrlimit(RLIMIT_NOFILE, &limit)
        #endif
        guard result == 0 else { return 800 }
        let descriptors = Int(min(limit.rlim_cur, 1 << 24))
        return max(1, descriptors / 10 * 8)
    }
}
