import Foundation
import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("What a template refers to, as jinja2.meta finds it")
struct TemplateMetaTests {
    @Test("variables and templates of the recorded templates")
    func recorded() throws {
        #expect(MetaCase.recorded.count > 100)
        for one in MetaCase.recorded { try one.check(against: one.answer) }
    }

    @Test("variables and templates of random templates", .enabled(if: Jinja.isInstalled))
    func random() throws {
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        let cases = (0..<1000).map { _ in MetaCase(source: RandomTemplate.next(&random), answer: nil) }
        for (one, answer) in zip(cases, try MetaCase.jinja(cases)) { try one.check(against: answer) }
    }

    @Test("a program's globals are no undeclared variables")
    func globals() throws {
        var parser = TemplateParser(source: "{{ url_for(range(a)) }}")
        let statements = try parser.parse()
        #expect(TemplateMeta.undeclaredVariables(in: statements) == ["url_for", "a"])
        #expect(TemplateMeta.undeclaredVariables(in: statements, globals: ["url_for"]) == ["range", "a"])
    }
}

/// A template, and what jinja2.meta finds in it.
struct MetaCase: Decodable {
    let source: String
    let answer: Answer?

    struct Answer: Decodable {
        /// Nil where Jinja cannot tell: it compiles the template, and that may fail.
        var variables: [String]?
        var templates: [String?]?
    }

    static let recorded: [MetaCase] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try? Data(contentsOf: folder.appending(path: "Vectors/meta.json"))
        return data.flatMap { try? JSONDecoder().decode([MetaCase].self, from: $0) } ?? []
    }()

    static func jinja(_ cases: [MetaCase]) throws -> [Answer] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Differential/meta.py")
        var input = Data()
        for one in cases {
            input += try JSONEncoder().encode(one.source)
            input.append(0x0A)
        }
        let output = try Python.run([script.path], input: input)
        return try output.split(separator: 0x0A).map { try JSONDecoder().decode(Answer.self, from: Data($0)) }
    }

    func check(against answer: Answer?) throws {
        let extensions: [any TemplateExtension] = [DoExtension(), LoopControlsExtension(), I18nExtension()]
        var parser = TemplateParser(source: source, extensions: extensions)
        let statements = try parser.parse()
        if let variables = answer?.variables {
            #expect(TemplateMeta.undeclaredVariables(in: statements).sorted() == variables, "\(source)")
        }
        #expect(TemplateMeta.referencedTemplates(in: statements) == answer?.templates, "\(source)")
    }
}
