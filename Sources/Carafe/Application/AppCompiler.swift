import CarafeHTTP
import CarafeRouting
import CarafeSigning
import HTTPTypes
import Logging

/// Makes an app ready to serve: reads its declarations once, checks every one, and reports all mistakes together.
struct AppCompiler {
    let app: App
    let state: App.State

    /// A route with everything around it.
    private struct Placed {
        var declaration: RouteDeclaration
        var endpoint: String
        var path: String
        var subdomain: String?
        /// The declarations from the app to the innermost blueprint.
        var scopes: [Declarations]
        /// The blueprints' names, the innermost first.
        var blueprints: [String]
    }

    /// A blueprint's place, for the 404 and 405 of paths below its prefix.
    private struct Mount {
        var prefix: String
        var blueprints: [String]
        var scopes: [Declarations]
    }

    init(app: App, state: App.State) {
        self.app = app
        self.state = state
    }

    func compile() throws(ConfigurationError) -> CompiledApp {
        var work = Work(problems: state.problems + state.config.problems())
        for hook in appWideHooks(of: app.registry.declarations) { hook(app) }
        let root = app.registry.declarations
        collect(root, prefix: "", subdomain: nil, names: [], scopes: [], &work)
        checkEndpoints(&work)
        checkSecretKey(&work)
        let (map, plans) = makeRules(&work)
        let matcher = makeMatcher(map, &work)
        let sessions = makeSessions(&work)
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
            matcher: matcher, plans: plans, missing: missing, mounts: mounts, config: state.config,
            matchesHosts: state.hostMatching, matchesSubdomains: state.subdomainMatching)
        let urls = URLBuilder(
            matcher: matcher, config: state.config, staticFolders: work.staticFolders,
            defaults: work.urlDefaults, errorHandlers: state.urlBuildErrorHandlers)
        let compiled = CompiledApp(
            app: app, state: state, config: state.config, router: router, urls: urls, sessions: sessions)
        app.registry.freeze(into: compiled, scope: "")
        for (blueprint, scope) in work.blueprints { blueprint.registry.freeze(into: compiled, scope: scope) }
        return compiled
    }

    /// What is found on the way.
    private struct Work {
        var problems: [ConfigurationProblem]
        var routes: [Placed] = []
        var mounts: [Mount] = []
        var blueprints: [(Blueprint, scope: String)] = []
        var names: [String: DeclarationLocation] = [:]
        var staticFolders: [String: StaticFiles] = [:]
        var urlDefaults: [(scope: String, defaults: [URLBuilder.Defaults])] = []
    }

    // MARK: - Walking through the blueprints

    private func appWideHooks(of declarations: Declarations) -> [@Sendable (App) -> Void] {
        declarations.children.flatMap { child in
            let inner = child.blueprint.registry.declarations
            return inner.appWide + appWideHooks(of: inner)
        }
    }

    private func collect(
        _ declarations: Declarations, prefix: String, subdomain: String?, names: [String], scopes: [Declarations],
        _ work: inout Work
    ) {
        let scopes = scopes + [declarations]
        let scopeName = names.joined(separator: ".")
        for folder in declarations.staticFolders {
            place(folder, prefix: prefix, names: names, scopes: scopes, &work)
        }
        for declaration in declarations.routes {
            if let name = declaration.options.name, name.utf8.contains(UInt8(ascii: ".")) || name.isEmpty {
                work.problems.append(
                    ConfigurationProblem(
                        "The endpoint name '\(name)' is empty or contains a dot.",
                        hint:
                            "Dots separate the names of blueprints from those of their endpoints; choose another name.",
                        at: declaration.location))
            }
            work.routes.append(
                Placed(
                    declaration: declaration,
                    endpoint: scopeName.isEmpty ? declaration.endpoint : "\(scopeName).\(declaration.endpoint)",
                    path: Self.join(prefix, declaration.rule), subdomain: declaration.options.subdomain ?? subdomain,
                    scopes: scopes, blueprints: Self.innermostFirst(names)))
        }
        if !declarations.urlDefaults.isEmpty { work.urlDefaults.append((scopeName, declarations.urlDefaults)) }
        for child in declarations.children {
            enter(child, prefix: prefix, subdomain: subdomain, names: names, scopes: scopes, &work)
        }
    }

    private func enter(
        _ child: Declarations.Child, prefix: String, subdomain: String?, names: [String], scopes: [Declarations],
        _ work: inout Work
    ) {
        let scope = (names + [child.name]).joined(separator: ".")
        if child.name.isEmpty || child.name.utf8.contains(UInt8(ascii: ".")) {
            work.problems.append(
                ConfigurationProblem(
                    "The blueprint name '\(child.name)' is empty or contains a dot.", hint: "Choose another name.",
                    at: child.location))
        }
        if let other = work.names[scope] {
            work.problems.append(
                ConfigurationProblem(
                    "The blueprint name '\(scope)' is already taken, by the registration at \(other).",
                    hint: "Use register(…, name:) to give this one a name of its own.", at: child.location))
            return
        }
        if names.count >= 32 {
            work.problems.append(
                ConfigurationProblem(
                    "Blueprints are registered within one another more than 32 deep, or in a circle.",
                    hint: "Register a blueprint on its app or on one blueprint above it.", at: child.location))
            return
        }
        work.names[scope] = child.location
        work.blueprints.append((child.blueprint, scope))
        let declarations = child.blueprint.registry.declarations
        let prefix = Self.join(prefix, child.prefix)
        let subdomains = [child.subdomain, subdomain].compactMap { $0 }
        if !child.prefix.isEmpty, !prefix.utf8.contains(UInt8(ascii: "<")) {
            work.mounts.append(
                Mount(
                    prefix: prefix, blueprints: Self.innermostFirst(names + [child.name]),
                    scopes: scopes + [declarations]))
        }
        collect(
            declarations, prefix: prefix, subdomain: subdomains.isEmpty ? nil : subdomains.joined(separator: "."),
            names: names + [child.name], scopes: scopes, &work)
    }

    private func place(
        _ folder: StaticFolder, prefix: String, names: [String], scopes: [Declarations], _ work: inout Work
    ) {
        let files = StaticFiles(folder: folder.resolved(root: app.root), maxAge: state.config.sendFileMaxAge)
        let scopeName = names.joined(separator: ".")
        let endpoint = scopeName.isEmpty ? "static" : "\(scopeName).static"
        work.staticFolders[endpoint] = files
        let handler = Handler(
            parameters: [.request, .path([.string])],
            work: .sync { input in
                var input = input
                return try files.response(for: input.request, path: input.nextPathValue().text)
            })
        let declaration = RouteDeclaration(
            rule: "\(folder.urlPath)/<path:filename>", methods: [.get], options: RouteOptions(name: "static"),
            handler: handler, location: folder.location)
        work.routes.append(
            Placed(
                declaration: declaration, endpoint: endpoint, path: Self.join(prefix, declaration.rule),
                subdomain: nil, scopes: scopes, blueprints: Self.innermostFirst(names)))
    }

    /// `a.b.c` and its outer names: `["a.b.c", "a.b", "a"]`.
    private static func innermostFirst(_ names: [String]) -> [String] {
        names.indices.map { names[...$0].joined(separator: ".") }.reversed()
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

    // MARK: - Checks

    private func checkEndpoints(_ work: inout Work) {
        var seen: [String: DeclarationLocation] = [:]
        for route in work.routes {
            if let other = seen[route.endpoint] {
                work.problems.append(
                    ConfigurationProblem(
                        "Two routes have the endpoint '\(route.endpoint)': this one and the one at \(other).",
                        hint: "Give one of them another name with name: \"…\".", at: route.declaration.location))
            } else {
                seen[route.endpoint] = route.declaration.location
            }
            if route.declaration.hasSurplusMethods {
                work.problems.append(
                    ConfigurationProblem(
                        "'\(route.path)' names its methods twice.",
                        hint: "Use route(_:methods:) for several methods, or leave methods: away.",
                        at: route.declaration.location))
            }
        }
    }

    private func checkSecretKey(_ work: inout Work) {
        guard state.config.secretKey?.isEmpty ?? true else { return }
        let usesSessions = work.routes.first { route in
            route.declaration.handler.parameters.contains { if case .session = $0 { true } else { false } }
        }
        guard state.sessionStore != nil || usesSessions != nil else { return }
        work.problems.append(
            ConfigurationProblem(
                "Sessions are used but no secret key is set.",
                hint: "Set app.config.secretKey or CARAFE_SECRET_KEY to something long, random and secret, such as "
                    + "\(generateSecretKey()).",
                at: usesSessions?.declaration.location))
    }

    /// Whether the handler's parameters take the rule's variables.
    private func check(_ route: Placed, _ rule: BoundRule, _ work: inout Work) {
        let location = route.declaration.location
        let wanted = route.declaration.handler.parameters.compactMap { source -> [RoutingValue.Kind]? in
            if case .path(let kinds) = source { kinds } else { nil }
        }
        let takesRequest = route.declaration.handler.parameters.contains {
            if case .path = $0 { false } else { true }
        }
        if wanted.isEmpty, takesRequest || rule.arguments.isEmpty { return }
        let preprocessed = route.scopes.contains { !$0.urlValuePreprocessors.isEmpty }
        guard wanted.count == rule.arguments.count || preprocessed && wanted.count < rule.arguments.count else {
            let names = rule.arguments.map { "<\($0)>" }.joined(separator: ", ")
            work.problems.append(
                ConfigurationProblem(
                    "The rule '\(route.path)' has \(Self.count(rule.arguments.count, "variable"))"
                        + "\(names.isEmpty ? "" : " (\(names))"), but its handler takes \(wanted.count).",
                    hint: "Give the handler one parameter for each variable, in the rule's order, or take the Request "
                        + "and read request.pathValues.", at: location))
            return
        }
        guard wanted.count == rule.arguments.count else { return }
        for (index, name) in rule.arguments.enumerated() {
            let variable = rule.variables.first { $0.name == name }
            let kind = variable?.kind ?? rule.rule.defaults[name]?.kind ?? .custom
            guard !wanted[index].contains(kind), kind != .custom else { continue }
            work.problems.append(
                ConfigurationProblem(
                    "The variable <\(variable.map { "\($0.converter):" } ?? "")\(name)> of the rule '\(route.path)' is "
                        + "\(Self.describe(kind)), but parameter \(index + 1) of its handler takes "
                        + "\(wanted[index].map(Self.describe).joined(separator: " or ")).",
                    hint: "Change the converter in the rule or the type of the parameter.", at: location))
        }
    }

    private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private static func describe(_ kind: RoutingValue.Kind) -> String {
        switch kind {
        case .string: "text"
        case .int: "a whole number"
        case .double: "a number"
        case .bool: "a truth value"
        case .uuid: "a UUID"
        case .custom: "a value of the app's own"
        }
    }

    // MARK: - Rules, matcher, sessions

    private func makeRules(_ work: inout Work) -> (RouteMap, [RoutePlan]) {
        var options = RouteMap.Options()
        options.hostMatching = state.hostMatching
        var map = RouteMap(options: options)
        for (name, make) in state.converters { map.register(converter: name, make) }
        var plans: [RoutePlan] = []
        for route in work.routes {
            let declared = route.declaration
            let methods = declared.methods.map(\.rawValue)
            let answersOptions = state.config.provideAutomaticOptions && !declared.methods.contains(.options)
            let rule = Rule(
                route.path, endpoint: route.endpoint, methods: methods + (answersOptions ? ["OPTIONS"] : []),
                defaults: declared.options.defaults, subdomain: route.subdomain, host: declared.options.host,
                strictSlashes: declared.options.strictSlashes, isAlias: declared.options.alias)
            do throws(RuleError) {
                let bound = try map.add(rule)
                check(route, bound, &work)
                plans.append(
                    RoutePlan(
                        endpoint: route.endpoint, rule: route.path, variables: bound.arguments,
                        blueprints: route.blueprints, handler: declared.handler, answersOptions: answersOptions,
                        scopes: route.scopes, hasAsyncSessions: state.sessionStore != nil,
                        maxContentLength: declared.options.maxContentLength))
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

    private func makeSessions(_ work: inout Work) -> SessionCookies? {
        do throws(SigningError) {
            return try SessionCookies(config: state.config, store: state.sessionStore, logger: state.logger)
        } catch {
            work.problems.append(ConfigurationProblem(error.message, hint: error.hint))
            return nil
        }
    }
}
