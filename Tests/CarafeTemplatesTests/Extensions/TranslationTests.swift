import Foundation
import Testing

@testable import CarafeTemplates

@Suite("Translations are found as Python's gettext and Babel find them")
struct TranslationTests {
    private static let vectors: Vectors? = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try? Data(contentsOf: folder.appending(path: "Vectors/translations.json"))
        return data.flatMap { try? JSONDecoder().decode(Vectors.self, from: $0) }
    }()

    private struct Vectors: Decodable {
        var rules: [Rule]
        var catalogs: [Catalog]
        var brokenCatalogs: [Data]
        var templates: [Template]

        struct Rule: Decodable {
            var rule: String
            var forms: [Int]?
        }

        struct Catalog: Decodable {
            var catalog: Data
            var calls: [Call]
        }

        struct Call: Decodable {
            var function: String
            var arguments: [String]
            var result: String
        }

        struct Template: Decodable {
            var source: String
            var messages: [Message]
        }

        struct Message: Decodable {
            var line: Int
            var function: String
            var messages: [String?]
            var comments: [String]
        }
    }

    @Test("rules of the plural give the forms of all numbers, or are refused")
    func plurals() throws {
        for one in try #require(Self.vectors).rules {
            if let forms = one.forms {
                let rule = try PluralRule(one.rule)
                #expect(try (0..<130).map { try rule.form(for: $0) } == forms, "\(one.rule)")
            } else {
                #expect(throws: TemplateError.self, "\(one.rule)") { try PluralRule(one.rule) }
            }
        }
    }

    @Test(
        "rules that are too long or too deep are refused, and none can trap",
        arguments: [
            String(repeating: "(", count: 900), String(repeating: "!", count: 900) + "n",
            String(repeating: "n?", count: 400),
            String(repeating: "n+", count: 900) + "n", String(repeating: "1 ", count: 2000), "99999999999999999999",
        ])
    func hostileRules(_ rule: String) {
        #expect(throws: TemplateError.self) { try PluralRule(rule) }
    }

    @Test("arithmetic at the ends of numbers does not trap")
    func overflow() throws {
        let rule = try PluralRule("n*n*n*n*n*n*n*9223372036854775807+n-9223372036854775807-n%(0-1)+n/(0-1)")
        for count in [Int.max, .min, -1, 0] { _ = try rule.form(for: count) }
        #expect(throws: TemplateError.self) { try PluralRule("1/n").form(for: 0) }
        #expect(throws: TemplateError.self) { try PluralRule("1%n").form(for: 0) }
    }

    @Test("catalogs translate as Python reads them")
    func catalogs() throws {
        for one in try #require(Self.vectors).catalogs {
            let catalog = try TranslationCatalog(Array(one.catalog))
            for call in one.calls { #expect(try Self.call(call, catalog) == call.result, "\(call)") }
        }
    }

    private static func call(_ call: Vectors.Call, _ catalog: TranslationCatalog) throws -> String {
        let arguments = call.arguments
        switch call.function {
        case "gettext": return try catalog.gettext(arguments[0]) ?? arguments[0]
        case "pgettext": return try catalog.pgettext(arguments[0], arguments[1]) ?? arguments[1]
        case "ngettext":
            let count = Int(arguments[2]) ?? 0
            return try catalog.ngettext(arguments[0], arguments[1], count) ?? arguments[count == 1 ? 0 : 1]
        default:
            let count = Int(arguments[3]) ?? 0
            return try catalog.npgettext(arguments[0], arguments[1], arguments[2], count)
                ?? arguments[count == 1 ? 1 : 2]
        }
    }

    @Test("files that are no catalogs are refused, wherever they are cut or changed")
    func broken() throws {
        let vectors = try #require(Self.vectors)
        for bytes in vectors.brokenCatalogs {
            #expect(throws: TemplateError.self) { try TranslationCatalog(Array(bytes)) }
        }
        let whole = try #require(vectors.catalogs.first.map { Array($0.catalog) })
        for end in whole.indices { _ = try? TranslationCatalog(Array(whole[..<end])) }
        for index in whole.indices {
            var changed = whole
            changed[index] ^= 0xFF
            _ = try? TranslationCatalog(changed)
        }
        #expect(throws: TemplateError.self) { try TranslationCatalog(path: "/nonexistent/messages.mo") }
    }

    @Test("messages of templates, with lines and comments, as Babel extracts them")
    func extraction() throws {
        for one in try #require(Self.vectors).templates {
            let found = try? I18nExtension().extractMessages(source: one.source, commentTags: ["NOTE:", ":hint"])
            let expected = one.messages.map {
                ExtractedMessage(line: $0.line, function: $0.function, messages: $0.messages, comments: $0.comments)
            }
            #expect(found ?? [] == expected, "\(one.source)")
        }
    }
}
