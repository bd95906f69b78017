/// The entries of a dictionary in the order of insertion, found by hash.
struct TemplateDictStorage: Sendable {
    var entries: [(key: TemplateValue, value: TemplateValue)] = []
}
