import TemplateCases

@testable import CarafeTemplates

/// Context values that JSON cannot say, made from the tagged objects that `values.py` describes.
struct CaseValues {
    let environment: TemplateEnvironment

    /// The value for a JSON value.
    func value(_ json: TemplateValue) throws -> TemplateValue {
        switch json {
        case .list(let list): return .list(try list.elements.map(value))
        case .dict(let dict):
            let entries = dict.entries
            if entries.count == 1, let tag = entries[0].key.string, tag.utf8.first == UInt8(ascii: "$") {
                return try tagged(tag, entries[0].value)
            }
            return try dictionary(entries)
        default: return json
        }
    }

    private func dictionary(_ entries: [(key: TemplateValue, value: TemplateValue)]) throws -> TemplateValue {
        .dict(TemplateDict(TemplateDictStorage(try entries.map { (try $0.key.key(), try value($0.value)) })))
    }

    private func tagged(_ tag: String, _ content: TemplateValue) throws -> TemplateValue {
        let text = content.string ?? ""
        switch tag {
        case "$tuple": return .tuple(TemplateTuple(try content.array.map(value)))
        case "$dict":
            return try dictionary(try content.array.map { (try value($0.array[0]), $0.array[1]) })
        case "$int": return .integer(BigInteger(text) ?? BigInteger(0))
        case "$float": return .double(Double(text) ?? .nan)
        case "$markup": return .markup(text)
        case "$bytes": return .object(TemplateBytes(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }))
        case "$generator":
            return .object(TemplateGenerator(name: "<genexpr>", Elements(try content.array.map(value))))
        case "$object": return .object(try object(content))
        case "$undefined":
            if let hint = content.member("hint")?.string { return environment.undefined(.hint(hint)) }
            return environment.undefined(.name(content.member("name")?.string ?? ""))
        case "$function": return .object(try CaseFunctions.function(named: text))
        default:
            guard let date = try CaseDates.value(tag, text) else { throw UnknownOption(name: tag) }
            return date
        }
    }

    private func object(_ content: TemplateValue) throws -> CaseObject {
        CaseObject(
            typeName: content.member("class")?.string ?? "Object",
            attributes: try content.member("attributes")?.members.map { ($0.name, try value($0.value)) } ?? [],
            html: content.member("html")?.string)
    }
}

/// Values one after another.
private final class Elements: TemplateIterator {
    private var rest: ArraySlice<TemplateValue>

    init(_ values: [TemplateValue]) { rest = values[...] }

    override func next() -> TemplateValue? { rest.popFirst() }
}

/// An object with attributes, and with HTML if it is to have some.
private final class CaseObject: TemplateObject {
    let typeName: String
    private let attributes: [(name: String, value: TemplateValue)]
    let html: String?

    init(typeName: String, attributes: [(name: String, value: TemplateValue)], html: String?) {
        self.typeName = typeName
        self.attributes = attributes
        self.html = html
    }

    func attribute(_ name: String) -> TemplateValue? { attributes.first { $0.name == name }?.value }

    var representation: String { "<\(typeName)>" }
}
