import CarafeTemplates
import Logging
import Synchronization

/// The templates of an app that serves. The environment is made when the first template is rendered: an app without
/// templates has none.
final class AppTemplates: Sendable {
    private let settings: TemplateSettings
    private let parts: [TemplatePart]
    private let search: TemplateSearch
    private let made = Mutex<TemplateEnvironment?>(nil)

    /// - Parameter places: the folders of the app and its blueprints, in the order in which they are searched
    init(
        settings: TemplateSettings, parts: [TemplatePart], places: [TemplateSearch.Place], config: Config,
        logger: Logger
    ) {
        var settings = settings
        settings.options.keepsScopes = config.debug
        settings.options.autoReload = settings.autoReload ?? config.templatesAutoReload
        self.settings = settings
        self.parts = parts
        let others = settings.loaders.map { TemplateSearch.Place("application", loader: $0) }
        search = TemplateSearch(
            places: config.debug ? places + others : others + places, logger: logger,
            // Templates in the executable are copies of those in the folder.
            warns: config.debug && others.isEmpty, explains: config.explainTemplateLoading)
    }

    /// What renders the templates.
    ///
    /// - Throws: what a global's conversion throws
    var environment: TemplateEnvironment {
        get throws {
            try made.withLock { made in
                if let made { return made }
                let environment = try makeEnvironment()
                made = environment
                return environment
            }
        }
    }

    private func makeEnvironment() throws -> TemplateEnvironment {
        let environment = TemplateEnvironment(
            loader: search, options: settings.options, extensions: settings.extensions)
        for part in parts {
            switch part {
            case .filter(let name, let filter): environment.addFilter(name, filter)
            case .test(let name, let test): environment.addTest(name, test)
            case .global(let name, let value): environment.addGlobal(name, try value())
            }
        }
        return environment
    }
}

/// Which template is to be rendered.
enum TemplateChoice {
    case named(String)
    case firstOf([String])
    case text(String)
    case loaded(Template)

    func template(in environment: TemplateEnvironment) throws -> Template {
        switch self {
        case .named(let name): try environment.template(name)
        case .firstOf(let names): try environment.template(firstOf: names)
        case .text(let source): try environment.template(source: source)
        case .loaded(let template): template
        }
    }
}
