/// The methods of Python's `range`.
extension TemplateRange {
    func method(_ name: String) -> TemplateValue? {
        if isSameText(name, "index") {
            return .object(TemplateFunction(name) { [self] arguments, _ in try index(arguments) })
        }
        if isSameText(name, "count") {
            return .object(TemplateFunction(name) { [self] arguments, _ in try count(arguments) })
        }
        return nil
    }

    private func index(_ arguments: TemplateArguments) throws -> TemplateValue {
        let value = try single(arguments, "index")
        if try contains(value) ?? false {
            if case .int(let integer) = Number(value) { return .int((integer &- start) / step) }
            for position in 0..<count where try value.isEqual(to: .int(start &+ position &* step)) {
                return .int(position)
            }
        }
        if case .int = value { throw TemplateError(.valueError, "\(try value.representation) is not in range") }
        throw TemplateError(.valueError, "sequence.index(x): x not in sequence")
    }

    private func count(_ arguments: TemplateArguments) throws -> TemplateValue {
        .int(try contains(single(arguments, "count")) ?? false ? 1 : 0)
    }

    private func single(_ arguments: TemplateArguments, _ name: String) throws -> TemplateValue {
        guard arguments.named.isEmpty else {
            throw TemplateError(.typeError, "range.\(name)() takes no keyword arguments")
        }
        guard arguments.positional.count == 1 else {
            throw TemplateError(
                .typeError, "range.\(name)() takes exactly one argument (\(arguments.positional.count) given)")
        }
        return arguments.positional[0]
    }
}
