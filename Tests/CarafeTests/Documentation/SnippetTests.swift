import Foundation
import Testing

@Suite("The documents' snippets")
struct SnippetTests {
    @Test("a Swift block is compiled, word for word", arguments: Documents.blocks.filter { !$0.isManifest })
    func compiled(_ block: Documents.Block) {
        let lines = Documents.withoutIndentation(block.code).split(separator: "\n", omittingEmptySubsequences: false)
        // The snippets' files have imports of their own.
        let body = lines.drop { $0.isEmpty || $0.hasPrefix("import ") || $0.hasPrefix("@testable import ") }
        let code = "\n" + body.joined(separator: "\n")
        #expect(!body.isEmpty)
        #expect(
            Documents.snippets.contains { $0.contains(code) },
            "The block is not in Tests/CarafeTests/Documentation/Snippets:\n\(block.code)")
    }

    @Test(
        "a manifest names the tools version and products that there are",
        arguments: Documents.blocks.filter(\.isManifest))
    func manifest(_ block: Documents.Block) throws {
        let package = try Documents.text("Package.swift")
        let toolsVersion = try #require(block.code.split(separator: "\n").first)
        #expect(package.hasPrefix(toolsVersion))
        let products = block.code.matches(of: /\.product\(name: "(\w+)", package: "carafe"\)/).map(\.1)
        #expect(!products.isEmpty)
        for product in products { #expect(package.contains(".library(name: \"\(product)\"")) }
    }

    @Test("every document is looked at")
    func documents() {
        #expect(Documents.all.contains("docs/guide/routing.md"))
        #expect(Documents.blocks.contains { $0.document == "README.md" })
        #expect(Documents.blocks.contains { $0.isManifest })
        #expect(Documents.blocks.count > 50)
    }

    @Test("a link leads to a file and a heading that there are", arguments: Documents.all)
    func links(_ document: String) throws {
        let folder = Documents.root.appending(path: document).deletingLastPathComponent()
        for link in try Documents.text(document).matches(of: /\]\(([^)\s]+)\)/).map({ String($0.1) }) {
            guard !link.hasPrefix("http") else { continue }
            let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
            let file = parts[0].isEmpty ? Documents.root.appending(path: document) : folder.appending(path: parts[0])
            #expect(FileManager.default.fileExists(atPath: file.standardized.path), "\(link)")
            guard parts.count > 1, let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            #expect(text.matches(of: /(?m)^#+ (.+)$/).map { Self.anchor(String($0.1)) }.contains(parts[1]), "\(link)")
        }
    }

    /// The name that GitHub gives a heading.
    private static func anchor(_ heading: String) -> String {
        String(
            heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
                .map { $0 == " " ? "-" : $0 })
    }
}
