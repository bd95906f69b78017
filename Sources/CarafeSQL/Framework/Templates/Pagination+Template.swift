public import Carafe

/// A page in templates, with Flask-SQLAlchemy's names: `pagination.items`, `pagination.has_next`,
/// `pagination.iter_pages(left_edge=1)`. It iterates over its items.
final class PaginationObject<Item: Encodable & Sendable>: TemplateObject {
    private let pagination: Pagination<Item>

    init(_ pagination: Pagination<Item>) { self.pagination = pagination }

    var typeName: String { "Pagination" }
    var isTrue: Bool { true }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "items": try TemplateValue(converting: pagination.items)
        case "page": .int(pagination.page)
        case "per_page": .int(pagination.perPage)
        case "total": try TemplateValue(converting: pagination.total)
        case "pages": .int(pagination.pages)
        case "first": .int(pagination.first)
        case "last": .int(pagination.last)
        case "has_prev": .bool(pagination.hasPrev)
        case "has_next": .bool(pagination.hasNext)
        case "prev_num": try TemplateValue(converting: pagination.prevNum)
        case "next_num": try TemplateValue(converting: pagination.nextNum)
        case "iter_pages": iterPages.templateValue
        default: nil
        }
    }

    func item(_ key: TemplateValue) throws -> TemplateValue? {
        if case .string(let name) = key { try attribute(name) } else { nil }
    }

    func makeIterator() throws -> TemplateIterator? { ItemsIterator(pagination.items) }

    private var iterPages: TemplateFunction {
        TemplateFunction(
            "iter_pages", parameters: ["left_edge", "left_current", "right_current", "right_edge"]
        ) { [pagination] (leftEdge: Int?, leftCurrent: Int?, rightCurrent: Int?, rightEdge: Int?) in
            pagination.iterPages(
                leftEdge: leftEdge ?? 2, leftCurrent: leftCurrent ?? 2, rightCurrent: rightCurrent ?? 4,
                rightEdge: rightEdge ?? 2)
        }
    }

    private final class ItemsIterator: TemplateIterator {
        private var items: IndexingIterator<[Item]>
        init(_ items: [Item]) { self.items = items.makeIterator() }
        override func next() throws -> TemplateValue? { try items.next().map { try TemplateValue(converting: $0) } }
    }
}

extension Pagination: TemplateValueConvertible, Encodable where Item: Encodable {
    /// The page with Flask-SQLAlchemy's names.
    public var templateValue: TemplateValue { .object(PaginationObject(self)) }

    private enum Key: String, CodingKey {
        case items, page, perPage = "per_page", total, pages, hasPrev = "has_prev", hasNext = "has_next"
        case prevNum = "prev_num", nextNum = "next_num"
    }

    /// Encodes the items and the numbers, under the same names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(items, forKey: .items)
        try container.encode(page, forKey: .page)
        try container.encode(perPage, forKey: .perPage)
        try container.encode(total, forKey: .total)
        try container.encode(pages, forKey: .pages)
        try container.encode(hasPrev, forKey: .hasPrev)
        try container.encode(hasNext, forKey: .hasNext)
        try container.encode(prevNum, forKey: .prevNum)
        try container.encode(nextNum, forKey: .nextNum)
    }
}

extension KeysetPage: TemplateValueConvertible, Encodable where Item: Encodable {
    /// A dictionary with `items`, and `next` and `previous` as text for URLs or `None`.
    public var templateValue: TemplateValue {
        get throws {
            .dict(named: [
                ("items", try TemplateValue(converting: items)),
                ("next", try TemplateValue(converting: next?.description)),
                ("previous", try TemplateValue(converting: previous?.description)),
            ])
        }
    }

    private enum Key: String, CodingKey { case items, next, previous }

    /// Encodes an object with `items`, `next` and `previous`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(items, forKey: .items)
        try container.encode(next?.description, forKey: .next)
        try container.encode(previous?.description, forKey: .previous)
    }
}
