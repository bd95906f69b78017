import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Streams of output", .timeLimit(.minutes(5)))
struct TemplateStreamTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("chunks arrive in order, and then the end")
    func order() async throws {
        let stream = TemplateStream { write in for number in 0..<1000 { try write(Array("\(number) ".utf8)) } }
        var text = ""
        for try await chunk in stream.text { text += chunk }
        #expect(text == (0..<1000).map { "\($0) " }.joined())
    }

    @Test("nothing is rendered before the first chunk is asked for, and then only a few chunks ahead")
    func backPressure() async throws {
        let written = Counter()
        let stream = TemplateStream(unreadLimit: 3) { write in
            for _ in 0..<100 {
                try write([1])
                written.count.add(1, ordering: .relaxed)
            }
        }
        var iterator = stream.makeAsyncIterator()
        try await Task.sleep(for: .milliseconds(20))
        #expect(written.count.load(ordering: .relaxed) == 0)
        _ = try await iterator.next()
        #expect(await RenderThreadsTests.becomesTrue { written.count.load(ordering: .relaxed) == 4 })
        try await Task.sleep(for: .milliseconds(20))
        #expect(written.count.load(ordering: .relaxed) == 4)
        for _ in 0..<99 { #expect(try await iterator.next() == [1]) }
        #expect(try await iterator.next() == nil)
        #expect(try await iterator.next() == nil)
    }

    @Test("an error comes after what was written before it")
    func errors() async throws {
        struct Failure: Error {}
        let stream = TemplateStream { write in
            try write([1])
            throw Failure()
        }
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() == [1])
        await #expect(throws: Failure.self) { try await iterator.next() }
        #expect(try await iterator.next() == nil)
    }

    @Test("a reader that stops early frees the thread")
    func leaving() async throws {
        let threads = RenderThreads(limit: 1)
        let ended = Counter()
        let stream = TemplateStream(unreadLimit: 1, threads: threads) { write in
            defer { ended.count.add(1, ordering: .relaxed) }
            while true { try write([1]) }
        }
        for round in 1...5 {
            for try await _ in stream { break }
            #expect(await RenderThreadsTests.becomesTrue { ended.count.load(ordering: .relaxed) == round })
        }
        #expect(try await threads.run { 1 } == 1)
        #expect(threads.count == 1)
    }

    @Test("a reader that is cancelled frees the thread, whatever it waits for", arguments: [false, true])
    func cancellation(_ waitsForFunction: Bool) async throws {
        let (ended, started) = (Counter(), Counter())
        let stream = TemplateStream { write in
            defer { ended.count.add(1, ordering: .relaxed) }
            started.count.add(1, ordering: .relaxed)
            if waitsForFunction {
                try AsyncBridge.wait { try await Task.sleep(for: .seconds(60)) }
            } else {
                while true { try AsyncBridge.checkCancellation() }
            }
        }
        let task = Task { for try await _ in stream {} }
        #expect(await RenderThreadsTests.becomesTrue { started.count.load(ordering: .relaxed) == 1 })
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await RenderThreadsTests.becomesTrue { ended.count.load(ordering: .relaxed) == 1 })
    }

    @Test("a reader that leaves while a function waits to be run frees the thread")
    func leavingBeforeFunction() async throws {
        let ended = Counter()
        let stream = TemplateStream { write in
            defer { ended.count.add(1, ordering: .relaxed) }
            try write([1])
            try AsyncBridge.wait { try await Task.sleep(for: .seconds(60)) }
        }
        for try await _ in stream { break }
        #expect(await RenderThreadsTests.becomesTrue { ended.count.load(ordering: .relaxed) == 1 })
    }

    @Test("asynchronous functions run between chunks")
    func functions() async throws {
        let stream = TemplateStream { write in
            for number in 0..<10 {
                try write(Array("\(try AsyncBridge.wait { await Task.yield(); return number })".utf8))
            }
        }
        var text = ""
        for try await chunk in stream.text { text += chunk }
        #expect(text == "0123456789")
    }

    @Test("text is cut between code points only", arguments: 1...7)
    func text(_ size: Int) async throws {
        let whole = "aé日🎈b🎈🎈é"
        let bytes = Array(whole.utf8)
        let stream = TemplateStream { write in
            for start in stride(from: 0, to: bytes.count, by: size) {
                try write(Array(bytes[start..<min(start + size, bytes.count)]))
            }
        }
        var text = ""
        for try await chunk in stream.text {
            #expect(!chunk.unicodeScalars.contains("\u{FFFD}"))
            text += chunk
        }
        #expect(isSameText(text, whole))
    }

    @Test("a code point that never ends is replaced")
    func cutText() async throws {
        var text = ""
        for try await chunk in TemplateStream({ write in try write([0x61, 0xF0, 0x9F]) }).text { text += chunk }
        #expect(text == "a\u{FFFD}")
    }
}
