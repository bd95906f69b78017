import Foundation
import Testing

@testable import CarafeTemplates

@Suite("A render ends with an error where it passes a limit")
struct RenderLimitTests {
    @Test(
        "nesting without an end",
        arguments: [
            ("main", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
            ("main", "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}"),
            ("main", "{% include 'main' %}"),
            ("main", "{% extends 'main' %}"),
            ("main", "{% import 'main' as m with context %}"),
            ("main", "{% import 'main' as m %}"),
            ("main", "{% block a %}{{ self.a() }}{% endblock %}"),
            ("main", "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}"),
            ("main", "{% set x %}{% include 'main' %}{% endset %}"),
        ])
    func nesting(name: String, source: String) throws {
        let environment = TemplateEnvironment(loader: DictLoader([name: source]))
        let error = #expect(throws: TemplateError.self) { try environment.template(name).render() }
        #expect(error?.kind == .limit)
        #expect(error?.message.contains("levels deep") == true)
    }

    @Test("on the small stack of a thread that has no more, in debug builds too")
    func smallStack() throws {
        let deep =
            String(repeating: "{% if true %}", count: 60) + "{{ m() }}" + String(repeating: "{% endif %}", count: 60)
        let environment = TemplateEnvironment()
        let template = try environment.template(source: "{% macro m() %}\(deep){% endmacro %}{{ m() }}")
        let error = OnSmallStack.error { _ = try template.render() }
        #expect((error as? TemplateError)?.kind == .limit)
    }

    @Test(
        "output, loops, values",
        arguments: [
            ("{% for a in range(90000) %}{{ 'x' * 2000 }}{% endfor %}", "the output is longer"),
            ("{% for a in range(90000) %}{% set b %}{{ 'x' * 2000 }}{% endset %}{% endfor %}", "the output is longer"),
            ("{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}", "turns"),
            ("{% set l = [1] %}{% for a in l %}{{ l.append(a) or '' }}{% endfor %}", "turns"),
            ("{{ 'x' * 99999999 }}", "more than"), ("{{ ('x' * 9999999) ~ ('y' * 9999999) }}", "more than"),
            ("{{ range(100001) }}", "Range too big"), ("{{ 9 ** 99999999 }}", "integer"),
            ("{{ '%99999999d' % 1 }}", ""),
        ])
    func limits(source: String, message: String) throws {
        var options = TemplateOptions()
        options.limits.loopIterations = 100_000
        let environment = TemplateEnvironment(options: options)
        let error = #expect(throws: TemplateError.self) { try environment.template(source: source).render() }
        #expect(message.isEmpty || error?.message.contains(message) == true)
    }

    @Test("as many turns as the limit allows are taken")
    func turns() throws {
        var options = TemplateOptions()
        options.limits.loopIterations = 1500
        let environment = TemplateEnvironment(options: options)
        let template = try environment.template(source: "{% for a in range(n) %}{% endfor %}")
        #expect(try template.render(["n": 1500]) == "")
        #expect(throws: TemplateError.self) { try template.render(["n": 3000]) }
    }
}

/// Runs code on a thread with 512 KiB of stack.
enum OnSmallStack {
    static func error(_ body: @escaping @Sendable () throws -> Void) -> (any Error)? {
        let result = Result()
        let thread = Thread {
            do { try body() } catch { result.error = error }
            result.done.signal()
        }
        thread.stackSize = 512 << 10
        thread.start()
        result.done.wait()
        return result.error
    }

    private final class Result: @unchecked Sendable {
        let done = DispatchSemaphore(value: 0)
        var error: (any Error)?
    }
}
