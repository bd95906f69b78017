import Foundation
import TestSupport
import Testing

@Suite("Sockets handed down", .enabled(if: HelloProcess.isBuilt), .timeLimit(.minutes(5)))
struct HandedSocketTests {
    /// The address and port of a socket that listens on 127.0.0.1.
    private func listeningSocket(type: Int32 = Int32(SOCK_STREAM.rawValue), listens: Bool = true) -> (CInt, UInt16) {
        let descriptor = socket(AF_INET, type, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(descriptor, $0, length)
                if listens { listen(descriptor, 16) }
                getsockname(descriptor, $0, &length)
            }
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    @Test("are served instead of the address of the configuration, all of them")
    func several() throws {
        let (first, firstPort) = listeningSocket()
        let (second, secondPort) = listeningSocket()
        defer { for descriptor in [first, second] { close(descriptor) } }
        let hello = try HelloProcess(
            [], ["LISTEN_FDS": "2", "LISTEN_FDNAMES": "web:more", "CARAFE_RUN_PORT": "1"],
            descriptors: [first, second])
        #expect(hello.address == "http://127.0.0.1:\(firstPort),")
        #expect(hello.output.contains("http://127.0.0.1:\(secondPort)\n"))
        #expect(try hello.get("/", at: "http://127.0.0.1:\(firstPort)") == "Hello, World!")
        #expect(try hello.get("/", at: "http://127.0.0.1:\(secondPort)") == "Hello, World!")
        #expect(hello.end() == 0)
    }

    @Test("may be unix sockets, whose files stay where they are when the app ends")
    func unixSocket() throws {
        let path = "/tmp/carafe-handed-\(getpid()).sock"
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(descriptor)
            unlink(path)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(descriptor, 16) == 0
            }
        }
        #expect(isBound)
        let hello = try HelloProcess([], ["LISTEN_FDS": "1"], descriptors: [descriptor])
        #expect(hello.address == "unix:\(path)")
        let curl = try ChildProcess("curl", ["-s", "--unix-socket", path, "http://x/"])
        #expect(curl.readToEnd() == Data("Hello, World!".utf8))
        #expect(hello.end() == 0)
        #expect(access(path, F_OK) == 0)
    }

    @Test("keep connections that arrive while no process serves them")
    func backlog() throws {
        let (descriptor, port) = listeningSocket()
        defer { close(descriptor) }
        for _ in 0..<2 {
            let hello = try HelloProcess([], ["LISTEN_FDS": "1"], descriptors: [descriptor])
            // Connected at once, whether or not the app has started.
            #expect(try hello.get("/", at: "http://127.0.0.1:\(port)") == "Hello, World!")
            #expect(hello.address != nil)
            #expect(hello.end() == 0)
        }
    }

    @Test("that are meant for another process are left alone")
    func otherProcess() throws {
        let hello = try HelloProcess(["--port", "0"], ["LISTEN_FDS": "7", "LISTEN_PID": "1"])
        #expect(try hello.get("/") == "Hello, World!")
        #expect(hello.end() == 0)
    }

    @Test(
        "that are none are refused with what is wrong",
        arguments: [
            ("several", "LISTEN_FDS is 'several', which is no number of sockets."),
            ("-1", "LISTEN_FDS is '-1'"), ("+1", "LISTEN_FDS is '+1'"),
            // Long before the last of them there is one that is not open, or that the tests use for something else.
            ("1024", "that was handed down is no"),
        ])
    func wrongNumber(count: String, message: String) throws {
        let (descriptor, _) = listeningSocket()
        defer { close(descriptor) }
        let hello = try HelloProcess([], ["LISTEN_FDS": count], descriptors: [descriptor])
        #expect(hello.wait() == 69)
        #expect(hello.output.contains(message), "\(hello.output)")
    }

    @Test("must be stream sockets that listen")
    func wrongKind() throws {
        let file = open("/dev/null", O_RDONLY)
        let (datagrams, _) = listeningSocket(type: Int32(SOCK_DGRAM.rawValue), listens: false)
        let (silent, _) = listeningSocket(listens: false)
        defer { for descriptor in [file, datagrams, silent] { close(descriptor) } }
        for (descriptor, problem) in [
            (file, "is no socket"), (datagrams, "is no stream socket"), (silent, "is a socket that does not listen"),
        ] {
            let hello = try HelloProcess([], ["LISTEN_FDS": "1", "LISTEN_FDNAMES": "web"], descriptors: [descriptor])
            #expect(hello.wait() == 69)
            #expect(hello.output.contains("The descriptor 3 ('web') that was handed down \(problem)."))
        }
    }

    @Test("win over an address of the command line, which is said")
    func commandLine() throws {
        let (descriptor, port) = listeningSocket()
        defer { close(descriptor) }
        let hello = try HelloProcess(["--port", "1"], ["LISTEN_FDS": "1"], descriptors: [descriptor])
        #expect(hello.address == "http://127.0.0.1:\(port)")
        #expect(hello.output.contains("--host, --port and --unix-socket are not"))
        #expect(hello.end() == 0)
    }
}
