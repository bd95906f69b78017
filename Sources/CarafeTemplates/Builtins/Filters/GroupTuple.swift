/// A group of `groupby`: a tuple of what its elements have in common and the list of them, by position or by name.
final class GroupTuple: JinjaObject {
    /// The same as a plain tuple.
    let tuple: TemplateValue

    init(grouper: TemplateValue, list: TemplateList) {
        tuple = .tuple([grouper, .list(list)])
    }

    var typeName: String { "_GroupTuple" }
    var qualifiedTypeName: String { "jinja2.filters._GroupTuple" }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "grouper": try tuple.item(.int(0))
        case "list": try tuple.item(.int(1))
        default: PythonMethods.attribute(of: tuple, named: name)
        }
    }

    func item(_ key: TemplateValue) throws -> TemplateValue? { try tuple.item(key) }
    func makeIterator() throws -> TemplateIterator? { try tuple.makeIterator() }
    var length: Int? { get throws { 2 } }
    var representation: String { get throws { try tuple.representation } }
    func contains(_ element: TemplateValue) throws -> Bool? { try tuple.contains(element) }

    func slice(_ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue) throws -> TemplateValue? {
        try tuple.slice(start, stop, step)
    }

    func isEqual(to other: TemplateValue) -> Bool {
        (try? tuple.isEqual(to: Self.plain(other))) ?? false
    }

    func hash(into hasher: inout Hasher) -> Bool {
        guard let key = try? tuple.key() else { return false }
        hasher.combine(key)
        return true
    }

    func isLess(than other: TemplateValue) throws -> Bool? {
        let other = Self.plain(other)
        guard case .tuple = other else { return nil }
        return try tuple.isLess(than: other)
    }

    private static func plain(_ value: TemplateValue) -> TemplateValue {
        if case .object(let object) = value, let group = object as? GroupTuple { group.tuple } else { value }
    }
}
