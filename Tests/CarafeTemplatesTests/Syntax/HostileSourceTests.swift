import Foundation
import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Whatever a source says, it is read in linear time and without a trap")
struct HostileSourceTests {
    @Test("bytes at random, mutations and odd options never trap")
    func random() {
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        let signs = Array("{}%#-+()[]'\"\\ \n\r\tabnot0123456789.,:|~=<>!*/_$\u{E9}\u{2028}\u{1F600}".unicodeScalars)
        var outcomes: Set<Bool> = []
        for number in 0..<10_000 {
            var one = TemplateMutation.next(&random)
            if number % 3 == 0 {
                var text = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: 0..<40, using: &random) {
                    text.append(signs.randomElement(using: &random) ?? " ")
                }
                one.source = String(text)
            } else if number % 3 == 1 {
                let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                one.source = "{{ " + String(decoding: bytes, as: UTF8.self)
            }
            outcomes.insert(one.ours.tree != nil)
        }
        #expect(outcomes == [true, false])
    }

    @Test("empty delimiters and prefixes are no trap either")
    func emptyDelimiters() {
        for keyPath in [
            \TemplateOptions.blockStartString, \.blockEndString, \.variableStartString, \.variableEndString,
            \.commentStartString, \.commentEndString,
        ] {
            var options = TemplateOptions()
            options[keyPath: keyPath] = ""
            options.lineStatementPrefix = ""
            options.lineCommentPrefix = ""
            for source in [
                "a", "{{ a }}", "{% if a %}{% endif %}", "{# a #}", "{% raw %}a{% endraw %}", "{{", "{%", "{#",
            ] {
                var parser = TemplateParser(source: source, options: options)
                _ = try? parser.parse()
            }
        }
    }

    @Test("the time grows no faster than the source")
    func linear() {
        let pieces = [
            " ", "{", "{{", " {{- a -}} ", "{%", "{#", "{% raw", "{% raw -%}{% endraw ", " ## ", "# ", "  #", "##a\n",
            "\u{A0}", "- ",
            "{% set a = 1 %}",
        ]
        var shapes: [Linearity.Shape] = pieces.map { .repeated($0) }
        shapes += ["'", "9", "a", " ", "~ a", "\\", "{a: b},"].map { .started("{{ a ", by: $0) }
        shapes += [.started("{{ 0x", by: "f"), .started("{{ '", by: "\\n"), .started("{% raw %}", by: "{% endraw")]
        shapes += [.started("{% if a %}", by: "{% elif a %}"), .started("# a ", by: " "), .started("# a ", by: " \n")]
        for options in [TemplateOptions(), Self.allOptions] {
            Linearity.expectLinear("TemplateParser", shapes: shapes) { bytes in
                var parser = TemplateParser(source: String(decoding: bytes, as: UTF8.self), options: options)
                _ = try? parser.parse()
            }
        }
    }

    private static var allOptions: TemplateOptions {
        var options = TemplateOptions()
        options.lineStatementPrefix = "#"
        options.lineCommentPrefix = "##"
        options.lstripBlocks = true
        options.trimBlocks = true
        options.newlineSequence = "\r\n"
        return options
    }
}
