/// Paths as middleware is told of them: `/api/*`, `/login`, `*`.
struct PathPatterns: Sendable {
    private let patterns: [Wildcard]

    /// - Throws: ``ConfigurationProblem`` where a pattern can match no path
    init(_ patterns: [String]) throws(ConfigurationProblem) {
        for pattern in patterns {
            try Self.check(pattern)
        }
        self.patterns = patterns.map { Wildcard($0) }
    }

    /// Whether one of them stands for a path.
    func contains(_ path: String) -> Bool { patterns.contains { $0.takesAll || $0.matches(path) } }

    /// - Throws: ``ConfigurationProblem`` where a pattern can match no path
    static func check(_ pattern: String) throws(ConfigurationProblem) {
        guard let first = pattern.utf8.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "*") else {
            throw ConfigurationProblem(
                "'\(pattern)' is no pattern of paths.",
                hint: "Paths begin with a slash, and * stands for any characters: /api/*")
        }
    }
}
