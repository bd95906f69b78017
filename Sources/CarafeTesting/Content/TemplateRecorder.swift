import Carafe
import Synchronization

/// Remembers which templates were rendered for which request, until the response has come.
final class TemplateRecorder: Sendable {
    private let rendered = Mutex<[ObjectIdentifier: [RenderedTemplate]]>([:])

    /// What is remembered keeps its request, so that no other one has the same identity.
    func record(_ template: RenderedTemplate) {
        guard let request = template.request else { return }
        rendered.withLock { $0[ObjectIdentifier(request), default: []].append(template) }
    }

    func take(for request: Request) -> [RenderedTemplate] {
        rendered.withLock { $0.removeValue(forKey: ObjectIdentifier(request)) ?? [] }
    }
}
