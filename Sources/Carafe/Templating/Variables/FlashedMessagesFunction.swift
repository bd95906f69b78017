import CarafeHTTP
import CarafeTemplates

/// `get_flashed_messages(with_categories=False, category_filter=())` in templates.
final class FlashedMessagesFunction: TemplateObject {
    private let request: Request

    init(_ request: Request) { self.request = request }

    let typeName = "function"
    let isCallable = true
    let isTrue = true
    let representation = "<function get_flashed_messages>"

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        let withCategories = try arguments.value(0, "with_categories")?.isTrue ?? false
        let filter = try arguments.value(1, "category_filter").map { try Self.categories($0) } ?? []
        let messages = request.flashedMessages(categories: filter)
        return .list(
            messages.map { message in
                withCategories ? .tuple([.string(message.category), .string(message.text)]) : .string(message.text)
            })
    }

    private static func categories(_ value: TemplateValue) throws -> [String] {
        if let category = value.string { return [category] }
        return value.isNone ? [] : try value.elements().compactMap(\.string)
    }
}
