/// `sort`, `dictsort`, `groupby`, `min`, `max` and `unique`.
enum OrderFilters {
    static let all: [String: TemplateFilter] = [
        "sort": sort, "dictsort": dictsort, "groupby": groupby, "min": min, "max": max, "unique": unique,
    ]

    // MARK: sort and dictsort

    private static let sortParameters = Parameters(
        "do_sort", given: ["environment", "value"],
        [.optional("reverse", .bool(false)), .optional("case_sensitive", .bool(false)), .optional("attribute", .none)])
    static let sort: TemplateFilter = { value, arguments, context in
        let bound = try sortParameters.bind(arguments)
        let isCaseSensitive = try bound[1].isTrue
        let paths = try AttributePath.several(bound[2])
        let elements = try value.elements()
        let isReversed = try bound[0].index(as: .int) != 0
        let order: [Int]
        if paths.count == 1 {
            let keys = try elements.map { try paths[0].key(of: $0, isCaseSensitive: isCaseSensitive, context) }
            order = try StableSort.order(count: keys.count, isReversed: isReversed) { left, right in
                try precedesInList(keys[left], keys[right]) ?? false
            }
        } else {
            let keys = try elements.map { element in
                try paths.map { try $0.key(of: element, isCaseSensitive: isCaseSensitive, context) }
            }
            order = try StableSort.order(count: keys.count, isReversed: isReversed) { left, right in
                for (left, right) in zip(keys[left], keys[right]) {
                    if let precedes = try precedesInList(left, right) { return precedes }
                }
                return false
            }
        }
        return .list(TemplateList(order.map { elements[$0] }))
    }

    /// Whether `left` is less than `right` where the lists that hold them are compared; nil where both are equal, and so do
    /// not decide. Jinja sorts by lists of keys, whose equal elements Python never asks for their order.
    private static func precedesInList(_ left: TemplateValue, _ right: TemplateValue) throws -> Bool? {
        switch (left, right) {
        case (.string(let left), .string(let right)) where !isSameText(left, right): break
        case (.int(let left), .int(let right)): return left == right ? nil : left < right
        default: if try left.isIdentical(to: right) || left.isEqual(to: right) { return nil }
        }
        return try left.isLess(than: right)
    }

    private static let dictsortParameters = Parameters(
        "do_dictsort", given: ["value"],
        [
            .optional("case_sensitive", .bool(false)), .optional("by", .string("key")),
            .optional("reverse", .bool(false)),
        ])
    static let dictsort: TemplateFilter = { value, arguments, context in
        let bound = try dictsortParameters.bind(arguments)
        let isCaseSensitive = try bound[0].isTrue
        let byKey: Bool
        switch SoftText(string: bound[1])?.text {
        case "key": byKey = true
        case "value": byKey = false
        default: throw TemplateError(.filterArgument, "You can only sort by either \"key\" or \"value\"")
        }
        let items = try value.items(in: context)
        let isReversed = try bound[2].index(as: .int) != 0
        let keys = items.map { item in
            let key = byKey ? item.key : item.value
            return isCaseSensitive ? key : AttributePath.ignoringCase(key)
        }
        let order = try StableSort.order(count: keys.count, isReversed: isReversed) {
            try keys[$0].isLess(than: keys[$1])
        }
        return .list(TemplateList(order.map { .tuple([items[$0].key, items[$0].value]) }))
    }

    // MARK: groupby

    private static let groupbyParameters = Parameters(
        "sync_do_groupby", given: ["environment", "value"],
        [.required("attribute"), .optional("default", .none), .optional("case_sensitive", .bool(false))])
    static let groupby: TemplateFilter = { value, arguments, context in
        let bound = try groupbyParameters.bind(arguments)
        let path = try AttributePath(bound[0], fallback: bound[1])
        let isCaseSensitive = try bound[2].isTrue
        let elements = try value.elements()
        let keys = try elements.map { try path.key(of: $0, isCaseSensitive: isCaseSensitive, context) }
        let order = try StableSort.order(count: keys.count) { try keys[$0].isLess(than: keys[$1]) }
        var groups: [TemplateValue] = []
        var start = 0
        while start < order.count {
            let key = keys[order[start]]
            var end = start + 1
            while end < order.count, try key.isIdentical(to: keys[order[end]]) || key.isEqual(to: keys[order[end]]) {
                end += 1
            }
            // The group's name is as its first element writes it.
            let grouper = isCaseSensitive ? key : try path.look(in: elements[order[start]], context)
            let list = TemplateList(order[start..<end].map { elements[$0] })
            groups.append(.object(GroupTuple(grouper: grouper, list: list)))
            start = end
        }
        return .list(TemplateList(groups))
    }

    // MARK: min and max

    private static let parametersOfExtremes = [
        Parameters.Parameter.optional("case_sensitive", .bool(false)), .optional("attribute", .none),
    ]
    private static let minParameters = Parameters("do_min", given: ["environment", "value"], parametersOfExtremes)
    static let min: TemplateFilter = { value, arguments, context in
        try extreme(of: value, .less, minParameters.bind(arguments), context)
    }

    private static let maxParameters = Parameters("do_max", given: ["environment", "value"], parametersOfExtremes)
    static let max: TemplateFilter = { value, arguments, context in
        try extreme(of: value, .greater, maxParameters.bind(arguments), context)
    }

    /// The first of the elements whose key is less, or greater, than all others.
    private static func extreme(
        of value: TemplateValue, _ comparison: TemplateSyntax.Comparison, _ bound: Parameters.Bound,
        _ context: TemplateContext
    ) throws -> TemplateValue {
        let isCaseSensitive = try bound[0].isTrue
        let iterator = try value.makeIterator()
        guard var extreme = try iterator.next() else {
            return context.undefined(.hint("No aggregated item, sequence was empty."))
        }
        let path = try AttributePath(bound[1])
        var extremeKey = try path.key(of: extreme, isCaseSensitive: isCaseSensitive, context)
        while let element = try iterator.next() {
            let key = try path.key(of: element, isCaseSensitive: isCaseSensitive, context)
            if try key.compare(comparison, extremeKey) { (extreme, extremeKey) = (element, key) }
        }
        return extreme
    }

    // MARK: unique

    private static let uniqueParameters = Parameters(
        "sync_do_unique", given: ["environment", "value"],
        [.optional("case_sensitive", .bool(false)), .optional("attribute", .none)])
    static let unique: TemplateFilter = { value, arguments, context in
        let bound = try uniqueParameters.bind(arguments)
        let (isCaseSensitive, attribute) = (bound[0], bound[1])
        return LazySequence.value(function: "sync_do_unique", context) { _ in
            let path = try AttributePath(attribute)
            let isCaseSensitive = try isCaseSensitive.isTrue
            let elements = try value.makeIterator()
            var seen: Set<TemplateKey> = []
            return { context in
                while let element = try elements.next() {
                    let key = try path.key(of: element, isCaseSensitive: isCaseSensitive, context).key()
                    if seen.insert(key).inserted { return element }
                }
                return nil
            }
        }
    }
}
