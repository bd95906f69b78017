/// `length`, `list`, `first`, `last`, `random`, `reverse`, `join`, `items`, `batch` and `slice`.
enum SequenceFilters {
    static let all: [String: TemplateFilter] = [
        "length": length, "count": length, "list": list, "first": first, "last": last, "random": random,
        "reverse": reverse, "join": join, "items": items, "batch": batch, "slice": slice,
    ]

    static let length: TemplateFilter = { value, arguments, _ in
        try Parameters.expectOnlyValue("len", arguments)
        return .int(try value.length())
    }

    private static let listParameters = Parameters("sync_do_list", given: ["value"])
    static let list: TemplateFilter = { value, arguments, _ in
        try listParameters.expectNothing(arguments)
        return .list(TemplateList(try value.elements()))
    }

    // MARK: One element

    private static let firstParameters = Parameters("sync_do_first", given: ["environment", "seq"])
    static let first: TemplateFilter = { value, arguments, context in
        try firstParameters.expectNothing(arguments)
        return try value.makeIterator().next() ?? context.undefined(.hint("No first item, sequence was empty."))
    }

    private static let lastParameters = Parameters("do_last", given: ["environment", "seq"])
    static let last: TemplateFilter = { value, arguments, context in
        try lastParameters.expectNothing(arguments)
        switch value {
        case .string(let text):
            if let scalar = text.unicodeScalars.last { return .string(String(scalar)) }
        case .markup(let text):
            // Python reverses text by its items, which are markup again; those it iterates over are not.
            if let scalar = text.unicodeScalars.last { return .markup(String(scalar)) }
        case .list(let list):
            if let element = list.elements.last { return element }
        default:
            guard let reversed = try ReversedSequence(value) else {
                throw TemplateError(.typeError, "'\(value.typeName)' object is not reversible")
            }
            if let element = reversed.elements.last { return element }
        }
        return context.undefined(.hint("No last item, sequence was empty."))
    }

    private static let randomParameters = Parameters("do_random", given: ["context", "seq"])
    static let random: TemplateFilter = { value, arguments, context in
        try randomParameters.expectNothing(arguments)
        let count = try value.length()
        guard count > 0 else { return context.undefined(.hint("No random item, sequence was empty.")) }
        let position = TemplateValue.int(Int.random(in: 0..<count))
        if let element = try value.item(position) { return element }
        switch value {
        case .object(let object) where !object.isMapping:
            throw TemplateError(.typeError, "'\(value.typeName)' object is not subscriptable")
        default: throw TemplateError(.keyError, try position.representation)
        }
    }

    // MARK: reverse

    private static let reverseParameters = Parameters("do_reverse", given: ["value"])
    static let reverse: TemplateFilter = { value, arguments, _ in
        try reverseParameters.expectNothing(arguments)
        if let soft = SoftText(string: value) {
            var reversed = ""
            reversed.unicodeScalars.append(contentsOf: soft.text.unicodeScalars.reversed())
            return soft.with(reversed)
        }
        if let sequence = try ReversedSequence(value) { return sequence.value }
        do {
            return .list(TemplateList(try value.elements().reversed()))
        } catch let error as TemplateError where error.kind == .typeError {
            throw TemplateError(.filterArgument, "argument must be iterable")
        }
    }

    // MARK: join

    private static let joinParameters = Parameters(
        "sync_do_join", given: ["eval_ctx", "value"], [.optional("d", .string("")), .optional("attribute", .none)])
    static let join: TemplateFilter = { value, arguments, context in
        let bound = try joinParameters.bind(arguments)
        var elements = try value.elements()
        if case .none = bound[1] {
        } else {
            let path = try AttributePath(bound[1])
            for index in elements.indices { elements[index] = try path.look(in: elements[index], context) }
        }
        guard context.autoescape else {
            return .string(try joined(elements, by: SoftText(bound[0]).text, isMarkup: false, context))
        }
        if try bound[0].html != nil {
            // An object with HTML of its own is text between the elements here, as `soft_str` makes it.
            let separator = try SoftText(bound[0])
            return separator.with(try joined(elements, by: separator.text, isMarkup: separator.isMarkup, context))
        }
        let isMarkup = try elements.contains(where: hasHTML)
        let text = try SoftText(bound[0]).text
        guard isMarkup else { return .string(try joined(elements, by: text, isMarkup: false, context)) }
        return .markup(try joined(elements, by: Escaping.escape(text), isMarkup: true, context))
    }

    private static func hasHTML(_ value: TemplateValue) throws -> Bool {
        switch value {
        case .string, .int: false
        case .markup: true
        default: try value.html != nil
        }
    }

