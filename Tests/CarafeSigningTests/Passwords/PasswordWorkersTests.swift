import Foundation
import Testing

@testable import CarafeSigning

@Suite("Password workers", .timeLimit(.minutes(5)))
struct PasswordWorkersTests {
    @Test("a password is hashed and checked off the caller's thread, with the same result")
    func result() async throws {
        let hash = try await generatePasswordHash("pw", method: .pbkdf2(.sha1, iterations: 2))
        #expect(try await checkPasswordHash(hash, "pw"))
        #expect(try await !checkPasswordHash(hash, "other"))
        #expect(try await !checkPasswordHash("nonsense", "pw"))
    }

    @Test("the errors of hashing come through")
    func errors() async {
        let error = await #expect(throws: PasswordHashError.self) {
            try await generatePasswordHash("pw", saltLength: 0)
        }
        #expect(error?.kind == .emptySalt)
    }

    @Test("work runs on another thread than the caller's")
    @MainActor
    func thread() async throws {
        let ours = currentThread()
        let theirs = try await PasswordWorkers(maximumThreads: 1).run { currentThread() }
        #expect(theirs != ours)
    }

    @Test("while every thread works, Swift's own threads are free")
    func swiftsThreadsAreFree() async throws {
        let (workers, gate) = (PasswordWorkers(maximumThreads: 16), Gate())
        let running = (0..<16).map { _ in Task { try await workers.run { gate.pass() } } }
        // More hashes than Swift has threads are standing still, and this still goes on.
        try await gate.waitUntilEntered(16)
        gate.open(16)
        for task in running { try await task.value }
    }

    @Test("so many work at a time and no more, and everyone gets a turn")
    func threads() async throws {
        let workers = PasswordWorkers(maximumThreads: 3)
        let (working, most) = (Counter(), Counter())
        let tasks = (0..<60).map { number in
            Task {
                try await workers.run {
                    most.raise(to: working.add(1))
                    usleep(500)
                    working.add(-1)
                    return number
                }
            }
        }
        for (number, task) in tasks.enumerated() { #expect(try await task.value == number) }
        #expect((1...3).contains(most.value))
    }

    @Test("the first one too many is refused at once, and the others are served")
    func busy() async throws {
        let (workers, gate) = (PasswordWorkers(maximumThreads: 1, maximumWaiting: 2), Gate())
        let first = Task { try await workers.run { gate.pass() } }
        try await gate.waitUntilEntered(1)
        let waiting = (0..<2).map { _ in Task { try await workers.run { gate.pass() } } }
        while workers.waitingCount < 2 { try await Task.sleep(for: .milliseconds(1)) }
        let error = await #expect(throws: PasswordHashError.self) { try await workers.run {} }
        #expect(error?.kind == .busy)
        #expect(
            error?.description
                == "Too many passwords are waiting to be hashed. Answer 503 and let the client try again; "
                + "limit how often one client may log in.")
        gate.open(3)
        for task in [first] + waiting { try await task.value }
        #expect(try await workers.run { 1 } == 1)
    }

    @Test("who is cancelled while waiting goes at once, and leaves the place to another")
    func cancellation() async throws {
        let (workers, gate) = (PasswordWorkers(maximumThreads: 1, maximumWaiting: 2), Gate())
        let first = Task { try await workers.run { gate.pass() } }
        try await gate.waitUntilEntered(1)
        let cancelled = (0..<2).map { _ in Task { try await workers.run { gate.pass() } } }
        while workers.waitingCount < 2 { try await Task.sleep(for: .milliseconds(1)) }
        for task in cancelled {
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        let another = Task { try await workers.run { 2 } }
        while workers.waitingCount > 1 { try await Task.sleep(for: .milliseconds(1)) }
        gate.open(1)
        try await first.value
        #expect(try await another.value == 2)
        #expect(gate.entered.value == 1)
    }

    @Test("who is cancelled while waiting is never computed for")
    func cancelledWaiting() async throws {
        let (workers, gate, computed) = (PasswordWorkers(maximumThreads: 1), Gate(), Counter())
        let first = Task { try await workers.run { gate.pass() } }
        try await gate.waitUntilEntered(1)
        let cancelled = Task { try await workers.run { _ = computed.add(1) } }
        while workers.waitingCount < 1 { try await Task.sleep(for: .milliseconds(1)) }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        gate.open(1)
        try await first.value
        #expect(try await workers.run { computed.value } == 0)
    }

    @Test("who is cancelled before asking is never computed for")
    func cancelledBefore() async {
        let (workers, computed) = (PasswordWorkers(maximumThreads: 1), Counter())
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await workers.run { _ = computed.add(1) }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(computed.value == 0)
    }

    @Test("who is cancelled while being computed for goes at once")
    func cancelledDuring() async throws {
        let (workers, gate) = (PasswordWorkers(maximumThreads: 1), Gate())
        let task = Task { try await workers.run { gate.pass() } }
        try await gate.waitUntilEntered(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        gate.open(1)
        #expect(try await workers.run { 3 } == 3)
    }

    @Test("threads end when nothing waits, and start again")
    func idle() async throws {
        let workers = PasswordWorkers(maximumThreads: 2)
        for round in 0..<3 {
            #expect(try await workers.run { round } == round)
            while workers.threadCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    @Test("there is always one thread, and never a negative number of places")
    func leastLimits() async throws {
        let workers = PasswordWorkers(maximumThreads: 0, maximumWaiting: -5)
        #expect(workers.maximumThreads == 1 && workers.maximumWaiting == 0)
        #expect(try await workers.run { 1 } == 1)
    }
}
