/// An object that stands for a value which is made when it is first needed, and then is that value in all but name.
///
/// `@unchecked`: ``made`` is atomic; what subclasses add says itself why it may be shared.
class StandIn: TemplateObject, @unchecked Sendable {
    private final class Made: Sendable {
        let value: TemplateValue
        init(_ value: TemplateValue) { self.value = value }
    }

    private let made = OnceReference<Made>()

    /// Makes the value. Two threads may do so at the same time; one of the two values is kept then.
    func make() throws -> TemplateValue { .none }

    /// The value, if it has been made.
    final var madeValue: TemplateValue? { made.load()?.value }

    /// The value.
    final var value: TemplateValue {
        get throws {
            if let made = made.load() { return made.value }
            return made.storeIfNil(Made(try make())).value
        }
    }

    var typeName: String { (try? value.typeName) ?? "object" }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch try value {
        case .object(let object): try object.attribute(name)
        case let value: PythonMethods.attribute(of: value, named: name)
        }
    }

    func item(_ key: TemplateValue) throws -> TemplateValue? { try value.item(key) }

    var isCallable: Bool { if case .object(let object)? = try? value { object.isCallable } else { false } }

    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        guard case .object(let object) = try value else {
            throw TemplateError(.typeError, "'\(typeName)' object is not callable")
        }
        return try object.call(arguments, in: context)
    }

    var isSafeToCall: Bool { if case .object(let object)? = try? value { object.isSafeToCall } else { true } }
    var altersData: Bool { if case .object(let object)? = try? value { object.altersData } else { false } }

    func makeIterator() throws -> TemplateIterator? { try value.makeIterator() }

    var length: Int? {
        get throws {
            switch try value {
            case .object(let object): try object.length
            case .none, .bool, .int, .bigInt, .double: nil
            case let value: try value.length()
            }
        }
    }

    var isMapping: Bool {
        switch try? value {
        case .dict?: true
        case .object(let object)?: object.isMapping
        default: false
        }
    }

    var isTrue: Bool { get throws { try value.isTrue } }
    var text: String { get throws { try value.text } }
    var representation: String { get throws { try value.representation } }
    var html: String? { get throws { try value.html } }

    func isEqual(to other: TemplateValue) -> Bool {
        if case .object(let other) = other, self === other { return true }
        return (try? value.isEqual(to: other.plain)) ?? false
    }

    func hash(into hasher: inout Hasher) -> Bool {
        guard let key = try? value.key() else { return false }
        key.hash(into: &hasher)
        return true
    }

    func isLess(than other: TemplateValue) throws -> Bool? { try value.isLess(than: other.plain) }
    func contains(_ element: TemplateValue) throws -> Bool? { try value.contains(element) }

    func slice(
        _ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue
    ) throws -> TemplateValue? {
        try value.slice(start, stop, step)
    }
}
