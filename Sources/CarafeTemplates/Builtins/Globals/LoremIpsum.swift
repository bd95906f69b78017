/// `lipsum(n=5, html=True, min=20, max=100)`: paragraphs of words that look like text.
enum LoremIpsum {
    /// The global `lipsum`.
    static let function = BuiltinFunction(function: "generate_lorem_ipsum") { arguments, context in
        let bound = try parameters.bind(arguments)
        let count = try bound[0].index(as: .clipped)
        let isHTML = try bound[1].isTrue
        var result = ""
        for number in 0..<max(count, 0) {
            if number > 0 { result += isHTML ? "\n" : "\n\n" }
            if isHTML { result += "<p>" }
            try appendParagraph(length: length(bound[2], bound[3]), to: &result, context.limits)
            if isHTML { result += "</p>" }
            try PythonText.check(size: result.utf8.count, context.limits)
        }
        return isHTML ? .markup(result) : .string(result)
    }

    private static let parameters = Parameters(
        "generate_lorem_ipsum",
        [
            .optional("n", .int(5)), .optional("html", .bool(true)), .optional("min", .int(20)),
            .optional("max", .int(100)),
        ])

    /// A random number of words: Python's `randrange(min, max)`.
    private static func length(_ least: TemplateValue, _ end: TemplateValue) throws -> Int {
        let (least, end) = (try integer(least, argument: 1), try integer(end, argument: 2))
        guard least < end else {
            let width = end.subtractingReportingOverflow(least).partialValue
            throw TemplateError(.valueError, "empty range for randrange() (\(least), \(end), \(width))")
        }
        return Int.random(in: least..<end)
    }

    private static func integer(_ value: TemplateValue, argument: Int) throws -> Int {
        switch value {
        case .int, .bool, .bigInt: return try value.index(as: .clipped)
        case .double(let number):
            if let integer = Int(exactly: number) { return integer }
        case .string(let text), .markup(let text):
            guard IntegerParsing.integer(text, base: 10) != nil else {
                throw TemplateError(
                    .valueError,
                    "invalid literal for int() with base 10: \(try TemplateValue.string(text).representation)")
            }
        case .undefined(let undefined): throw undefined.error()
        default:
            throw TemplateError(
                .typeError,
                "int() argument must be a string, a bytes-like object or a real number, not '\(value.typeName)'")
        }
        throw TemplateError(.valueError, "non-integer arg \(argument) for randrange()")
    }

    /// Words with a comma after a few, and a full stop after some more.
    private static func appendParagraph(length: Int, to result: inout String, _ limits: TemplateLimits) throws {
        var (lastComma, lastStop) = (0, 0)
        var previous = -1
        var startsSentence = true
        var end = Unicode.Scalar(" ")
        for position in 0..<max(length, 0) {
            var chosen = Int.random(in: words.indices)
            while chosen == previous { chosen = Int.random(in: words.indices) }
            previous = chosen
            if position > 0 { result += " " }
            result += startsSentence ? PythonText.capitalize(words[chosen]) : words[chosen]
            (startsSentence, end) = (false, " ")
            if position - Int.random(in: 3..<8) > lastComma {
                lastComma = position
                lastStop += 2
                end = ","
            }
            // Jinja writes a full stop behind a comma here, too.
            let isStop = position - Int.random(in: 10..<20) > lastStop
            if end == "," && (isStop || position < length - 1) { result += "," }
            if isStop {
                (lastComma, lastStop) = (position, position)
                (startsSentence, end) = (true, ".")
                result += "."
            }
            try PythonText.check(size: result.utf8.count, limits)
        }
        if end != "." { result += "." }
    }

    private static let words: [String] = PythonText.split(
        """
        a ac accumsan ad adipiscing aenean aliquam aliquet amet ante aptent arcu at auctor augue bibendum blandit
        class commodo condimentum congue consectetuer consequat conubia convallis cras cubilia cum curabitur curae
        cursus dapibus diam dictum dictumst dignissim dis dolor donec dui duis egestas eget eleifend elementum elit
        enim erat eros est et etiam eu euismod facilisi facilisis fames faucibus felis fermentum feugiat fringilla
        fusce gravida habitant habitasse hac hendrerit hymenaeos iaculis id imperdiet in inceptos integer interdum
        ipsum justo lacinia lacus laoreet lectus leo libero ligula litora lobortis lorem luctus maecenas magna
        magnis malesuada massa mattis mauris metus mi molestie mollis montes morbi mus nam nascetur natoque nec
        neque netus nibh nisi nisl non nonummy nostra nulla nullam nunc odio orci ornare parturient pede
        pellentesque penatibus per pharetra phasellus placerat platea porta porttitor posuere potenti praesent
        pretium primis proin pulvinar purus quam quis quisque rhoncus ridiculus risus rutrum sagittis sapien
        scelerisque sed sem semper senectus sit sociis sociosqu sodales sollicitudin suscipit suspendisse taciti
        tellus tempor tempus tincidunt torquent tortor tristique turpis ullamcorper ultrices ultricies urna ut
        varius vehicula vel velit venenatis vestibulum vitae vivamus viverra volutpat vulputate
        """)
}
