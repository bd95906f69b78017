import CarafeHTTP
import Foundation
import Testing

@testable import Carafe

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite("Paths that try to leave the static folder")
struct StaticPathTests {
    @Test(
        "a request for anything but a file of the folder is 404",
        arguments: [
            "..", "../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "%2e%2e%2fsecret.txt", "%2E%2E%5Csecret.txt",
            "..%5csecret.txt", "%5c..%5csecret.txt", "dir/../../secret.txt", "dir/%2e%2e/%2e%2e/secret.txt",
            "....//secret.txt", "..;/secret.txt", "%252e%252e/secret.txt", "%c0%ae%c0%ae/secret.txt", "%ff", "dir",
            "dir/", "a.txt/", "a.txt/b", "%2fetc/passwd", "/etc/passwd", "//etc/passwd", "C:%5cwindows", "CON",
            "nul.txt",
            "dir/aux.css", ".env", ".git/config", "dir/.hidden", "%2eenv", "a.txt%20", "A.TXT", "%0a", "a.txt%0d",
        ])
    func requests(path: String) async throws {
        let answer = try await Self.site().answer("GET /static/\(path)")
        #expect(answer.status == 404 || answer.status == 308, "\(path)")
        #expect(!answer.text.contains("SECRET") && !answer.text.contains("root:"))
    }

    @Test(
        "a name that leaves the folder or is none opens nothing",
        arguments: [
            "", ".", "..", "/", "a.txt\0", "a.txt\0.png", "\0", "../static/a.txt/..", "dir/../../secret.txt",
            "/etc/passwd",
            "..\\secret.txt", "\\\\host\\share", "C:\\a", String(repeating: "a", count: 256),
            String(repeating: "a/", count: 4096) + "a", String(repeating: "../", count: 4096) + "etc/passwd", ".env",
        ])
    func names(name: String) throws {
        let files = try Self.files()
        #expect(throws: Abort.self) { try Self.open(name, in: files) }
    }

    @Test("what leads back into the folder is a file of it", arguments: ["dir/../a.txt", "./a.txt", "dir//../a.txt"])
    func inside(name: String) throws {
        let files = try Self.files()
        #expect(try Self.open(name, in: files) == 5)
    }

    @Test(".well-known is the one hidden folder that is served")
    func wellKnown() async throws {
        let files = try FilesFixture([".well-known/security.txt": "mail", ".well-known/.x": "no"])
        #expect(try await files.app().answer("GET /static/.well-known/security.txt").text == "mail")
        #expect(try await files.app().answer("GET /static/.well-known/.x").status == 404)
    }

    @Test("no generated path gets anything out of the folder")
    func generated() throws {
        let files = try Self.files()
        let folder = Folder(files.folder)
        let inside = FileVersion(path: files.folder + "/a.txt")
        let parts = [
            "..", ".", "", "dir", "a.txt", "secret.txt", "static", "out", "loop", "%2e%2e", "\\..", "\0", ".env",
        ]
        var opened = 0
        for _ in 0..<2_000 {
            let name = (0..<Int.random(in: 1...6)).map { _ in parts.randomElement() ?? "" }.joined(separator: "/")
            guard let file = try folder.open(name) else { continue }
            #expect(file.version == inside, "\(name)")
            opened += 1
        }
        #expect(opened > 0)
    }

    // MARK: - Links

    @Test(
        "a link out of the folder is 404, of a file as of a folder",
        arguments: ["out.txt", "out/secret.txt", "proc/version"])
    func linksOut(name: String) async throws {
        let files = try Self.files()
        try files.link("out.txt", to: "../secret.txt")
        try files.link("proc", to: "/proc")
        #expect(try await files.app().answer("GET /static/\(name)").status == 404)
    }

    @Test("a link to a folder whose name only begins alike is 404")
    func prefix() async throws {
        let files = try FilesFixture(["../static-private/a.txt": "SECRET"])
        try files.link("a.txt", to: "../static-private/a.txt")
        #expect(try await files.app().answer("GET /static/a.txt").status == 404)
    }

    @Test("a link inside the folder is followed")
    func linksInside() async throws {
        let files = try Self.files()
        try files.link("again.txt", to: "dir/../a.txt")
        #expect(try await files.app().answer("GET /static/again.txt").text == "hello")
    }

    @Test("a link that leads to itself is 404")
    func loops() async throws {
        #expect(try await Self.site().answer("GET /static/loop").status == 404)
    }

    @Test("the folder may itself be a link, and be switched while the app runs")
    func switchedFolder() async throws {
        let files = try FilesFixture(["../one/a.txt": "one", "../two/a.txt": "two"])
        try FileManager.default.createSymbolicLink(atPath: files.root + "/now", withDestinationPath: "one")
        let app = App("files", root: files.root, staticFolder: "now", environment: .none)
        #expect(try await app.answer("GET /now/a.txt").text == "one")
        try FileManager.default.removeItem(atPath: files.root + "/now")
        try FileManager.default.createSymbolicLink(atPath: files.root + "/now", withDestinationPath: "two")
        #expect(try await app.answer("GET /now/a.txt").text == "two")
    }

    @Test("where the system cannot say where a file lies, no link is followed")
    func withoutLinks() throws {
        let files = try Self.files()
        let folder = Folder(files.folder)
        #expect(try Self.isOpened { try folder.openWithoutLinks(files.folder + "/a.txt") })
        #expect(try Self.isOpened { try folder.openWithoutLinks(files.folder + "/dir/b.txt") })
        #expect(try !Self.isOpened { try folder.openWithoutLinks(files.folder + "/out/secret.txt") })
        #expect(try !Self.isOpened { try folder.openWithoutLinks(files.folder + "/loop") })
    }

    // MARK: - What is no regular file

    @Test("a pipe is 404 at once, though nobody writes to it", .timeLimit(.minutes(5)))
    func pipe() async throws {
        let files = try FilesFixture()
        try #require(mkfifo(files.folder + "/pipe", 0o600) == 0)
        #expect(try await files.app().answer("GET /static/pipe").status == 404)
    }

    @Test("a device is 404, also by its own name", arguments: ["/dev/null", "/dev/zero", "/dev/stdin", "/proc/self"])
    func device(path: String) throws {
        let request = try Request.parsed("GET /")
        #expect(throws: Abort.self) { try File(path).response(for: request, root: "/", maxAge: nil) }
    }

    // MARK: - The folder

    private static func files() throws -> FilesFixture {
        let files = try FilesFixture([
            "a.txt": "hello", "dir/b.txt": "b", "../secret.txt": "SECRET", ".env": "SECRET", ".git/config": "SECRET",
            "dir/.hidden": "SECRET",
        ])
        try files.link("out", to: "..")
        try files.link("loop", to: "loop")
        return files
    }

    /// An app over ``files()`` that keeps them.
    private static func site() throws -> App {
        let files = try files()
        let app = files.app()
        app.onShutdown { _ = files }
        return app
    }

    /// The length of what is sent for a name, as a path variable holds it.
    private static func open(_ name: String, in files: FilesFixture) throws -> Int? {
        let request = try Request.parsed("GET /")
        return try StaticFiles(folder: files.folder, maxAge: nil).response(for: request, path: name).body.length
    }

    private static func isOpened(_ open: () throws -> OpenFile?) throws -> Bool {
        switch try open() {
        case .some: true
        case nil: false
        }
    }
}
