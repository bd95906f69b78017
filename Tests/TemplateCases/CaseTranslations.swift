package import CarafeTemplates

/// The translations of a case: `{"message": "…", "context|message": "…", "singular|plural": ["…", "…"]}`.
package struct CaseTranslations: TemplateTranslations {
    private let messages: [String: TemplateValue]

    package init(_ json: TemplateValue) {
        messages = Dictionary(json.members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    package func gettext(_ message: String) -> String? { messages[message]?.string }

    package func ngettext(_ singular: String, _ plural: String, _ count: Int) -> String? {
        form("\(singular)|\(plural)", count)
    }

    package func pgettext(_ context: String, _ message: String) -> String? { messages["\(context)|\(message)"]?.string }

    package func npgettext(_ context: String, _ singular: String, _ plural: String, _ count: Int) -> String? {
        form("\(context)|\(singular)|\(plural)", count)
    }

    private func form(_ key: String, _ count: Int) -> String? {
        messages[key].flatMap { $0.array.dropFirst(count == 1 ? 0 : 1).first?.string }
    }
}
