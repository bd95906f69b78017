/// Reads the file of a migration.
///
/// ```sql
/// -- revision: 3f1c0a9be2d4
/// -- down_revision: none
/// -- message: create post
/// -- created: 2026-11-21 15:20:00
///
/// -- migrate: up
/// CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
///
/// -- migrate: down
/// DROP TABLE post;
/// ```
struct MigrationFileReader {
    private let file: String
    private let dialect: SQLDialect
    private let bytes: [UInt8]
    private var header = Header()
    private var script = MigrationScript()
    private var hasUp = false
    private(set) var problems: [MigrationProblem] = []

    /// What the lines before the first part say.
    private struct Header {
        var id: String?
        var idLine = 1
        var downRevisions: [String]?
        var message: String?
        var dependsOn: [String] = []
        var branchLabels: [String] = []
        var created: String?
        var keys: Set<String> = []
    }

    /// A line of the file: its number and where it is.
    private struct Line {
        var number: Int
        var range: Range<Int>
    }

    /// Reads a file for a kind of database.
    ///
    /// - Returns: the revision, where the file says which it is, and what is wrong with the file
    static func read(_ text: String, file: String, dialect: SQLDialect) -> (Revision?, [MigrationProblem]) {
        var reader = MigrationFileReader(text, file: file, dialect: dialect)
        return (reader.revision(), reader.problems)
    }

    private init(_ text: String, file: String, dialect: SQLDialect) {
        self.file = file
        self.dialect = dialect
        let utf8 = Array(text.utf8)
        bytes = utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(utf8.dropFirst(3)) : utf8
    }

    private mutating func problem(_ message: String, _ line: Int? = nil) {
        problems.append(MigrationProblem(message, file: file, line: line))
    }

    private mutating func revision() -> Revision? {
        let lines = self.lines()
        let marks = lines.filter { value(of: "migrate", in: $0) != nil }
        for line in lines.prefix(while: { $0.number != marks.first?.number }) { readHeader(line) }
        for (index, mark) in marks.enumerated() {
            let end = index + 1 < marks.count ? marks[index + 1].range.lowerBound : bytes.count
            readPart(mark, bytes[mark.range.upperBound..<end])
        }
        checkHeader()
        if !hasUp { problem("The part '-- migrate: up' is missing.") }
        guard let id = header.id, Revision.problem(withID: id) == nil else { return nil }
        return Revision(
            id: id, message: header.message ?? MigrationNames.message(ofFile: file, id: id),
            downRevisions: header.downRevisions ?? [], dependsOn: header.dependsOn, branchLabels: header.branchLabels,
            created: header.created, file: file, content: .sql(script))
    }

