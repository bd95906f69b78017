import Foundation
import TestSupport
import Testing

@testable import carafe_tool

@Suite("carafe doctor")
struct ProjectDoctorTests {
    private static let key = "5f2b7e1a9c0d4e8f5f2b7e1a9c0d4e8fa1b2c3d4e5f60718293a4b5c6d7e8f90"

    @Test(
        "compilers are judged by what they say",
        arguments: [
            ("Swift version 6.3.1 (swift-6.3.1-RELEASE)\nTarget: x86_64", "ok", "Swift 6.3.1"),
            ("Apple Swift version 7.0-dev (x)", "ok", "Swift 7.0"), ("Swift version 6.2.4 (x)", "error", "too old"),
            ("Swift version 5.10 (x)", "error", "too old"), ("nonsense", "warning", "does not say"),
        ])
    func toolchain(words: String, state: String, message: String) {
        let finding = ToolchainCheck.compiler(words)
        #expect(finding.state.rawValue == state && finding.message.contains(message))
    }

    @Test("libraries that are missing are named with the package that has them")
    func libraries() async throws {
        let fixture = try ToolFixture(["zlib.h": ""])
        var missing = SystemLibrary.sqlite
        #expect(await LibraryCheck(libraries: [.zlib], folders: [fixture.folder]).findings().map(\.state) == [.fine])
        missing = SystemLibrary(
            name: missing.name, module: "no-such-module", headers: missing.headers, package: missing.package,
            runtimePackage: missing.runtimePackage, product: nil)
        let finding = try #require(
            await LibraryCheck(libraries: [missing], folders: [fixture.folder]).findings().first)
        #expect(finding.state == .error && finding.hint?.contains("libsqlite3-dev") == true)
    }

    @Test("a package needs the libraries of the products that its targets use")
    func needed() throws {
        let json = """
            {"name": "x", "products": [], "dependencies": [], "targets": [{"name": "x", "type": "executable",
             "dependencies": [{"product": ["CarafeSQLite", "carafe", null, null]}]}]}
            """
        let package = try JSONDecoder().decode(DescribedPackage.self, from: Data(json.utf8))
        #expect(SystemLibrary.needed(by: package).map(\.name) == ["zlib", "SQLite"])
    }

    @Test("a port in use is told with who holds it")
    func port() throws {
        let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
        defer { close(socket.descriptor) }
        let port = try #require(socket.url.split(separator: ":").last.flatMap { Int($0) })
        let finding = PortCheck.finding(host: "127.0.0.1", port: port)
        #expect(finding.state == .warning && finding.message.contains("in use by process \(getpid())"))
    }

    @Test(
        "the configuration outside of the app is read as the app reads it",
        arguments: [
            (
                "CARAFE_SECRET_KEY=\(ProjectDoctorTests.key)\n",
                "ok secret key: SECRET_KEY has 64 bytes and looks random"
            ),
            ("FLASK_SECRET_KEY=dev\n", "error secret key: SECRET_KEY is an example that everybody knows"),
            ("", "note secret key: No SECRET_KEY"),
            (
                "CARAFE_SECRET_KEY_FALLBACKS=[\"dev\"]\nCARAFE_SECRET_KEY=\(ProjectDoctorTests.key)\n",
                "error secret key: A key of SECRET_KEY_FALLBACKS is an example"
            ),
            ("this is no line\n", "error configuration: Line 1 of "),
            ("CARAFE_MAX_CONTENT_LENGTH=-5\n", "error configuration: MAX_CONTENT_LENGTH is -5."),
            ("CARAFE_DEBUG=1\n", "warning configuration: DEBUG is on"),
            ("DATABASE_URL=mysql://u:secret@h/db\n", "error configuration: DATABASE_URL is an address of mysql"),
            ("DATABASE_URL=sqlite:///x.db\n", "ok configuration: DATABASE_URL is an address of sqlite"),
        ])
    func configuration(environment: String, expected: String) throws {
        let fixture = try ToolFixture([".env": environment])
        chmod(fixture.folder + "/.env", 0o600)
        let found = ConfigurationCheck(root: fixture.folder, process: [:]).findings
            .map { "\($0.state.rawValue) \($0.subject): \($0.message)" }
        #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
        #expect(!found.joined().contains(Self.key) && !found.joined().contains("secret@"))
    }

    @Test("secrets that every user can read are told")
    func rights() throws {
        let fixture = try ToolFixture([".env": "A=1\n"])
        chmod(fixture.folder + "/.env", 0o644)
        let found = ConfigurationCheck(root: fixture.folder, process: [:]).findings
        #expect(found.contains { $0.hint == "chmod 600 .env" && $0.state == .warning })
    }

    @Test("secrets in a repository are told: now, once, or before long", .enabled(if: ProjectDoctorTests.hasGit))
    func repository() async throws {
        let fixture = try ToolFixture([".env": "A=1\n", "a.txt": ""])
        func state() async -> [Finding.State] { await RepositoryCheck(root: fixture.folder).findings().map(\.state) }
        func git(_ arguments: String...) throws {
            let process = try ChildProcess(
                "git", ["-C", fixture.folder, "-c", "user.name=a", "-c", "user.email=a@b"] + arguments)
            _ = process.readToEnd()
            #expect(process.wait() == 0)
        }
        #expect(await state() == [.note, .warning], "no repository, and one that is made would have it")
        try fixture.write(".gitignore", Data("a\n/.env\r\n".utf8))
        #expect(await state() == [.note], "no repository")
        try fixture.write(".gitignore", Data())
        try git("init", "-q")
        #expect(await state() == [.warning], "not ignored")
        try fixture.write(".gitignore", Data(".env\n".utf8))
        #expect(await state() == [.fine])
        try git("add", "-f", ".env")
        try git("commit", "-q", "-m", "x")
        #expect(await state() == [.error], "in the repository")
        try git("rm", "-q", "--cached", ".env")
        try git("commit", "-q", "-m", "y")
        #expect(await state() == [.warning], "in its history")
    }

    static let hasGit = (try? ChildProcess("git", ["--version"]).wait()) == 0

    @Test("templates are checked with the filters that the app's sources declare")
    func templates() throws {
        let fixture = try ToolFixture([
            "Sources/x/App.swift": "app.templateFilter(\"shout\") { (text: String) in text }",
            "templates/a.html": "{{ x|shout }}{{ x|nosuch }}",
        ])
        let json = """
            {"name": "x", "products": [], "dependencies": [],
             "targets": [{"name": "x", "type": "executable", "dependencies": []}]}
            """
        let package = try JSONDecoder().decode(DescribedPackage.self, from: Data(json.utf8))
        let found = try ProjectTemplates(of: package, root: fixture.folder).findings()
        #expect(found.map(\.message) == ["No filter named 'nosuch'."])
        #expect(found.first?.file == "templates/a.html")
    }

    @Test("the report is text by subject, or JSON")
    func forms() {
        var findings = Findings()
        findings.add([
            Finding(.fine, "port", "free\nand open"),
            Finding(.error, "key", "bad \"x\"", hint: "mend\nit", file: "a", line: 3),
        ])
        #expect(
            findings.text(Terminal(of: .output)) == """
                port
                  ok      free
                          and open

                key
                  error   a:3: bad "x"
                          mend
                          it

                1 must be mended

                """)
        #expect(
            findings.json.contains(
                #""state": "error", "message": "bad \"x\"", "hint": "mend\nit", "file": "a", "line": 3"#))
        #expect(findings.errorCount == 1)
    }
}
