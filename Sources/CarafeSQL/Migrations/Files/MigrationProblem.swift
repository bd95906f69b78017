/// A mistake in a migration's file, found before anything is run.
public struct MigrationProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and what to do.
    public var message: String
    /// The file, as it was found.
    public var file: String
    /// The line in it, from 1; nil where no single line is to blame.
    public var line: Int?

    /// A mistake.
    public init(_ message: String, file: String, line: Int? = nil) {
        self.message = message
        self.file = file
        self.line = line
    }

    /// The mistake as a person reads it: `versions/3f1c_posts.sql:12: …`.
    public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(message)" }
}

/// All mistakes in the files of migrations, reported together.
public struct MigrationProblems: Error, Sendable, CustomStringConvertible {
    /// The mistakes, by file and line.
    public var problems: [MigrationProblem]

    /// Mistakes reported together.
    public init(_ problems: [MigrationProblem]) {
        self.problems = problems.sorted { ($0.file, $0.line ?? 0, $0.message) < ($1.file, $1.line ?? 0, $1.message) }
    }

    /// The mistakes as a person reads them.
    public var description: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return "The migrations have \(count).\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}
