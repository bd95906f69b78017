extension TemplateValue {
    /// Whether the value is a value of the program that stands for another one.
    var isStandIn: Bool { if case .object(let object) = self { object is StandIn } else { false } }

    /// The value that a value of the program stands for; any other value as it is.
    var plain: TemplateValue {
        get throws {
            if case .object(let object) = self, let standIn = object as? StandIn { try standIn.value } else { self }
        }
    }

    /// The name of the type with that of its module before it, where that is not Python's own.
    var qualifiedTypeName: String {
        switch self {
        case .markup: "markupsafe.Markup"
        case .undefined: "jinja2.runtime.\(typeName)"
        case .object(let object as any JinjaObject): object.qualifiedTypeName
        default: typeName
        }
    }
}

/// An object of a type that Jinja itself defines, which messages show with its module.
protocol JinjaObject: TemplateObject {
    /// `jinja2.utils.Namespace`
    var qualifiedTypeName: String { get }
}
