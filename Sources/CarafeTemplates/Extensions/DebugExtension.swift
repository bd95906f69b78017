/// The tag `{% debug %}`, which prints the variables, filters and tests that there are: Jinja's `jinja2.ext.debug`.
public struct DebugExtension: TemplateExtension {
    /// The extension.
    public init() {}

    /// `jinja2.ext.debug`, as Jinja names it.
    public var identifier: String { "jinja2.ext.debug" }
    /// The tag.
    public var tags: [String] { ["debug"] }

    /// Parses the tag.
    public func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
        let line = try parser.expect(name: "debug").line
        let function = TemplateSyntax.Expression(.constant(.object(DebugFunction())), line: line)
        let call = TemplateSyntax.Expression(.call(function, TemplateSyntax.Arguments()), line: line)
        return [TemplateSyntax.Statement(.output([call]), line: line)]
    }
}

/// What the tag calls.
private final class DebugFunction: TemplateObject {
    var typeName: String { "debug" }
    var isCallable: Bool { true }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        let variables = try context.variables.allValues.map { variable in
            (TextRepresentation.of(variable.name), try DebugLayout(variable.value, depth: 1))
        }
        func names(_ names: [String]) -> DebugLayout { .list(names.map { .text(TextRepresentation.of($0)) }) }
        let layout = DebugLayout.dict([
            ("'context'", .dict(variables)), ("'filters'", names(context.environment.filterNames)),
            ("'tests'", names(context.environment.testNames)),
        ])
        return .string(layout.lines(indent: 0, allowance: 0))
    }
}

/// A value as Python's `pprint.pformat(value, depth=3, compact=True)` lays it out. Long text stays in one piece.
indirect enum DebugLayout {
    case text(String)
    case list([DebugLayout])
    case tuple([DebugLayout])
    case dict([(key: String, value: DebugLayout)])

    private static let width = 80

    /// The layout of `value`; containers in more than so many others are left out, and so is what holds itself.
    init(_ value: TemplateValue, depth: Int) throws {
        switch value {
        case .list(let list) where !list.elements.isEmpty:
            self = depth < 0 ? .text("[...]") : .list(try list.elements.map { try DebugLayout($0, depth: depth - 1) })
        case .tuple(let tuple) where !tuple.elements.isEmpty:
            self =
                depth < 0
                ? .text(tuple.elements.count == 1 ? "(...,)" : "(...)")
                : .tuple(try tuple.elements.map { try DebugLayout($0, depth: depth - 1) })
        case .dict(let dict) where dict.count > 0:
            self =
                depth < 0
                ? .text("{...}")
                : .dict(
                    try dict.entries.map { (try $0.key.representation, try DebugLayout($0.value, depth: depth - 1)) })
        default: self = .text(try value.representation)
        }
    }

    /// All of it on one line.
    private var line: String {
        switch self {
        case .text(let text): text
        case .list(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
        case .tuple(let items): "(" + items.map(\.line).joined(separator: ", ") + (items.count == 1 ? ",)" : ")")
        case .dict(let items): "{" + items.map { "\($0.key): \($0.value.line)" }.joined(separator: ", ") + "}"
        }
    }

    /// On one line if it fits between `indent` columns before it and `allowance` behind it, else on several.
    func lines(indent: Int, allowance: Int) -> String {
        let line = line
        if line.unicodeScalars.count <= Self.width - indent - allowance { return line }
        switch self {
        case .text: return line
        case .list(let items): return "[" + Self.filled(items, indent, allowance + 1) + "]"
        case .tuple(let items):
            let end = items.count == 1 ? ",)" : ")"
            return "(" + Self.filled(items, indent, allowance + end.utf8.count) + end
        case .dict(let items):
            let entries = items.enumerated().map { index, item in
                let indent = indent + item.key.unicodeScalars.count + 3
                let allowance = index == items.count - 1 ? allowance + 1 : 1
                return "\(item.key): \(item.value.lines(indent: indent, allowance: allowance))"
            }
            return "{" + entries.joined(separator: Self.newLine(indent)) + "}"
        }
    }

    private static func newLine(_ indent: Int) -> String {
        ",\n" + String(repeating: " ", count: indent + 1)
    }

    /// As many elements a line as fit.
    private static func filled(_ items: [DebugLayout], _ indent: Int, _ allowance: Int) -> String {
        var result = ""
        var separator = ""
        var (room, maximum) = (width - indent, width - indent)
        for (index, item) in items.enumerated() {
            let isLast = index == items.count - 1
            if isLast { (room, maximum) = (room - allowance, maximum - allowance) }
            let line = item.line
            let needed = line.unicodeScalars.count + 2
            if room < needed {
                room = maximum
                if !separator.isEmpty { separator = newLine(indent) }
            }
            if room >= needed {
                room -= needed
                result += separator + line
                separator = ", "
            } else {
                result += separator + item.lines(indent: indent + 1, allowance: isLast ? allowance : 1)
                separator = newLine(indent)
            }
        }
        return result
    }
}
