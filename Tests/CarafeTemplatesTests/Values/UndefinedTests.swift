import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Undefined values")
struct UndefinedTests {
    static func value(_ kind: TemplateUndefined.Kind, _ subject: TemplateUndefined.Subject = .name("x"))
        -> TemplateValue
    {
        .undefined(TemplateUndefined(subject, kind: kind))
    }

    @Test(
        "the message says what was not there",
        arguments: [
            (.name("x"), "'x' is undefined"),
            (.name("it's"), "\"it's\" is undefined"),
            (.element(of: "dict", isNone: false, name: "b"), "'dict object' has no attribute 'b'"),
            (.element(of: "list", isNone: false, name: 3), "list object has no element 3"),
            (.element(of: "dict", isNone: false, name: 1.5), "dict object has no element 1.5"),
            (.element(of: "NoneType", isNone: true, name: "foo"), "'None' has no attribute 'foo'"),
            (.element(of: "NoneType", isNone: true, name: 0), "None has no element 0"),
            (
                .element(of: "dict", isNone: false, name: .markup("b")),
                "'dict object' has no attribute Markup('b')"
            ),
            (.hint("parameter 'a' was not provided"), "parameter 'a' was not provided"),
        ] as [(TemplateUndefined.Subject, String)])
    func messages(subject: TemplateUndefined.Subject, message: String) {
        #expect(TemplateUndefined(subject).message == message)
        #expect(TemplateUndefined(subject).error().message == message)
    }

    @Test("a debug one prints what was not there")
    func debugText() throws {
        #expect(try Self.value(.debug).text == "{{ x }}")
        let element = TemplateUndefined.Subject.element(of: "dict", isNone: false, name: "y")
        #expect(try Self.value(.debug, element).text == "{{ no such element: dict object['y'] }}")
        #expect(try Self.value(.debug, element).escaped() == "{{ no such element: dict object[&#39;y&#39;] }}")
        #expect(try Self.value(.debug, .hint("a hint")).text == "{{ undefined value printed: a hint }}")
    }

    @Test(
        "all but the strict one are empty text, false, and have no values",
        arguments: [
            TemplateUndefined.Kind.lenient, .chainable, .debug,
        ])
    func empty(kind: TemplateUndefined.Kind) throws {
        let value = Self.value(kind)
        if kind != .debug { #expect(try value.text == "") }
        #expect(try !value.isTrue)
        #expect(try value.length() == 0)
        #expect(try value.elements().isEmpty)
        #expect(try value.representation == "Undefined")
        #expect(try !value.contains(1))
        #expect(try value.isEqual(to: Self.value(kind, .name("other"))))
        #expect(try !value.isEqual(to: .none))
        #expect(try value.key() == Self.value(kind, .name("other")).key())
        #expect(throws: TemplateError.self) { try value.negated() }
        #expect(throws: TemplateError.self) { try value.isLess(than: 1) }
        #expect(throws: TemplateError.self) { try value.binary(.add, 1, in: .forTests) }
        #expect(throws: TemplateError.self) { try TemplateValue.string("a").binary(.add, value, in: .forTests) }
    }

    @Test("the strict one can only be looked at with the name of its type")
    func strict() throws {
        let value = Self.value(.strict)
        let uses: [() throws -> Void] = [
            { _ = try value.text }, { _ = try value.isTrue }, { _ = try value.length() },
            { _ = try value.elements() }, { _ = try value.contains(1) }, { _ = try value.isEqual(to: value) },
            { _ = try TemplateValue.none.isEqual(to: value) }, { _ = try value.key() }, { _ = try value.escaped() },
            { _ = try TemplateValue.dict([:]).item(value) }, { _ = try value.item(1) },
            { _ = try value.slice(.none, .none, .none) },
        ]
        for (index, use) in uses.enumerated() {
            let error = #expect(throws: TemplateError.self, "use \(index)") { try use() }
            #expect(error?.kind == .undefined)
            #expect(error?.message == "'x' is undefined")
        }
        #expect(value.typeName == "StrictUndefined")
        #expect(try value.representation == "Undefined")
    }

    @Test("attributes and items of a chainable one are itself; it is HTML beside Markup")
    func chainable() throws {
        let value = Self.value(.chainable)
        #expect(try value.item("a")?.isIdentical(to: value) == true)
        #expect(try value.slice(1, .none, .none).isIdentical(to: value))
        #expect(try value.html == "")
        #expect(try TemplateValue.markup("<b>").binary(.add, value, in: .forTests).representation == "Markup('<b>')")
        #expect(throws: TemplateError.self) { try value.binary(.add, .markup("<b>"), in: .forTests) }
        #expect(throws: TemplateError.self) { try Self.value(.lenient).item("a") }
    }

    @Test("undefined values of different kinds differ")
    func kinds() throws {
        #expect(try !Self.value(.lenient).isEqual(to: Self.value(.debug)))
        let logging = TemplateValue.undefined(TemplateUndefined(.name("x"), log: { _ in }))
        #expect(try !Self.value(.lenient).isEqual(to: logging))
        #expect(logging.typeName == "LoggingUndefined")
    }

    @Test("uses are told to the log, in Jinja's words")
    func log() throws {
        let messages = Messages()
        let value = TemplateValue.undefined(TemplateUndefined(.name("x"), log: { messages.add($0) }))
        _ = try value.text
        _ = try value.isTrue
        _ = try value.elements()
        #expect(throws: TemplateError.self) { try value.negated() }
        let warning = "Template variable warning: 'x' is undefined"
        #expect(messages.all == [warning, warning, warning, "Template variable error: 'x' is undefined"])
    }

    @Test("one that the sandbox made throws a SecurityError")
    func security() {
        let value = TemplateUndefined(.hint("no"), errorKind: .security)
        #expect(value.error().kind == .security)
    }
}

/// What a log was told.
private final class Messages: Sendable {
    private let messages = Mutex<[String]>([])
    func add(_ message: String) { messages.withLock { $0.append(message) } }
    var all: [String] { messages.withLock { $0 } }
}
