/// The strings that start and end tags, as bytes, in the order in which they are looked for.
struct LexerDelimiters {
    /// What a start string starts.
    enum Start {
        case block
        case variable
        case comment
        case lineStatement
        case lineComment
    }

    let blockStart: [UInt8]
    let blockEnd: [UInt8]
    let variableEnd: [UInt8]
    let commentEnd: [UInt8]

    /// All start strings. At one place of the source the first that fits counts: the longest, and among equals Jinja's order.
    let starts: [(start: Start, text: [UInt8])]

    /// The bytes that start strings begin with; a line prefix may stand behind blanks, and has no place here.
    let firstBytes: [UInt8]

    /// Whether there are prefixes of lines, which every line has to be asked for.
    let hasLinePrefixes: Bool

    init(_ options: TemplateOptions) {
        blockStart = Array(options.blockStartString.utf8)
        blockEnd = Array(options.blockEndString.utf8)
        variableEnd = Array(options.variableEndString.utf8)
        commentEnd = Array(options.commentEndString.utf8)
        // Among equally long ones Jinja looks for variables first, then for the rest in the falling order of these names.
        var starts: [(start: Start, text: [UInt8])] = [(.variable, Array(options.variableStartString.utf8))]
        if let prefix = options.lineStatementPrefix { starts.append((.lineStatement, Array(prefix.utf8))) }
        if let prefix = options.lineCommentPrefix { starts.append((.lineComment, Array(prefix.utf8))) }
        starts.append((.comment, Array(options.commentStartString.utf8)))
        starts.append((.block, blockStart))
        // An empty string would start a tag everywhere: it starts none.
        starts.removeAll { $0.text.isEmpty }
        self.starts = Self.longestFirst(starts)
        hasLinePrefixes = starts.contains { $0.start == .lineStatement || $0.start == .lineComment }
        var firstBytes: [UInt8] = []
        for start in starts where !firstBytes.contains(start.text[0]) { firstBytes.append(start.text[0]) }
        self.firstBytes = firstBytes
    }

    /// Lengths count code points, as they do in Python.
    private static func longestFirst(_ starts: [(start: Start, text: [UInt8])]) -> [(start: Start, text: [UInt8])] {
        let lengths = starts.map { start in start.text.count { $0 & 0xC0 != 0x80 } }
        let order = starts.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
        return order.map { starts[$0] }
    }
}
