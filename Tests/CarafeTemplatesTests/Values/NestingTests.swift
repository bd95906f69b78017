import Dispatch
import Foundation
import Testing

@testable import CarafeTemplates

@Suite("Values inside one another")
struct NestingTests {
    #if DEBUG
        static let depth = 50_000
    #else
        static let depth = 1_000_000
    #endif

    /// What a template can nest, each around the value before.
    static let wrappers: [(name: String, wrap: @Sendable (TemplateValue) -> TemplateValue)] = [
        ("list", { .list([$0]) }),
        (
            "changed list",
            { value in
                let list = TemplateList()
                list.mutate { $0.append(value) }
                return .list(list)
            }
        ),
        ("tuple", { .tuple([$0, 1]) }),
        ("dict", { .dict(["k": $0]) }),
        (
            "changed dict",
            { value in
                let dict = TemplateDict()
                dict["k"] = value
                return .dict(dict)
            }
        ),
        ("list, tuple, dict", { .list([.tuple([.dict(["k": $0])])]) }),
        ("generator", { .object(TemplateGenerator(name: "g", ArrayIterator([$0]))) }),
        (
            "generator of a generator",
            { value in
                guard case .object(let object) = value, let iterator = try? object.makeIterator() else {
                    return .object(TemplateGenerator(name: "g", ArrayIterator([value])))
                }
                return .object(TemplateGenerator(name: "g", iterator))
            }
        ),
        ("undefined", { .undefined(TemplateUndefined(.element(of: "dict", isNone: false, name: $0))) }),
    ]

    @Test("a million are released without a deep stack", arguments: wrappers.indices)
    func release(index: Int) {
        Self.onSmallStack {
            var value: TemplateValue = 1
            for _ in 0..<Self.depth { value = Self.wrappers[index].wrap(value) }
            value = .none
        }
    }

    @Test("too many cannot be printed, compared or hashed, which is an error", arguments: 0..<6)
    func recursionErrors(index: Int) {
        Self.onSmallStack {
            var (one, other): (TemplateValue, TemplateValue) = (1, 1)
            for _ in 0..<5000 { (one, other) = (Self.wrappers[index].wrap(one), Self.wrappers[index].wrap(other)) }
            #expect(throws: TemplateError.self) { try one.text }
            #expect(throws: TemplateError.self) { try one.isEqual(to: other) }
            #expect(throws: TemplateError.self) { try one.key() }
            if index < 3 { #expect(throws: TemplateError.self) { try one.isLess(than: other) } }
        }
    }

    @Test("some hundreds are printed, compared and hashed")
    func manyAreFine() throws {
        var (one, other): (TemplateValue, TemplateValue) = (1, 1)
        for _ in 0..<900 { (one, other) = (.tuple([one]), .tuple([other])) }
        #expect(try one.isEqual(to: other))
        #expect(try one.key() == other.key())
        #expect(try one.key().hashValue == other.key().hashValue)
        #expect(try one.text.utf8.count == 900 * 3 + 1)
        #expect(try !one.isLess(than: other))
    }

    @Test("a list that holds itself prints as Python's")
    func cycles() throws {
        let list = TemplateList([1])
        list.mutate { $0.append(.list(list)) }
        #expect(try TemplateValue.list(list).text == "[1, [...]]")
        let dict = TemplateDict()
        dict["self"] = .dict(dict)
        dict["list"] = .list([.dict(dict), .tuple([.list(list)])])
        #expect(try TemplateValue.dict(dict).text == "{'self': {...}, 'list': [{...}, ([1, [...]],)]}")
        #expect(try TemplateValue.list(list).isEqual(to: .list(list)))
        let other = TemplateList([1])
        other.mutate { $0.append(.list(other)) }
        let error = #expect(throws: TemplateError.self) { try TemplateValue.list(list).isEqual(to: .list(other)) }
        #expect(error?.kind == .recursion)
        #expect(error?.message == "maximum recursion depth exceeded in comparison")
        for cycle in [list, other] { cycle.mutate { $0 = [] } }
        dict.mutate { $0 = TemplateDictStorage() }
    }

    @Test("a list that is twice in each of forty others takes no forever to print, compare and hash")
    func exponential() throws {
        var (one, other): (TemplateValue, TemplateValue) = ("text", "text")
        for _ in 0..<40 { (one, other) = (.tuple([one, one]), .tuple([other, other])) }
        var printer = ContainerPrinter(maximumSize: 100_000)
        let error = #expect(throws: TemplateError.self) { try printer.print(one) }
        #expect(error?.kind == .limit)
        // These count to many millions.
        #if !DEBUG
            #expect(throws: TemplateError.self) { try one.isEqual(to: other) }
            #expect(throws: TemplateError.self) { try one.key() }
        #endif
    }

    /// Runs `body` on a thread with a stack of 512 KiB.
    private static func onSmallStack(_ body: @escaping () -> Void) {
        let isDone = DispatchSemaphore(value: 0)
        let work = Work(body)
        let thread = Thread {
            work.body()
            isDone.signal()
        }
        thread.stackSize = 512 << 10
        thread.start()
        isDone.wait()
    }

    private final class Work: @unchecked Sendable {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }
}
