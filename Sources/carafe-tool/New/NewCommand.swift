import ArgumentParser

/// `carafe new`: makes a project that builds and passes its tests at once.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a new project.",
        discussion: """
            Makes a folder with a package: an app with a page, its template, a style sheet, a test, and what is needed to \
            run, build and deploy it.

            Where Carafe is, --path or --url says; it is remembered for the next time in carafe/source in the folder \
            of your configuration ($XDG_CONFIG_HOME or ~/.config).
            """)

    @Argument(help: "The project's name, which is also its module's: a Swift identifier.")
    var name: String

    @Flag(help: "A JSON service instead of a site with pages.")
    var api = false

    @Flag(help: "All of the app in one Swift file.")
    var singleFile = false

    @Option(help: ArgumentHelp("A checkout of Carafe on this machine.", valueName: "folder"))
    var path: String?

    @Option(help: ArgumentHelp("The address of Carafe's repository.", valueName: "address"))
    var url: String?

    func validate() throws {
        if let problem = ProjectName.problem(with: name) { throw ValidationError(problem) }
        if path != nil, url != nil { throw ValidationError("Give --path or --url, not both.") }
        if api, singleFile { throw ValidationError("Give --api or --single-file, not both.") }
    }

    func run() throws {
        do {
            try make(in: WorkingFolder.path)
        } catch let error as ToolError {
            StandardStreams.writeError("error: \(error.message)\n")
            throw ExitCode(1)
        }
        StandardStreams.write(
            """
            Made \(name).

                cd \(name)
                carafe dev      # builds it, serves http://127.0.0.1:8000, follows every change
                swift test

            """)
    }

    /// Makes the project in a folder.
    func make(in folder: String) throws {
        let memory = CarafeSource.Memory.standard
        let source = try CarafeSource.choose(path: path, url: url, workingFolder: folder, memory: memory)
        let kind: Project.Kind = singleFile ? .singleFile : api ? .api : .site
        try Project(name: name, kind: kind, source: source).write(to: folder + "/" + name)
        if path != nil || url != nil { memory.remember(source) }
    }
}

/// What a project may be called.
enum ProjectName {
    /// Why a name will not do; nil where it will.
    static func problem(with name: String) -> String? {
        let advice = "Take letters, digits and underscores, beginning with a letter: guest_book."
        if name.isEmpty { return "A project needs a name. \(advice)" }
        let isIdentifier = name.utf8.enumerated().allSatisfy { index, byte in
            isLetter(byte) || (index > 0 && (byte == UInt8(ascii: "_") || isDigit(byte)))
        }
        guard isIdentifier else { return "'\(name)' cannot be the name of a Swift module. \(advice)" }
        if keywords.contains(name) { return "'\(name)' is a word of Swift's. Take another name." }
        let folded = String(decoding: name.utf8.map { isLetter($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        if modules.contains(folded) {
            return "'\(name)' is the name of a module that the project uses. Take another name."
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte >= UInt8(ascii: "A")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static let keywords: Set<String> = [
        "Any", "Protocol", "Self", "Type", "actor", "as", "associatedtype", "async", "await", "borrowing", "break",
        "case", "catch", "class", "consuming", "continue", "default", "defer", "deinit", "do", "else", "enum",
        "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init",
        "inout", "internal", "is", "let", "main", "nil", "nonisolated", "open", "operator", "package",
        "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// In small letters: file systems may not tell `Carafe` from `carafe`.
    private static let modules: Set<String> = [
        "argumentparser", "atomics", "carafe", "carafedevelopment", "carafehttp", "caraferouting", "carafeserver",
        "carafesigning", "carafetemplates", "carafetesting", "crypto", "cryptoextras", "czlib", "dispatch",
        "foundation", "foundationessentials", "glibc", "httptypes", "logging", "nio", "niocore", "nioposix", "runtime",
        "swift", "synchronization", "testing", "xctest",
    ]
}
