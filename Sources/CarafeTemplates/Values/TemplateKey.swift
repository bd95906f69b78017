/// A value as a key: with Python's equality, by which `1`, `1.0` and `True` are the same.
///
/// ``TemplateValue/key()`` makes one of values that are hashable.
struct TemplateKey: Hashable, Sendable {
    let value: TemplateValue

    static func == (a: TemplateKey, b: TemplateKey) -> Bool { areSame(a.value, b.value) }

    /// Whether two keys are the same: identical or equal.
    static func areSame(_ a: TemplateValue, _ b: TemplateValue) -> Bool {
        switch (a, b) {
        case (.string(let a), .string(let b)): isSameText(a, b)
        case (.int(let a), .int(let b)): a == b
        default: a.isIdentical(to: b) || (try? a.isEqual(to: b)) ?? false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch value {
        case .string(let text), .markup(let text): Self.hash(text: text, into: &hasher)
        case .tuple(let tuple): Self.hash(tuple, into: &hasher)
        default: Self.hash(scalar: value, into: &hasher)
        }
    }

    /// Hashes the code points of `text`, which Swift's own hash of strings does not.
    static func hash(text: String, into hasher: inout Hasher) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if isDone == nil { for byte in text.utf8 { hasher.combine(byte) } }
        hasher.combine(UInt8(0xFF))
    }
}

// MARK: - Hashing other values

extension TemplateKey {
    private static func hash(scalar value: TemplateValue, into hasher: inout Hasher) {
        switch value {
        case .string(let text), .markup(let text): hash(text: text, into: &hasher)
        case .int(let value): hasher.combine(value)
        case .bool(let value): hasher.combine(value ? 1 : 0)
        case .double(let value): hash(value, into: &hasher)
        case .bigInt(let value): hasher.combine(value)
        case .none: hasher.combine(Self.noneTag)
        case .undefined(let value): hasher.combine(value.typeName.utf8.count)
        case .object(let object): _ = object.hash(into: &hasher)
        // Not hashable: never a key.
        case .list, .dict, .tuple: break
        }
    }

    private static let noneTag = 0x4E6F6E65

    /// Hashes a float as the integer that it equals, where there is one.
    private static func hash(_ value: Double, into hasher: inout Hasher) {
        if let integer = Int(exactly: value) {
            hasher.combine(integer)
        } else if let integer = BigInteger(exactly: value) {
            hasher.combine(integer)
        } else {
            hasher.combine(value)
        }
    }

    /// Hashes a tuple and those in it, without recursion.
    private static func hash(_ tuple: TemplateTuple, into hasher: inout Hasher) {
        var rest: [ArraySlice<TemplateValue>] = [tuple.elements[...]]
        hasher.combine(tuple.count)
        while let value = rest[rest.count - 1].popFirst() ?? endOfTuple(&rest) {
            if case .tuple(let tuple) = value {
                hasher.combine(tuple.count)
                rest.append(tuple.elements[...])
            } else {
                hash(scalar: value, into: &hasher)
            }
        }
    }

    /// The next value after the end of the innermost tuple.
    private static func endOfTuple(_ rest: inout [ArraySlice<TemplateValue>]) -> TemplateValue? {
        while rest.count > 1 {
            rest.removeLast()
            if let value = rest[rest.count - 1].popFirst() { return value }
        }
        return nil
    }
}

// MARK: - What is hashable

extension TemplateValue {
    /// The value as a key.
    ///
    /// - Throws: a `TypeError` for what is not hashable, and what a strict undefined value throws.
    func key() throws -> TemplateKey {
        switch self {
        case .string, .int: break
        case .tuple(let tuple): try Self.checkHashable(tuple)
        default: try checkHashable()
        }
        return TemplateKey(value: self)
    }

    private func checkHashable() throws {
        switch self {
        case .list, .dict: throw TemplateError(.typeError, "unhashable type: '\(typeName)'")
        case .undefined(let value): if value.kind == .strict { throw value.error() }
        case .object(let object):
            var hasher = Hasher()
            if !object.hash(into: &hasher) { throw TemplateError(.typeError, "unhashable type: '\(object.typeName)'") }
        default: break
        }
    }

    private static func checkHashable(_ tuple: TemplateTuple) throws {
        var rest: [ArraySlice<TemplateValue>] = [tuple.elements[...]]
        var steps = 0
        while var values = rest.popLast() {
            guard let value = values.popFirst() else { continue }
            rest.append(values)
            steps += 1
            if steps > 1 << 24 { throw TemplateError(.limit, "a tuple of too many tuples cannot be hashed") }
            if case .tuple(let tuple) = value {
                if rest.count >= 1000 { throw ThreadState.recursionError("") }
                rest.append(tuple.elements[...])
            } else {
                try value.checkHashable()
            }
        }
    }
}
