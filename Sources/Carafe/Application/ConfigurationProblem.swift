/// A mistake in how an app is put together, found before the first request.
public struct ConfigurationProblem: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public var message: String
    /// What to do about it.
    public var hint: String
    /// Where in the app's source it stands; nil where no single place is to blame.
    public var location: DeclarationLocation?

    /// A mistake.
    public init(_ message: String, hint: String, at location: DeclarationLocation? = nil) {
        self.message = message
        self.hint = hint
        self.location = location
    }

    /// The mistake as a person reads it, in one or two lines.
    public var description: String {
        (location.map { "\($0): " } ?? "") + message + (hint.isEmpty ? "" : "\n    \(hint)")
    }
}

/// All mistakes that were found in an app, reported together; the process then exits with status 78 (`EX_CONFIG`).
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// The mistakes, in the order of their places in the app.
    public var problems: [ConfigurationProblem]

    /// Mistakes reported together.
    public init(_ problems: [ConfigurationProblem]) { self.problems = problems }

    /// The mistakes as a person reads them.
    public var description: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return "The app cannot start: \(count).\n"
            + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}
