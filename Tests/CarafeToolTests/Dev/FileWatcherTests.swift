import Foundation
import Testing

@testable import carafe_tool

@Suite("Watching files", .timeLimit(.minutes(5)))
struct FileWatcherTests {
    /// What happens to a folder, and the files that are told of.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let act: @Sendable (ToolFixture) throws -> Void
        let told: Set<String>
    }

    private static let cases = [
        Case(
            testDescription: "a file that is written", act: { try $0.write("a.swift", Data("new".utf8)) },
            told: ["a.swift"]),
        Case(
            testDescription: "a file that is saved by renaming",
            act: {
                try $0.write("deep/b.html.part", Data("new".utf8))
                #expect(rename($0.folder + "/deep/b.html.part", $0.folder + "/deep/b.html") == 0)
            }, told: ["deep/b.html"]),
        Case(
            testDescription: "a file that is removed", act: { #expect(unlink($0.folder + "/a.swift") == 0) },
            told: ["a.swift"]),
        Case(
            testDescription: "a file in a new folder", act: { try $0.write("new/er/c.html", Data()) },
            told: ["new/er/c.html"]),
    ]

    /// What is told of up to these files. It may come at once or one after the other.
    private func changes(_ watcher: any FileWatcher, in folder: String, upTo files: Set<String>) async -> Set<String> {
        defer { watcher.stop() }
        var told: Set<String> = []
        for await paths in watcher.changes {
            told.formUnion(paths.compactMap { FilePath.relative($0, to: folder) })
            if told.isSuperset(of: files) { break }
        }
        return told
    }

    @Test("tells of what changes", arguments: cases, [false, true])
    func change(example: Case, byPolling: Bool) async throws {
        let fixture = try ToolFixture(["a.swift": "old", "deep/b.html": "old", ".git/index": ""])
        let watcher: any FileWatcher =
            byPolling
            ? PollingWatcher([fixture.folder], interval: .milliseconds(20))
            : FileWatching.watcher(of: [fixture.folder], byPolling: false).0
        async let told = changes(watcher, in: fixture.folder, upTo: example.told)
        try fixture.write(".git/index", Data("noise".utf8))
        try example.act(fixture)
        // What there is for a moment alone may be told of, or not.
        #expect(await told.subtracting(["deep/b.html.part"]) == example.told)
    }

    @Test("tells of later changes in a new folder too")
    func newFolder() async throws {
        let fixture = try ToolFixture(["a.swift": "old"])
        let (watcher, isPolling) = FileWatching.watcher(of: [fixture.folder], byPolling: false)
        defer { watcher.stop() }
        #if os(Linux)
            #expect(!isPolling)
        #endif
        var changes = watcher.changes.makeAsyncIterator()
        try fixture.write("new/a.html", Data())
        #expect(await changes.next() == [fixture.folder + "/new/a.html"])
        try fixture.write("new/a.html", Data("more".utf8))
        #expect(await changes.next() == [fixture.folder + "/new/a.html"])
    }
}
