import CarafeTemplates

/// The value of the option `json.dumps_kwargs`: the arguments of Python's `json.dumps` that Carafe has, as a JSON object.
enum JSONPolicy {
    /// - Throws: ``ToolError`` where the text is no such object
    static func format(_ text: String) throws -> TemplateJSONFormat {
        guard case .dict(let arguments)? = try? TemplateValue(json: text) else {
            throw ToolError(#"json.dumps_kwargs is a JSON object, such as {"sort_keys": false, "indent": 2}."#)
        }
        // Jinja's own default goes with its defaults.
        var format = TemplateJSONFormat()
        format.sortsKeys = false
        for (key, value) in arguments.entries { try set(key.text, value, in: &format) }
        return format
    }

    private static func set(_ name: String, _ value: TemplateValue, in format: inout TemplateJSONFormat) throws {
        switch (name, value) {
        case ("sort_keys", .bool(let isOn)): format.sortsKeys = isOn
        case ("ensure_ascii", .bool(let isOn)): format.escapesNonASCII = isOn
        case ("indent", .none): format.indentation = nil
        case ("indent", .string(let text)): format.indentation = text
        case ("indent", .int(let count)):
            guard count <= 1000 else { throw ToolError("indent is 1000 at most in json.dumps_kwargs.") }
            format.indentation = String(repeating: " ", count: max(0, count))
        case ("separators", .none): format.separators = nil
        case ("separators", .list(let list)) where list.elements.count == 2:
            format.separators = (try list.elements[0].text, try list.elements[1].text)
        case ("sort_keys", _), ("ensure_ascii", _): throw ToolError("\(name) is true or false in json.dumps_kwargs.")
        case ("indent", _): throw ToolError("indent is a whole number, a text or null in json.dumps_kwargs.")
        case ("separators", _): throw ToolError("separators is a list of two texts in json.dumps_kwargs.")
        default:
            throw ToolError("json.dumps_kwargs has sort_keys, ensure_ascii, indent and separators, not '\(name)'.")
        }
    }
}
