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
    private let slotCount: Int
    /// Whether output is escaped at this place of the template.
    @exclusivity(unchecked) public internal(set) var autoescape: Bool
    /// The template that this one extends, once its `extends` tag has run.
    var parentTemplate: CompiledTemplate?
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

    /// The environment whose template is rendered.
    public var environment: TemplateEnvironment { variables.environment }

    /// The template's name; nil for one made from a string.
    public var templateName: String? { variables.templateName }

    /// The environment's limits.
    public var limits: TemplateLimits { state.limits }

    /// The value of the template's variable `name`, or nil: what was given to the render, the globals, and what the template
    /// has set at its top level.
    public func resolve(_ name: String) -> TemplateValue? {
        variables.resolve(name)
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
