/// Names and values that a render can see but not change, and what is seen behind them.
final class VariableLayer: Sendable {
    let values: [String: TemplateValue]
    /// Values that are made when they are asked for.
    let source: (any TemplateGlobals)?
    let next: VariableLayer?

    init(_ values: [String: TemplateValue], next: VariableLayer?) {
        self.values = values
        source = nil
        self.next = next
    }

    init(_ source: any TemplateGlobals, next: VariableLayer?) {
        values = [:]
        self.source = source
        self.next = next
    }

    /// The value of a name in this layer.
    subscript(name: String) -> TemplateValue? { source == nil ? values[name] : source?.value(of: name) }
}

/// The variables of one template in one render (Jinja's `Context`): what it was given, what it has set at its top level, and
/// the blocks that are in force.
final class Variables {
    let environment: TemplateEnvironment
    let templateName: String?
    /// The render that they belong to, whose end they do not outlive; nil for those of no render.
    private let state: RenderState?
    /// What was given: the render's values, behind them the globals.
    private(set) var layers: VariableLayer?
    /// What the template has set at its top level.
    private(set) var own: [String: TemplateValue] = [:]
    /// The names among ``own`` that whoever imports the template gets.
    private(set) var exported: Set<String> = []
    /// The blocks of this template and of those that it extends, the most derived first.
    var blocks: BlockTable

    init(
        environment: TemplateEnvironment, templateName: String?, layers: VariableLayer?, blocks: BlockTable = .empty,
        state: RenderState? = nil
    ) {
        self.environment = environment
        self.state = state
        self.templateName = templateName
        self.layers = layers
        self.blocks = blocks
    }

    func resolve(_ name: String) -> TemplateValue? {
        if !own.isEmpty, let value = own[name] { return value }
        var layer = layers
        while let current = layer {
            if let value = current[name] { return value }
            layer = current.next
        }
        return nil
    }

    /// Sets a variable of the top level. Names that start with an underscore stay private to the template.
    func set(_ name: String, _ value: TemplateValue?, exports: Bool) {
        own[name] = value
        if exports, name.utf8.first != UInt8(ascii: "_") {
            exported.insert(name)
        } else if !exports {
            exported.remove(name)
        }
    }

    /// Forgets what was given and what the template has set, at the end of its render. A macro may be called in another
    /// render, which ends before its own does.
    func clear(endOf state: RenderState) {
        guard state === self.state else { return }
        own = [:]
        layers = nil
    }

    /// All that can be seen here, as the layers of a template that is included or imported with context.
    func all(with locals: [String: TemplateValue]) -> VariableLayer? {
        let base = own.isEmpty ? layers : VariableLayer(own, next: layers)
        return locals.isEmpty ? base : VariableLayer(locals, next: base)
    }

    /// A copy that sees `locals` as well: what a scoped block gets.
    func derived(with locals: [String: TemplateValue]) -> Variables {
        Variables(
            environment: environment, templateName: templateName, layers: all(with: locals), blocks: blocks,
            state: state)
    }

    /// What whoever imports the template gets.
    var exports: [String: TemplateValue] {
        own.filter { exported.contains($0.key) }
    }

    /// Every name that can be seen and its value, sorted by name; globals too.
    var allValues: [(name: String, value: TemplateValue)] {
        var values = own
        var layer = layers
        while let current = layer {
            values.merge(current.values) { first, _ in first }
            if let source = current.source {
                for name in source.names where values[name] == nil { values[name] = source.value(of: name) }
            }
            layer = current.next
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
