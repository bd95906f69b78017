import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Arrays of values with coded properties")
struct EncodableListTests {
    struct Row: Encodable, Equatable { var id: Int }

    private func list(_ count: Int) throws -> any TemplateObject {
        guard case .object(let list) = try TemplateValue(converting: (0..<count).map(Row.init(id:))) else {
            throw TestFailure("no lazy list")
        }
        return list
    }

    @Test(
        "elements are found by position",
        arguments: [(0, "{'id': 0}"), (2, "{'id': 2}"), (-1, "{'id': 2}"), (-3, "{'id': 0}"), (3, nil), (-4, nil)])
    func items(_ position: Int, _ expected: String?) throws {
        #expect(try list(3).item(.int(position))?.representation == expected)
    }

    @Test("it is counted, printed and compared as a list")
    func listBehaviour() throws {
        #expect(try list(2).length == 2)
        #expect(try list(2).representation == "[{'id': 0}, {'id': 1}]")
        #expect(try !list(0).isTrue && list(1).isTrue)
        #expect(try list(2).typeName == "list")
        #expect(try TemplateValue.object(list(2)).isEqual(to: .object(list(2))))
        #expect(try TemplateValue.object(list(1)).isEqual(to: [["id": 0]]))
        #expect(try !TemplateValue.object(list(1)).isEqual(to: .object(list(2))))
        #expect(throws: TemplateError.self) { try TemplateValue.object(list(1)).key() }
    }

    @Test("it is sliced, added to and changed as a list")
    func listOperations() throws {
        let list = try list(3)
        let value = TemplateValue.object(list)
        #expect(try value.slice(1, .none, .none).representation == "[{'id': 1}, {'id': 2}]")
        let context = TemplateContext.forTests
        #expect(try value.binary(.add, [1], in: context).length() == 4)
        #expect(try TemplateValue.list([1]).binary(.add, value, in: context).length() == 4)
        guard case .object(let append)? = try list.attribute("append") else { throw TestFailure("no method") }
        _ = try append.call(TemplateArguments([7]), in: context)
        #expect(try list.length == 4)
        #expect(try list.item(3)?.representation == "7")
        #expect(try value.elements().count == 4)
        #expect(try value.contains(["id": 2]))
    }

    struct Watched: TemplateValueConvertible {
        final class Counter: Sendable { let count = Atomic(0) }
        let counter: Counter
        var templateValue: TemplateValue {
            counter.count.add(1, ordering: .relaxed)
            return 1
        }
        func encode(to encoder: any Encoder) throws {}
    }

    @Test("elements are converted only as far as they are read")
    func laziness() throws {
        let counter = Watched.Counter()
        let value = try TemplateValue(converting: Array(repeating: Watched(counter: counter), count: 1000))
        #expect(try value.length() == 1000)
        #expect(try value.isTrue)
        #expect(counter.count.load(ordering: .relaxed) == 0)
        let iterator = try value.makeIterator()
        for _ in 0..<5 { _ = try iterator.next() }
        #expect(try value.item(999) != nil)
        #expect(counter.count.load(ordering: .relaxed) == 6)
    }
}
