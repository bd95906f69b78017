extension TemplateValue {
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
        default: typeName
        }
    }
}