    private func lines() -> [Line] {
        var lines: [Line] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            lines.append(Line(number: lines.count + 1, range: start..<end))
            start = end + 1
        }
        return lines
    }

    // MARK: - Header

    /// The key and value of a line `-- key: value`; nil for any other line.
    private func entry(_ line: Line) -> (key: String, value: String)? {
        let text = bytes[line.range].trimmed
        guard text.starts(with: "--".utf8) else { return nil }
        let content = text.dropFirst(2).trimmed
        guard let colon = content.firstIndex(of: UInt8(ascii: ":")), colon > content.startIndex,
            content[..<colon].allSatisfy({ $0 &- UInt8(ascii: "a") < 26 || $0 == UInt8(ascii: "_") })
        else { return nil }
        return (
            String(decoding: content[..<colon], as: UTF8.self),
            String(decoding: content[(colon + 1)...].trimmed, as: UTF8.self)
        )
    }

    private func value(of key: String, in line: Line) -> String? {
        entry(line).flatMap { $0.key == key ? $0.value : nil }
    }

    private mutating func readHeader(_ line: Line) {
        guard let (key, value) = entry(line) else {
            let text = bytes[line.range].trimmed
            if !text.isEmpty, !text.starts(with: "--".utf8) {
                problem("This stands before the first part: write '-- migrate: up' above it.", line.number)
            }
            return
        }
        if Self.keys.contains(key), !header.keys.insert(key).inserted {
            problem("'\(key)' is there twice.", line.number)
        }
        switch key {
        case "revision":
            header.id = value
            header.idLine = line.number
            if let message = Revision.problem(withID: value) { problem(message, line.number) }
        case "down_revision":
            header.downRevisions = value == "none" || value == "None" ? [] : Self.list(value)
            if value.isEmpty {
                problem("'down_revision' is empty: write 'none' where no revision is before.", line.number)
            }
        case "message": header.message = value
        case "depends_on": header.dependsOn = Self.list(value)
        case "branch_labels": header.branchLabels = Self.list(value)
        case "created": header.created = value
        case "transaction": if isOff(key, value, line) { script.isTransactional = false }
        case "foreign_keys": if isOff(key, value, line) { script.checksForeignKeys = false }
        default:
            problem("'\(key)' is not known here; these are: \(Self.keys.joined(separator: ", ")).", line.number)
        }
    }

    private static let keys = [
        "revision", "down_revision", "message", "depends_on", "branch_labels", "created", "transaction", "foreign_keys",
    ]

    /// Whether a value is `off`, or `off` for this kind of database.
    private mutating func isOff(_ key: String, _ value: String, _ line: Line) -> Bool {
        let words = Self.list(value)
        if words == ["off"] { return true }
        if words.count == 2, words[0] == "off", let dialect = SQLDialect(named: words[1]) {
            return dialect == self.dialect
        }
        if words != ["on"] { problem("'\(key)' must be on, off, 'off sqlite' or 'off postgresql'.", line.number) }
        return false
    }

    /// Words with commas or spaces between them.
    private static func list(_ text: String) -> [String] {
        text.utf8.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func checkHeader() {
        if header.id == nil { problem("The header has no '-- revision: …'.", 1) }
        if header.downRevisions == nil {
            problem("The header has no '-- down_revision: …': the revision before this one, or none.", 1)
        }
        if let downRevisions = header.downRevisions, Set(downRevisions).count < downRevisions.count {
            problem("A revision is there twice in 'down_revision'.", header.idLine)
        }
    }

    // MARK: - Parts

    private mutating func readPart(_ mark: Line, _ text: ArraySlice<UInt8>) {
        let words = Self.list(value(of: "migrate", in: mark) ?? "")
        guard let direction = words.first.flatMap(MigrationDirection.init(rawValue:)), words.count <= 2 else {
            return problem(
                "Write '-- migrate: up' or '-- migrate: down', by choice with sqlite or postgresql.", mark.number)
        }
        if direction == .up { hasUp = true }
        var isOurs = true
        if words.count == 2 {
            guard let dialect = SQLDialect(named: words[1]) else {
                return problem("'\(words[1])' is no kind of database: sqlite and postgresql are.", mark.number)
            }
            isOurs = dialect == self.dialect
        }
        // A part for the other database says that there is a way back, be it nothing to do here.
        if direction == .down, script.down == nil { script.down = [] }
        guard isOurs else { return }
        let before = script.statements(direction)?.count ?? 0
        // The slice begins with the mark's own line break.
        let splitter = StatementSplitter(text, dialect: dialect, file: file, line: mark.number, number: before + 1)
        problems += splitter.problems
        for statement in splitter.statements { check(statement) }
        if direction == .up { script.up += splitter.statements } else { script.down? += splitter.statements }
    }

    /// Finds what cannot be run as part of a migration.
    private mutating func check(_ statement: MigrationStatement) {
        let first = statement.words.first ?? ""
        if statement.text.utf8.first == UInt8(ascii: "\\") {
            return problem("Commands of psql cannot be run.", statement.line)
        }
        if first == "COPY", statement.words.contains("STDIN") {
            return problem("COPY from standard input cannot be run: write INSERT (pg_dump --inserts).", statement.line)
        }
        guard script.isTransactional else { return }
        let control = ["BEGIN", "COMMIT", "END", "ROLLBACK", "ABORT", "START", "SAVEPOINT", "RELEASE"]
        if control.contains(first) {
            problem(
                "\(first) would end or split the transaction that the migration runs in: remove it, or write "
                    + "'-- transaction: off' in the header.", statement.line)
        } else if first == "PRAGMA", statement.words.contains("FOREIGN_KEYS") {
            problem(
                "PRAGMA foreign_keys does nothing in a transaction: remove it and write '-- foreign_keys: off' in the header.",
                statement.line)
        } else if first == "VACUUM" || (first != "REFRESH" && statement.words.contains("CONCURRENTLY")) {
            problem(
                "\(first == "VACUUM" ? first : "CONCURRENTLY") cannot run in a transaction: write '-- transaction: off' in "
                    + "the header.", statement.line)
        }
    }
}

extension SQLDialect {
    /// The kind of database of a name as migrations write it.
    init?(named name: String) {
        switch name {
        case "sqlite": self = .sqlite
        case "postgresql", "postgres": self = .postgresql
        default: return nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// Without spaces, tabs and line ends around it.
    var trimmed: ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}
