import CarafeHTTP
import CarafeTemplates
import Logging

/// Finds an app's templates: in its own folder, then in those of its blueprints in the order of their registration. The
/// first that has the name wins, whatever blueprint asks.
struct TemplateSearch: TemplateLoader {
    /// Where templates may be.
    struct Place: Sendable {
        /// Whose place it is, as messages say it: `application 'blog'`.
        var owner: String
        /// The folder; nil where it is none.
        var folder: String?
        var loader: any TemplateLoader

        /// A folder of an app or a blueprint, relative to the app's root unless it begins with a slash.
        init(_ owner: String, folder: String, root: String) {
            let path = folder.utf8.first == UInt8(ascii: "/") ? folder : root + "/" + folder
            self.owner = owner
            self.folder = path
            // As Jinja's own loader does: whoever may put links there may put templates there.
            loader = FileSystemLoader([path], followLinks: true)
        }

        init(_ owner: String, loader: any TemplateLoader) {
            self.owner = owner
            self.loader = loader
        }

        /// The source of a template; nil where it is not here.
        func source(of name: String) throws -> TemplateSource? {
            do {
                return try loader.source(of: name)
            } catch let error as TemplateError where error.kind == .notFound {
                return nil
            }
        }
    }

    let places: [Place]
    let logger: Logger
    /// Whether a name that is at two places is worth a warning.
    let warns: Bool
    /// Whether every search is logged (`EXPLAIN_TEMPLATE_LOADING`).
    let explains: Bool

    func source(of name: String) throws -> TemplateSource {
        if warns || explains { return try sourceSearchingAll(name) }
        for place in places {
            if let source = try place.source(of: name) { return source }
        }
        throw notFound(name)
    }

    func templateNames() throws -> [String] {
        Set(try places.flatMap { try $0.loader.templateNames() }).sorted()
    }

    // MARK: - For the developer

    private func sourceSearchingAll(_ name: String) throws -> TemplateSource {
        let attempts = try places.map { ($0, try $0.source(of: name)) }
        let found = attempts.compactMap { place, source in source.map { (place, $0) } }
        if explains {
            logger.info("\(explanation(of: name, attempts))")
        } else if found.count > 1 {
            let places = found.map { "\(Self.location($1, $0)) (\($0.owner))" }.joined(separator: ", ")
            logger.warning(
                """
                Several templates are named '\(LogText.line(name))', of which the first is used: \(places). Put the \
                templates of a blueprint into a folder of its name, such as templates/blog/show.html.
                """)
        }
        guard let source = found.first?.1 else { throw notFound(name) }
        return source
    }

    /// The search as Flask explains it.
    private func explanation(of name: String, _ attempts: [(Place, TemplateSource?)]) -> String {
        var lines = ["Locating template '\(LogText.line(name))':"]
        for (number, (place, source)) in attempts.enumerated() {
            lines.append(
                "    \(number + 1): trying \(place.folder ?? String(describing: type(of: place.loader)))"
                    + " of \(place.owner)")
            lines.append("       -> \(source.map { "found (\(Self.location($0, place)))" } ?? "no match")")
        }
        let found = attempts.count { $0.1 != nil }
        if found == 0 { lines.append("Error: the template could not be found.") }
        if found > 1 { lines.append("Warning: multiple loaders returned a match for the template.") }
        if found != 1, let blueprint = Request.current?.blueprint {
            lines.append("  The template was looked up from an endpoint that belongs to the blueprint '\(blueprint)'.")
            lines.append("  Maybe you did not place a template in the right folder?")
        }
        return lines.joined(separator: "\n")
    }

    private static func location(_ source: TemplateSource, _ place: Place) -> String {
        source.filename ?? place.folder ?? "in \(type(of: place.loader))"
    }

    private func notFound(_ name: String) -> TemplateError {
        let searched = places.map { place in
            "\(place.folder ?? String(describing: type(of: place.loader))) of the \(place.owner)"
        }
        var error = TemplateError(
            .notFound,
            "There is no template '\(name)'. "
                + (searched.isEmpty
                    ? "The app has no folder of templates." : "Searched: \(searched.joined(separator: ", "))."))
        error.names = [name]
        return error
    }
}
