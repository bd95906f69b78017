import Foundation
import Testing

@testable import CarafeTemplates

@Suite("Loaders")
struct LoaderTests {
    private let files = TemporaryFiles([
        "root/index.html": "index", "root/blog/post.html": "post", "root/blog/.hidden": "h", "root/é.html": "e acute",
        "second/index.html": "other index", "second/only.html": "only", "outside/secret.html": "secret",
        "root2/index.html": "sibling",
    ])

    private func message(_ loader: some TemplateLoader, _ name: String) -> String {
        do {
            return try loader.source(of: name).text
        } catch let error as TemplateError {
            return "\(error.kind.name): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "names are paths below the folder, whatever they start with",
        arguments: [
            ("index.html", "index"), ("/index.html", "index"), ("//index.html", "index"),
            ("./blog/./post.html", "post"),
            ("blog//post.html", "post"), ("blog/.hidden", "h"), ("\u{E9}.html", "e acute"),
        ])
    func found(_ name: String, _ text: String) throws {
        #expect(message(FileSystemLoader(files["root"]), name) == text)
    }

    @Test(
        "no name leads out of the folder",
        arguments: [
            "../outside/secret.html", "blog/../../outside/secret.html", "..", "blog/..", "/../outside/secret.html",
            "..\\outside\\secret.html", "blog\\post.html", "a\0b", "index.html\0.txt",
        ])
    func traversal(_ name: String) {
        #expect(message(FileSystemLoader(files["root"]), name) == "TemplateNotFound: \(name)")
    }

    @Test(
        "a name that is no file is not found, in Jinja's words",
        arguments: [
            "missing.html", "blog", "", "/", ".", "index.html/", "index.html/x", "e\u{301}.html", "%2e%2e/x", "it's",
        ])
    func missing(_ name: String) throws {
        let text = message(FileSystemLoader(files["root"]), name)
        let quoted = try TemplateValue.string(name).representation
        if name == "index.html/" {
            // Jinja drops empty parts too.
            #expect(text == "index")
        } else {
            #expect(text == "TemplateNotFound: \(quoted) not found in search path: '\(files["root"])'")
        }
    }

    @Test("very long names are not found")
    func longNames() {
        for name in [String(repeating: "a", count: 10_000), String(repeating: "a/", count: 10_000)] {
            #expect(message(FileSystemLoader(files["root"]), name).utf8.starts(with: "TemplateNotFound: 'a".utf8))
        }
    }

    @Test("folders are searched in order")
    func order() {
        let loader = FileSystemLoader(files["root"], files["second"])
        #expect(message(loader, "index.html") == "index")
        #expect(message(loader, "only.html") == "only")
        let paths = "'\(files["root"])', '\(files["second"])'"
        #expect(message(loader, "x") == "TemplateNotFound: 'x' not found in search paths: \(paths)")
    }

    @Test("symbolic links lead out of the folder only if they may", arguments: [false, true])
    func links(_ follow: Bool) throws {
        try files.link("root/away.html", to: "outside/secret.html")
        try files.link("root/away", to: "outside")
        try files.link("root/sibling.html", to: "root2/index.html")
        try files.link("root/inside.html", to: "root/index.html")
        try files.link("root/loop", to: "root")
        try files.link("linked", to: "root")
        let loader = FileSystemLoader(files["linked"], followLinks: follow)
        for (name, text) in [("away.html", "secret"), ("away/secret.html", "secret"), ("sibling.html", "sibling")] {
            let found = message(loader, name)
            #expect(follow ? found == text : found.utf8.starts(with: "TemplateNotFound".utf8))
        }
        #expect(message(loader, "inside.html") == "index")
        #expect(message(loader, "loop/loop/index.html") == "index")
        let names = try loader.templateNames()
        #expect(names.contains("away/secret.html") == follow)
        #expect(names.contains("away.html") == follow)
        #expect(names.contains("inside.html"))
        #expect(names.count == (follow ? 8 : 5))
    }

    @Test("names are listed below all folders, sorted by code points")
    func names() throws {
        let loader = FileSystemLoader(files["root"], files["second"], files["missing"])
        let names = ["blog/.hidden", "blog/post.html", "index.html", "only.html", "é.html"]
        #expect(try loader.templateNames() == names)
    }

    @Test("a file that is changed, replaced or removed is not up to date")
    func changes() throws {
        let loader = FileSystemLoader(files["root"])
        let first = try loader.source(of: "index.html")
        #expect(first.filename == files["root/index.html"])
        #expect(first.isUpToDate())
        try files.write("root/index.html", "changed")
        #expect(!first.isUpToDate())
        let second = try loader.source(of: "index.html")
        // The same size and, where the clock is coarse, the same time: another file all the same.
        try files.write("root/new", "replace")
        try files.move("root/new", to: "root/index.html")
        #expect(!second.isUpToDate())
        let third = try loader.source(of: "index.html")
        #expect(third.text == "replace" && third.isUpToDate())
        try files.remove("root/index.html")
        #expect(!third.isUpToDate())
    }

    @Test("text that is not UTF-8 is an error with its place")
    func encoding() throws {
        try files.write("root/bad.html", bytes: Array("a\nb".utf8) + [0xE9, 0x0A])
        let error = try #require(throws: TemplateError.self) {
            try FileSystemLoader(files["root"]).source(of: "bad.html")
        }
        #expect(error.message == "'utf-8' codec can't decode byte 0xe9 in position 3: invalid continuation byte")
        #expect(error.line == 2 && error.filename == files["root/bad.html"] && error.template == "bad.html")
    }

