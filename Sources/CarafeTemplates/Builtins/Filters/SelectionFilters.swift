/// `map`, `select`, `reject`, `selectattr` and `rejectattr`.
enum SelectionFilters {
    static let all: [String: TemplateFilter] = [
        "map": map,
        "select": selection("sync_do_select", keeps: true, byAttribute: false),
        "reject": selection("sync_do_reject", keeps: false, byAttribute: false),
        "selectattr": selection("sync_do_selectattr", keeps: true, byAttribute: true),
        "rejectattr": selection("sync_do_rejectattr", keeps: false, byAttribute: true),
    ]

    private static let mapParameters = Parameters("sync_do_map", given: ["context", "value"], rest: .everything)
    static let map: TemplateFilter = { value, arguments, context in
        _ = try mapParameters.bind(arguments)
        return LazySequence.value(function: "sync_do_map", context) { _ in
            guard try value.isTrue else { return { _ in nil } }
            let transform = try transformation(arguments)
            let elements = try value.makeIterator()
            return { context in try elements.next().map { try transform($0, context) } }
        }
    }

    private typealias Transformation = (TemplateValue, TemplateContext) throws -> TemplateValue
    private typealias Condition = (TemplateValue, TemplateContext) throws -> Bool

    /// What `map` does with each element: looks up its attribute, or calls a filter.
    private static func transformation(_ arguments: TemplateArguments) throws -> Transformation {
        if arguments.positional.isEmpty, let attribute = arguments.value(0, "attribute") {
            if let other = arguments.named.first(where: { !["attribute", "default"].contains($0.name) }) {
                throw TemplateError(.filterArgument, "Unexpected keyword argument '\(other.name)'")
            }
            let path = try AttributePath(attribute, fallback: arguments.value(1, "default") ?? .none)
            return { try path.look(in: $0, $1) }
        }
        guard let name = arguments.positional.first else {
            throw TemplateError(.filterArgument, "map requires a filter argument")
        }
        let rest = TemplateArguments(Array(arguments.positional.dropFirst()), named: arguments.named)
        // Looked up at the first element: an unknown filter is no error where there is nothing to filter.
        var filter: TemplateFilter?
        return { element, context in
            if let filter { return try filter(element, rest, context) }
            let found = try CallableName(name, "filter").look { context.environment.filter(named: $0) }
            filter = found
            return try found(element, rest, context)
        }
    }

    /// The filter that keeps the elements, or those whose attribute, passes a test, or does not.
    private static func selection(_ function: String, keeps: Bool, byAttribute: Bool) -> TemplateFilter {
        let parameters = Parameters(function, given: ["context", "value"], rest: .everything)
        return { value, arguments, context in
            _ = try parameters.bind(arguments)
            return LazySequence.value(function: "select_or_reject", context) { _ in
                guard try value.isTrue else { return { _ in nil } }
                let test = try condition(arguments, byAttribute: byAttribute)
                let elements = try value.makeIterator()
                return { context in
                    while let element = try elements.next() {
                        if try test(element, context) == keeps { return element }
                    }
                    return nil
                }
            }
        }
    }

    /// What `select` and its siblings ask of each element.
    private static func condition(_ arguments: TemplateArguments, byAttribute: Bool) throws -> Condition {
        var rest = arguments.positional[...]
        let path: AttributePath?
        if byAttribute {
            guard let attribute = rest.popFirst() else {
                throw TemplateError(.filterArgument, "Missing parameter for attribute name")
            }
            path = try AttributePath(attribute)
        } else {
            path = nil
        }
        guard let name = rest.popFirst() else {
            guard let path else { return { element, _ in try element.isTrue } }
            return { try path.look(in: $0, $1).isTrue }
        }
        let passed = TemplateArguments(Array(rest), named: arguments.named)
        var test: TemplateTest?
        return { element, context in
            let subject = try path?.look(in: element, context) ?? element
            if let test { return try test(subject, passed, context) }
            let found = try CallableName(name, "test").look { context.environment.test(named: $0) }
            test = found
            return try found(subject, passed, context)
        }
    }
}

/// The name of a filter or test that is an argument of another.
private struct CallableName {
    let name: TemplateValue
    /// `filter` or `test`.
    let type: String

    init(_ name: TemplateValue, _ type: String) {
        self.name = name
        self.type = type
    }

    /// What `find` has under the name.
    func look<Callable>(_ find: (String) -> Callable?) throws -> Callable {
        if let soft = SoftText(string: name), let found = find(soft.text) { return found }
        _ = try name.key()
        var message = "No \(type) named \(try name.representation)."
        if case .undefined(let undefined) = name {
            message += " (\(undefined.message); did you forget to quote the callable name?)"
        }
        throw TemplateError(.runtime, message)
    }
}
