extension BoundRule {
    /// Werkzeug's order of rules to build from: aliases last, then those with more arguments first, then those with
    /// more defaults, then the order of registration.
    var buildOrder: (Int, Int, Int, Int) {
        (rule.isAlias ? 1 : 0, -arguments.count, -rule.defaults.count, index)
    }

    /// Whether a URL can be built from it: the method fits, every variable has a value or a default, and what has a
    /// default has no other value.
    func isSuitable(for values: BuildValues, method: String?) -> Bool {
        if let method, !answers(method) { return false }
        for (name, fixed) in zip(arguments, defaultValues) {
            guard let given = values.values(of: name) else {
                if fixed == nil { return false }
                continue
            }
            if let fixed, given != [fixed] { return false }
        }
        return true
    }

    /// The domain and the path with its query.
    ///
    /// - Throws: `UnwritableValue` for a value that the variable's converter cannot write.
    func build(
        _ values: BuildValues, appendUnknown: Bool, sorted: Bool
    ) throws(UnwritableValue) -> (domain: String, path: String) {
        let domain = try text(of: domainSteps, values)
        let path = try text(of: pathSteps, values)
        guard appendUnknown else { return (domain, path) }
        let query = self.query(of: values, sorted: sorted)
        return (domain, query.isEmpty ? path : path + "?" + query)
    }

    private func text(of steps: [BuildStep], _ values: BuildValues) throws(UnwritableValue) -> String {
        var result = ""
        for step in steps {
            switch step {
            case .text(let text): result += text
            case .variable(let name, let conversion):
                guard let given = values.values(of: name), given.count == 1, let value = given.first else {
                    throw UnwritableValue("'\(name)' has several values, and a path has room for one")
                }
                result += try conversion.urlText(for: value)
            }
        }
        return result
    }

    private func query(of values: BuildValues, sorted: Bool) -> String {
        var pairs: [(name: String, value: String)] = []
        for (name, values) in values.items where !arguments.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            for value in values { pairs.append((name, value.text)) }
        }
        if sorted {
            pairs.sort { left, right in
                if !left.name.utf8.elementsEqual(right.name.utf8) {
                    return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
                }
                return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
            }
        }
        return pairs.map { pair in
            percentEncoded(pair.name.utf8, allowing: .query) + "=" + percentEncoded(pair.value.utf8, allowing: .query)
        }.joined(separator: "&")
    }
}

/// Why a converter cannot write a value. Becomes a `BuildError` or a `RuleError`.
struct UnwritableValue: Error {
    let message: String
    init(_ message: String) { self.message = message }
}

extension VariableConverter {
    /// The percent-encoded text of a value: what Werkzeug's `to_url` gives. A number may be given as text.
    func urlText(for value: RoutingValue) throws(UnwritableValue) -> String {
        switch self {
        case .plain(.string), .plain(.path):
            return percentEncoded(value.text.utf8, allowing: .path)
        case .any(let items):
            let text = value.text
            guard items.contains(where: { $0.elementsEqual(text.utf8) }) else {
                let names = items.map { "'\(String(decoding: $0, as: UTF8.self))'" }.sorted()
                throw UnwritableValue("'\(text)' is not one of \(names.joined(separator: ", "))")
            }
            return percentEncoded(text.utf8, allowing: .path)
        case .plain(.int(let format)):
            guard let number = integer(value) else { throw UnwritableValue("\(quoted(value.text)) is no integer") }
            return format.text(of: number)
        case .plain(.float(let format)):
            guard let number = double(value), let text = format.text(of: number) else {
                throw UnwritableValue("\(quoted(value.text)) is no number with a finite value")
            }
            return text
        case .plain(.uuid):
            let text = value.text
            guard RoutingUUID(text) != nil else { throw UnwritableValue("\(quoted(text)) is no UUID") }
            return text
        case .custom(let custom):
            guard let text = custom.converter.text(for: value) else {
                throw UnwritableValue("the converter '\(custom.name)' cannot write \(quoted(value.text))")
            }
            return percentEncoded(text.utf8, allowing: .path)
        }
    }

    private func integer(_ value: RoutingValue) -> Int? {
        switch value {
        case .int(let number): number
        // Truncated, as by Python's `int`; the bounds are those of 64 bits.
        case .double(let number): number >= -0x1p63 && number < 0x1p63 ? Int(number) : nil
        case .bool(let truth): truth ? 1 : 0
        case .string(let text): Int(text)
        case .uuid, .custom: nil
        }
    }

    private func double(_ value: RoutingValue) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .bool(let truth): truth ? 1 : 0
        case .string(let text): Double(text)
        case .uuid, .custom: nil
        }
    }
}
