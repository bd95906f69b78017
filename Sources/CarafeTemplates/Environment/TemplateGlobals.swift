/// Variables that all templates of one render see, imported ones too, behind those that it was given: what a framework
/// knows of the request that the render is for.
///
/// ```swift
/// final class PageGlobals: TemplateGlobals {
///     let names = ["user"]
///     func value(of name: String) -> TemplateValue? { name == "user" ? .object(UserValue(current)) : nil }
/// }
/// let page = try environment.template("page.html").seeing(PageGlobals()).render(["title": "Hello"])
/// ```
public protocol TemplateGlobals: AnyObject, Sendable {
    /// The variables' names.
    var names: [String] { get }

    /// A variable's value, asked for when a template mentions it; nil where there is none.
    func value(of name: String) -> TemplateValue?

    /// Runs a render, on the thread that it runs on: the place to bind task-local values for the program's functions.
    func rendering(_ render: () throws -> Void) throws
}

extension TemplateGlobals {
    /// Runs it.
    public func rendering(_ render: () throws -> Void) throws { try render() }
}

extension Template {
    /// The same template, whose renders see these variables.
    public func seeing(_ globals: any TemplateGlobals) -> Template {
        var template = self
        template.globals = globals
        return template
    }
}
