/// One statement of a migration and where it stands in its file.
struct MigrationStatement: Sendable, Hashable {
    /// Its number within its direction of the migration, from 1.
    var number: Int
    /// The line that it begins on, from 1.
    var line: Int
    /// Its text, from its first word to its last, without the semicolon.
    var text: String
    /// Its first words in upper case, by which it is known: `CREATE TABLE`, `COMMIT`.
    var words: [String]
}

/// Divides SQL into statements as `psql` and `sqlite3` do.
///
/// A semicolon ends a statement unless it stands in a string, a quoted name, a comment, a dollar-quoted body, in parentheses or
/// a body between `BEGIN ATOMIC` and `END` (PostgreSQL), or in a trigger's body between `BEGIN` and `END` (SQLite).
struct StatementSplitter {
    private let bytes: ArraySlice<UInt8>
    private let dialect: SQLDialect
    private let file: String
    private var position: Int
    private var line: Int

    /// What is known of the statement so far.
    private struct Draft {
        /// Where it begins and ends; nil before its first word or sign.
        var start: Int?
        var end = 0
        var line = 0
        var words: [String] = []
        var parentheses = 0
        /// How many `BEGIN`s and `CASE`s of a PostgreSQL function's body are open.
        var blocks = 0
        /// Whether a trigger's body has been begun, and what of `; END ;`, which ends it, has been read.
        var trigger = Trigger.none

        enum Trigger { case none, body, semicolon, end }
    }

    private var draft = Draft()
    private(set) var statements: [MigrationStatement] = []
    private(set) var problems: [MigrationProblem] = []

    /// Divides a part of a file.
    ///
    /// - Parameters:
    ///   - line: the line of the file that the part begins on
    ///   - number: the number of the part's first statement
    init(_ bytes: ArraySlice<UInt8>, dialect: SQLDialect, file: String, line: Int, number: Int) {
        self.bytes = bytes
        self.dialect = dialect
        self.file = file
        self.line = line
        position = bytes.startIndex
        nextNumber = number
        while position < bytes.endIndex { step() }
        finish()
    }

    private var nextNumber: Int

