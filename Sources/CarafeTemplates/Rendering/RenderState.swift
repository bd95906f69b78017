/// What one render counts and remembers as a whole, over all templates that take part.
final class RenderState {
    let limits: TemplateLimits
    /// What all templates of the render see, with whatever context they are imported.
    let globals: VariableLayer?
    /// The modules imported without context, each made once for a render.
    var modules: [ObjectIdentifier: TemplateModule] = [:]
    /// What was printed so far, as values: nil but in environments with native types.
    var nativeParts: [TemplateValue]?
    /// What would hold itself after the render.
    let remains = RenderRemains()
    /// How many turns loops may still take.
    @exclusivity(unchecked) private var remainingIterations: Int
    @exclusivity(unchecked) private var depth = 0
    private let stack: StackBounds
    private var write: (([UInt8]) throws -> Void)?
    private let flushThreshold: Int
    @exclusivity(unchecked) private var captureDepth = 0

    /// - Parameters:
    ///   - chunkSize: how many bytes are gathered before they are handed on
    ///   - write: takes chunks of the output while the render goes on; without it all output is kept
    init(
        environment: TemplateEnvironment, globals: (any TemplateGlobals)? = nil, chunkSize: Int = .max,
        write: (([UInt8]) throws -> Void)? = nil
    ) {
        limits = environment.options.limits
        self.globals = globals.map { VariableLayer($0, next: environment.globalLayer) } ?? environment.globalLayer
        self.write = write
        flushThreshold = write == nil ? .max : chunkSize
        remainingIterations = limits.loopIterations &+ 1
        stack = StackBounds.ofThisThread
        nativeParts = environment.options.nativeTypes ? [] : nil
    }

    /// Frees what the render leaves behind. Nothing is written any more, whoever still has a macro of it.
    func end() {
        write = nil
        modules = [:]
        remains.end()
        ThreadState.current.textPositions = []
    }

    /// Counts one more turn of a loop.
    @inline(__always)
    func countIteration() throws {
        remainingIterations &-= 1
        if remainingIterations & 1023 == 0 { try checkRemainingIterations() }
    }

    @inline(never)
    private func checkRemainingIterations() throws {
        if remainingIterations <= 0 {
            throw TemplateError(.limit, "the loops of this render took more than \(limits.loopIterations) turns")
        }
        try AsyncBridge.checkCancellation()
    }

    /// Hands on what was written, if that is enough for a chunk and nothing is being captured.
    @inline(__always)
    func flushIfDue(_ output: RenderOutput) throws {
        if output.count >= flushThreshold, captureDepth == 0 { try flush(output) }
    }

    @inline(never)
    private func flush(_ output: RenderOutput) throws {
        guard let write else { return }
        let chunk = output.withBytes { Array($0) }
        output.discard()
        try write(chunk)
    }

    /// Runs `body`, whose output becomes a value.
    @inline(__always)
    func capturing<Result>(_ body: () throws -> Result) rethrows -> Result {
        captureDepth &+= 1
        defer { captureDepth &-= 1 }
        return try body()
    }

    /// Runs `body` one level deeper: in an included template, a block, a macro, a recursive loop.
    @inline(__always)
    func nested<Result>(_ body: () throws -> Result) throws -> Result {
        depth &+= 1
        defer { depth &-= 1 }
        if depth > limits.nestingDepth {
            throw TemplateError(
                .limit, "templates, blocks and macros are nested more than \(limits.nestingDepth) levels deep")
        }
        if !stack.hasRoom {
            throw TemplateError(.limit, "templates, blocks and macros are nested too deep for this thread's stack")
        }
        return try body()
    }
}
