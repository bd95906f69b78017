import CarafeRouting
import CarafeSigning

/// What an app's declarations must keep to.
extension AppCompiler {
    /// A name given to a route is part of its endpoint.
    func check(nameOf declaration: RouteDeclaration, _ work: inout Work) {
        guard let name = declaration.options.name, name.utf8.contains(UInt8(ascii: ".")) || name.isEmpty else { return }
        work.problems.append(
            ConfigurationProblem(
                "The endpoint name '\(name)' is empty or contains a dot.",
                hint: "Dots separate the names of blueprints from those of their endpoints; choose another name.",
                at: declaration.location))
    }

    /// Whether a blueprint can be entered: its name in the app, `scope`, must be free.
    func check(_ child: Declarations.Child, as scope: String, isWithinItself: Bool, _ work: inout Work) -> Bool {
        if child.name.isEmpty || child.name.utf8.contains(UInt8(ascii: ".")) {
            work.problems.append(
                ConfigurationProblem(
                    "The blueprint name '\(child.name)' is empty or contains a dot.", hint: "Choose another name.",
                    at: child.location))
        }
        if isWithinItself {
            work.problems.append(
                ConfigurationProblem(
                    "The blueprint '\(child.name)' is registered within itself, as '\(scope)'.",
                    hint: "Register it on its app or on a blueprint that it does not hold.", at: child.location))
            return false
        }
        if let other = work.names[scope] {
            work.problems.append(
                ConfigurationProblem(
                    "The blueprint name '\(scope)' is already taken, by the registration at \(other).",
                    hint: "Use register(…, name:) to give this one a name of its own.", at: child.location))
            return false
        }
        return true
    }

    /// Endpoints are found by their names.
    func checkEndpoints(_ work: inout Work) {
        var seen: [String: DeclarationLocation] = [:]
        // Rules that stand for one another with default values, `/page/` for `/page/1`, share an endpoint.
        let hasDefaults = Set(work.routes.filter { !$0.declaration.options.defaults.isEmpty }.map(\.endpoint))
        for route in work.routes {
            if let other = seen[route.endpoint], !hasDefaults.contains(route.endpoint) {
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

    func checkSecretKey(_ work: inout Work) {
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

    /// Whether the app has what its handlers take.
    func checkParameters(_ work: inout Work) {
        for route in work.routes {
            for type in route.declaration.handler.types {
                guard var problem = type.problem(in: app) else { continue }
                problem.location = problem.location ?? route.declaration.location
                work.problems.append(problem)
            }
        }
    }

    /// Whether the handler's parameters take the rule's variables.
    func check(_ route: Placed, _ rule: BoundRule, _ work: inout Work) {
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
            // "default" is the converter of a variable that names none.
            let converter = variable.map { $0.converter == "default" ? "" : "\($0.converter):" } ?? ""
            work.problems.append(
                ConfigurationProblem(
                    "The variable <\(converter)\(name)> of the rule '\(route.path)' is "
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
}
