import Foundation
import Testing

/// The repository's documents, and the sources that hold their snippets.
enum Documents {
    /// The repository's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// README.md and everything below docs/, by their paths from the root.
    static let all: [String] = {
        let docs = root.appending(path: "docs").resolvingSymlinksInPath().path
        let below = (try? FileManager.default.subpathsOfDirectory(atPath: docs)) ?? []
        return ["README.md"] + below.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
    }()

    /// The text of a file of the repository.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The text of every snippet source, without indentation.
    static let snippets: [String] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snippets")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.compactMap { name in
            (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)).map { withoutIndentation($0) }
        }
    }()

    /// A block of code in a document.
    struct Block: Sendable, CustomTestStringConvertible {
        var document: String
        var line: Int
        var code: String

        var testDescription: String { "\(document):\(line)" }
        var isManifest: Bool { code.contains("swift-tools-version") }
    }

    /// Every Swift block of every document.
    static let blocks: [Block] = all.flatMap { document in
        var blocks: [Block] = []
        var open: Block?
        let lines = ((try? text(document)) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if line.hasPrefix("```"), let block = open {
                blocks.append(block)
                open = nil
            } else if open != nil {
                open?.code += line + "\n"
            } else if line.hasPrefix("```swift") {
                open = Block(document: document, line: number + 2, code: "")
            }
        }
        return blocks
    }

    /// The rows of a document's tables, as cells without spaces around them.
    static func rows(of document: String) throws -> [[String]] {
        try text(document).split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    static func withoutIndentation(_ code: String) -> String {
        code.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
}
