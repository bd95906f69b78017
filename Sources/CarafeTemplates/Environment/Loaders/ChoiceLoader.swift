/// The first of several loaders that has the template, so that an application's templates go before those of a library.
public struct ChoiceLoader: TemplateLoader {
    /// The loaders, the first asked first.
    public let loaders: [any TemplateLoader]

    /// A loader that asks `loaders` one after another.
    public init(_ loaders: [any TemplateLoader]) { self.loaders = loaders }

    /// The source of the template `name`.
    public func source(of name: String) throws -> TemplateSource {
        for loader in loaders {
            do {
                return try loader.source(of: name)
            } catch let error as TemplateError where error.isTemplateNotFound {
                continue
            }
        }
        throw TemplateError.notFound(name)
    }

    /// The names of all templates, sorted.
    public func templateNames() throws -> [String] {
        var names: Set<TemplateName> = []
        for loader in loaders { names.formUnion(try loader.templateNames().map(TemplateName.init(text:))) }
        return names.sorted().map(\.text)
    }
}
