import Foundation
import Testing

@testable import carafe_tool

@Suite("A file that the tool writes")
struct GeneratedFileTests {
    private let file = GeneratedFile(path: "a/b.txt", text: "new\n")

    @Test("is written with its folder, and what is there already stays unless it shall give way")
    func outcomes() throws {
        let fixture = try ToolFixture([:])
        func text() throws -> String { try TextFile.text(of: fixture.folder + "/a/b.txt") }
        #expect(try file.write(to: fixture.folder) == .written)
        #expect(try file.write(to: fixture.folder, replaces: true) == .unchanged)
        try fixture.write("a/b.txt", Data("mine\n".utf8))
        #expect(try file.write(to: fixture.folder) == .kept)
        #expect(try text() == "mine\n")
        #expect(try file.write(to: fixture.folder, replaces: true) == .replaced)
        #expect(try text() == "new\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder + "/a") == ["b.txt"])
    }

    @Test("takes the place of a link, and leaves alone what it leads to")
    func link() throws {
        let fixture = try ToolFixture(["elsewhere.txt": "mine\n", "a/x": ""])
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder + "/a/b.txt", withDestinationPath: fixture.folder + "/elsewhere.txt")
        #expect(try file.write(to: fixture.folder) == .kept)
        #expect(try file.write(to: fixture.folder, replaces: true) == .replaced)
        #expect(try TextFile.text(of: fixture.folder + "/elsewhere.txt") == "mine\n")
    }

    @Test("is never written over a folder")
    func folder() throws {
        let fixture = try ToolFixture(["a/b.txt/c": ""])
        #expect(throws: ToolError.self) { try file.write(to: fixture.folder, replaces: true) }
    }

    @Test("has its rights from the beginning", arguments: [mode_t(0o600), 0o777])
    func mode(mode: mode_t) throws {
        let fixture = try ToolFixture([:])
        try GeneratedFile(path: "x", text: "", mode: mode).write(to: fixture.folder)
        let attributes = try FileManager.default.attributesOfItem(atPath: fixture.folder + "/x")
        let rights = try #require(attributes[.posixPermissions] as? Int)
        #expect(rights & 0o700 == Int(mode) & 0o700 && rights & 0o077 & ~Int(mode) == 0)
    }
}
