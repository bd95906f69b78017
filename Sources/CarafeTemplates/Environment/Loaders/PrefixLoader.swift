/// Loaders that each own the names that start with a prefix: `admin/index.html` is `index.html` of the loader `admin`.
///
/// ```swift
/// let loader = PrefixLoader(["blog": FileSystemLoader("Blog/templates"), "admin": FileSystemLoader("Admin/templates")])
/// ```
public struct PrefixLoader: TemplateLoader {
    private let loaders: [(prefix: String, loader: any TemplateLoader)]
    private let delimiter: String

    /// A loader for each prefix.
    ///
    /// - Parameter delimiter: what stands between the prefix and the rest of the name
    public init(_ loaders: KeyValuePairs<String, any TemplateLoader>, delimiter: String = "/") {
        self.loaders = loaders.map { ($0.key, $0.value) }
        self.delimiter = delimiter
    }

    /// The source of the template `name`.
    public func source(of name: String) throws -> TemplateSource {
        guard let (prefix, rest) = parts(of: name),
            let loader = loaders.last(where: { $0.prefix.utf8.elementsEqual(prefix.utf8) })?.loader
        else { throw TemplateError.notFound(name) }
        do {
            return try loader.source(of: rest)
        } catch let error as TemplateError where error.isTemplateNotFound {
            throw TemplateError.notFound(name)
        }
    }

    /// The names of all templates, sorted.
    public func templateNames() throws -> [String] {
        try loaders.flatMap { prefix, loader in try loader.templateNames().map { prefix + delimiter + $0 } }
    }

    /// What is before and after the first delimiter.
    private func parts(of name: String) -> (prefix: String, rest: String)? {
        let name = Array(name.utf8)
        let delimiter = Array(delimiter.utf8)
        guard !delimiter.isEmpty, name.count >= delimiter.count else { return nil }
        for start in 0...(name.count - delimiter.count)
        where name[start..<(start + delimiter.count)].elementsEqual(delimiter) {
            return (
                String(decoding: name[..<start], as: UTF8.self),
                String(decoding: name[(start + delimiter.count)...], as: UTF8.self)
            )
        }
        return nil
    }
}
