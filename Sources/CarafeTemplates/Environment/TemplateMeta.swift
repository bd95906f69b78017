/// What a template refers to, found without rendering it: Jinja's `jinja2.meta`.
///
/// ```swift
/// var parser = TemplateParser(source: "{% extends 'layout.html' %}{% set a = 1 %}{{ a + b }}")
/// let statements = try parser.parse()
/// TemplateMeta.undeclaredVariables(in: statements)   // ["b"]
/// TemplateMeta.referencedTemplates(in: statements)   // ["layout.html"]
/// ```
public enum TemplateMeta {
    /// The names of the globals that every environment has.
    public static let builtinGlobals: Set<String> = ["range", "dict", "lipsum", "cycler", "joiner", "namespace"]

    /// The variables that a render of the template may look up among those that it was given.
    ///
    /// - Parameter globals: the names that the environment gives a value to, which need no other.
    public static func undeclaredVariables(
        in statements: [TemplateSyntax.Statement], globals: Set<String> = builtinGlobals
    ) -> Set<String> {
        var search = UndeclaredVariables(globals: globals)
        search.visitTemplate(statements)
        return search.found
    }

    /// The names of the templates that `extends`, `include`, `import` and `from` tags name, in order; nil for each that only a
    /// render can tell.
    public static func referencedTemplates(in statements: [TemplateSyntax.Statement]) -> [String?] {
        var names: [String?] = []
        TemplateSyntax.visitStatements(statements) { statement in
            switch statement.kind {
            case .extends(let template), .include(let template, _, _), .importTemplate(let template, _, _),
                .fromImport(let template, _, _):
                names += self.names(template)
            default: break
            }
        }
        return names
    }

    /// What one tag names: constants that are no strings make no sense in a list, and are left out there.
    private static func names(_ template: TemplateSyntax.Expression) -> [String?] {
        switch template.kind {
        case .constant(.string(let name)): return [name]
        case .tuple(let items), .list(let items):
            return items.flatMap { item -> [String?] in
                guard case .constant(let value) = item.kind else { return [nil] }
                if case .string(let name) = value { return [name] }
                return []
            }
        default: return [nil]
        }
    }
}
