/// A variable that a loop's body or a block has set.
typealias SetVariable = (name: String, value: TemplateValue)

/// Whose variables a tag sets, and whose a function sees that is called: those of the innermost loop or the block, if the tag is
/// directly in it or in an `if` there.
enum SetPlace {
    case loop, block, elsewhere
}

/// The place in a template where code runs: what a filter, test or function is told of the render that calls it. It takes the
/// part of Jinja's `Context` and `EvalContext`.
///
/// It is also the frame of that code: the slots of its variables. There is one for each run of a template's body, of a block,
/// a macro or a recursive loop; it is used by one thread at a time.
public final class TemplateContext {
    /// The variables of the template that this code belongs to.
    let variables: Variables
    /// The code that runs, for errors to name.
    let code: CodeOrigin
    /// What the whole render shares: limits, depth, modules.
    let state: RenderState
    /// The frame of the code that this code is written in, whose variables it sees.
    let outer: TemplateContext?
    /// Where output goes.
    let output: RenderOutput
    /// The variables' values; nil for those without one. Allocated with the frame and freed with it.
    let slots: UnsafeMutablePointer<TemplateValue?>
    let slotCount: Int
    /// Whether output is escaped at this place of the template.
    @exclusivity(unchecked) public internal(set) var autoescape: Bool
    /// The template that this one extends, once its `extends` tag has run.
    var parentTemplate: CompiledTemplate?
    /// What a loop's body has set in this turn and a block has set, which functions see that are called there.
    @exclusivity(unchecked) private var local = (loop: [SetVariable](), block: [SetVariable]())
    /// Which of these the function sees that is being called.
    @exclusivity(unchecked) private var visible = SetPlace.elsewhere
    /// Whether something refers to the frame that the frame may refer to.
    @exclusivity(unchecked) private var isKept = false
    /// The block that runs, and its place among the blocks of its name.
    var block: (name: String, index: Int)?

    init(
        variables: Variables, code: CodeOrigin, state: RenderState, outer: TemplateContext? = nil, output: RenderOutput,
        slotCount: Int, autoescape: Bool
    ) {
        self.variables = variables
        self.code = code
        self.state = state
        self.outer = outer
        self.output = output
        self.slotCount = slotCount
        self.autoescape = autoescape
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: nil, count: slotCount)
    }

    deinit {
        slots.deinitialize(count: slotCount)
        slots.deallocate()
    }

    /// Tells that a value refers to the frame, which may come to hold that value: the end of the render frees them.
    @inline(__always)
    func keep() {
        if isKept { return }
        isKept = true
        state.remains.keep(self)
    }

    /// Empties the frame.
    func clear() {
        for slot in 0..<slotCount { slots[slot] = nil }
        local = ([], [])
        parentTemplate = nil
        variables.clear(endOf: state)
    }

    /// The environment whose template is rendered.
    public var environment: TemplateEnvironment { variables.environment }

    /// The template's name; nil for one made from a string.
    public var templateName: String? { variables.templateName }

    /// The environment's limits.
    public var limits: TemplateLimits { state.limits }

    /// The value of the template's variable `name`, or nil: what was given to the render, the globals, and what the template
    /// has set at its top level. Functions that are called in a loop or a block, not in a tag inside of it, see what was set
    /// there too; filters and tests do not. All that is as in Jinja.
    public func resolve(_ name: String) -> TemplateValue? {
        let local =
            switch visible {
            case .loop: local.loop
            case .block: local.block
            case .elsewhere: [] as [SetVariable]
            }
        return local.first { isSameText($0.name, name) }?.value ?? variables.resolve(name)
    }

    /// Takes note of what was set.
    func note(_ name: String, _ value: TemplateValue, in place: SetPlace) {
        switch place {
        case .loop: Self.set(name, value, in: &local.loop)
        case .block: Self.set(name, value, in: &local.block)
        case .elsewhere: break
        }
    }

    private static func set(_ name: String, _ value: TemplateValue, in variables: inout [SetVariable]) {
        if let index = variables.firstIndex(where: { isSameText($0.name, name) }) {
            variables[index].value = value
        } else {
            variables.append((name, value))
        }
    }

    /// A turn of a loop begins, in which nothing has been set yet.
    @inline(__always)
    func beginTurn() {
        if !local.loop.isEmpty { local.loop.removeAll(keepingCapacity: true) }
    }

    /// Calls a value, as `value(arguments)` at this place does.
    @inline(__always)
    func call(_ function: TemplateValue, _ arguments: TemplateArguments, at place: SetPlace) throws -> TemplateValue {
        visible = place
        defer { visible = .elsewhere }
        return try call(function, arguments)
    }

    /// The environment's kind of undefined value for what was not found.
    public func undefined(_ subject: TemplateUndefined.Subject) -> TemplateValue {
        environment.undefined(subject)
    }

    /// A context outside of any template, for filters and tests that a program calls itself.
    public convenience init(environment: TemplateEnvironment, autoescape: Bool = false) {
        let state = RenderState(environment: environment)
        self.init(
            variables: Variables(environment: environment, templateName: nil, layers: environment.globalLayer),
            code: CodeOrigin(template: nil, filename: nil, source: "", function: "Swift code"), state: state,
            output: RenderOutput(limit: environment.options.limits.outputSize), slotCount: 0,
            autoescape: autoescape)
    }
}
