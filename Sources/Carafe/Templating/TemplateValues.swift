public import CarafeHTTP
public import CarafeTemplates

// What templates see of the framework's own types.

extension HTML: TemplateValueConvertible {
    /// Markup, which templates do not escape again.
    public var templateValue: TemplateValue { .markup(description) }

    /// Encodes the markup as text.
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension FlashedMessage: TemplateValueConvertible {
    /// A dictionary with `category` and `text`.
    public var templateValue: TemplateValue {
        .dict(named: [("category", .string(category)), ("text", .string(text))])
    }

    /// Encodes an object with `category` and `text`.
    public func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }
}

extension Parameters: TemplateValueConvertible {
    /// Names with one or more values, as `request.args` is.
    public var templateValue: TemplateValue { .object(ParametersVariable(self)) }

    /// Encodes an object of the names with their first values.
    public func encode(to encoder: any Encoder) throws {
        try Dictionary(names.map { ($0, self[$0]) }) { first, _ in first }.encode(to: encoder)
    }
}

extension HTTPDate: TemplateValueConvertible {
    /// A date in UTC, as Python's: `{{ post.created.strftime("%d.%m.%Y") }}`.
    public var templateValue: TemplateValue {
        get throws { .object(try TemplateDateTime(secondsSinceEpoch: secondsSinceEpoch)) }
    }

    /// Encodes the date as HTTP writes it.
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension JSONValue: TemplateValueConvertible {
    /// The value as Python's `json` reads it.
    public var templateValue: TemplateValue {
        get throws {
            switch self {
            case .null: .none
            case .bool(let value): .bool(value)
            case .int(let value): .int(value)
            case .largeInt(let value): value.templateValue
            case .double(let value): .double(value)
            case .string(let value): .string(value)
            case .array(let values): .list(try values.map { try $0.templateValue })
            case .object(let object): .dict(named: try object.map { ($0.key, try $0.value.templateValue) })
            }
        }
    }
}
