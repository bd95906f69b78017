import Foundation
import Testing

@testable import CarafeTemplates

@Suite("Global functions")
struct GlobalTests {
    private let calls = FilterCalls()

    @Test("a cycler starts again after its last value and when it is reset")
    func cycler() throws {
        let cycler = try calls.global("cycler", "a", "b")
        #expect(try (0..<3).map { _ in try calls.method(cycler, "next").text } == ["a", "b", "a"])
        #expect(try calls.context.environment.getAttribute(cycler, "current").text == "b")
        #expect(try calls.method(cycler, "reset").isNone)
        #expect(try calls.context.environment.getAttribute(cycler, "current").text == "a")
        #expect(
            message { _ = try calls.method(cycler, "next", 1) }
                == "TypeError: Cycler.next() takes 1 positional argument but 2 were given")
    }

    @Test("a joiner gives nothing first, then its separator", arguments: [nil, "|"] as [TemplateValue?])
    func joiner(separator: TemplateValue?) throws {
        let joiner = try separator.map { try calls.global("joiner", $0) } ?? calls.global("joiner")
        guard case .object(let function) = joiner else { return #expect(Bool(false)) }
        let texts = try (0..<3).map { _ in try function.call(.none, in: calls.context).text }
        let expected = try separator?.text ?? ", "
        #expect(texts == ["", expected, expected])
    }

    @Test("a namespace has the attributes that it was made with, and those that are set")
    func namespace() throws {
        let value = try calls.global("namespace", ["a": 1])
        guard case .object(let object) = value, let namespace = object as? TemplateNamespace else {
            return #expect(Bool(false))
        }
        namespace.setAttribute("b", to: [value], in: calls.context.state)
        #expect(try calls.context.environment.getAttribute(value, "a").text == "1")
        #expect(
            message { _ = try calls.context.environment.getAttribute(value, "c").binary(.add, 1, in: calls.context) }
                == "UndefinedError: 'jinja2.utils.Namespace object' has no attribute 'c'")
        #expect(try value.representation == "<Namespace {'a': 1, 'b': [<Namespace {...}>]}>")
        namespace.setAttribute("b", to: .none, in: calls.context.state)
    }

    @Test("dict.fromkeys makes a dictionary of keys")
    func fromKeys() throws {
        let dict = try #require(BuiltinGlobals.all["dict"])
        #expect(try calls.method(dict, "fromkeys", ["a", "b", "a"], 0).representation == "{'a': 0, 'b': 0}")
        #expect(
            message { _ = try calls.method(dict, "fromkeys") }
                == "TypeError: fromkeys expected at least 1 argument, got 0")
    }

    @Test("a range is refused past the limit, and so are bounds of any size")
    func rangeLimit() throws {
        var limits = TemplateLimits()
        limits.rangeLength = 5
        let calls = FilterCalls(limits: limits)
        #expect(try calls.global("range", 5).length() == 5)
        let refusal = "OverflowError: Range too big. The sandbox blocks ranges larger than MAX_RANGE (5)."
        #expect(message { _ = try calls.global("range", 6) } == refusal)
        #expect(message { _ = try calls.global("range", .int(.min), .int(.max)) } == refusal)
        #expect(message { _ = try calls.global("range", .int(.max), .int(.min), .int(-1)) } == refusal)
        #expect(try calls.global("range", .int(.min), .int(.max), .int(.max)).length() == 3)
    }

    @Test("lipsum gives so many paragraphs of so many words, sentence after sentence")
    func lipsum() throws {
        let text = try calls.global("lipsum", 3, false, 10, 20).text
        let paragraphs = text.components(separatedBy: "\n\n")
        #expect(paragraphs.count == 3)
        for paragraph in paragraphs {
            let words = paragraph.split(separator: " ")
            #expect((10..<20).contains(words.count))
            #expect(paragraph.first?.isUppercase == true && paragraph.last == ".")
            #expect(zip(words, words.dropFirst()).allSatisfy { $0.lowercased() != $1 })
        }
        let html = try calls.global("lipsum", 2, true, 1, 2)
        #expect(html.isMarkup)
        let lines = try html.text.split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("<p>") && $0.hasSuffix(".</p>") })
        #expect(try calls.global("lipsum", 1, false, 0, 1).text == ".")
    }

    @Test("random gives each element of a sequence sooner or later")
    func random() throws {
        let seen = try Set((0..<200).map { _ in try calls.filter("random", [1, 2, 3]).text })
        #expect(seen == ["1", "2", "3"])
    }
}
