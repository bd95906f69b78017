import CarafeHTTP
import CarafeServer
import NIOCore
import TestSupport
import Testing

@Suite struct BackPressureTests {
    @Test("a reader that stops holds the upload up, and few bytes are kept in memory")
    func upload() async throws {
        let gate = Gate()
        let held = Counter()
        let responder = TestResponder().later("/upload") { request in
            await TestResponder.answering {
                var pieces = request.body.makeAsyncIterator()
                _ = try await pieces.next()
                await gate.wait()
                held.add(request.body.unreadBytes)
                var size = 0
                while let piece = try await pieces.next() { size += piece.readableBytes }
                return Response("\(size > 0)")
            }
        }
        try await serve(responder, { $0.maxContentLength = 100_000_000 }) { server in
            let client = try server.connect()
            let size = 50_000_000
            try client.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n")
            client.setTimeout(milliseconds: 200)
            let content = [UInt8](repeating: 0x61, count: size)
            let pushed = try client.push(content)
            // What the system's own buffers take on both sides, and no more.
            #expect(pushed < 20_000_000)
            gate.open()
            client.setTimeout(milliseconds: 60_000)
            try client.send(Array(content.dropFirst(pushed)))
            #expect(try client.response().text == "true")
            #expect(held.value < 300_000)
        }
    }

    @Test("a writer is held up while the client does not read, and goes on when it does", arguments: [nil, 16_000_000])
    func stream(length: Int?) async throws {
        let written = Counter()
        let responder = TestResponder().at("/stream") { _ in
            .now(
                Response(
                    body: .stream(length: length) { writer in
                        for _ in 0..<1000 {
                            try await writer.write(ByteBuffer(repeating: 0x61, count: 16_000))
                            written.add(16_000)
                        }
                    }))
        }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            try await Task.sleep(for: .milliseconds(200))
            // The system's buffers of both sides, and no megabytes of them.
            #expect(written.value < 1_000_000)
            #expect(try client.response().body.count == 16_000_000)
            #expect(try client.response().text == "GET /next")
        }
    }

    @Test("a writer whose client takes as fast as it is given leaves the others their turns")
    func turns() async throws {
        let others = Counter()
        let responder = TestResponder().at("/stream") { _ in
            .now(
                Response(
                    body: .stream { writer in
                        let piece = ByteBuffer(repeating: 0x61, count: 64 * 1024)
                        while others.value == 0 { try await writer.write(piece) }
                    }))
        }.at("/other") { _ in
            others.add()
            return .now(Response("here"))
        }
        try await serve(responder) { server in
            let reader = try server.connect()
            try reader.send("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            _ = try reader.receive()
            async let taken = onOwnThread { [reader = Unchecked(reader)] in
                var count = 0
                while case let bytes = try reader.value.receive(upTo: 1 << 20), !bytes.isEmpty { count += bytes.count }
                return count
            }
            #expect(try server.exchange("GET /other HTTP/1.1\r\nHost: x\r\n\r\n").text == "here")
            #expect(try await taken > 0)
        }
    }

    @Test("what the system does not take of a response at once follows in order, and so does the next response")
    func partialWrite() async throws {
        // Every four bytes tell their place, so that a byte lost, doubled or moved shows.
        let large = Array(UInt32(0)..<1_500_000).withUnsafeBytes { Array($0) }
        let responder = TestResponder().at("/large") { _ in .now(Response(body: .bytes(ByteBuffer(bytes: large)))) }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            for _ in 0..<2 {
                try client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
                try await Task.sleep(for: .milliseconds(100))
                #expect(try client.response().body == large)
                #expect(try client.response().text == "GET /next")
            }
        }
    }

    @Test("a writer on another executor is held up too")
    func detachedWriter() async throws {
        let written = Counter()
        let responder = TestResponder().at("/stream") { _ in
            .now(
                Response(
                    body: .stream { writer in
                        try await Task.detached {
                            for _ in 0..<1000 {
                                try await writer.write(ByteBuffer(repeating: 0x61, count: 16_000))
                                written.add(16_000)
                            }
                        }.value
                    }))
        }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            try await Task.sleep(for: .milliseconds(200))
            #expect(written.value < 1_000_000)
            #expect(try client.response().body.count == 16_000_000)
        }
    }

    @Test("no further request is answered while the client does not read its responses")
    func pipeline() async throws {
        let answered = Counter()
        let responder = TestResponder().at("/large") { _ in
            answered.add()
            return .now(Response(body: .bytes(ByteBuffer(repeating: 0x61, count: 100_000))))
        }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send(String(repeating: "GET /large HTTP/1.1\r\nHost: x\r\n\r\n", count: 200))
            try await Task.sleep(for: .milliseconds(200))
            #expect(answered.value < 60)
            for _ in 0..<200 { #expect(try client.response().body.count == 100_000) }
        }
    }
}
