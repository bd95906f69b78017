/// A recorded case in which this engine answers otherwise than Jinja2, on purpose.
///
/// Each kind of them is told in `docs/jinja-compatibility.md`.
struct TemplateDeviation {
    let subject: String
    let name: String
    let reason: String

    static let all: [TemplateDeviation] = []

    /// Several cases of a subject that deviate for one reason.
    private static func cases(_ subject: String, because reason: String, _ names: [String]) -> [TemplateDeviation] {
        names.map { TemplateDeviation(subject: subject, name: $0, reason: reason) }
    }
}
