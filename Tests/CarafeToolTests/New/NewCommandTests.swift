import CarafeServer
import Foundation
import Testing

@testable import carafe_tool

@Suite("carafe new")
struct NewCommandTests {
    private static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().standardizedFileURL.path

    @Test(
        "refuses names that no module may have, and says why",
        arguments: [
            ("", "needs a name"), ("a b", "letters, digits"), ("1x", "letters, digits"), ("my-app", "letters, digits"),
            ("größe", "letters, digits"), ("../x", "letters, digits"), ("_", "letters, digits"),
            ("class", "word of Swift's"), ("main", "word of Swift's"), ("Carafe", "module that the project uses"),
            ("carafehttp", "module that the project uses"), ("Testing", "module that the project uses"),
        ])
    func badNames(name: String, reason: String) { #expect(ProjectName.problem(with: name)?.contains(reason) == true) }

    @Test("takes names of modules", arguments: ["hello", "guest_book", "Blog2", "x"])
    func goodNames(name: String) { #expect(ProjectName.problem(with: name) == nil) }

    @Test("never touches a folder that has something in it")
    func existing() throws {
        let fixture = try ToolFixture(["hello/precious.txt": "mine"])
        let project = Project(name: "hello", kind: .site, source: .url("https://example.com/carafe.git"))
        let error = #expect(throws: ToolError.self) { try project.write(to: fixture.folder + "/hello") }
        #expect(error?.message.hasSuffix("hello exists already. Take another name, or remove it first.") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder + "/hello") == ["precious.txt"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder) == ["hello"])
    }

    @Test("says where it may not write", .enabled(if: getuid() != 0))
    func permission() throws {
        let fixture = try ToolFixture([:])
        chmod(fixture.folder, 0o500)
        defer { chmod(fixture.folder, 0o700) }
        let project = Project(name: "hello", kind: .api, source: .url("https://example.com/carafe.git"))
        let error = #expect(throws: ToolError.self) { try project.write(to: fixture.folder + "/hello") }
        #expect(error?.message.contains("Permission denied") == true)
    }

    @Test("writes all files, the secret ones for their owner alone", arguments: Project.Kind.allCases)
    func files(kind: Project.Kind) throws {
        let fixture = try ToolFixture([:])
        let source = CarafeSource.url("https://example.com/tools/carafe.git")
        try Project(name: "hello", kind: kind, source: source).write(to: fixture.folder + "/hello")
        let manifest = try TextFile.text(of: fixture.folder + "/hello/Package.swift")
        #expect(manifest.contains(#".package(url: "https://example.com/tools/carafe.git", branch: "main")"#))
        #expect(manifest.contains(#".product(name: "Carafe", package: "carafe")"#))
        let key = try TextFile.text(of: fixture.folder + "/hello/.env").split(separator: "=").last
        #expect(key?.count == 65)
        let attributes = try FileManager.default.attributesOfItem(atPath: fixture.folder + "/hello/.env")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try TextFile.text(of: fixture.folder + "/hello/.gitignore").contains(".env\n"))
    }

    @Test("finds Carafe where it is told, and remembers it for the next time; else where the tool was built")
    func source() throws {
        let fixture = try ToolFixture(["carafe/Sources/CarafeHTTP/a.swift": "", "other/a": ""])
        let memory = CarafeSource.Memory(file: fixture.folder + "/config/carafe/source")
        func choose(path: String? = nil, url: String? = nil) throws -> CarafeSource {
            try CarafeSource.choose(
                path: path, url: url, workingFolder: fixture.folder + "/other", memory: memory,
                executable: fixture.folder + "/bin/carafe")
        }
        #expect(try choose() == .folder(Self.checkout))
        #expect(throws: ToolError.self) { try choose(path: ".") }
        let checkout = CarafeSource.folder(fixture.folder + "/carafe")
        #expect(try choose(path: "../carafe") == checkout)
        memory.remember(checkout)
        #expect(try choose() == checkout)
        #expect(try choose(url: "https://x/carafe.git") == .url("https://x/carafe.git"))
        memory.remember(.url("https://x/carafe.git"))
        #expect(try choose() == .url("https://x/carafe.git"))
        memory.remember(.folder(fixture.folder + "/gone"))
        #expect(throws: ToolError.self) { try choose() }
    }

    @Test("its projects' sources have the syntax of Swift", arguments: Project.Kind.allCases)
    func syntax(kind: Project.Kind) async throws {
        let files = try Project(name: "hello", kind: kind, source: .folder(Self.checkout)).files
        let fixture = try ToolFixture(Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) }))
        let sources = files.map(\.path).filter { $0.hasSuffix(".swift") }.map { fixture.folder + "/" + $0 }
        let pipe = try carafe_tool.Pipe()
        let compiler = try ChildProgram(
            "swiftc", ["-frontend", "-parse"] + sources, environment: ProcessEnvironment.with([:]),
            output: .pipe(pipe.writeEnd), errors: .pipe(pipe.writeEnd))
        let output = await pipe.lines().reduce(into: [String]()) { $0.append($1) }
        #expect(await compiler.ended.value == .exit(0), "\(output.joined(separator: "\n"))")
    }
}
