import Foundation
import Testing

@testable import CarafeTemplates

/// A template to read, and what Jinja makes of it.
struct SyntaxCase: Codable, CustomTestStringConvertible {
    var source: String
    var options: [String: Setting]?
    var extensions: [String]?
    var expression: Bool?
    var answer: Answer?

    struct Answer: Codable, Equatable, CustomStringConvertible {
        var tree: String?
        var `class`: String?
        var message: String?
        var line: Int?

        var description: String {
            tree ?? "\(`class` ?? ""), line \(line.map(String.init) ?? "?"): \(message ?? "")"
        }
    }

    /// An option of the environment, under Jinja's name.
    enum Setting: Codable {
        case flag(Bool)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .flag(let flag): try container.encode(flag)
            case .text(let text): try container.encode(text)
            }
        }
    }

    var testDescription: String { source.debugDescription }

    /// The recorded cases, each with Jinja's answer.
    static let recorded: [SyntaxCase] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try? Data(contentsOf: folder.appending(path: "Vectors/syntax.json"))
        return data.flatMap { try? JSONDecoder().decode([SyntaxCase].self, from: $0) } ?? []
    }()

    /// What Carafe makes of the template.
    var ours: Answer {
        do {
            if expression == true {
                let expression = try TemplateParser.parseExpression(source, options: templateOptions)
                return Answer(tree: SyntaxDump.expression(expression))
            }
            var parser = TemplateParser(
                source: source, name: "page.html", options: templateOptions, extensions: templateExtensions)
            return Answer(tree: SyntaxDump.body(try parser.parse()))
        } catch let error as TemplateError {
            return Answer(class: error.kind.name, message: error.message, line: error.line)
        } catch {
            return Answer(class: "\(type(of: error))", message: "\(error)")
        }
    }

    private func flag(_ name: String) -> Bool {
        if case .flag(let flag) = options?[name] { flag } else { false }
    }

    private func text(_ name: String) -> String? {
        if case .text(let text) = options?[name] { text } else { nil }
    }

    var templateOptions: TemplateOptions {
        var options = TemplateOptions()
        options.trimBlocks = flag("trim_blocks")
        options.lstripBlocks = flag("lstrip_blocks")
        options.keepTrailingNewline = flag("keep_trailing_newline")
        options.policies.i18nTrimmed = flag("trimmed")
        options.lineStatementPrefix = text("line_statement_prefix")
        options.lineCommentPrefix = text("line_comment_prefix")
        if let text = text("newline_sequence") { options.newlineSequence = text }
        if let text = text("block_start_string") { options.blockStartString = text }
        if let text = text("block_end_string") { options.blockEndString = text }
        if let text = text("variable_start_string") { options.variableStartString = text }
        if let text = text("variable_end_string") { options.variableEndString = text }
        if let text = text("comment_start_string") { options.commentStartString = text }
        if let text = text("comment_end_string") { options.commentEndString = text }
        return options
    }

    private var templateExtensions: [any TemplateExtension] {
        let known: [any TemplateExtension] = [
            DoExtension(), LoopControlsExtension(), DebugExtension(), I18nExtension(isNewStyle: flag("newstyle")),
        ]
        return known.filter { extensions?.contains($0.identifier) ?? false }
    }
}
