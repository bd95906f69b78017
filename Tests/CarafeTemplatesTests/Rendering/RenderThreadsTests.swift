import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Threads for renders that wait", .timeLimit(.minutes(5)))
struct RenderThreadsTests {
    enum Local { @TaskLocal static var name = "none" }

    @Test("an asynchronous function runs in the task that renders, with its task-local values")
    func taskLocals() async throws {
        let names = try await Local.$name.withValue("request") {
            try await withRenderThread {
                [
                    Local.name,
                    try AsyncBridge.wait {
                        await Task.yield(); return Local.name
                    },
                ]
            }
        }
        #expect(names == ["none", "request"])
    }

    @Test("as many renders wait at once as the environment's limit allows", arguments: [1, 3])
    func environmentLimit(limit: Int) async throws {
        let counts = Counts()
        var options = TemplateOptions()
        options.limits.renderThreads = limit
        let environment = TemplateEnvironment(options: options)
        environment.addGlobal(
            "wait",
            TemplateFunction(
                "wait",
                async: { () -> String in
                    let count = counts.now.add(1, ordering: .relaxed).newValue
                    _ = counts.most.max(count, ordering: .relaxed)
                    try await Task.sleep(for: .milliseconds(5))
                    counts.now.subtract(1, ordering: .relaxed)
                    return ""
                }
            ).templateValue)
        let template = try environment.overlay().template(source: "{{ wait() }}")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<12 { group.addTask { _ = try await template.renderAsync() } }
            try await group.waitForAll()
        }
        #expect(counts.most.load(ordering: .relaxed) <= limit)
        #expect(TemplateEnvironment().renderThreads === RenderThreads.shared)
    }

    private final class Counts: Sendable {
        let now = Atomic(0)
        let most = Atomic(0)
    }

    @Test("errors come through both ways")
    func errors() async throws {
        struct Failure: Error, Equatable { var number: Int }
        await #expect(throws: Failure(number: 1)) { try await withRenderThread { throw Failure(number: 1) } }
        let caught = try await withRenderThread {
            do {
                return try AsyncBridge.wait { () async throws -> Int in throw Failure(number: 2) }
            } catch let failure as Failure {
                return failure.number
            }
        }
        #expect(caught == 2)
    }

    @Test("there are never more threads than the limit, and many renders wait their turn")
    func limit() async throws {
        let threads = RenderThreads(limit: 3)
        let (running, most) = (Counter(), Counter())
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await threads.run {
                        let now = running.count.add(1, ordering: .relaxed).newValue
                        most.raise(to: now)
                        let value = try AsyncBridge.wait {
                            await Task.yield(); return number
                        }
                        running.count.subtract(1, ordering: .relaxed)
                        return value
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(total == 199 * 100)
        #expect(most.count.load(ordering: .relaxed) <= 3)
        #expect(threads.count <= 3)
    }

    @Test("a render inside a render's function has a thread, even where all are taken")
    func nested() async throws {
        let threads = RenderThreads(limit: 1)
        let sums = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await threads.run {
                        try AsyncBridge.wait { try await threads.run { try AsyncBridge.wait { 20 } } } + 1
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sums == 8 * 21)
        #expect(await Self.becomesTrue { threads.count <= 1 })
    }

    @Test("renders inside one another without an end are an error")
    func endless() async throws {
        @Sendable func render() async throws -> Int {
            try await withRenderThread { try AsyncBridge.wait { try await render() } }
        }
        let error = try await #require(throws: TemplateError.self) { try await render() }
        #expect(error.kind == .limit)
    }

    @Test("idle threads end")
    func idle() async throws {
        let threads = RenderThreads(limit: 2, idleSeconds: 0)
        #expect(try await threads.run { 1 } == 1)
        #expect(await Self.becomesTrue { threads.count == 0 })
        #expect(try await threads.run { 2 } == 2)
    }

    @Test("cancellation reaches the function that a render waits for")
    func cancelledWait() async throws {
        let started = Counter()
        let task = Task {
            try await withRenderThread {
                try AsyncBridge.wait {
                    started.count.add(1, ordering: .relaxed)
                    try await Task.sleep(for: .seconds(60))
                }
            }
        }
        #expect(await Self.becomesTrue { started.count.load(ordering: .relaxed) == 1 })
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a render that is cancelled ends where it looks, or waits next")
    func cancelledRender() async throws {
        let started = Counter()
        let task = Task {
            try await withRenderThread {
                started.count.add(1, ordering: .relaxed)
                while true { try AsyncBridge.checkCancellation() }
            }
        }
        #expect(await Self.becomesTrue { started.count.load(ordering: .relaxed) == 1 })
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a render that is cancelled before it has a thread never begins")
    func cancelledQueue() async throws {
        let threads = RenderThreads(limit: 1)
        let (begun, gate) = (Counter(), Gate())
        let first = Task { try await threads.run { gate.wait() } }
        #expect(await Self.becomesTrue { gate.isWaitedFor })
        let second = Task { try await threads.run { begun.count.add(1, ordering: .relaxed) } }
        try await Task.sleep(for: .milliseconds(20))
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        gate.open()
        try await first.value
        #expect(try await threads.run { 1 } == 1)
        #expect(begun.count.load(ordering: .relaxed) == 0)
    }

    @Test("there are megabytes of stack to nest in")
    func stack() async throws {
        @Sendable func depth(_ left: Int) -> Int {
            withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { room in
                room[0] = UInt8(truncatingIfNeeded: left)
                return left == 0 ? 0 : depth(left - 1) + (room[0] == UInt8(truncatingIfNeeded: left) ? 1 : 0)
            }
        }
        #expect(try await withRenderThread { depth(3000) } == 3000)
    }

    static func becomesTrue(_ condition: @Sendable () -> Bool) async -> Bool {
        for _ in 0..<500 {
            if condition() { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return condition()
    }
}

/// A number that threads share.
final class Counter: Sendable {
    let count = Atomic(0)

    func raise(to value: Int) {
        var old = count.load(ordering: .relaxed)
        while old < value {
            let (done, original) = count.compareExchange(expected: old, desired: value, ordering: .relaxed)
            if done { return }
            old = original
        }
    }
}

/// Holds up a thread.
final class Gate: Sendable {
    private let state = Monitor((isOpen: false, isWaitedFor: false))

    var isWaitedFor: Bool { state.change(wakes: false) { $0.isWaitedFor } }

    func open() { state.change { $0.isOpen = true } }

    func wait() {
        state.wait { state -> Void? in
            state.isWaitedFor = true
            return state.isOpen ? () : nil
        }
    }
}
