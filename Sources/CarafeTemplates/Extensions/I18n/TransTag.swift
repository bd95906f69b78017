/// The tag `{% trans %} … {% pluralize %} … {% endtrans %}`, step by step as `jinja2/ext.py` parses it.
struct TransTag {
    private typealias Expression = TemplateSyntax.Expression

    let isNewStyle: Bool
    /// The variables in the order in which they were named.
    private var variables: [(name: String, value: TemplateSyntax.Expression)] = []
    /// What says which plural form is wanted: the first variable, unless `pluralize` names another.
    private var count: TemplateSyntax.Expression?
    private var isCountNamedNum = false
    /// A call that is counted is made once, before the tag.
    private var countedCall: TemplateSyntax.Expression?
    private var isTrimmed: Bool?

    init(isNewStyle: Bool) {
        self.isNewStyle = isNewStyle
    }

    mutating func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
        let line = try parser.next().line
        let context = parser.current.kind == .string ? try parser.next().value : nil
        try parseVariables(&parser)
        try parser.expect(.blockEnd)

        var singular = try parseText(&parser, mayPluralize: true)
        if count == nil, let first = singular.names.first {
            count = Expression(.name(first), line: line)
            isCountNamedNum = first.utf8.elementsEqual("num".utf8)
        }
        var plural: Text?
        if parser.current.isName("pluralize") {
            try parsePluralize(&parser)
            plural = try parseText(&parser, mayPluralize: false)
        }
        try parser.next()

