/// Reads what a file of Alembic's says of its revision: the texts of its variables `revision`, `down_revision`, `branch_labels`
/// and `depends_on`, and the first line of its docstring. Nothing of it is run.
struct AlembicFileReader {
    private let bytes: [UInt8]
    private var position = 0
    private var values: [String: [String]] = [:]
    private var docstring: String?

    /// Reads a file.
    ///
    /// - Returns: the revision; nil where the file is no migration, which is a problem as well
    static func read(_ text: String, file: String) -> (Revision?, [MigrationProblem]) {
        var reader = AlembicFileReader(bytes: Array(text.utf8))
        reader.readModule()
        guard let id = reader.values["revision"]?.first else {
            return (nil, [MigrationProblem("The file has no variable 'revision' that is a text.", file: file)])
        }
        if let message = Revision.problem(withID: id) { return (nil, [MigrationProblem(message, file: file)]) }
        let message = reader.docstring.map { Self.firstLine($0) } ?? ""
        let revision = Revision(
            id: id, message: message.isEmpty ? MigrationNames.message(ofFile: file, id: id) : message,
            downRevisions: reader.values["down_revision"] ?? [], dependsOn: reader.values["depends_on"] ?? [],
            branchLabels: reader.values["branch_labels"] ?? [], created: Self.created(reader.docstring ?? ""),
            file: file,
            content: .python)
        return (revision, [])
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private static func firstLine(_ text: String) -> String {
        let lines = Array(text.utf8)[...].split(separator: UInt8(ascii: "\n")).map(\.trimmed)
        return lines.first { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func created(_ docstring: String) -> String? {
        let key = Array("Create Date:".utf8)
        for line in Array(docstring.utf8)[...].split(separator: UInt8(ascii: "\n")).map(\.trimmed)
        where line.starts(with: key) {
            return String(decoding: line.dropFirst(key.count).trimmed, as: UTF8.self)
        }
        return nil
    }

    // MARK: - Python

    /// Goes through the module's statements; those that assign to a name at the beginning of a line are read.
    private mutating func readModule() {
        var isFirst = true
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "#") {
                skipLine()
            } else if isSpace(byte) {
                position += 1
            } else if let text = string() {
                if isFirst { docstring = text }
                isFirst = false
            } else {
                isFirst = false
                readStatement()
            }
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    /// Reads a logical line: to the line break outside of brackets.
    private mutating func readStatement() {
        let isAtModuleLevel = position == 0 || bytes[position - 1] == UInt8(ascii: "\n")
        let name = identifier()
        let isWanted = isAtModuleLevel && ["revision", "down_revision", "branch_labels", "depends_on"].contains(name)
        var texts: [String] = []
        var depth = 0
        var isAssigned = false
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "#"): skipLine()
            case UInt8(ascii: "\n") where depth == 0:
                if isWanted, isAssigned { values[name] = texts }
                return
            case UInt8(ascii: "\\"): position += 2
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                position += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                position += 1
            case UInt8(ascii: "=") where depth == 0:
                isAssigned = true
                position += 1
            default:
                if let text = string() {
                    if isAssigned { texts.append(text) }
                } else if !identifier().isEmpty {
                    continue
                } else {
                    position += 1
                }
            }
        }
        if isWanted, isAssigned { values[name] = texts }
    }

    private mutating func identifier() -> String {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
            || byte >= 0x80
    }

    /// The string that begins here, with or without a prefix; nil where none does. Escapes stay as they are: names have none.
    private mutating func string() -> String? {
        var start = position
        while start < bytes.count, start - position < 2, "rRbBuUfF".utf8.contains(bytes[start]) { start += 1 }
        guard start < bytes.count, bytes[start] == UInt8(ascii: "'") || bytes[start] == UInt8(ascii: "\"") else {
            return nil
        }
        let quote = bytes[start]
        let isLong = start + 2 < bytes.count && bytes[start + 1] == quote && bytes[start + 2] == quote
        let width = isLong ? 3 : 1
        let content = start + width
        var end = content
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: "\\") {
                end += 2
            } else if bytes[end] == quote,
                !isLong || (end + 2 < bytes.count && bytes[end + 1] == quote && bytes[end + 2] == quote)
            {
                position = end + width
                return String(decoding: bytes[content..<end], as: UTF8.self)
            } else if bytes[end] == UInt8(ascii: "\n"), !isLong {
                break
            } else {
                end += 1
            }
        }
        position = min(max(end, content), bytes.count)
        return String(decoding: bytes[min(content, bytes.count)..<position], as: UTF8.self)
    }
}
