@testable import CarafeTemplates

/// Calls of filters, tests and globals as a template makes them.
struct FilterCalls {
    let context: TemplateContext

    init(limits: TemplateLimits = TemplateLimits(), autoescape: Bool = false) {
        var options = TemplateOptions()
        options.limits = limits
        context = TemplateContext(environment: TemplateEnvironment(options: options), autoescape: autoescape)
    }

    /// `value|name(positional, named)`
    func filter(
        _ name: String, _ value: TemplateValue, _ positional: TemplateValue...,
        named: [(name: String, value: TemplateValue)] = []
    ) throws -> TemplateValue {
        let filter = BuiltinFilters.all[name] ?? { _, _, _ in throw TemplateError(.runtime, "no filter \(name)") }
        return try filter(value, TemplateArguments(positional, named: named), context)
    }

    /// `name(positional)`, of a global.
    func global(_ name: String, _ positional: TemplateValue...) throws -> TemplateValue {
        guard case .object(let function) = BuiltinGlobals.all[name] else {
            throw TemplateError(.runtime, "no global \(name)")
        }
        return try function.call(TemplateArguments(positional), in: context)
    }

    /// `object.method(positional)`
    func method(_ object: TemplateValue, _ name: String, _ positional: TemplateValue...) throws -> TemplateValue {
        guard case .object(let object) = object, case .object(let method) = try object.attribute(name) else {
            throw TemplateError(.runtime, "no method \(name)")
        }
        return try method.call(TemplateArguments(positional), in: context)
    }
}

/// What the call throws, as Python shows it: `TypeError: …`.
func message(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch let error as TemplateError {
        return "\(error.kind.name): \(error.message)"
    } catch {
        return "\(error)"
    }
}
