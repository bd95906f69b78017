/// Templates that a function finds.
///
/// ```swift
/// let loader = FunctionLoader { name in try pages.text(of: name).map { TemplateSource($0) } }
/// ```
public struct FunctionLoader: TemplateLoader {
    private let load: @Sendable (_ name: String) throws -> TemplateSource?

    /// A loader that asks `load`, which answers nil where there is no template of that name.
    public init(_ load: @escaping @Sendable (_ name: String) throws -> TemplateSource?) {
        self.load = load
    }

    /// The source of the template `name`.
    public func source(of name: String) throws -> TemplateSource {
        guard let source = try load(name) else { throw TemplateError.notFound(name) }
        return source
    }
}
