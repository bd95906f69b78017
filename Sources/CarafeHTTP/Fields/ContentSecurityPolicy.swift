/// Where a page may load from, and what it may do (`Content-Security-Policy`).
///
/// ```swift
/// var policy = ContentSecurityPolicy()
/// policy["default-src"] = "'self'"
/// response.headers.contentSecurityPolicy = policy
/// ```
public struct ContentSecurityPolicy: Sendable, CustomStringConvertible {
    private var directives: [(name: String, value: String)] = []

    /// No directive.
    public init() {}

    /// The directives of a field; where one occurs twice, the first counts, as browsers have it.
    public init(parsing value: String) {
        let bytes = Array(value.utf8)
        for part in bytes.split(separator: 0x3B) {
            let range = FieldSyntax.trimmed(bytes, part.startIndex..<part.endIndex)
            guard !range.isEmpty else { continue }
            let space = bytes[range].firstIndex(where: FieldSyntax.isWhitespace) ?? range.upperBound
            let value = bytes[FieldSyntax.trimmed(bytes, space..<range.upperBound)]
            directives.append((FieldSyntax.lowercased(bytes[range.lowerBound..<space]), FieldSyntax.string(value)))
        }
    }

    /// The sources of a directive such as `script-src`; empty for one that has none, such as
    /// `upgrade-insecure-requests`; nil removes it. A value with `;`, `,` or a control character is not set: it would
    /// begin another directive.
    public subscript(directive: String) -> String? {
        get { directives.first { FieldSyntax.sameIgnoringCase($0.name, directive) }?.value }
        set {
            let old = directives.firstIndex { FieldSyntax.sameIgnoringCase($0.name, directive) }
            directives.removeAll { FieldSyntax.sameIgnoringCase($0.name, directive) }
            guard let newValue, FieldSyntax.isToken(directive), !FieldSyntax.hasControls(newValue),
                !newValue.utf8.contains(where: { $0 == 0x3B || $0 == 0x2C })
            else { return }
            directives.insert((directive, newValue), at: old ?? directives.count)
        }
    }

    /// The directives' names, in order.
    public var names: [String] { directives.map(\.name) }

    /// The field's value.
    public var description: String {
        directives.map { name, value in value.utf8.isEmpty ? name : name + " " + value }.joined(separator: "; ")
    }
}

extension ContentSecurityPolicy: ExpressibleByDictionaryLiteral {
    /// Directives with their sources, in the order in which they are written.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (directive, sources) in elements { self[directive] = sources }
    }
}
