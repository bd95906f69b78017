/// A statement's text without its values, as a key of caches of prepared statements.
///
/// Two statements have the same shape when a driver writes the same text for them: lists of different lengths make different
/// shapes.
package struct StatementShape: Sendable, Hashable {
    private let parts: [SQL.Part]

    /// The shape of a statement, for looking up: it keeps the statement's values, and is made without copying.
    package init(_ statement: SQL) { parts = statement.parts }

    /// The shape without the values, for keeping.
    package var withoutValues: StatementShape {
        StatementShape(
            parts: parts.map { part in
                switch part {
                case .text, .identifier: part
                case .value: .value(.null)
                case .list(let values): .list([SQLValue](repeating: .null, count: values.count))
                }
            })
    }

    private init(parts: [SQL.Part]) { self.parts = parts }

    package static func == (first: StatementShape, second: StatementShape) -> Bool {
        guard first.parts.count == second.parts.count else { return false }
        for index in first.parts.indices {
            switch (first.parts[index], second.parts[index]) {
            case (.text(let first), .text(let second)): if !first.utf8.elementsEqualFast(second) { return false }
            case (.identifier(let first), .identifier(let second)):
                guard first.parts.count == second.parts.count else { return false }
                for (first, second) in zip(first.parts, second.parts) where !first.utf8.elementsEqualFast(second) {
                    return false
                }
            case (.value, .value): continue
            case (.list(let first), .list(let second)): if first.count != second.count { return false }
            default: return false
            }
        }
        return true
    }

    /// Lengths alone, which costs a few nanoseconds where hashing a page of text costs hundreds: equality does the rest.
    package func hash(into hasher: inout Hasher) {
        var sum = parts.count
        for part in parts {
            switch part {
            case .text(let text): sum = sum &* 31 &+ text.utf8.count
            case .identifier(let identifier):
                for name in identifier.parts { hasher.combine(name) }
            case .value: sum = sum &* 31 &+ 1
            case .list(let values): sum = sum &* 31 &+ values.count &+ 1_000_003
            }
        }
        hasher.combine(sum)
    }
}

extension String.UTF8View {
    /// Whether the bytes are the same. Literals that are the same object are compared by their address.
    fileprivate func elementsEqualFast(_ other: String) -> Bool {
        guard count == other.utf8.count else { return false }
        let same = withContiguousStorageIfAvailable { first in
            other.utf8.withContiguousStorageIfAvailable { second in
                first.baseAddress == second.baseAddress || first.elementsEqual(second)
            }
        }
        return (same ?? nil) ?? elementsEqual(other.utf8)
    }
}

extension SQL {
    /// How many values the statement binds.
    package var valueCount: Int {
        parts.reduce(0) { count, part in
            switch part {
            case .text, .identifier: count
            case .value: count + 1
            case .list(let values): count + values.count
            }
        }
    }
}
