import Synchronization

/// A sequence that is made while it is read, and only once: what `map`, `select` and their like give.
///
/// It may be shared between threads: the iterator belongs to the one that advances it.
public final class TemplateGenerator: TemplateObject {
    private let name: String
    private let state: Mutex<State>

    /// - Parameters:
    ///   - name: what Python calls the function that made it: `do_map`
    ///   - iterator: hands out its values; nobody else may use it
    public init(name: String, _ iterator: TemplateIterator) {
        self.name = name
        state = Mutex(.idle(Held(iterator: iterator)))
    }

    deinit {
        DeferredRelease.release(
            object: state.withLock { state in
                defer { state = .finished }
                return state.iterator
            })
    }

    /// Python's name of the type.
    public var typeName: String { "generator" }
    /// True, whatever is left of it.
    public var isTrue: Bool { true }

    /// As Python's, with a made-up address: a real one would tell strangers where the program's memory is.
    public var representation: String { "<generator object \(name) at 0x7f0000000000>" }

    /// What hands out the values that are left.
    public func makeIterator() -> TemplateIterator? { GeneratorIterator(self) }

    /// Lets go of what is still to be read, unless it is being read.
    func close() {
        DeferredRelease.release(
            object: state.withLock { state in
                guard case .idle(let held) = state else { return nil }
                state = .finished
                return held
            })
    }

    /// The next value, or nil after the last one.
    ///
    /// - Throws: a `ValueError` where the generator is asked while it makes a value, by itself or another thread
    func next() throws -> TemplateValue? {
        let taken = state.withLock { state in
            defer { if case .idle = state { state = .running } }
            return state
        }
        switch taken {
        case .finished: return nil
        case .running: throw TemplateError(.valueError, "generator already executing")
        case .idle(let held):
            // Python's generators are finished by an error too.
            var after = State.finished
            defer { state.withLock { $0 = after } }
            let value = try held.iterator.next()
            if value != nil { after = taken }
            return value
        }
    }

    private enum State: Sendable {
        case idle(Held)
        case running
        case finished

        var iterator: Held? { if case .idle(let held) = self { held } else { nil } }
    }

    /// An iterator on its way between threads: the state lets only one of them have it.
    private final class Held: @unchecked Sendable {
        let iterator: TemplateIterator

        init(iterator: TemplateIterator) { self.iterator = iterator }
    }
}

private final class GeneratorIterator: TemplateIterator {
    private let generator: TemplateGenerator

    init(_ generator: TemplateGenerator) { self.generator = generator }

    override func next() throws -> TemplateValue? { try generator.next() }
}
