/// Templates in a dictionary from their names to their sources, as tests and small programs have them.
///
/// ```swift
/// let loader = DictLoader(["hello.html": "Hello {{ name }}!"])
/// ```
public struct DictLoader: TemplateLoader {
    private let sources: [TemplateName: String]

    /// The templates of `sources`.
    public init(_ sources: [String: String]) {
        self.sources = Dictionary(
            sources.map { (TemplateName(text: $0), $1) }, uniquingKeysWith: { first, _ in first })
    }

    /// The source of the template `name`.
    public func source(of name: String) throws -> TemplateSource {
        guard let text = sources[TemplateName(text: name)] else { throw TemplateError.notFound(name) }
        return TemplateSource(text)
    }

    /// The names of all templates, sorted.
    public func templateNames() -> [String] { sources.keys.sorted().map(\.text) }
}

/// A name that is compared by its code points: Swift would take `é` and `e` with an accent for the same template.
struct TemplateName: Hashable, Comparable {
    let text: String

    static func == (first: TemplateName, second: TemplateName) -> Bool {
        first.text.utf8.elementsEqual(second.text.utf8)
    }

    /// UTF-8 sorts as code points do.
    static func < (first: TemplateName, second: TemplateName) -> Bool {
        first.text.utf8.lexicographicallyPrecedes(second.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