    /// The texts of `elements`, escaped if the result `isMarkup`, with `separator` between them.
    private static func joined(
        _ elements: [TemplateValue], by separator: String, isMarkup: Bool, _ context: TemplateContext
    ) throws -> String {
        let limits = context.limits
        var texts: [String] = []
        texts.reserveCapacity(elements.count)
        var size = 0
        for element in elements {
            let text: String
            switch element {
            case .string(let plain): text = isMarkup ? Escaping.escape(plain) : plain
            case .markup(let markup): text = markup
            default: text = isMarkup ? try element.escaped() : try element.text
            }
            texts.append(text)
            size += text.utf8.count + separator.utf8.count
            try PythonText.check(size: size - separator.utf8.count, limits)
        }
        return concatenated(texts, separator, size: size)
    }

    private static func concatenated(_ texts: [String], _ separator: String, size: Int) -> String {
        String(unsafeUninitializedCapacity: size) { result in
            guard let start = UnsafeMutableRawPointer(result.baseAddress) else { return 0 }
            var target = start
            PythonText.withBytes(separator) { separator in
                for (number, text) in texts.enumerated() {
                    if number > 0, let source = separator.baseAddress {
                        target.copyMemory(from: source, byteCount: separator.count)
                        target += separator.count
                    }
                    PythonText.withBytes(text) { text in
                        guard let source = text.baseAddress else { return }
                        target.copyMemory(from: source, byteCount: text.count)
                        target += text.count
                    }
                }
            }
            return target - start
        }
    }

    // MARK: items

    private static let itemsParameters = Parameters("do_items", given: ["value"])
    static let items: TemplateFilter = { value, arguments, context in
        try itemsParameters.expectNothing(arguments)
        return LazySequence.value(function: "do_items", context) { context in
            var items: [(key: TemplateValue, value: TemplateValue)] = []
            switch value {
            case .undefined: break
            case .dict: items = try value.items(in: context)
            case .object(let object) where object.isMapping: items = try value.items(in: context)
            default: throw TemplateError(.typeError, "Can only get item pairs from a mapping.")
            }
            var remaining = items.makeIterator()
            return { _ in remaining.next().map { .tuple([$0.key, $0.value]) } }
        }
    }

    // MARK: batch and slice

    private static let batchParameters = Parameters(
        "do_batch", given: ["value"], [.required("linecount"), .optional("fill_with", .none)])
    static let batch: TemplateFilter = { value, arguments, context in
        let bound = try batchParameters.bind(arguments)
        let (size, filling) = (bound[0], bound[1])
        return LazySequence.value(function: "do_batch", context) { _ in
            let elements = try value.makeIterator()
            var batch: [TemplateValue] = []
            var isDone = false
            return { context in
                while !isDone, let element = try elements.next() {
                    guard try size.isEqual(to: .int(batch.count)) else {
                        batch.append(element)
                        continue
                    }
                    defer { batch = [element] }
                    return .list(TemplateList(batch))
                }
                guard !isDone, !batch.isEmpty else { return nil }
                isDone = true
                return .list(TemplateList(try filled(batch, to: size, with: filling, context)))
            }
        }
    }

    private static func filled(
        _ batch: [TemplateValue], to size: TemplateValue, with filling: TemplateValue, _ context: TemplateContext
    ) throws -> [TemplateValue] {
        if case .none = filling { return batch }
        let count = TemplateValue.int(batch.count)
        guard try count.compare(.less, size) else { return batch }
        let missing = try size.binary(.subtract, count, in: context)
        return batch
            + (try TemplateValue.list(TemplateList([filling])).binary(.multiply, missing, in: context).elements())
    }

    private static let sliceParameters = Parameters(
        "sync_do_slice", given: ["value"], [.required("slices"), .optional("fill_with", .none)])
    static let slice: TemplateFilter = { value, arguments, context in
        let bound = try sliceParameters.bind(arguments)
        let (slices, filling) = (bound[0], bound[1])
        return LazySequence.value(function: "sync_do_slice", context) { context in
            let elements = try value.elements()
            // As Python divides, so that it is Python that complains.
            _ = try TemplateValue.int(elements.count).binary(.floorDivide, slices, in: context)
            let count = Swift.max(0, try slices.index(as: .clipped))
            guard count <= context.limits.rangeLength else {
                throw TemplateError(
                    .limit, "more slices than the limit of \(context.limits.rangeLength) (rangeLength)")
            }
            var (number, start) = (0, 0)
            return { _ in
                guard number < count else { return nil }
                let hasExtra = number < elements.count % count
                let end = start + elements.count / count + (hasExtra ? 1 : 0)
                var slice = Array(elements[start..<end])
                if !hasExtra, !filling.isNone { slice.append(filling) }
                (number, start) = (number + 1, end)
                return .list(TemplateList(slice))
            }
        }
    }

}
