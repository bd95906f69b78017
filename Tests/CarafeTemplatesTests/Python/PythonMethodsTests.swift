import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Methods of Python's types")
struct PythonMethodsTests {
    private static func render(_ source: String, _ options: TemplateOptions = TemplateOptions()) throws -> String {
        try TemplateEnvironment(options: options).template(source: source).render(["x": 1])
    }

    @Test(
        "views of a dictionary show it as it is",
        arguments: [
            (
                "{{ d.keys() }} {{ d.values() }} {{ d.items() }}",
                "dict_keys(['a', 'b']) dict_values([1, 2]) dict_items([('a', 1), ('b', 2)])"
            ),
            ("{% set k = d.keys() %}{% set _ = d.update(c=3) %}{{ k }} {{ k|length }}", "dict_keys(['a', 'b', 'c']) 3"),
            (
                "{{ 'a' in d.keys() }} {{ ('a', 1) in d.items() }} {{ ('a', 2) in d.items() }} {{ 2 in d.values() }}",
                "True True False True"
            ),
            (
                "{{ d.keys() == {'b': 1, 'a': 2}.keys() }} {{ d.keys() == ['a', 'b'] }} {{ d.values() == d.values() }}",
                "True False False"
            ),
            ("{% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}", "a1b2"),
            ("{{ d.items()|list }} {{ d.keys()|first }} {{ d.values()|sum }}", "[('a', 1), ('b', 2)] a 3"),
            ("{{ d.items()[0] is defined }}", "False"),
        ])
    func views(source: String, output: String) throws {
        #expect(try Self.render("{% set d = {'a': 1, 'b': 2} %}" + source) == output)
    }

    @Test("a dictionary that changes size while a view of it is read is an error")
    func changedSize() throws {
        let error = #expect(throws: TemplateError.self) {
            try Self.render("{% set d = {'a': 1} %}{% for k in d.items() %}{% set _ = d.update({k: 1}) %}{% endfor %}")
        }
        #expect(error?.kind.name == "RuntimeError")
        #expect(error?.message == "dictionary changed size during iteration")
    }

    @Test("a list that grows while it is read goes on")
    func growingList() throws {
        let source =
            "{% set l = [1] %}{% for x in l %}{% if x < 4 %}{% set _ = l.append(x + 1) %}{% endif %}{{ x }}{% endfor %}"
        #expect(try Self.render(source) == "1234")
    }

    @Test("a method is a value bound to its receiver")
    func bound() throws {
        let source = "{% set l = [] %}{% set add = l.append %}{% set _ = add(1) %}{{ l }} {{ add }} {{ 'a'.upper }}"
        #expect(
            try Self.render(source)
                == "[1] <built-in method append of list object> <built-in method upper of str object>")
    }

    @Test(
        "what would be larger than the limit is refused",
        arguments: [
            "'x'.ljust(10**9)", "'x'.center(2**62)", "'x'.zfill(2**62)", "'\t'.expandtabs(10**9)", "'%*d' % (10**9, 1)",
            "'%.*f' % (10**9, 1)", "'%1000000000s' % 1", "'{:1000000000}'.format(1)", "'{:.1000000000f}'.format(1.5)",
            "'{:>1000000000}'.format('a')", "('ab' * 9000).replace('', 'x' * 9000)", "(5).to_bytes(10**9)",
            "('x' * 9000).join(('ab' * 9000)|list)", "'%.1000000000d' % 1", "'{:{w}}'.format(1, w=10**9)",
        ])
    func limits(expression: String) throws {
        let error = #expect(throws: TemplateError.self) { try Self.render("{{ \(expression) }}") }
        #expect(error?.kind == .limit, "\(String(describing: error))")
    }

    @Test(
        "formats in the sandbox reach what templates reach",
        arguments: [
            ("'{0.a}|{0[a]}|{0.missing}|'.format({'a': 1})", "1|1||"),
            ("'a{0.__class__}b'.format(1)", "ab"),
            ("'{a.b}'.format_map({'a': {'b': 2}})", "2"),
            ("'{}'.format_map()", "TypeError"),
            ("('a{0.__class__}b'|safe).format(1)", "ab"), ("'{0.__class__.__mro__}'.format(1)", "SecurityError"),
        ])
    func sandbox(expression: String, output: String) throws {
        var options = TemplateOptions()
        options.sandbox = .sandboxed
        do {
            #expect(try Self.render("{{ \(expression) }}", options) == output)
        } catch let error as TemplateError {
            #expect(error.kind.name == output)
        }
    }

    @Test("times outside of the years that are counted are errors", arguments: [Int.min, -1 << 37, 1 << 38, Int.max])
    func farTimes(seconds: Int) throws {
        #expect(throws: TemplateError.self) { try TemplateDateTime(secondsSinceEpoch: seconds) }
        #expect(throws: TemplateError.self) { try TemplateDate(year: seconds, month: 1, day: 1) }
        #expect(TemplateTimeDelta(days: seconds, seconds: seconds, microseconds: seconds).days.magnitude <= 999_999_999)
    }

    @Test("a family has the methods of one name")
    func family() throws {
        let family = PythonMethods.family(named: "index")
        #expect(family.has(.string("a")) && family.has(.list(TemplateList())) && !family.has(.int(1)))
        let position = try family.call(.string("ab"), TemplateArguments([.string("b")]), in: PythonCallAnswer.context)
        #expect(try position?.representation == "1")
        #expect(PythonMethods.family(named: "nothing").isEmpty)
    }
}
