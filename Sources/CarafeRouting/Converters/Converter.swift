/// Turns the text of a path variable into a value and back: the extension point for converters of the application's
/// own.
///
/// ```swift
/// struct Hexadecimal: Converter {
///     var kind: RoutingValue.Kind { .int }
///     func value(from text: String) -> RoutingValue? { Int(text, radix: 16).map(RoutingValue.int) }
///     func text(for value: RoutingValue) -> String? {
///         if case .int(let number) = value { String(number, radix: 16) } else { nil }
///     }
/// }
///
/// var map = RouteMap()
/// map.register(converter: "hex") { _ in Hexadecimal() }
/// try map.add(Rule("/color/<hex:rgb>", endpoint: "color"))
/// ```
///
/// Within a segment a custom converter takes what Werkzeug's `BaseConverter` takes: one or more characters, none of
/// them a slash, as many as the rest of the rule leaves it.
public protocol Converter: Sendable {
    /// The value that the text stands for, or nil where the rule shall not match; the next rule is then tried.
    ///
    /// It is called while a request is matched, with text that the client chose: it must be quick and must not trap.
    func value(from text: String) -> RoutingValue?

    /// The text that stands for a value in a URL, before percent-encoding, or nil where it cannot be written.
    func text(for value: RoutingValue) -> String?

    /// What kind of value it makes, for checks of a handler's parameters against the rule. `.custom` unless told.
    var kind: RoutingValue.Kind { get }

    /// Its place among converters that match the same text: lower ones are tried first. 100 unless told; the
    /// standard set has `int` and `float` at 50, `path` at 200 and the rest at 100.
    var weight: Int { get }

    /// Whether the text may hold slashes. It then takes what the `path` converter takes. False unless told.
    var spansSegments: Bool { get }
}

extension Converter {
    /// The value as text.
    public func text(for value: RoutingValue) -> String? { value.text }
    /// `.custom`.
    public var kind: RoutingValue.Kind { .custom }
    /// 100, the weight of a string.
    public var weight: Int { 100 }
    /// False.
    public var spansSegments: Bool { false }
}
