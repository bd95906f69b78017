import Synchronization

/// The compiled templates that an environment keeps; the one that was not used for the longest time makes room.
final class TemplateCache: Sendable {
    private let capacity: Int
    private let entries = Mutex(Entries())

    private struct Entries: Sendable {
        var templates: [String: (template: CompiledTemplate, lastUse: Int)] = [:]
        var uses = 0
    }

    /// Keeps up to `capacity` templates: 0 for none, -1 for all.
    init(capacity: Int) {
        self.capacity = capacity
    }

    subscript(name: String) -> CompiledTemplate? {
        entries.withLock { entries in
            entries.uses &+= 1
            let uses = entries.uses
            entries.templates[name]?.lastUse = uses
            return entries.templates[name]?.template
        }
    }

    func insert(_ template: CompiledTemplate, named name: String) {
        guard capacity != 0 else { return }
        entries.withLock { entries in
            entries.uses &+= 1
            if capacity > 0, entries.templates.count >= capacity, entries.templates[name] == nil,
                let oldest = entries.templates.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
            {
                entries.templates[oldest] = nil
            }
            entries.templates[name] = (template, entries.uses)
        }
    }

    func removeAll() {
        entries.withLock { $0.templates.removeAll() }
    }
}
