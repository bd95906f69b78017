import Carafe
import CarafeTLS
import Foundation
import TestSupport
import Testing

@Suite struct HandshakeTests {
    @Test("HTTP/1.1 and HTTP/2 are served over TLS", arguments: ["--http1.1", "--http2"])
    func served(version: String) async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await curl("--insecure", version, "https://localhost:\(app.port)/facts")
            #expect(text == "https HTTP/\(version == "--http2" ? "2" : "1.1") localhost:\(app.port)  ")
        }
    }

    @Test(
        "a large file, a large response and a stream arrive whole", arguments: ["--http1.1", "--http2"],
        ["/large", "/stream"])
    func whole(version: String, path: String) async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let size = try await curl(
                "--insecure", version, "--output", "/dev/null", "--write-out", "%{size_download} %{http_code}",
                "https://localhost:\(app.port)\(path)")
            #expect(size == (path == "/large" ? "10000000 200" : "1000000 200"))
        }
    }

    @Test(
        "TLS 1.2 and 1.3 are spoken, older versions are not",
        arguments: [("-tls1_3", true), ("-tls1_2", true), ("-tls1_1", false), ("-tls1", false)])
    func versions(option: String, isSpoken: Bool) async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await output(of: "openssl", "s_client", "-connect", "localhost:\(app.port)", option)
            #expect(text.contains("BEGIN CERTIFICATE") == isSpoken, "\(text)")
        }
    }

    @Test("TLS 1.3 alone, where it is asked for")
    func newest() async throws {
        var tls = TLS(certificate: "adhoc")
        tls.minimumVersion = .tls13
        try await serve { [tls] in
            $0.install(tls)
        } then: { app in
            let address = "localhost:\(app.port)"
            let older = try await output(of: "openssl", "s_client", "-connect", address, "-tls1_2")
            let newer = try await output(of: "openssl", "s_client", "-connect", address, "-tls1_3")
            #expect(!older.contains("BEGIN CERTIFICATE") && newer.contains("BEGIN CERTIFICATE"))
        }
    }

    @Test(
        "only ciphers with forward secrecy and authenticated encryption are taken",
        arguments: [
            ("ECDHE-ECDSA-AES128-GCM-SHA256", true), ("ECDHE-ECDSA-AES256-GCM-SHA384", true),
            ("ECDHE-ECDSA-CHACHA20-POLY1305", true), ("ECDHE-ECDSA-AES128-SHA", false),
            ("ECDHE-ECDSA-AES256-SHA384", false), ("AES128-GCM-SHA256", false), ("AES128-SHA", false),
        ])
    func ciphers(name: String, isTaken: Bool) async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await output(
                of: "openssl", "s_client", "-connect", "localhost:\(app.port)", "-tls1_2", "-cipher",
                "\(name):@SECLEVEL=0")
            #expect(text.contains("BEGIN CERTIFICATE") == isTaken)
        }
    }

    @Test(
        "the protocol is the one that both sides like best",
        arguments: [("h2,http/1.1", "h2"), ("http/1.1", "http/1.1")])
    func negotiation(offer: String, expected: String) async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await output(of: "openssl", "s_client", "-connect", "localhost:\(app.port)", "-alpn", offer)
            #expect(text.contains("ALPN protocol: \(expected)"))
        }
    }

    @Test("without HTTP/2 it is not offered")
    func withoutHTTP2() async throws {
        var tls = TLS(certificate: "adhoc")
        tls.http2 = nil
        try await serve { [tls] in
            $0.install(tls)
        } then: { app in
            let text = try await output(
                of: "openssl", "s_client", "-connect", "localhost:\(app.port)", "-alpn", "h2,http/1.1")
            #expect(text.contains("ALPN protocol: http/1.1"))
        }
    }

    @Test("renegotiation, compression and early data are off")
    func extras() async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await output(of: "openssl", "s_client", "-connect", "localhost:\(app.port)", "-tls1_2")
            #expect(text.contains("Compression: NONE"))
            let recent = try await output(of: "openssl", "s_client", "-connect", "localhost:\(app.port)", "-tls1_3")
            #expect(recent.contains("Early data was not sent") || !recent.contains("Max Early Data: 1"))
        }
    }

    @Test("a throw-away certificate is for this machine's names, and each process has its own")
    func adHoc() async throws {
        let folder = try Certificates()
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let text = try await output(of: "openssl", "s_client", "-connect", "localhost:\(app.port)", "-showcerts")
            try text.write(toFile: folder.path("a.pem"), atomically: true, encoding: .utf8)
            let facts = try await output(of: "openssl", "x509", "-in", folder.path("a.pem"), "-noout", "-text")
            #expect(facts.contains("DNS:localhost, DNS:*.localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1"))
            #expect(facts.contains("CA:FALSE"))
            // It stands for itself, as a browser's exception has it.
            let answer = try await curl("--cacert", folder.path("a.pem"), "https://localhost:\(app.port)/")
            #expect(answer == "Hello")
        }
    }

    @Test(
        "a client that stalls in the handshake is closed in time",
        arguments: [[UInt8](), [22], Array("\u{16}\u{3}\u{1}".utf8)])
    func stalls(bytes: [UInt8]) async throws {
        var tls = TLS(certificate: "adhoc")
        tls.handshakeTimeout = .milliseconds(300)
        try await serve { [tls] in
            $0.install(tls)
        } server: {
            $0.keepAliveTimeout = .milliseconds(400)
        } then: { app in
            let script = """
                import socket, sys, time
                s = socket.create_connection(("127.0.0.1", \(app.port)))
                s.sendall(bytes(\(bytes)))
                begun = time.monotonic()
                s.settimeout(60)
                try: s.recv(1000)
                except ConnectionResetError: pass
                print(time.monotonic() - begun < 50)
                """
            let text = String(decoding: try await Python.run(["-c", script]), as: UTF8.self)
            #expect(text == "True\n")
        }
    }

    @Test("a handshake whose bytes come one by one goes well")
    func slowly() async throws {
        try await serve {
            $0.install(TLS(certificate: "adhoc"))
        } then: { app in
            let script = """
                import socket, ssl
                context = ssl.create_default_context(); context.check_hostname = False; context.verify_mode = ssl.CERT_NONE
                incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
                tls = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
                s = socket.create_connection(("127.0.0.1", \(app.port))); s.setsockopt(6, 1, 1)
                def pump():
                    for byte in outgoing.read(): s.sendall(bytes([byte]))
                while True:
                    try: tls.do_handshake(); pump(); break
                    except ssl.SSLWantReadError: pump(); incoming.write(s.recv(65536))
                tls.write(b"GET / HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n"); pump()
                text = b""
                while b"Hello" not in text:
                    try: text += tls.read(65536)
                    except ssl.SSLWantReadError: incoming.write(s.recv(65536))
                print(text.split()[1].decode())
                """
            let text = String(decoding: try await Python.run(["-c", script]), as: UTF8.self)
            #expect(text == "200\n")
        }
    }

    @Test("handshakes past the bound wait for their turn")
    func bound() async throws {
        var tls = TLS(certificate: "adhoc")
        tls.maxHandshakes = 1
        try await serve { [tls] in
            $0.install(tls)
        } then: { app in
            // One that never goes on holds the only place, until it leaves.
            let script = """
                import socket, ssl, subprocess, sys, threading, time
                context = ssl.create_default_context(); context.check_hostname = False; context.verify_mode = ssl.CERT_NONE
                hello = ssl.MemoryBIO()
                tls = context.wrap_bio(ssl.MemoryBIO(), hello, server_hostname="x")
                try: tls.do_handshake()
                except ssl.SSLWantReadError: pass
                first = socket.create_connection(("127.0.0.1", \(app.port))); first.sendall(hello.read())
                time.sleep(0.2)
                done = []
                def other():
                    s = context.wrap_socket(socket.create_connection(("127.0.0.1", \(app.port))), server_hostname="x")
                    s.sendall(b"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"); done.append(s.recv(15))
                thread = threading.Thread(target=other); thread.start(); thread.join(0.4)
                print(done)
                first.close(); thread.join(5)
                print(done)
                """
            let text = String(decoding: try await Python.run(["-c", script]), as: UTF8.self)
            #expect(text == "[]\n[b'HTTP/1.1 200 OK']\n")
        }
    }
}
