/// `replace`, which escapes what it puts together where one part is markup and another is not.
enum ReplaceFilter {
    static let all: [String: TemplateFilter] = ["replace": replace]

    private static let parameters = Parameters(
        "do_replace", given: ["eval_ctx", "s"], [.required("old"), .required("new"), .optional("count", .none)])
    static let replace: TemplateFilter = { value, arguments, context in
        let bound = try parameters.bind(arguments)
        var (text, old, new) = (try SoftText(value), try SoftText(bound[0]), try SoftText(bound[1]))
        if context.autoescape {
            if try !text.isMarkup && (bound[0].html != nil || bound[1].html != nil && value.html == nil) {
                text = SoftText(try value.escaped(), isMarkup: true)
            }
            // As `Markup.replace` does.
            if text.isMarkup { new = SoftText(new.escaped) }
        } else {
            text = SoftText(text.text)
        }
        let count = bound[2].isNone ? -1 : try bound[2].index()
        return text.with(
            try PythonText.replace(old.text, by: new.text, in: text.text, count: count, limits: context.limits))
    }
}
