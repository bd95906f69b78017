import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Entries of dictionaries")
struct TemplateDictStorageTests {
    @Test("order is that of insertion; updating keeps it, removing and inserting again does not")
    func order() {
        var storage = TemplateDictStorage()
        for name in ["a", "b", "c"] { storage[name: name] = .string(name) }
        storage[name: "a"] = 1
        #expect(Self.text(storage) == "{'a': 1, 'b': 'b', 'c': 'c'}")
        storage[name: "b"] = nil
        storage[name: "b"] = 2
        #expect(Self.text(storage) == "{'a': 1, 'c': 'c', 'b': 2}")
        #expect(storage.count == 3)
    }

    @Test("keys are the same by Python's equality; the first one stays", arguments: [0, 20])
    func equality(others: Int) throws {
        var storage = TemplateDictStorage()
        for index in 0..<others { storage[try TemplateValue.int(1000 + index).key()] = TemplateValue.none }
        let same: [[TemplateValue]] = [
            [1, 1.0, true], [.string("a"), .markup("a")], [0, false, -0.0],
            [.bigInt(BigInteger(Int.max) + BigInteger(1)), .double(0x1p63)],
            [.tuple([1, "x"]), .tuple([1.0, .markup("x")])],
            [TemplateValue.none], [.string("e\u{301}")], [.string("é")],
        ]
        for keys in same {
            for (index, key) in keys.enumerated() { storage[try key.key()] = .int(index) }
            for key in keys { #expect(try storage[key.key()]?.isEqual(to: .int(keys.count - 1)) == true) }
        }
        #expect(storage.count == others + same.count)
        let text = Self.text(storage)
        #expect(text.utf8.count > 0)
        #expect(TextSearch.contains(text, "1: 2, 'a': 1, 0: 2, 9223372036854775808: 1, (1, 'x'): 1, None: 0"))
    }

    @Test("a name is found by its hash, in small and large dictionaries", arguments: [1, 8, 9, 1000])
    func hashes(count: Int) {
        var storage = TemplateDictStorage()
        for index in 0..<count { storage[name: "name \(index)"] = .int(index) }
        for index in 0..<count {
            let name = "name \(index)"
            let found = storage.value(forName: name, hash: TemplateDictStorage.hash(ofName: name))
            #expect(found?.isIdentical(to: .int(index)) == true)
        }
        #expect(storage.value(forName: "no", hash: TemplateDictStorage.hash(ofName: "no")) == nil)
    }

    @Test("random changes leave what they leave in a plain array", arguments: 0..<8)
    func random(round: UInt64) throws {
        var random = SplitMix64(seed: UInt64(TestSeed.value) &+ round)
        var storage = TemplateDictStorage()
        var model: [(key: Int, value: Int)] = []
        let range = [6, 12, 40, 200][Int(round) % 4]
        for step in 0..<1500 {
            let key = Int.random(in: 0..<range, using: &random)
            // Some spell the key as a float.
            let value: TemplateValue = Bool.random(using: &random) ? .int(key) : .double(Double(key))
            let index = model.firstIndex { $0.key == key }
            if Int.random(in: 0..<10, using: &random) < 4 {
                storage[try value.key()] = nil
                if let index { model.remove(at: index) }
            } else {
                storage[try value.key()] = .int(step)
                if let index { model[index].value = step } else { model.append((key, step)) }
            }
            #expect(storage.count == model.count)
        }
        #expect(storage.entries.count == model.count)
        for (entry, expected) in zip(storage.entries, model) {
            #expect(try entry.key.isEqual(to: .int(expected.key)) && entry.value.isIdentical(to: .int(expected.value)))
        }
        for key in 0..<range {
            let expected = model.first { $0.key == key }?.value
            let found = try storage[TemplateValue.int(key).key()]
            #expect((found == nil) == (expected == nil))
            if let found, let expected { #expect(found.isIdentical(to: .int(expected))) }
        }
    }

    @Test("taking entries off either end, one by one, is no slower for many", arguments: [true, false])
    func queue(fromEnd: Bool) {
        var storage = TemplateDictStorage()
        let count = 50_000
        for index in 0..<count { storage[TemplateKey(value: .int(index))] = TemplateValue.none }
        // A quadratic way would take minutes.
        for index in 0..<count { storage[TemplateKey(value: .int(fromEnd ? count - 1 - index : index))] = nil }
        #expect(storage.count == 0)
        #expect(storage.entries.isEmpty)
    }

    static let withoutHash: [(TemplateValue, String)] = [
        ([1], "list"), (["a": 1], "dict"), (.tuple([1, .tuple([[2]])]), "list"),
    ]

    @Test("what is not hashable is no key", arguments: withoutHash)
    func unhashable(value: TemplateValue, typeName: String) {
        let error = #expect(throws: TemplateError.self) { try value.key() }
        #expect(error?.message == "unhashable type: '\(typeName)'")
        #expect(error?.kind == .typeError)
    }

    private static func text(_ storage: TemplateDictStorage) -> String {
        (try? TemplateValue.dict(TemplateDict(storage)).text) ?? "?"
    }
}
