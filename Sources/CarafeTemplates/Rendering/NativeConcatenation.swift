/// Makes one value of what a template printed, as Jinja's `NativeEnvironment` does: `{{ 40 + 2 }}` renders to the integer 42.
enum NativeConcatenation {
    /// Nothing for no parts; the one part as it is, unless it is text; and else the text of all parts together. Text that is a
    /// literal of Python (`[1, 2]`, `'a'`, `None`) is the value that it stands for.
    ///
    /// Literals whose values have no counterpart here stay text: sets, complex numbers and `...`.
    ///
    /// - Throws: `TypeError` for a dictionary whose key is a list or dictionary, as Python does; ``TemplateError/Kind/limit``
    ///   where the text is longer than `limits` allow.
    static func value(of parts: [TemplateValue], limits: TemplateLimits = TemplateLimits()) throws -> TemplateValue {
        let whole: TemplateValue
        switch parts.count {
        case 0: return .none
        case 1:
            switch parts[0] {
            case .string, .markup: whole = parts[0]
            default: return parts[0]
            }
        default:
            var text = ""
            for part in parts {
                text += try part.text
                guard text.utf8.count <= limits.outputSize else {
                    throw TemplateError(.limit, "the output is longer than \(limits.outputSize) bytes")
                }
            }
            whole = .string(text)
        }
        return try PythonLiteral.value(of: try whole.text) ?? whole
    }
}
