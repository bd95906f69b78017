/// Markup that is safe to send: text that is interpolated into it is escaped.
///
/// ```swift
/// HTML("<h1>Hello, \(name)!</h1>")                    // name cannot break out
/// HTML("<ul>\(items.map { HTML("<li>\($0)</li>") })</ul>")
/// ```
///
/// Interpolated ``HTML`` is markup and stays as it is; everything else is text. A `String` becomes markup only by
/// ``init(raw:)``, which is easy to find in a review.
public struct HTML: Sendable, Hashable, CustomStringConvertible {
    /// The markup.
    public let description: String

    /// Markup from a literal, with what is interpolated into it escaped.
    public init(_ markup: HTML) { self = markup }

    /// Takes a string as markup without escaping it. Never give it text that came from outside.
    public init(raw markup: String) { description = markup }

    /// Text as markup: `&`, `<`, `>`, `"` and `'` are escaped as MarkupSafe does.
    public init(escaping text: String) {
        var escaped = ""
        Self.escape(text, into: &escaped)
        description = escaped
    }

    /// Pieces of markup joined.
    public init(joining pieces: some Sequence<HTML>, separator: String = "") {
        self.init(raw: pieces.map(\.description).joined(separator: separator))
    }

    /// Two pieces of markup, one after the other.
    public static func + (left: HTML, right: HTML) -> HTML {
        HTML(raw: left.description + right.description)
    }

    /// Appends text, escaped byte by byte: a combining mark after a quote does not hide the quote.
    fileprivate static func escape(_ text: String, into output: inout String) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            for index in bytes.indices {
                let entity: StaticString
                switch bytes[index] {
                case UInt8(ascii: "&"): entity = "&amp;"
                case UInt8(ascii: "<"): entity = "&lt;"
                case UInt8(ascii: ">"): entity = "&gt;"
                case UInt8(ascii: "\""): entity = "&#34;"
                case UInt8(ascii: "'"): entity = "&#39;"
                default: continue
                }
                output += String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
                output += entity.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
                start = index + 1
            }
            output += String(decoding: UnsafeBufferPointer(rebasing: bytes[start...]), as: UTF8.self)
        }
    }
}

extension HTML: ExpressibleByStringInterpolation {
    /// Markup from a literal.
    public init(stringLiteral value: String) { description = value }

    /// Markup from a literal with interpolations.
    public init(stringInterpolation: StringInterpolation) { description = stringInterpolation.markup }

    /// Collects a literal's pieces, escaping those that are not markup.
    public struct StringInterpolation: StringInterpolationProtocol {
        var markup: String

        /// An empty collection.
        public init(literalCapacity: Int, interpolationCount: Int) {
            markup = ""
            markup.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        /// A part of the literal: markup as written.
        public mutating func appendLiteral(_ literal: String) { markup += literal }

        /// Markup, as it is.
        public mutating func appendInterpolation(_ html: HTML) { markup += html.description }

        /// Markup if there is any.
        public mutating func appendInterpolation(_ html: HTML?) { markup += html?.description ?? "" }

        /// Pieces of markup, one after the other.
        public mutating func appendInterpolation(_ pieces: some Sequence<HTML>) {
            for piece in pieces { markup += piece.description }
        }

        /// Text, escaped.
        public mutating func appendInterpolation(_ text: String) { HTML.escape(text, into: &markup) }

        /// Anything else as text, escaped.
        @_disfavoredOverload
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            HTML.escape(value.description, into: &markup)
        }
    }
}
