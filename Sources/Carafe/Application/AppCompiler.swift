import CarafeHTTP
import CarafeRouting
import CarafeSigning
import HTTPTypes
import Logging

/// Makes an app ready to serve: reads its declarations once, checks every one, and reports all mistakes together.
struct AppCompiler {
    let app: App
    let state: App.State
    let tools: (any DevelopmentTools)?
    /// The apps that this one is mounted in, the outermost first.
    let outer: [App]

    /// A route with everything around it.
    struct Placed {
        var declaration: RouteDeclaration
        var endpoint: String
        var path: String
        var subdomain: String?
        /// The declarations from the app to the innermost blueprint.
        var scopes: [Declarations]
        /// The blueprints' names, the innermost first.
        var blueprints: [String]
    }

    /// Where declarations stand: below which blueprints, and so below which prefix.
    private struct Place {
        var prefix = ""
        var subdomain: String?
        /// The names of the blueprints, the outermost first.
        var names: [String] = []
        var blueprints: [Blueprint] = []
        /// The declarations from the app to the innermost blueprint, once they are entered.
        var scopes: [Declarations] = []

        /// The blueprints' names joined, as they begin an endpoint.
        var scope: String { names.joined(separator: ".") }

        /// `a.b.c` and its outer names: `["a.b.c", "a.b", "a"]`.
        var innermostFirst: [String] { names.indices.map { names[...$0].joined(separator: ".") }.reversed() }

        func endpoint(_ name: String) -> String { names.isEmpty ? name : "\(scope).\(name)" }
    }

    /// A blueprint's place, for the 404 and 405 of paths below its prefix.
    struct Mount {
        var prefix: String
        var blueprints: [String]
        var scopes: [Declarations]
    }

    init(app: App, state: App.State, within outer: [App]) {
        self.app = app
        self.outer = outer
        var state = state
        state.configureMiddleware()
        if state.config.logFormat == .json {
            state.logger = Logger(label: app.name) { [level = state.logger.logLevel] label in
                JSONLogHandler(label: label, level: level)
            }
        }
        tools =
            state.config.debug
            ? Development.tools(
                for: DevelopmentSubject(name: app.name, root: app.root, config: state.config, signals: app.signals))
            : nil
        if let tools { state.logger = tools.recording(state.logger) }
        self.state = state
    }

    func compile() throws(ConfigurationError) -> CompiledApp {
        var work = Work(problems: state.problems + state.config.problems())
        let root = app.registry.declarations
        collect(root, at: Place(), &work)
        checkEndpoints(&work)
        checkSecretKey(&work)
        checkParameters(&work)
        let (map, plans) = makeRules(&work)
        let matcher = makeMatcher(map, &work)
        let sessions = makeSessions(&work)
        let mounted = makeMounts(&work)
        guard work.problems.isEmpty, let matcher, let sessions else { throw ConfigurationError(work.problems) }

        let hasAsyncSessions = state.sessionStore != nil
        let missing = RoutePlan(
            endpoint: nil, rule: nil, variables: [], blueprints: [], handler: nil, answersOptions: false,
            scopes: [root], hasAsyncSessions: hasAsyncSessions)
        let mounts = work.mounts.map { mount in
            AppRouter.Mount(
                prefix: Array(mount.prefix.utf8),
                plan: RoutePlan(
                    endpoint: nil, rule: nil, variables: [], blueprints: [], handler: nil, answersOptions: false,
                    scopes: [root], errorScopes: mount.scopes, hasAsyncSessions: hasAsyncSessions))
        }
        let router = AppRouter(
            matcher: matcher, plans: plans, missing: missing, mounts: mounts, mounted: mounted.responders,
            config: state.config,
            matchesHosts: state.hostMatching, matchesSubdomains: state.subdomainMatching)
        let urls = URLBuilder(
            matcher: matcher, config: state.config, staticFolders: work.staticFolders,
            defaults: work.urlDefaults, errorHandlers: state.urlBuildErrorHandlers)
        let compiled = CompiledApp(
            app: app, state: state, config: state.config, router: router, urls: urls, sessions: sessions,
            templates: makeTemplates(work), contextProcessors: root.contextProcessors, tools: tools,
            mounted: mounted.apps)
        app.registry.freeze(into: compiled, scope: "")
        for (blueprint, scope) in work.blueprints { blueprint.registry.freeze(into: compiled, scope: scope) }
        return compiled
    }

    /// What is found on the way.
    struct Work {
        var problems: [ConfigurationProblem]
        var routes: [Placed] = []
        var mounts: [Mount] = []
        var blueprints: [(Blueprint, scope: String)] = []
        var names: [String: DeclarationLocation] = [:]
        var staticFolders: [String: StaticFiles] = [:]
        var urlDefaults: [(scope: String, defaults: [URLBuilder.Defaults])] = []
        var templateParts: [TemplatePart] = []
    }

    // MARK: - Walking through the blueprints

    private func collect(_ declarations: Declarations, at place: Place, _ work: inout Work) {
        var place = place
        place.scopes.append(declarations)
        for folder in declarations.staticFolders { self.place(folder, at: place, &work) }
        for declaration in declarations.routes {
            check(nameOf: declaration, &work)
            work.routes.append(
                Placed(
                    declaration: declaration, endpoint: place.endpoint(declaration.endpoint),
                    path: Self.join(place.prefix, declaration.rule),
                    subdomain: declaration.options.subdomain ?? place.subdomain,
                    scopes: place.scopes, blueprints: place.innermostFirst))
        }
        if !declarations.urlDefaults.isEmpty { work.urlDefaults.append((place.scope, declarations.urlDefaults)) }
        work.templateParts += declarations.templateParts
        for child in declarations.children { enter(child, from: place, &work) }
    }