    @Test("a pipe is no template, and nobody waits for its writer")
    func pipe() {
        mkfifo(files["root/pipe"], 0o600)
        #expect(message(FileSystemLoader(files["root"]), "pipe").utf8.starts(with: "TemplateNotFound".utf8))
    }

    @Test("dictionaries hold templates under exactly their names")
    func dictionary() throws {
        let loader = DictLoader(["b": "B", "a": "A", "\u{E9}": "one"])
        #expect(message(loader, "a") == "A")
        #expect(message(loader, "e\u{301}") == "TemplateNotFound: e\u{301}")
        #expect(loader.templateNames() == ["a", "b", "\u{E9}"])
    }

    @Test("functions find templates, or do not")
    func function() throws {
        let loader = FunctionLoader { name in name == "a" ? TemplateSource("A") { false } : nil }
        #expect(try !loader.source(of: "a").isUpToDate())
        #expect(message(loader, "b") == "TemplateNotFound: b")
        let error = try #require(throws: TemplateError.self) { try loader.templateNames() }
        #expect(error.message == "this loader cannot iterate over all templates")
    }

    @Test("prefixes choose the loader; errors have the whole name")
    func prefixes() throws {
        let loader = PrefixLoader(["x": DictLoader(["a/b": "ab", "c": "C"]), "y": DictLoader(["d": "D"])])
        #expect(message(loader, "x/a/b") == "ab")
        for name in ["x/d", "z/d", "d", "", "x", "/x/c"] {
            #expect(message(loader, name) == "TemplateNotFound: \(name)")
        }
        #expect(try loader.templateNames() == ["x/a/b", "x/c", "y/d"])
        let other = PrefixLoader(["x": DictLoader(["c": "C"])], delimiter: "::")
        #expect(message(other, "x::c") == "C")
    }

    @Test("templates that are part of the executable are found under their paths")
    func resources() throws {
        let loader = ResourceLoader(["blog/index.html": "first", "a": "A", "blog/index.html": "last"])
        #expect(message(loader, "blog/index.html") == "last")
        #expect(message(loader, "index.html") == "TemplateNotFound: index.html")
        #expect(loader.templateNames() == ["a", "blog/index.html"])
        let bytes = ResourceLoader(["a": Array("é".utf8), "bad": [0x41, 0x80]])
        #expect(message(bytes, "a") == "é")
        #expect(
            message(bytes, "bad")
                == "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x80 in position 1: invalid start byte")
    }

    @Test("a folder beside the executable is found wherever the program runs")
    func besideExecutable() {
        let folder = FileSystemLoader.besideExecutable("pages").folders[0]
        #expect(folder.utf8.first == UInt8(ascii: "/") && folder.hasSuffix("/pages"))
    }

    @Test("the first loader that has the template gives it; other errors end the search")
    func choice() throws {
        struct Failure: Error {}
        let loader = ChoiceLoader([DictLoader(["a": "1"]), DictLoader(["a": "2", "b": "3"])])
        #expect(message(loader, "a") == "1" && message(loader, "b") == "3")
        #expect(message(loader, "c") == "TemplateNotFound: c")
        #expect(try loader.templateNames() == ["a", "b"])
        let broken = ChoiceLoader([FunctionLoader { _ in throw Failure() }, DictLoader(["a": "1"])])
        #expect(throws: Failure.self) { try broken.source(of: "a") }
    }
}

/// Files that are gone when the test is over.
final class TemporaryFiles: Sendable {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "carafe-templates-\(UUID().uuidString)")

    init(_ files: [String: String]) {
        for (name, text) in files { try? write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    subscript(name: String) -> String { folder.path + "/" + name }

    func write(_ name: String, _ text: String) throws { try write(name, bytes: Array(text.utf8)) }

    func write(_ name: String, bytes: [UInt8]) throws {
        let url = URL(filePath: self[name])
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: self[name], withDestinationPath: self[target])
    }

    func move(_ name: String, to target: String) throws {
        guard rename(self[name], self[target]) == 0 else { throw TestFailure("rename") }
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name]) }
}