        let referenced = singular.names + (plural?.names ?? [])
        for name in referenced where variable(name) == nil {
            variables.append((name, Expression(.name(name), line: line)))
        }
        if plural == nil {
            count = nil
        } else if count == nil {
            throw parser.failure("pluralize without variables", line: line)
        }
        if isTrimmed ?? parser.options.policies.i18nTrimmed {
            singular.trim()
            plural?.trim()
        }
        if referenced.isEmpty, !isNewStyle {
            // There is nothing to put in, so the text is no format.
            singular.undoublePercents()
            plural?.undoublePercents()
        }
        let output = TemplateSyntax.Statement(
            .output([expression(context, singular.text, plural?.text, line)]), line: line)
        guard let countedCall else { return [output] }
        return [TemplateSyntax.Statement(.assign(.name("_trans"), countedCall), line: line), output]
    }

    // MARK: - The opening tag

    private func variable(_ name: String) -> TemplateSyntax.Expression? {
        variables.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// `name, name=expression, trimmed`
    private mutating func parseVariables(_ parser: inout TemplateParser) throws {
        while parser.current.kind != .blockEnd {
            if !variables.isEmpty { try parser.expect(.comma) }
            if try parser.skip(if: .colon) { break }
            let token = try parser.expect(.name)
            if variable(token.value) != nil {
                throw parser.failure(
                    "translatable variable '\(token.value)' defined twice.", line: token.line, kind: .assertion)
            }
            var value = Expression(.name(token.value), line: token.line)
            if try parser.skip(if: .assign) {
                value = try parser.parseExpression()
            } else if isTrimmed == nil, token.isName("trimmed") || token.isName("notrimmed") {
                isTrimmed = token.isName("trimmed")
                continue
            }
            if count == nil {
                if case .call = value.kind {
                    countedCall = value
                    value = Expression(.name("_trans"), line: token.line)
                }
                count = value
                isCountNamedNum = token.isName("num")
            }
            variables.append((token.value, value))
        }
    }

    /// `{% pluralize name %}`
    private mutating func parsePluralize(_ parser: inout TemplateParser) throws {
        try parser.next()
        if parser.current.kind != .blockEnd {
            let token = try parser.expect(.name)
            guard let value = variable(token.value) else {
                throw parser.failure(
                    "unknown variable '\(token.value)' for pluralization", line: token.line, kind: .assertion)
            }
            count = value
            isCountNamedNum = token.isName("num")
        }
        try parser.expect(.blockEnd)
    }

    // MARK: - The text

    /// A text to translate, as a format, and the names of the variables in it.
    private struct Text {
        var text = ""
        var names: [String] = []

        /// Takes the white space at both ends away, and makes one space of each newline with the white space around it.
        mutating func trim() {
            let bytes = Array(text.utf8)
            var result = ""
            var start = bytes.endOfWhitespace(from: 0)
            let end = bytes.startOfWhitespace(before: bytes.count, from: start)
            var position = start
            while position < end {
                guard bytes.whitespaceLength(at: position) > 0 else {
                    position += 1
                    continue
                }
                let blankEnd = bytes.endOfWhitespace(from: position)
                if bytes[position..<blankEnd].contains(0x0A) {
                    result += String(decoding: bytes[start..<position], as: UTF8.self) + " "
                    start = blankEnd
                }
                position = blankEnd
            }
            text = result + String(decoding: bytes[start..<end], as: UTF8.self)
        }

        mutating func undoublePercents() {
            var result: [UInt8] = []
            var isSecond = false
            for byte in text.utf8 {
                isSecond = byte == UInt8(ascii: "%") && !isSecond && result.last == byte
                if !isSecond { result.append(byte) }
            }
            text = String(decoding: result, as: UTF8.self)
        }

        mutating func append(data: String) {
            guard data.utf8.contains(UInt8(ascii: "%")) else {
                text += data
                return
            }
            text += String(
                decoding: data.utf8.flatMap { $0 == UInt8(ascii: "%") ? [$0, $0] : [$0] }, as: UTF8.self)
        }
    }

    /// Reads text and `{{ name }}`s up to the tag that ends them, whose name is then the current token.
    private func parseText(_ parser: inout TemplateParser, mayPluralize: Bool) throws -> Text {
        var text = Text()
        while true {
            switch parser.current.kind {
            case .data: text.append(data: try parser.next().value)
            case .variableBegin:
                try parser.next()
                let name = try parser.expect(.name).value
                text.names.append(name)
                text.text += "%(\(name))s"
                try parser.expect(.variableEnd)
            case .blockBegin:
                try parser.next()
                if parser.current.isName("endtrans") || (mayPluralize && parser.current.isName("pluralize")) {
                    return text
                }
                throw misplacedTag(&parser)
            case .end: throw parser.failure("unclosed translation block")
            default: throw parser.failure("internal parser error")
            }
        }
    }

    private func misplacedTag(_ parser: inout TemplateParser) -> TemplateError {
        let tag = parser.current
        if tag.isName("pluralize") {
            return parser.failure("a translatable section can have only one pluralize section")
        }
        if tag.isName("trans") {
            return parser.failure("trans blocks can't be nested; did you mean `endtrans`?")
        }
        let name = tag.kind == .name ? tag.value : "None"
        return parser.failure("control structures in translatable sections are not allowed; saw `\(name)`")
    }

    // MARK: - What it becomes

    /// The call that translates, and what puts the variables into its result.
    private func expression(
        _ context: String?, _ singular: String, _ plural: String?, _ line: Int
    ) -> TemplateSyntax.Expression {
        func text(_ text: String) -> Expression { Expression(.constant(.string(text)), line: line) }
        var arguments = TemplateSyntax.Arguments([text(singular)])
        var function = "gettext"
        if let context {
            function = "p" + function
            arguments.positional.insert(text(context), at: 0)
        }
        if let plural, let count {
            function = "n" + function
            arguments.positional += [text(plural), count]
        }
        if isNewStyle {
            // The function adds `num` itself.
            arguments.named = variables.filter {
                !(plural != nil && isCountNamedNum && $0.name.utf8.elementsEqual("num".utf8))
            }
        }
        let call = Expression(.call(Expression(.name(function), line: line), arguments), line: line)
        if isNewStyle { return call }
        let safe = Expression(
            .call(Expression(.constant(.object(MarkupIfEscaped())), line: line), TemplateSyntax.Arguments([call])),
            line: line)
        if variables.isEmpty { return safe }
        let values = variables.map { (key: text($0.name), value: $0.value) }
        return Expression(.binary(.modulo, safe, Expression(.dict(values), line: line)), line: line)
    }
}

/// Makes markup of text where output is escaped: a translation is written by whom the template trusts.
private final class MarkupIfEscaped: TemplateObject {
    var typeName: String { "function" }
    var isCallable: Bool { true }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        guard let value = arguments.positional.first else { return .none }
        guard context.autoescape else { return value }
        if let html = try value.html { return .markup(html) }
        return .markup(try value.text)
    }
}
