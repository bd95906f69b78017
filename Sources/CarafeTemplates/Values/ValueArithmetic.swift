extension TemplateValue {
    /// Python's `self operation right`.
    ///
    /// - Throws: Python's errors, and a ``TemplateError/Kind/limit`` for results longer than ``TemplateLimits/valueSize``
    func binary(
        _ operation: TemplateSyntax.BinaryOperator, _ right: TemplateValue, in context: TemplateContext
    ) throws -> TemplateValue {
        if case .int(let a) = self, case .int(let b) = right, let result = Number.applySmall(operation, a, b) {
            return result
        }
        if let a = Number(self), let b = Number(right) {
            return try Number.apply(operation, a, b, context.limits)
        }
        if isStandIn || right.isStandIn { return try plain.binary(operation, right.plain, in: context) }
        if case .object(let object) = self,
            let result = try object.binary(operation, right, isReflected: false)
        {
            return result
        }
        if let result = try TextArithmetic.apply(operation, self, right, in: context) { return result }
        if case .undefined(let value) = self { throw value.error() }
        if case .undefined(let value) = right { throw value.error() }
        if case .object(let object) = right, let result = try object.binary(operation, self, isReflected: true) {
            return result
        }
        if let result = try SequenceArithmetic.apply(operation, self, right, context.limits) { return result }
        let symbol = operation == .power ? "** or pow()" : operation.rawValue
        throw TemplateError(
            .typeError, "unsupported operand type(s) for \(symbol): '\(typeName)' and '\(right.typeName)'")
    }

    /// Python's `-self`.
    func negated() throws -> TemplateValue {
        switch Number(self) {
        case .int(let value): value == .min ? .bigInt(-BigInteger(value)) : .int(-value)
        case .big(let value): .integer(-value)
        case .double(let value): .double(-value)
        case nil:
            if case .object(let object) = try plain, let result = try object.negated() {
                result
            } else {
                throw badOperand("-")
            }
        }
    }

    /// Python's `+self`.
    func positive() throws -> TemplateValue {
        switch Number(self) {
        case .int(let value): .int(value)
        case .big, .double: self
        case nil:
            if case .object(let object) = try plain, let result = try object.positive() {
                result
            } else {
                throw badOperand("+")
            }
        }
    }

    private func badOperand(_ symbol: String) -> TemplateError {
        if case .undefined(let value) = self { return value.error() }
        return TemplateError(.typeError, "bad operand type for unary \(symbol): '\(typeName)'")
    }
}
