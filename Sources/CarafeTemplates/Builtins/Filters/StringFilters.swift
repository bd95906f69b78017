/// `upper`, `lower`, `capitalize`, `title`, `trim`, `string`, `center`, `wordcount` and `format`.
enum StringFilters {
    static let all: [String: TemplateFilter] = [
        "upper": upper, "lower": lower, "capitalize": capitalize, "title": title, "trim": trim, "string": string,
        "center": center, "wordcount": wordcount, "format": format,
    ]

    private static let upperParameters = Parameters("do_upper", given: ["s"])
    static let upper: TemplateFilter = { value, arguments, _ in
        try upperParameters.expectNothing(arguments)
        let soft = try SoftText(value)
        return soft.with(PythonText.uppercase(soft.text))
    }

    private static let lowerParameters = Parameters("do_lower", given: ["s"])
    static let lower: TemplateFilter = { value, arguments, _ in
        try lowerParameters.expectNothing(arguments)
        let soft = try SoftText(value)
        return soft.with(PythonText.lowercase(soft.text))
    }

    private static let capitalizeParameters = Parameters("do_capitalize", given: ["s"])
    static let capitalize: TemplateFilter = { value, arguments, _ in
        try capitalizeParameters.expectNothing(arguments)
        let soft = try SoftText(value)
        return soft.with(PythonText.capitalize(soft.text))
    }

    private static let titleParameters = Parameters("do_title", given: ["s"])
    /// Unlike Python's `str.title` this begins words after blanks, `-` and opening brackets only. Markup becomes text.
    static let title: TemplateFilter = { value, arguments, _ in
        try titleParameters.expectNothing(arguments)
        return .string(TitleCase.title(try SoftText(value).text))
    }

    private static let trimParameters = Parameters("do_trim", given: ["value"], [.optional("chars", .none)])
    static let trim: TemplateFilter = { value, arguments, _ in
        let bound = try trimParameters.bind(arguments)
        let soft = try SoftText(value)
        switch bound[0] {
        case .none: return soft.with(PythonText.strip(soft.text))
        case .string(let characters), .markup(let characters):
            return soft.with(PythonText.strip(soft.text, characters))
        default: throw TemplateError(.typeError, "strip arg must be None or str")
        }
    }

    private static let stringParameters = Parameters("soft_str", given: ["s"], isGivenByPositionOnly: true)
    static let string: TemplateFilter = { value, arguments, _ in
        try stringParameters.expectNothing(arguments)
        return try SoftText(value).value
    }

    private static let centerParameters = Parameters("do_center", given: ["value"], [.optional("width", .int(80))])
    static let center: TemplateFilter = { value, arguments, context in
        let bound = try centerParameters.bind(arguments)
        let soft = try SoftText(value)
        let width = try bound[0].index()
        return soft.with(try PythonText.pad(soft.text, .center, width: width, limits: context.limits))
    }

    private static let wordcountParameters = Parameters("do_wordcount", given: ["s"])
    static let wordcount: TemplateFilter = { value, arguments, _ in
        try wordcountParameters.expectNothing(arguments)
        var (count, isInWord) = (0, false)
        for scalar in try SoftText(value).text.unicodeScalars {
            let isWord = PythonText.isWordCharacter(scalar)
            if isWord && !isInWord { count += 1 }
            isInWord = isWord
        }
        return .int(count)
    }

    private static let formatParameters = Parameters("do_format", given: ["value"], rest: .everything)
    static let format: TemplateFilter = { value, arguments, context in
        _ = try formatParameters.bind(arguments)
        guard arguments.positional.isEmpty || arguments.named.isEmpty else {
            throw TemplateError(
                .filterArgument, "can't handle positional and keyword arguments at the same time")
        }
        let soft = try SoftText(value)
        let values: TemplateValue =
            arguments.named.isEmpty
            ? .tuple(arguments.positional)
            : .dict(TemplateDict(TemplateDictStorage(named: arguments.named.map { ($0.name, $0.value) })))
        return soft.with(
            try PrintfFormat.format(soft.text, isMarkup: soft.isMarkup, values, in: context))
    }
}
