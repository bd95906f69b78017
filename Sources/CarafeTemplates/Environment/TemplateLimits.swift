/// What a template may use at most; past it comes a ``TemplateError``. Python has no such limits; a server needs them.
public struct TemplateLimits: Sendable {
    /// Includes, macro calls, parents and recursive loops inside one another.
    public var nestingDepth = 200
    /// Expressions or tags inside one another in the source.
    public var syntaxDepth = 200
    /// Bytes that one render writes, captured output counted too.
    public var outputSize = 64 << 20
    /// Turns of all loops of one render together.
    public var loopIterations = 10_000_000
    /// Values of one `range`. Jinja's sandbox has the same limit.
    public var rangeLength = 100_000
    /// Bytes or elements of one string or list that repetition, padding, formatting or joining makes, and digits of one
    /// integer.
    public var valueSize = 16 << 20
    /// Renders of an environment that may wait at once, each on a thread of its own: for asynchronous functions, or for readers
    /// of streams. Others wait for their turn without a thread. See ``RenderThreads``.
    public var renderThreads = 64

    /// The defaults, which no page of a site comes near.
    public init() {}
}
