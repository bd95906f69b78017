import Foundation
import TestSupport

@testable import carafe_tool

/// What tests share that build projects. `make test-dev` runs them; the first run builds Carafe for the projects, which takes
/// minutes, later ones find it built.
enum SlowTests {
    static let areWanted = wish != nil
    private static let wish = ProcessInfo.processInfo.environment["CARAFE_SLOW_TESTS"]

    /// The checkout that these tests are part of.
    static let checkout = (0..<4).reduce(URL(filePath: #filePath).resolvingSymlinksInPath().path(percentEncoded: false))
    {
        path, _ in FilePath.parent(of: path)
    }

    /// Where all projects are built: in the folder that `CARAFE_SLOW_TESTS` names, or in the checkout.
    static let scratchPath = wish.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? checkout + "/.build/projects"

    /// The tool, beside the bundle of the tests.
    static let tool = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        .appending(path: "carafe").path(percentEncoded: false)

    /// Runs a program to its end.
    static func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = try ChildProcess(path, arguments)
        let output = String(decoding: process.readToEnd(), as: UTF8.self)
        return (process.wait(), output)
    }

    /// A new project in a folder of its own.
    static func makeProject(_ name: String, _ kind: Project.Kind) throws -> (folder: String, fixture: ToolFixture) {
        let fixture = try ToolFixture([:])
        let folder = fixture.folder + "/" + name
        try Project(name: name, kind: kind, source: .folder(checkout))
            .write(to: folder)
        return (folder, fixture)
    }
}
