import Glibc

/// What a thread knows of the containers that it is releasing or walking through.
final class ThreadState {
    private var isReleasing = false
    private var values: [[TemplateValue]] = []
    private var objects: [AnyObject?] = []

    /// The containers that are being printed, from the outside in.
    var printed: [ObjectIdentifier] = []
    /// How many times something was printed for a container because it was being printed already.
    var repetitions = 0
    /// The long texts of which code points were asked for last.
    var textPositions: [TextPositions] = []
    /// The comparison that runs.
    var comparison = ComparisonProgress()
    /// An output that no render of this thread uses.
    var spareOutput: RenderOutput?
    /// The encoders that no value uses.
    var spareEncoders = SpareEncoders()
    /// How many objects that were asked to print or compare themselves are inside one another.
    private var depth = 0

    /// That of this thread.
    static var current: ThreadState {
        if let pointer = pthread_getspecific(key) {
            return Unmanaged<ThreadState>.fromOpaque(pointer).takeUnretainedValue()
        }
        let state = ThreadState()
        pthread_setspecific(key, Unmanaged.passRetained(state).toOpaque())
        return state
    }

    private static let key = {
        var key = pthread_key_t()
        pthread_key_create(&key) { pointer in
            if let pointer { Unmanaged<ThreadState>.fromOpaque(pointer).release() }
        }
        return key
    }()

    /// Runs `body`, which asks an object for something that may come back to here.
    ///
    /// - Throws: a `RecursionError` where a hundred such calls are inside one another.
    static func nested<Result>(_ purpose: StaticString, _ body: () throws -> Result) throws -> Result {
        let state = current
        guard state.depth < 100 else { throw recursionError(purpose) }
        state.depth += 1
        defer { state.depth -= 1 }
        return try body()
    }

    /// Python's error for values inside one another without an end.
    static func recursionError(_ purpose: StaticString) -> TemplateError {
        TemplateError(.recursion, "maximum recursion depth exceeded\(purpose)")
    }

    fileprivate func releaseAll() {
        if isReleasing { return }
        isReleasing = true
        // Each of the two may add to both.
        while values.popLast() != nil || objects.popLast() != nil {}
        isReleasing = false
    }

    /// See ``DeferredRelease``.
    func release(_ values: consuming [TemplateValue]) {
        self.values.append(values)
        releaseAll()
    }

    /// See ``DeferredRelease``.
    func release(_ object: consuming AnyObject?) {
        objects.append(object)
        releaseAll()
    }
}
