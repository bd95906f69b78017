/// A sequence other than text from its end, where Python's `reversed` takes it.
struct ReversedSequence {
    /// The elements in their own order.
    let elements: [TemplateValue]
    private let typeName: String

    /// Nil for what Python cannot reverse without a list of it.
    init?(_ value: TemplateValue) throws {
        switch value {
        case .list(let list): (elements, typeName) = (list.elements, "list_reverseiterator")
        case .tuple: (elements, typeName) = (try value.elements(), "reversed")
        case .dict: (elements, typeName) = (try value.elements(), "dict_reversekeyiterator")
        case .undefined:
            _ = try value.length()
            (elements, typeName) = ([], "reversed")
        case .object(let object):
            guard try object.length != nil else { return nil }
            elements = try value.elements()
            switch object.typeName {
            case "range": typeName = "range_iterator"
            case "dict_keys": typeName = "dict_reversekeyiterator"
            case "dict_values": typeName = "dict_reversevalueiterator"
            case "dict_items": typeName = "dict_reverseitemiterator"
            default: typeName = "reversed"
            }
        default: return nil
        }
    }

    /// An iterator over the elements, the last one first.
    var value: TemplateValue { .object(ReverseIterator(elements, typeName: typeName)) }
}

/// What Python's `reversed` gives: hands out its values once.
private final class ReverseIterator: TemplateObject {
    let typeName: String
    private let generator: TemplateGenerator

    init(_ elements: [TemplateValue], typeName: String) {
        self.typeName = typeName
        generator = TemplateGenerator(name: typeName, ArrayIterator(elements.reversed()))
    }

    func makeIterator() -> TemplateIterator? { generator.makeIterator() }
    var isTrue: Bool { true }
    var representation: String { "<\(typeName) object at 0x7f0000000000>" }
}
