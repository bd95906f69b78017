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
        // Has one: it is a key, or within one.
        case .tuple(let tuple): hasher.combine(tuple.knownHash ?? 0)
        // Not hashable: never a key.
        case .list, .dict: break
        }
    }

    /// The hash of a tuple in which all tuples have theirs.
    fileprivate static func hash(ofElements tuple: TemplateTuple) -> Int {
        var hasher = Hasher()
        hasher.combine(tuple.count)
        for element in tuple.elements { hash(scalar: element, into: &hasher) }
        return hasher.finalize()
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

    /// Hashes a tuple and those in it, innermost first and without recursion. Each keeps its hash: a tuple may be in
    /// others many times.
    private static func checkHashable(_ tuple: TemplateTuple) throws {
        var open = [(tuple: tuple, position: 0)]
        while let (tuple, position) = open.last {
            if tuple.knownHash != nil {
                open.removeLast()
            } else if position == tuple.count {
                tuple.keep(hash: TemplateKey.hash(ofElements: tuple))
                open.removeLast()
            } else if case .tuple(let inner) = tuple[position] {
                if open.count >= 1000 { throw ThreadState.recursionError("") }
                open[open.count - 1].position += 1
                open.append((inner, 0))
            } else {
                open[open.count - 1].position += 1
                try tuple[position].checkHashable()
            }
        }
    }
}