    private func enter(_ child: Declarations.Child, from outer: Place, _ work: inout Work) {
        var place = outer
        place.names.append(child.name)
        place.blueprints.append(child.blueprint)
        let isWithinItself = outer.blueprints.contains { $0 === child.blueprint }
        guard check(child, as: place.scope, isWithinItself: isWithinItself, &work) else { return }
        work.names[place.scope] = child.location
        work.blueprints.append((child.blueprint, place.scope))
        place.prefix = Self.join(outer.prefix, child.prefix)
        let subdomains = [child.subdomain, outer.subdomain].compactMap { $0 }
        place.subdomain = subdomains.isEmpty ? nil : subdomains.joined(separator: ".")
        let declarations = child.blueprint.registry.declarations
        if !child.prefix.isEmpty, !place.prefix.utf8.contains(UInt8(ascii: "<")) {
            work.mounts.append(
                Mount(
                    prefix: place.prefix, blueprints: place.innermostFirst, scopes: place.scopes + [declarations]))
        }
        collect(declarations, at: place, &work)
    }

    private func place(_ folder: StaticFolder, at place: Place, _ work: inout Work) {
        let files = StaticFiles(folder: folder.resolved(root: app.root), maxAge: state.config.sendFileMaxAge)
        let endpoint = place.endpoint("static")
        work.staticFolders[endpoint] = files
        let handler = Handler(
            [Request.self, String.self],
            work: .sync { input in
                var input = input
                return try files.response(for: input.request, path: input.nextPathValue().text)
            })
        let declaration = RouteDeclaration(
            rule: "\(folder.urlPath)/<path:filename>", methods: [.get], options: RouteOptions(name: "static"),
            handler: handler, location: folder.location, staticFiles: files)
        work.routes.append(
            Placed(
                declaration: declaration, endpoint: endpoint, path: Self.join(place.prefix, declaration.rule),
                subdomain: place.subdomain, scopes: place.scopes, blueprints: place.innermostFirst))
    }

    /// Flask's joining: one slash between prefix and rule; an empty rule is the prefix itself.
    private static func join(_ prefix: String, _ rule: String) -> String {
        guard !prefix.isEmpty else { return rule }
        guard !rule.isEmpty else { return prefix }
        var prefix = prefix.utf8[...]
        while prefix.last == UInt8(ascii: "/") { prefix.removeLast() }
        return String(decoding: prefix, as: UTF8.self) + "/"
            + String(decoding: rule.utf8.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
    }

    // MARK: - Rules, matcher, templates, sessions

    private func makeRules(_ work: inout Work) -> (RouteMap, [RoutePlan]) {
        var options = RouteMap.Options()
        options.hostMatching = state.hostMatching
        var map = RouteMap(options: options)
        for (name, make) in state.converters { map.register(converter: name, make) }
        var plans: [RoutePlan] = []
        for route in work.routes {
            let declared = route.declaration
            let methods = declared.methods.map(\.rawValue)
            let answersOptions =
                state.config.provideAutomaticOptions && !declared.methods.contains(.options)
                && !declared.options.isWebSocket
            let rule = Rule(
                route.path, endpoint: route.endpoint, methods: methods + (answersOptions ? ["OPTIONS"] : []),
                defaults: declared.options.defaults, subdomain: route.subdomain, host: declared.options.host,
                strictSlashes: declared.options.strictSlashes, isWebSocket: declared.options.isWebSocket,
                isAlias: declared.options.alias)
            do throws(RuleError) {
                let bound = try map.add(rule)
                check(route, bound, &work)
                plans.append(
                    RoutePlan(
                        endpoint: route.endpoint, rule: route.path, variables: bound.arguments,
                        blueprints: route.blueprints,
                        handler: tools.map(declared.handler.observed) ?? declared.handler,
                        answersOptions: answersOptions,
                        scopes: route.scopes, hasAsyncSessions: state.sessionStore != nil,
                        maxContentLength: declared.options.maxContentLength, staticFiles: declared.staticFiles))
            } catch {
                work.problems.append(
                    ConfigurationProblem(error.message, hint: error.hint, at: declared.location))
            }
        }
        return (map, plans)
    }

    private func makeMatcher(_ map: RouteMap, _ work: inout Work) -> Matcher? {
        do throws(RuleError) {
            return try map.matcher()
        } catch {
            work.problems.append(ConfigurationProblem(error.message, hint: error.hint))
            return nil
        }
    }

    /// The app's folder of templates comes first, then those of the blueprints in the order of their registration.
    private func makeTemplates(_ work: Work) -> AppTemplates {
        var places: [TemplateSearch.Place] = []
        if let folder = app.templateFolder {
            places.append(TemplateSearch.Place("app '\(app.name)'", folder: folder, root: app.root))
        }
        var seen: Set<ObjectIdentifier> = []
        for (blueprint, scope) in work.blueprints {
            guard let folder = blueprint.templateFolder, seen.insert(ObjectIdentifier(blueprint)).inserted else {
                continue
            }
            places.append(TemplateSearch.Place("blueprint '\(scope)'", folder: folder, root: app.root))
        }
        return AppTemplates(
            settings: state.templates, parts: work.templateParts, places: places, config: state.config,
            logger: state.logger)
    }

    private func makeSessions(_ work: inout Work) -> SessionCookies? {
        do throws(SigningError) {
            return try SessionCookies(config: state.config, store: state.sessionStore, logger: state.logger)
        } catch {
            work.problems.append(ConfigurationProblem(error.message, hint: error.hint))
            return nil
        }
    }
}
