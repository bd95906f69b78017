/// What one render counts and remembers as a whole, over all templates that take part.
final class RenderState {
    let limits: TemplateLimits
    /// The modules imported without context, each made once for a render.
    var modules: [ObjectIdentifier: TemplateModule] = [:]
    /// What was printed so far, as values: nil but in environments with native types.
    var nativeParts: [TemplateValue]?
    /// How many turns loops may still take.
    @exclusivity(unchecked) private var remainingIterations: Int
    @exclusivity(unchecked) private var depth = 0
    private let stack: StackBounds
    init(environment: TemplateEnvironment) {
        limits = environment.options.limits
        remainingIterations = limits.loopIterations
        stack = StackBounds.ofThisThread
        nativeParts = environment.options.nativeTypes ? [] : nil
    }

    /// Counts one more turn of a loop.
    @inline(__always)
    func countIteration() throws {
        remainingIterations &-= 1
        if remainingIterations < 0 {
            throw TemplateError(.limit, "the loops of this render took more than \(limits.loopIterations) turns")
        }
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
