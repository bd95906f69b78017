/// Splits the source of a template into tokens, in one pass and in linear time.
///
/// The rules are those of `jinja2/lexer.py`, where regular expressions state them; each method here says which it follows.
/// Tokens that the parser would skip (white space, comments, the marks of raw blocks) are not made.
struct Lexer {
    /// Where the lexer starts, apart from text: inside `{{ … }}`, for an expression on its own.
    enum Start {
        case text
        case variable
    }

    let source: SourceText
    let delimiters: LexerDelimiters
    let options: LexerOptions

    /// The tokens so far. Where ``failure`` is set, the error stands right behind the last of them.
    private(set) var tokens: [TemplateToken] = []
    private(set) var failure: TemplateError?

    var position = 0
    var line = 1
    /// Whether the last match ended with a newline, which is where `lstrip_blocks` looks.
    var isLineStarting = true
    /// The brackets that are still to be closed; no tag ends inside of them.
    var closers: [UInt8] = []

    init(_ source: SourceText, options: TemplateOptions, keepsComments: Bool = false) {
        self.source = source
        delimiters = LexerDelimiters(options)
        self.options = LexerOptions(options, keepsComments: keepsComments)
    }

    /// Reads the whole source.
    mutating func run(from start: Start = .text) {
        tokens.reserveCapacity(source.bytes.count / 4 + 8)
        do {
            if start == .variable { try readTag(.variable) }
            while position < source.bytes.count { try readText() }
        } catch {
            failure = error
        }
    }

    /// Reads text up to the next tag, and that tag.
    private mutating func readText() throws(TemplateError) {
        let bytes = source.bytes
        guard let mark = nextMark() else {
            addData(position..<bytes.count)
            position = bytes.count
            return
        }
        addData(position..<endOfText(before: mark))
        line += bytes.newlineCount(in: position..<mark.start)
        let (markPosition, markLine) = (mark.start, line)
        if mark.kind == .raw { line += bytes.newlineCount(in: mark.start..<mark.end) }
        isLineStarting = bytes[mark.end - 1] == 0x0A
        position = mark.end
        switch mark.kind {
        case .raw: try readRaw(from: markPosition)
        case .start(.comment): try readComment(from: markPosition)
        case .start(.lineComment): readLineComment()
        case .start(.variable):
            add(.variableBegin, at: markPosition, line: markLine)
            try readTag(.variable)
        case .start(.block):
            add(.blockBegin, at: markPosition, line: markLine)
            try readTag(.block)
        case .start(.lineStatement):
            add(.blockBegin, at: markPosition, line: markLine)
            try readTag(.lineStatement)
        }
    }

    /// Where the text that stands before `mark` ends, once its mark or `lstrip_blocks` has taken white space away.
    func endOfText(before mark: LexerMark) -> Int {
        let bytes = source.bytes
        if mark.sign == UInt8(ascii: "-") { return bytes.startOfWhitespace(before: mark.start, from: position) }
        guard options.lstripBlocks, mark.sign == nil, mark.kind != .start(.variable) else { return mark.start }
        let blankStart = bytes.startOfWhitespace(before: mark.start, from: position)
        if let newline = bytes[blankStart..<mark.start].lastIndex(of: 0x0A) { return newline + 1 }
        return blankStart == position && isLineStarting ? position : mark.start
    }

    // MARK: - Tokens

    mutating func add(_ kind: TemplateToken.Kind, _ value: String = "", at position: Int, line: Int) {
        tokens.append(TemplateToken(kind, value, line: line, position: position))
    }

    /// Adds text between tags, if there is any, with the newlines that the environment wants.
    mutating func addData(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        add(.data, options.withNewlines(source.text(range)), at: range.lowerBound, line: line)
    }

    func error(_ message: String, kind: TemplateError.Kind = .syntax, at position: Int) -> TemplateError {
        source.error(message, kind: kind, line: line, position: position)
    }
}

/// What the lexer needs of the environment's options beside the delimiters.
struct LexerOptions {
    let trimBlocks: Bool
    let lstripBlocks: Bool
    let keepsComments: Bool
    private let newlineSequence: String?

    init(_ options: TemplateOptions, keepsComments: Bool) {
        trimBlocks = options.trimBlocks
        lstripBlocks = options.lstripBlocks
        self.keepsComments = keepsComments
        newlineSequence = options.newlineSequence.utf8.elementsEqual("\n".utf8) ? nil : options.newlineSequence
    }

    /// The text with every newline replaced by the environment's.
    func withNewlines(_ text: String) -> String {
        guard let newlineSequence, text.utf8.contains(0x0A) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" { result += newlineSequence } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }
}
