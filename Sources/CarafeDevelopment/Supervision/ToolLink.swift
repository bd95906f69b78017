#if DEBUG
    import Carafe
    import CarafeHTTP
    import CarafeServer
    import NIOCore
    import NIOPosix
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// An app's end of the connection to `carafe dev`.
    final class ToolLink: Sendable {
        private let socket: PacketSocket
        private let count = Atomic<UInt64>(0)
        private let thread = NIOThreadPool(numberOfThreads: 1)

        private init(_ socket: PacketSocket) {
            self.socket = socket
            socket.limitSending()
        }

        /// The link that `carafe dev` has handed down, the version of the files at the start, and the key of the console. The
        /// variables that tell of it are taken out of the environment.
        static func take() -> (ToolLink, version: String, consoleKey: String?)? {
            guard let text = getenv(LinkVariables.descriptor).map({ String(cString: $0) }) else { return nil }
            let version = getenv(LinkVariables.version).map { String(cString: $0) } ?? ""
            let key = getenv(LinkVariables.consoleKey).map { String(cString: $0) }
            for name in LinkVariables.all { unsetenv(name) }
            guard let descriptor = CInt(text), fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
            return (ToolLink(PacketSocket(descriptor: descriptor)), version, key)
        }

        /// Tells that a request is being answered, and hands over a copy of its connection: should the app die of it, the tool
        /// can still answer.
        ///
        /// - Returns: the request's number
        func begin(_ request: Request) -> UInt64 {
            let id = count.add(1, ordering: .relaxed).newValue
            let report = RunningRequest(
                id: id, method: request.method.rawValue, target: Self.target(of: request),
                client: request.connection.remoteHost, fields: Self.fields(of: request))
            socket.send(
                AppMessage.began(report).text, with: request.connection.remoteAddress.flatMap(ConnectionDescriptor.find)
            )
            return id
        }

        func tell(_ message: AppMessage) { socket.send(message.text) }

        /// Calls `receive` for each message from now on. The app ends when the tool has gone without a word.
        func listen(_ receive: @escaping @Sendable (ToolMessage) -> Void) {
            thread.start()
            thread.submit { [socket] _ in
                while let (text, _) = socket.receive() {
                    if let message = ToolMessage(text) { receive(message) }
                }
                kill(getpid(), SIGTERM)
            }
        }

        private static func target(of request: Request) -> String {
            let target = request.head.target
            return target.rawQuery.map { "\(target.rawPath)?\($0)" } ?? target.rawPath
        }

        /// The header fields, as far as they fit a message; those that prove who somebody is have a mask for a value.
        private static func fields(of request: Request) -> [String] {
            let secret = ["authorization", "cookie", "proxy-authorization"]
            var (fields, size): ([String], Int) = ([], 0)
            for (name, value) in request.headers {
                let isSecret = secret.contains { $0.utf8.elementsEqual(name.utf8.map { $0 | 0x20 }) }
                let field = "\(name): \(isSecret ? "••••••" : value)"
                size += field.utf8.count
                guard size < PacketSocket.limit / 2 else { break }
                fields.append(field)
            }
            return fields
        }
    }

    /// Finds the socket of a connection.
    enum ConnectionDescriptor {
        /// The descriptor of the connection from an address.
        static func find(from address: SocketAddress) -> CInt? {
            guard let folder = opendir("/dev/fd") else { return nil }
            defer { closedir(folder) }
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if let descriptor = CInt(name), hasPeer(descriptor, address) { return descriptor }
            }
            return nil
        }

        private static func hasPeer(_ descriptor: CInt, _ address: SocketAddress) -> Bool {
            var peer = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            return withUnsafeMutablePointer(to: &peer) { peer in
                peer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                    guard getpeername(descriptor, peer, &length) == 0 else { return false }
                    return address.withSockAddr { wanted, size in
                        Int(length) == size && memcmp(peer, wanted, size) == 0
                    }
                }
            }
        }
    }
#endif
