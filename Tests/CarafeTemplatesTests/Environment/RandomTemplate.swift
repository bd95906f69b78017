import TestSupport

/// Templates of random tags inside one another, which set and read a handful of names.
enum RandomTemplate {
    private static let names = ["a", "b", "c", "d", "loop", "caller", "kwargs", "self", "super", "range"]

    static func next(_ random: inout SplitMix64) -> String {
        var blocks = 0
        return body(&random, depth: 3, &blocks)
    }

    private static func name(_ random: inout SplitMix64) -> String { names.randomElement(using: &random) ?? "a" }
    private static func target(_ random: inout SplitMix64) -> String {
        // Loops do not let their variable be set.
        ["a", "b", "c", "d", "e", "self"].randomElement(using: &random) ?? "a"
    }

    private static func body(_ random: inout SplitMix64, depth: Int, _ blocks: inout Int) -> String {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in tag(&random, depth: depth, &blocks) }.joined()
    }

    private static func tag(_ random: inout SplitMix64, depth: Int, _ blocks: inout Int) -> String {
        let (first, second) = (name(&random), name(&random))
        let (to, other) = (target(&random), target(&random))
        func inside() -> String { body(&random, depth: depth - 1, &blocks) }
        switch Int.random(in: 0..<(depth > 0 ? 20 : 8), using: &random) {
        case 0, 1, 2: return "{{ \(first) }}"
        case 3: return "{% set \(to) = \(first) %}"
        case 4: return "{% set \(to).x = \(first) %}"
        case 5: return "{% include '\(first)' %}{% import \(first) as \(to) %}"
        case 6: return "{% from '\(first)' import x as \(to), \(other) %}"
        case 7: return "{{ \(first)(\(second)) }}"
        case 8, 9: return "{% if \(first) %}\(inside()){% endif %}"
        case 10: return "{% if \(first) %}\(inside()){% elif \(second) %}\(inside()){% else %}\(inside()){% endif %}"
        case 11: return "{% for \(to) in \(first) %}\(inside()){% endfor %}"
        case 12:
            return "{% for \(to), x in \(first) if \(second) recursive %}\(inside()){% else %}\(inside()){% endfor %}"
        case 13: return "{% macro \(to)(x, \(other == "e" ? "y" : other)=\(first)) %}\(inside()){% endmacro %}"
        case 14: return "{% call(x, y=\(first)) \(second)() %}\(inside()){% endcall %}"
        case 15: return "{% with \(to) = \(first), y = \(second) %}\(inside()){% endwith %}"
        case 16: return "{% filter f(\(first)) %}\(inside()){% endfilter %}"
        case 17: return "{% set \(to) %}\(inside()){% endset %}"
        case 18: return "{% autoescape \(first) %}\(inside()){% endautoescape %}"
        default:
            blocks += 1
            return "{% block n\(blocks)\(Bool.random(using: &random) ? " scoped" : "") %}\(inside()){% endblock %}"
        }
    }
}
