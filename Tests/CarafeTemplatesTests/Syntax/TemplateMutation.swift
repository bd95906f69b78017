import TestSupport

/// Templates that come from the recorded ones by small changes: parts left out, doubled, swapped, and odd bytes put in.
enum TemplateMutation {
    private static let pieces = [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "{%-", "-%}", "{{-", "-}}", "#", "##", " ", "\n", "\r\n", "\t",
        "(", ")", "[", "]",
        "{", "}", ",", ".", ":", "|", "~", "=", "==", "*", "**", "/", "//", "%", "<", ">=", "!", "$", ";", "'", "\"",
        "\\", "0", "1",
        "0x", "1.5", "1e5", "_", "a", "b", "if", "else", "elif", "endif", "for", "in", "endfor", "not", "and", "or",
        "is", "set",
        "endset", "block", "endblock", "macro", "endmacro", "call", "endcall", "filter", "endfilter", "with", "endwith",
        "raw",
        "endraw", "include", "import", "from", "as", "context", "ignore missing", "true", "none", "é", "²", "☃",
        "\u{A0}", "\u{2028}",
        "{% raw %}", "{% endraw %}", "{% if a %}", "{% endif %}", "{{ a }}", "{# a #}", "%}}", "{{%", "trans",
        "recursive",
    ]

    static func next(_ random: inout SplitMix64) -> SyntaxCase {
        guard var one = SyntaxCase.recorded.randomElement(using: &random) else { return SyntaxCase(source: "") }
        one.answer = nil
        var scalars = Array(one.source.unicodeScalars)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...scalars.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                scalars.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").unicodeScalars, at: place)
            case 1:
                scalars.removeSubrange(place..<min(place + Int.random(in: 1...4, using: &random), scalars.count))
            case 2:
                let end = min(place + Int.random(in: 1...12, using: &random), scalars.count)
                scalars.insert(
                    contentsOf: Array(scalars[place..<end]), at: Int.random(in: 0...scalars.count, using: &random))
            default:
                let other = SyntaxCase.recorded.randomElement(using: &random)?.source ?? ""
                scalars.insert(contentsOf: other.unicodeScalars, at: place)
            }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        one.source = String(view)
        return one
    }
}