    /// Reads one word, sign, string or comment.
    private mutating func step() {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0C:
            advance(1)
        case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
            while position < bytes.endIndex, bytes[position] != UInt8(ascii: "\n") { advance(1) }
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
            skipComment()
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            quoted(byte, what: byte == UInt8(ascii: "'") ? "string" : "quoted name")
        case UInt8(ascii: "`") where dialect == .sqlite:
            quoted(byte, what: "quoted name")
        case UInt8(ascii: "[") where dialect == .sqlite:
            quoted(UInt8(ascii: "]"), what: "quoted name")
        case UInt8(ascii: "$") where dialect == .postgresql:
            dollarQuoted()
        case UInt8(ascii: ";"):
            semicolon()
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            draft.parentheses += byte == UInt8(ascii: "(") ? 1 : -1
            take(1)
        case _ where Self.beginsWord(byte):
            word()
        default:
            take(1)
        }
    }

    private func peek(_ distance: Int) -> UInt8? {
        position + distance < bytes.endIndex ? bytes[position + distance] : nil
    }

    /// Goes on without taking anything for the statement.
    private mutating func advance(_ count: Int) {
        for _ in 0..<count where position < bytes.endIndex {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    /// Goes on; what is passed belongs to the statement.
    private mutating func take(_ count: Int) {
        begin()
        advance(count)
        draft.end = position
        if case .end = draft.trigger { draft.trigger = .body }
        if case .semicolon = draft.trigger { draft.trigger = .body }
    }

    private mutating func begin() {
        guard draft.start == nil else { return }
        draft.start = position
        draft.line = line
    }

    // MARK: - Words

    private static func beginsWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func continuesWord(_ byte: UInt8) -> Bool {
        beginsWord(byte) || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "$")
    }

    private mutating func word() {
        let end = bytes[position...].firstIndex { !Self.continuesWord($0) } ?? bytes.endIndex
        let upper = String(
            decoding: bytes[position..<end].map { $0 &- UInt8(ascii: "a") < 26 ? $0 & 0xDF : $0 }, as: UTF8.self)
        let trigger = draft.trigger
        take(end - position)
        // E'…' has escapes, in which a quote may stand.
        if dialect == .postgresql, upper == "E", peek(0) == UInt8(ascii: "'") {
            return quoted(UInt8(ascii: "'"), what: "string", hasEscapes: true)
        }
        // The word that tells what COPY copies may come late.
        if draft.words.count < (draft.words.first == "COPY" ? 256 : 8) { draft.words.append(upper) }
        if dialect == .sqlite {
            if trigger == .none, upper == "BEGIN", isTrigger { draft.trigger = .body }
            if trigger == .semicolon, upper == "END" { draft.trigger = .end }
        } else if isFunction {
            if upper == "BEGIN" || (upper == "CASE" && draft.blocks > 0) { draft.blocks += 1 }
            if upper == "END", draft.blocks > 0 { draft.blocks -= 1 }
        }
    }

    private var isTrigger: Bool {
        guard draft.words.first == "CREATE" else { return false }
        let second = draft.words.dropFirst().first
        return second == "TRIGGER"
            || ((second == "TEMP" || second == "TEMPORARY") && draft.words.dropFirst(2).first == "TRIGGER")
    }

    private var isFunction: Bool {
        guard draft.words.first == "CREATE" else { return false }
        let kind =
            draft.words.dropFirst().first == "OR" ? draft.words.dropFirst(3).first : draft.words.dropFirst().first
        return kind == "FUNCTION" || kind == "PROCEDURE"
    }

    // MARK: - Strings and comments

    /// A string or name in quotes, which are doubled within; with escapes a backslash takes the next byte along.
    private mutating func quoted(_ quote: UInt8, what: String, hasEscapes: Bool = false) {
        let startLine = line
        var index = position + 1
        while index < bytes.endIndex {
            if hasEscapes, bytes[index] == UInt8(ascii: "\\") {
                index += 2
            } else if bytes[index] == quote {
                index += 1
                // In brackets nothing is doubled.
                if quote == UInt8(ascii: "]") || index >= bytes.endIndex || bytes[index] != quote {
                    return take(index - position)
                }
                index += 1
            } else {
                index += 1
            }
        }
        take(bytes.endIndex - position)
        problems.append(MigrationProblem("The \(what) that begins here has no end.", file: file, line: startLine))
    }

    /// `$tag$ … $tag$`; any other `$` is a sign like others.
    private mutating func dollarQuoted() {
        let startLine = line
        let tagEnd = bytes[(position + 1)...].firstIndex { !(Self.continuesWord($0) && $0 != UInt8(ascii: "$")) }
        guard let tagEnd, bytes[tagEnd] == UInt8(ascii: "$"),
            tagEnd == position + 1 || Self.beginsWord(bytes[position + 1])
        else { return take(1) }
        let tag = bytes[position...tagEnd]
        var index = tagEnd + 1
        while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
            if bytes[dollar...].starts(with: tag) { return take(dollar + tag.count - position) }
            index = dollar + 1
        }
        take(bytes.endIndex - position)
        problems.append(
            MigrationProblem(
                "The text that begins here with \(String(decoding: tag, as: UTF8.self)) has no end.", file: file,
                line: startLine))
    }

    /// `/* … */`, which in PostgreSQL may hold others.
    private mutating func skipComment() {
        let startLine = line
        var depth = 0
        while position < bytes.endIndex {
            if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                advance(2)
                depth -= 1
                if depth == 0 { return }
            } else if bytes[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*"),
                depth == 0 || dialect == .postgresql
            {
                advance(2)
                depth += 1
            } else {
                advance(1)
            }
        }
        problems.append(MigrationProblem("The comment that begins here has no end.", file: file, line: startLine))
    }

    // MARK: - Ends

    private mutating func semicolon() {
        if dialect == .postgresql, draft.parentheses > 0 || draft.blocks > 0 { return take(1) }
        switch draft.trigger {
        case .body, .semicolon:
            take(1)
            draft.trigger = .semicolon
        case .none, .end:
            advance(1)
            endStatement()
        }
    }

    private mutating func finish() {
        if draft.trigger == .body || draft.trigger == .semicolon {
            problems.append(
                MigrationProblem("The trigger's body has no END.", file: file, line: draft.line))
        }
        endStatement()
    }

    private mutating func endStatement() {
        defer { draft = Draft() }
        guard let start = draft.start else { return }
        statements.append(
            MigrationStatement(
                number: nextNumber, line: draft.line, text: String(decoding: bytes[start..<draft.end], as: UTF8.self),
                words: draft.words))
        nextNumber += 1
    }
}
