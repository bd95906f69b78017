import Foundation
import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Values with coded properties")
struct EncodableObjectTests {
    struct Author: Encodable, Hashable {
        var name: String
        var email: String?
    }

    struct Post: Encodable {
        var title: String
        var author: Author
        var tags = ["a", "b"]
        var drafts: [Author] = []
        enum CodingKeys: String, CodingKey { case title, author = "writer", tags, drafts }
    }

    private static func object(_ value: any Encodable & Sendable) throws -> any TemplateObject {
        guard case .object(let object) = try TemplateValue(converting: value) else { throw TestFailure("no object") }
        return object
    }

    private let post = Post(title: "Hello", author: Author(name: "Ada"))

    @Test("properties are attributes and items, under their coding keys")
    func attributes() throws {
        let object = try Self.object(post)
        #expect(try object.attribute("title")?.text == "Hello")
        #expect(try object.item("tags")?.representation == "['a', 'b']")
        #expect(try object.attribute("author") == nil)
        guard case .object(let writer)? = try object.attribute("writer") else { throw TestFailure("no writer") }
        #expect(try writer.attribute("name")?.text == "Ada")
    }

    @Test("a property that is nil is None, not missing")
    func nilProperties() throws {
        #expect(try Self.object(Author(name: "Ada")).attribute("email")?.representation == "None")
        struct All: Encodable {
            var a: Bool?, b: Int8?, c: UInt64?, d: Float?, e: Double?, f: Int?, g: String?, h: [Int]?, i: Author?
        }
        let text = try Self.object(All()).representation
        #expect(text == "{\("abcdefghi".map { "'\($0)': None" }.joined(separator: ", "))}")
    }

    @Test("it prints as a dictionary, in the order of its properties")
    func printing() throws {
        let writer = "{'name': 'Ada', 'email': None}"
        let text = "{'title': 'Hello', 'writer': \(writer), 'tags': ['a', 'b'], 'drafts': []}"
        #expect(try Self.object(post).text == text)
        #expect(try TemplateValue(converting: [post]).representation == "[\(text)]")
    }

    struct Price: Encodable, CustomStringConvertible {
        var cents: Int
        var description: String { "\(cents) cents" }
    }

    @Test("it prints as its description says if it has one; among others as a dictionary")
    func description() throws {
        let object = try Self.object(Price(cents: 3))
        #expect(try object.text == "3 cents")
        #expect(try object.representation == "{'cents': 3}")
    }

    @Test("it has the methods of dictionaries, but properties go first")
    func methods() throws {
        struct Order: Encodable { var items = 3 }
        #expect(try Self.object(Order()).attribute("items")?.representation == "3")
        guard case .object(let get)? = try Self.object(post).attribute("get") else { throw TestFailure("no method") }
        let context = TemplateContext.forTests
        #expect(try get.call(TemplateArguments(["title"]), in: context).text == "Hello")
        #expect(try TemplateValue.object(Self.object(Order())).elements().map { try $0.text } == ["items"])
        #expect(try Self.object(post).contains("tags") == true)
        #expect(try Self.object(post).length == 4)
        #expect(try Self.object(post).isMapping)
    }

    @Test("what a template changes is changed for those that see the same value")
    func changes() throws {
        let object = try Self.object(post)
        #expect(try object.attribute("title")?.text == "Hello")
        guard case .object(let update)? = try object.attribute("update") else { throw TestFailure("no method") }
        _ = try update.call(TemplateArguments([["title": "New", "more": 1]]), in: .forTests)
        #expect(try object.attribute("title")?.text == "New")
        #expect(try object.item("more")?.representation == "1")
    }

    @Test("equal values are equal, also to dictionaries; hashable ones are keys")
    func equality() throws {
        let ada = try TemplateValue(converting: Author(name: "Ada"))
        #expect(try ada.isEqual(to: TemplateValue(converting: Author(name: "Ada"))))
        #expect(try !ada.isEqual(to: TemplateValue(converting: Author(name: "Bob"))))
        #expect(try ada.isEqual(to: ["name": "Ada", "email": .none]))
        #expect(try TemplateValue(converting: post).isEqual(to: TemplateValue(converting: post)))
        #expect(try ada.key() == TemplateValue(converting: Author(name: "Ada")).key())
        let error = try #require(throws: TemplateError.self) { try TemplateValue(converting: post).key() }
        #expect(error.message == "unhashable type: 'Post'")
    }

    /// Counts how often it is encoded.
    struct Counted: Encodable, Sendable {
        final class Counter: Sendable { let count = Atomic(0) }
        let counter: Counter
        var name = "n"
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(name, forKey: .name)
            counter.count.add(1, ordering: .relaxed)
        }
        enum Key: CodingKey { case name }
    }

    @Test("nothing is encoded before an attribute is read, and then only once and one level deep")
    func laziness() throws {
        let (outer, inner) = (Counted.Counter(), Counted.Counter())
        struct Pair: Encodable, Sendable {
            var first: Counted, second: Counted
        }
        let object = try Self.object(Pair(first: Counted(counter: outer), second: Counted(counter: inner)))
        guard case .object(let first)? = try object.attribute("first") else { throw TestFailure("no first") }
        #expect(outer.count.load(ordering: .relaxed) == 0)
        for _ in 0..<3 { #expect(try first.attribute("name")?.text == "n") }
        #expect(outer.count.load(ordering: .relaxed) == 1)
        #expect(inner.count.load(ordering: .relaxed) == 0)
    }
}
