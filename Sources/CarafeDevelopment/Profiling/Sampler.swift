#if DEBUG
    import CTraceback
    import Carafe
    import Synchronization

    /// Notes the stack of a thread a thousand times a second.
    ///
    /// A request that is answered synchronously is on this thread from its beginning to its end; one that waits leaves it to others,
    /// whose work is noted as well.
    final class Sampler: Sendable {
        /// Between two samples.
        static let interval = Duration.milliseconds(1)
        /// How many words samples may take: some seconds' worth.
        private static let capacity = 1 << 20

        // Written by the sampler alone until ``stop()``, and read once after it.
        private nonisolated(unsafe) let words: UnsafeMutablePointer<UInt>
        private let isStopped = Atomic(false)

        private init() { words = .allocate(capacity: Self.capacity) }

        deinit {
            if !isStopped.load(ordering: .relaxed) { carafe_stop_sampling() }
            words.deallocate()
        }

        /// Begins with the calling thread; nil where it cannot be done, or another is at it.
        static func start() -> Sampler? {
            let sampler = Sampler()
            let nanoseconds = Int(interval.components.attoseconds / 1_000_000_000)
            guard carafe_start_sampling(sampler.words, capacity, nanoseconds) != 0 else {
                sampler.isStopped.store(true, ordering: .relaxed)
                return nil
            }
            return sampler
        }

        /// Ends it.
        func stop() -> Profile {
            guard !isStopped.exchange(true, ordering: .relaxed) else { return Profile(samples: []) }
            let count = carafe_stop_sampling()
            var samples: [[UInt]] = []
            var position = 0
            while position < count {
                let length = Int(words[position])
                samples.append((0..<length).map { words[position + 1 + $0] })
                position += length + 1
            }
            return Profile(samples: samples)
        }
    }

    /// What a thread was at, sample by sample.
    struct Profile: Sendable {
        /// The addresses of each sample, the innermost call first.
        let samples: [[UInt]]

        /// The samples with the calls' names, the outermost first, without the calls that all of them begin with.
        func stacks() async -> [[SourceFrame]] {
            let all = Array(Set(samples.joined()))
            // All at once: the symbolizer takes its time for each question.
            _ = await Traceback(addresses: all, suspendedFrom: all.count).frames()
            var stacks: [[SourceFrame]] = []
            for sample in samples {
                stacks.append(await Traceback(addresses: sample, suspendedFrom: sample.count).frames().reversed())
            }
            guard let first = stacks.first else { return [] }
            let common = stacks.dropFirst().reduce(first.count) { length, stack in
                zip(first, stack).prefix(length).prefix { $0.function == $1.function }.count
            }
            return stacks.map { Array($0.dropFirst(max(0, common - 1))) }
        }
    }
#endif
