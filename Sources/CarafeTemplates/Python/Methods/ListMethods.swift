/// The methods of `list` and `tuple`.
enum ListMethods {
    static let ofList = pythonMethods(
        of: "list",
        [
            ("append", .one, { try append($0, [$0.value(0)]) }),
            ("extend", .one, { try append($0, $0.value(0).elements()) }),
            ("insert", .positional(2, 2), insert),
            ("pop", .positional(0, 1), pop),
            ("remove", .one, remove),
            ("clear", .none, { call in change(call) { $0.removeAll() } }),
            ("reverse", .none, { call in change(call) { $0.reverse() } }),
            ("sort", .namedOnly(["key", "reverse"]), sort),
            ("copy", .none, { .list(TemplateList(elements($0))) }),
            ("count", .one, { .int(try count(elements($0), $0.value(0))) }),
            (
                "index", .positional(1, 3),
                { call in
                    if let index = try index(call) { return .int(index) }
                    throw TemplateError(.valueError, "\(try call.value(0).representation) is not in list")
                }
            ),
        ])

    static let ofTuple = pythonMethods(
        of: "tuple",
        [
            ("count", .one, { .int(try count(elements($0), $0.value(0))) }),
            (
                "index", .positional(1, 3),
                { call in
                    if let index = try index(call) { return .int(index) }
                    throw TemplateError(.valueError, "tuple.index(x): x not in tuple")
                }
            ),
        ])

    private static func elements(_ call: PythonCall) -> [TemplateValue] {
        switch call.receiver {
        case .list(let list): list.elements
        case .tuple(let tuple): Array(tuple)
        default: []
        }
    }

    private static func change(_ call: PythonCall, _ body: (inout [TemplateValue]) -> Void) -> TemplateValue {
        if case .list(let list) = call.receiver { list.mutate { body(&$0) } }
        return .none
    }

    private static func append(_ call: PythonCall, _ new: [TemplateValue]) throws -> TemplateValue {
        guard case .list(let list) = call.receiver else { return .none }
        try list.mutate { elements in
            try PythonText.check(size: elements.count + new.count, call.limits)
            elements += new
        }
        for value in new { call.context.state.remains.note(list, receives: value) }
        return .none
    }

    private static func insert(_ call: PythonCall) throws -> TemplateValue {
        guard case .list(let list) = call.receiver else { return .none }
        let position = try call.integer(0) ?? 0
        try list.mutate { elements in
            try PythonText.check(size: elements.count + 1, call.limits)
            let index = position < 0 ? max(position + elements.count, 0) : min(position, elements.count)
            elements.insert(call.value(1), at: index)
        }
        call.context.state.remains.note(list, receives: call.value(1))
        return .none
    }

    private static func pop(_ call: PythonCall) throws -> TemplateValue {
        guard case .list(let list) = call.receiver else { return .none }
        let position = try call.integer(0) ?? -1
        return try list.mutate { elements in
            guard !elements.isEmpty else { throw TemplateError(.indexError, "pop from empty list") }
            let index = position < 0 ? position + elements.count : position
            guard elements.indices.contains(index) else {
                throw TemplateError(.indexError, "pop index out of range")
            }
            return elements.remove(at: index)
        }
    }

    private static func remove(_ call: PythonCall) throws -> TemplateValue {
        guard let index = try position(of: call.value(0), in: elements(call)[...]) else {
            throw TemplateError(.valueError, "list.remove(x): x not in list")
        }
        // What compares the elements may have changed the list meanwhile.
        return change(call) { if index < $0.count { $0.remove(at: index) } }
    }

    private static func index(_ call: PythonCall) throws -> Int? {
        let elements = elements(call)
        func position(_ position: Int) -> Int {
            position < 0 ? max(position + elements.count, 0) : min(position, elements.count)
        }
        let start = position(try call.slicePosition(1, allowsNone: false) ?? 0)
        let end = position(try call.slicePosition(2, allowsNone: false) ?? elements.count)
        return start < end ? try Self.position(of: call.value(0), in: elements[start..<end]) : nil
    }

    private static func position(of value: TemplateValue, in elements: ArraySlice<TemplateValue>) throws -> Int? {
        for index in elements.indices where try isSame(elements[index], value) { return index }
        return nil
    }

    private static func count(_ elements: [TemplateValue], _ value: TemplateValue) throws -> Int {
        var count = 0
        for element in elements where try isSame(element, value) { count += 1 }
        return count
    }

    private static func isSame(_ a: TemplateValue, _ b: TemplateValue) throws -> Bool {
        if a.isIdentical(to: b) { return true }
        return try a.isEqual(to: b)
    }

    private static func sort(_ call: PythonCall) throws -> TemplateValue {
        guard case .list(let list) = call.receiver else { return .none }
        let isReversed = try call.integer(1, type: "int") ?? 0 != 0
        let elements = list.elements
        var keyed = try zip(elements, keys(of: elements, call)).map { (value: $0, key: $1) }
        // Equal ones keep their order also when it is reversed.
        if isReversed { keyed.reverse() }
        try keyed.sort { try $0.key.isLess(than: $1.key) }
        if isReversed { keyed.reverse() }
        let sorted = keyed.map(\.value)
        return change(call) { $0 = sorted }
    }

    private static func keys(of elements: [TemplateValue], _ call: PythonCall) throws -> [TemplateValue] {
        switch call.value(0) {
        case .none: return elements
        case .object(let function) where function.isCallable:
            return try elements.map { try function.call(TemplateArguments([$0]), in: call.context) }
        case let other: throw TemplateError(.typeError, "'\(other.typeName)' object is not callable")
        }
    }
}
