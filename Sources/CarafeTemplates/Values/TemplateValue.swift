/// A value as templates see it: the model of data that Python has, which Jinja's language rests on.
///
/// Strings are sequences of code points, integers have no largest one, dictionaries keep the order of insertion, and lists
/// and dictionaries have an identity: what a template appends to a list is there for all that hold the list.
public enum TemplateValue: Sendable {
    /// What a name or an attribute that does not exist gives.
    case undefined(TemplateUndefined)
    /// Python's `None`.
    case none
    case bool(Bool)
    case int(Int)
    /// An integer that does not fit into `Int`; one that fits is always ``int(_:)``.
    case bigInt(BigInteger)
    case double(Double)
    /// Text, which autoescaping escapes.
    case string(String)
    /// Text that is HTML already (`Markup`), which autoescaping leaves alone.
    case markup(String)
    case list(TemplateList)
    case tuple(TemplateTuple)
    case dict(TemplateDict)
    /// Everything else: functions, ranges, dates, loops, macros, values of Swift programs.
    case object(any TemplateObject)
}
