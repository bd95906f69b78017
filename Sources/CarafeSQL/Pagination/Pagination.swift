/// One page of a query's rows, with Flask-SQLAlchemy's attributes.
///
/// ```swift
/// let posts = try await db.paginate("SELECT * FROM post ORDER BY created DESC", page: 3, perPage: 20, as: Post.self)
/// ```
public struct Pagination<Item: Sendable>: Sendable {
    /// The page's items.
    public var items: [Item]
    /// The page's number, from 1.
    public var page: Int
    /// How many items a page has at most.
    public var perPage: Int
    /// How many items there are on all pages; nil where they were not counted.
    public var total: Int?

    /// A page of items that are there already.
    public init(items: [Item], page: Int, perPage: Int, total: Int?) {
        self.items = items
        self.page = max(1, page)
        self.perPage = max(1, perPage)
        self.total = total
    }

    /// The number of the first item on the page, from 1; 0 where the page is empty.
    public var first: Int { items.isEmpty ? 0 : (page - 1).times(perPage).plus(1) }

    /// The number of the last item on the page; 0 where the page is empty.
    public var last: Int { items.isEmpty ? 0 : first.plus(items.count - 1) }

    /// How many pages there are; 0 where nothing was counted.
    public var pages: Int {
        guard let total, total > 0 else { return 0 }
        return (total - 1) / perPage + 1
    }

    /// Whether a page comes before this one.
    public var hasPrev: Bool { page > 1 }

    /// The number of the page before; nil on the first.
    public var prevNum: Int? { hasPrev ? page - 1 : nil }

    /// Whether a page follows this one.
    public var hasNext: Bool { page < pages }

    /// The number of the next page; nil on the last.
    public var nextNum: Int? { hasNext ? page + 1 : nil }

    /// Whether the page lies behind the last one: Flask-SQLAlchemy answers 404 then.
    public var isPastEnd: Bool { items.isEmpty && page != 1 }

    /// Page numbers for links, nil for each gap: `1, 2, nil, 5, 6, 7, 8, 9, 10, 11, nil, 19, 20` on page 7 of 20.
    ///
    /// - Parameters:
    ///   - leftEdge: how many pages at the beginning
    ///   - leftCurrent: how many pages before the current one
    ///   - rightCurrent: how many pages after the current one
    ///   - rightEdge: how many pages at the end
    public func iterPages(leftEdge: Int = 2, leftCurrent: Int = 2, rightCurrent: Int = 4, rightEdge: Int = 2) -> [Int?]
    {
        guard pages > 0 else { return [] }
        let end = pages.plus(1)
        let leftEnd = min(leftEdge.plus(1), end)
        var numbers: [Int?] = Self.numbers(1, leftEnd)
        if leftEnd == end { return numbers }
        let middleStart = max(leftEnd, page.minus(leftCurrent))
        let middleEnd = min(page.plus(rightCurrent).plus(1), end)
        if middleStart > leftEnd { numbers.append(nil) }
        numbers += Self.numbers(middleStart, middleEnd)
        if middleEnd == end { return numbers }
        let rightStart = max(middleEnd, end.minus(rightEdge))
        if rightStart > middleEnd { numbers.append(nil) }
        return numbers + Self.numbers(rightStart, end)
    }

    private static func numbers(_ start: Int, _ end: Int) -> [Int?] { start < end ? Array(start..<end) : [] }
}

extension Pagination: Equatable where Item: Equatable {}

/// Sums of numbers that come from a request's query: they end at the greatest number instead of trapping.
extension Int {
    fileprivate func plus(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    fileprivate func minus(_ other: Int) -> Int {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    /// The product of numbers that are not negative.
    func times(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
