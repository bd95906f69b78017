import Testing

@testable import CarafeTemplates

@Suite("Lists, dictionaries, ranges and generators")
struct ContainerTests {
    @Test("literals of Swift are values")
    func literals() throws {
        let value: TemplateValue = ["n": 1, "list": [1.5, true, .none, "text"], "empty": [:], "n": 2]
        #expect(try value.text == "{'n': 2, 'list': [1.5, True, None, 'text'], 'empty': {}}")
        #expect(try TemplateValue.dict(["b": 1, "a": 2]).text == "{'a': 2, 'b': 1}")
    }

    @Test("a value takes no more than 17 bytes")
    func size() { #expect(MemoryLayout<TemplateValue>.size <= 17) }

    @Test("a loop over a list sees what is appended meanwhile")
    func appendWhileIterating() throws {
        let list = TemplateList([1, 2])
        let iterator = try TemplateValue.list(list).makeIterator()
        var seen: [String] = []
        while let value = try iterator.next() {
            seen.append(try value.text)
            if seen.count < 4 { list.mutate { $0.append(.int(10 + seen.count)) } }
        }
        #expect(seen == ["1", "2", "11", "12", "13"])
        list.mutate { $0.append(99) }
        #expect(try iterator.next() == nil)
    }

    @Test("a loop over a dictionary that gets another key is an error")
    func changeWhileIterating() throws {
        let dict = TemplateDict(["a": 1, "b": 2])
        let iterator = try TemplateValue.dict(dict).makeIterator()
        #expect(try iterator.next()?.text == "a")
        dict["a"] = 3
        #expect(try iterator.next()?.text == "b")
        dict["c"] = 4
        let error = #expect(throws: TemplateError.self) { try iterator.next() }
        #expect(error?.kind.name == "RuntimeError")
        #expect(error?.message == "dictionary changed size during iteration")
    }

    @Test(
        "a range is as long as Python's and holds the same integers",
        arguments: [
            (0, 3, 1, 3), (0, 10, 3, 4), (10, 0, -3, 4), (3, 3, 1, 0), (5, 0, 1, 0), (0, 5, -1, 0),
            (Int.min, Int.max, Int.max, 3), (Int.max, Int.min, Int.min, 2), (0, Int.min, Int.min, 1),
        ])
    func ranges(start: Int, stop: Int, step: Int, count: Int) throws {
        let range = try #require(TemplateRange(start, stop, step))
        let value = TemplateValue.object(range)
        #expect(range.count == count)
        let elements = try value.elements()
        #expect(elements.count == count)
        for element in elements { #expect(try value.contains(element)) }
        #expect(try !value.contains(.double(0.5)))
        #expect(try !value.contains("0"))
        #expect(try value.isTrue == (count > 0))
        if let last = elements.last { #expect(try value.item(-1)?.isIdentical(to: last) == true) }
        #expect(try value.item(.int(count)) == nil)
    }

    @Test("there is no range with a step of zero, nor a number too many in the longest one")
    func rangeEnds() throws {
        #expect(TemplateRange(0, 1, 0) == nil)
        let longest = try #require(TemplateRange(Int.min, Int.max, 1))
        #expect(longest.count == Int.max)
        #expect(try TemplateValue.object(longest).contains(.int(Int.max - 1)))
        #expect(try !TemplateValue.object(longest).contains(.int(Int.max)))
    }

    @Test("ranges are equal by what they hold")
    func rangeEquality() throws {
        func range(_ start: Int, _ stop: Int, _ step: Int) throws -> TemplateValue {
            .object(try #require(TemplateRange(start, stop, step)))
        }
        #expect(try range(0, 3, 2).isEqual(to: range(0, 4, 2)))
        #expect(try range(0, 0, 1).isEqual(to: range(5, 2, 7)))
        #expect(try !range(0, 3, 1).isEqual(to: [0, 1, 2]))
        #expect(try range(0, 3, 2).key() == range(0, 4, 2).key())
        #expect(try range(0, 3, 2).key().hashValue == range(0, 4, 2).key().hashValue)
    }

    @Test("a generator hands out each value once, and refuses to run inside itself")
    func generators() throws {
        let generator = TemplateValue.object(TemplateGenerator(name: "do_map", ArrayIterator([1, 2])))
        #expect(try generator.text == "<generator object do_map at 0x7f0000000000>")
        #expect(generator.typeName == "generator")
        #expect(try generator.isTrue)
        #expect(throws: TemplateError.self) { try generator.length() }
        #expect(try generator.makeIterator().next()?.text == "1")
        #expect(try generator.elements().count == 1)
        #expect(try generator.elements().isEmpty)

        let itself = SelfReader()
        let running = TemplateGenerator(name: "g", itself)
        itself.generator = running
        let error = #expect(throws: TemplateError.self) { try running.next() }
        #expect(error?.message == "generator already executing")
        #expect(try running.next() == nil)
    }

    @Test("values handed out by a generator to several threads are handed out once")
    func sharedGenerator() async throws {
        let generator = TemplateGenerator(name: "g", ArrayIterator((0..<1000).map { .int($0) }))
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var count = 0
                    while true {
                        do {
                            guard try generator.next() != nil else { return count }
                            count += 1
                        } catch { continue }
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(counts == 1000)
    }

    @Test("identity is that of objects, and of the type and value of numbers and texts")
    func identity() {
        let list = TemplateValue.list([1])
        #expect(list.isIdentical(to: list))
        #expect(!list.isIdentical(to: [1]))
        #expect(!TemplateValue.int(1).isIdentical(to: true))
        #expect(!TemplateValue.int(1).isIdentical(to: 1.0))
        #expect(!TemplateValue.string("a").isIdentical(to: .markup("a")))
        #expect(TemplateValue.double(.nan).isIdentical(to: .double(.nan)))
        #expect(!TemplateValue.string("é").isIdentical(to: .string("e\u{301}")))
        #expect(TemplateValue.tuple([]).isIdentical(to: .tuple([])))
    }
}

/// An iterator that asks its own generator.
private final class SelfReader: TemplateIterator {
    weak var generator: TemplateGenerator?

    override func next() throws -> TemplateValue? { try generator?.next() }
}
