/// What could be seen at a place in a template when an error came out of it, for a developer to look at.
package final class TemplateScope: Sendable {
    /// The source of the template.
    package let source: String
    /// The variables, sorted by name; what all templates see is left out.
    package let variables: [(name: String, value: TemplateValue)]

    init(_ frame: TemplateContext) {
        source = frame.code.source
        var values: [String: TemplateValue] = [:]
        var layer = frame.variables.layers
        while let current = layer, current !== frame.state.globals {
            values.merge(current.values) { inner, _ in inner }
            layer = current.next
        }
        values.merge(frame.variables.own) { _, own in own }
        var frames = [frame]
        while let outer = frames.last?.outer { frames.append(outer) }
        for frame in frames.reversed() {
            for (name, slot) in frame.code.slotNames where slot < frame.slotCount {
                if let value = frame.slots[slot] { values[name] = value }
            }
        }
        variables = values.filter { !Self.special.contains($0.key) }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    /// What belongs to the render and does not outlive it.
    private static let special: Set<String> = ["self", "super", "caller"]
}
