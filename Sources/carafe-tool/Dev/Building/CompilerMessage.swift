/// What a compiler says of a place in a source file.
struct CompilerMessage: Hashable, Sendable {
    enum Severity: String, Sendable {
        case error, warning, note
    }

    let path: String
    let line: Int
    /// Counted in bytes from 1.
    let column: Int
    let severity: Severity
    let text: String

    /// `path:line:column: severity: text`; nil for every other line of a build's output.
    init?(_ outputLine: String) {
        guard outputLine.utf8.first == UInt8(ascii: "/"), let match = Self.split(outputLine) else { return nil }
        (path, line, column, severity, text) = match
    }

    private static func split(_ text: String) -> (String, Int, Int, Severity, String)? {
        let bytes = Array(text.utf8)
        let colon = UInt8(ascii: ":")
        // The first `:number:number: severity: ` ends the path, which may have colons of its own.
        for index in bytes.indices where bytes[index] == colon {
            let parts = bytes[(index + 1)...].split(separator: colon, maxSplits: 3, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard parts.count == 4, let line = Int(parts[0]), let column = Int(parts[1]),
                let severity = Severity(rawValue: String(parts[2].drop { $0 == " " })),
                parts[3].utf8.first == UInt8(ascii: " ")
            else { continue }
            return (
                String(decoding: bytes[..<index], as: UTF8.self), line, column, severity,
                withoutGroup(String(parts[3].dropFirst()))
            )
        }
        return nil
    }

    /// Without the name of the message's group, which compilers append: `[#MutableGlobalVariable]`.
    private static func withoutGroup(_ text: String) -> String {
        guard text.utf8.last == UInt8(ascii: "]"), let start = text.utf8.lastIndex(of: UInt8(ascii: "[")),
            text.utf8[start...].dropFirst().first == UInt8(ascii: "#"), start > text.utf8.startIndex
        else { return text }
        return String(decoding: text.utf8[..<text.utf8.index(before: start)], as: UTF8.self)
    }
}

/// An error or warning with the notes that explain it.
struct CompilerProblem: Sendable, Equatable {
    let message: CompilerMessage
    var notes: [CompilerMessage] = []
}

/// Reads the output of `swift build`, line by line.
struct BuildOutput: Sendable {
    /// The errors and warnings, each once: a module that is compiled in several jobs repeats them.
    private(set) var problems: [CompilerProblem] = []
    /// Errors without a place: `error: no such module`, a linker's complaint.
    private(set) var otherErrors: [String] = []
    private var seen: Set<CompilerMessage> = []
    private var isLastNew = false

    var errors: [CompilerProblem] { problems.filter { $0.message.severity == .error } }
    var warnings: [CompilerProblem] { problems.filter { $0.message.severity == .warning } }

    /// What a line means.
    ///
    /// - Returns: the progress that it tells of: `[12/34] Compiling hello App.swift`
    mutating func take(_ line: String) -> String? {
        if line.utf8.first == UInt8(ascii: "[") { return line }
        if let message = CompilerMessage(line) {
            add(message)
        } else if line.utf8.starts(with: "error: ".utf8) || Self.isLinkerError(line) {
            let text =
                line.utf8.starts(with: "error: ".utf8) ? String(decoding: line.utf8.dropFirst(7), as: UTF8.self) : line
            if !otherErrors.contains(text), !Self.isMere(text) { otherErrors.append(text) }
        } else if ["Fetching ", "Updating ", "Computing ", "Creating ", "Building ", "Planning "].contains(where: {
            line.utf8.starts(with: $0.utf8)
        }) {
            return line
        } else if line.utf8.starts(with: "Another instance of SwiftPM".utf8) {
            return "Another swift build or swift test is running in this folder; waiting for it to end"
        }
        return nil
    }

    private mutating func add(_ message: CompilerMessage) {
        guard message.severity != .note else {
            if isLastNew, !problems.isEmpty, !problems[problems.count - 1].notes.contains(message) {
                problems[problems.count - 1].notes.append(message)
            }
            return
        }
        isLastNew = seen.insert(message).inserted
        if isLastNew { problems.append(CompilerProblem(message: message)) }
    }

    private static func isLinkerError(_ line: String) -> Bool {
        line.contains("undefined reference to") || line.contains("ld.gold: error") || line.contains("ld.lld: error")
            || line.contains("linker command failed")
    }

    /// Lines that say no more than that there are errors.
    private static func isMere(_ text: String) -> Bool {
        text.contains("command failed with exit code") || text.utf8.elementsEqual("fatalError".utf8)
            || text.utf8.starts(with: "ExitCode".utf8)
    }
}
