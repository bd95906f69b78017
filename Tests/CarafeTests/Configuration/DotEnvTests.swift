import Testing

@testable import Carafe

@Suite(".env files")
struct DotEnvTests {
    struct Vector: Decodable, Equatable {
        let text: String
        let values: [String: String]?
    }

    private static let vectors = PythonVectors<Vector>("dotenv_vectors")

    /// What we read otherwise than python-dotenv, and why.
    private static let differences: [String: (values: [String: String]?, reason: String)] = [
        "A='${HOME_DIR}'": (["A": "${HOME_DIR}"], "single quotes are literal, as in a shell"),
        "A='b\\\\'c'": (nil, "an escaped backslash does not escape the quote after it"),
        "A='b\\'": (nil, "an escaped quote does not close"),
    ]

    @Test("a file is read as python-dotenv reads it, but for the listed differences; what it passes over is refused")
    func recorded() throws {
        let vectors = try Self.vectors.recorded()
        #expect(vectors.count > 100)
        for vector in vectors {
            let expected = Self.differences[vector.text].map(\.values) ?? vector.values
            #expect(Self.read(vector.text) == expected, "\(vector.text.debugDescription)")
        }
        for (text, difference) in Self.differences {
            #expect(vectors.contains { $0.text == text && $0.values != difference.values }, "differs no more")
        }
    }

    @Test(
        "the installed python-dotenv still reads as recorded, and random files as we do",
        .enabled(if: vectors.isInstalled("python-dotenv")))
    func current() throws {
        let recorded = try Self.vectors.recorded()
        let seed = String(UInt32.random(in: 0...UInt32.max))
        let current = try Self.vectors.current(seed: seed, count: 2000)
        #expect(Array(current.prefix(recorded.count)) == recorded)
        #expect(current.count > recorded.count + 1000)
        for vector in current.dropFirst(recorded.count) where Self.read(vector.text) != vector.values {
            Issue.record("seed \(seed): \(vector), not \(String(describing: Self.read(vector.text)))")
        }
    }

    @Test("a byte order mark is no part of the first name")
    func byteOrderMark() {
        #expect(Self.read("\u{FEFF}A=1") == ["A": "1"])
    }

    @Test(
        "what cannot be understood is told with its file and line, and never quoted",
        arguments: [
            ("A=1\nB hunter2", "Line 2 of x/.env is not NAME=value.", "Write NAME=value, or begin a comment with #."),
            (
                "A=\"1\n2\"\n=hunter2", "Line 3 of x/.env is not NAME=value.",
                "Write NAME=value, or begin a comment with #."
            ),
            ("\n\nA='hunter2\n\n", "The quote that line 3 of x/.env opens is never closed.", "Close it."),
            (
                "A=\"hun\"ter2\"", "Something follows the closing quote in line 1 of x/.env.",
                "Remove it, or write \\ before a quote that belongs to the value."
            ),
        ])
    func problems(text: String, message: String, hint: String) {
        let problem = #expect(throws: ConfigurationProblem.self) {
            try DotEnv(parsing: text, file: "x/.env", environment: [:])
        }
        #expect(problem?.message == message && problem?.hint == hint)
    }

    private static func read(_ text: String) -> [String: String]? {
        try? DotEnv(parsing: text, file: ".env", environment: ["HOME_DIR": "/home/ann", "EMPTY": ""]).values
    }
}
