import Synchronization
import Testing

@testable import CarafeTemplates

@Suite("Templates with values of the program")
struct TemplatesWithSwiftValuesTests {
    struct User: Encodable, Sendable {
        var name: String
        var age: Int
        var tags: [String]
        var manager: Manager?
        struct Manager: Encodable, Sendable { var name: String }
    }

    private static let users = [
        User(name: "Bob", age: 40, tags: ["x"], manager: nil),
        User(name: "<Ada>", age: 36, tags: ["y", "z"], manager: User.Manager(name: "Bob")),
        User(name: "Cy", age: 40, tags: [], manager: nil),
    ]

    /// The same values without anything lazy.
    private static func plain(_ value: any Encodable & Sendable) throws -> TemplateValue {
        try plain(TemplateValue(converting: value))
    }

    private static func plain(_ value: TemplateValue) throws -> TemplateValue {
        switch value {
        case .object(let object as StandIn): try plain(object.value)
        case .list(let list): .list(try list.elements.map { try plain($0) })
        case .dict(let dict): try .dict(entries: dict.entries.map { (key: $0.key, value: try plain($0.value)) })
        default: value
        }
    }

    private static func answer(_ source: String, _ values: [String: TemplateValue]) -> String {
        do {
            return try TemplateEnvironment().template(source: source).render(values: values)
        } catch let error as TemplateError {
            return "\(error.kind.name): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "a template cannot tell them from lists and dictionaries",
        arguments: [
            "{{ user.name }}", "{{ user['age'] }}", "{{ user.manager }}", "{{ user }}", "{{ user.tags[0] }}",
            "{{ user.nothing }}",
            "{% for k, v in user.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k in user %}{{ k }}{% endfor %}",
            "{{ user.get('name') }} {{ user.get('x', 1) }} {{ user.keys()|list }} {{ user.values()|list }}",
            "{{ user|items|list }}", "{{ user|dictsort }}", "{{ user|length }}", "{{ user|tojson }}",
            "{{ user|pprint }}",
            "{{ 'name' in user }}",
            "{{ user is mapping }} {{ user is iterable }} {{ user is sequence }} {{ user is string }}",
            "{{ user == user }}", "{{ user|list }}", "{{ user|urlencode }}", "{{ user.tags|urlencode }}",
            "{{ dict(user) }}",
            "{{ dict(user, x=1) }}", "{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(**user) }}", "{{ user.copy() }}",
            "{{ namespace(user).name }}", "{{ '{0[name]} {0[age]}'.format(user) }}", "{{ '%(name)s'|format(**user) }}",
            "{{ '%(name)s %(age)d' % user }}", "{{ {'id': 1, 'class': user.name}|xmlattr }}", "{{ user|xmlattr }}",
            "{{ user|e }}",
            "{% for u in users %}{{ loop.index }}/{{ loop.length }} {{ u.name }}{{ ',' if not loop.last }}{% endfor %}",
            "{% for u in users if u.age > 36 %}{{ u.name }}{% endfor %}", "{{ users|length }}", "{{ users|count }}",
            "{{ users[0].name }}", "{{ users[-1].name }}", "{{ users[9] is undefined }}", "{{ users[1:] }}",
            "{{ users[::-1]|length }}",
            "{{ users|first }}", "{{ users|last }}", "{{ (users|random).age >= 36 }}",
            "{{ users|sort(attribute='name') }}",
            "{{ users|sort(attribute='age,name')|map(attribute='name')|list }}",
            "{{ users|map(attribute='name')|join(', ') }}",
            "{{ users|map(attribute='manager.name', default='-')|list }}", "{{ users|sum(attribute='age') }}",
            "{{ users|selectattr('age', 'gt', 36)|list }}", "{{ users|rejectattr('manager')|list }}",
            "{{ users|reverse|list }}",
            "{% for age, list in users|groupby('age') %}{{ age }}: {{ list }}{% endfor %}", "{{ users|batch(2)|list }}",
            "{{ users|slice(2)|list }}", "{{ users|max(attribute='age') }}", "{{ users|min(attribute='name') }}",
            "{{ users|unique(attribute='age')|list }}", "{{ users|join(';', attribute='age') }}", "{{ users|tojson }}",
            "{{ users|list == users }}", "{{ users + [1] }}", "{{ [1] + users }}", "{{ (users * 2)|length }}",
            "{{ users ~ '' }}",
            "{{ users is sequence }} {{ users is iterable }} {{ users is mapping }} {{ users is string }}",
            "{{ users }}",
            "{{ users.append(1) }}{{ users|length }}", "{{ users.index(users[1]) }}", "{{ users.count(1) }}",
            "{{ user in users }}",
            "{% set a, b, c = users %}{{ b.name }}", "{% macro m() %}{{ varargs|length }}{% endmacro %}{{ m(*users) }}",
            "{{ users|string|length }}", "{{ users is eq users }}", "{{ users|tojson|safe }}", "{{ users < users }}",
            "{{ users|abs }}",
            "{{ users + 1 }}", "{{ users() }}", "{{ users.x }}", "{{ user|int }}", "{{ user|sort }}",
            "{{ users|default(1)|length }}",
            "{% if users %}yes{% endif %}{% if user %}yes{% endif %}", "{{ not users }}", "{{ users and 1 }}",
            "{{ users|select|list }}",
            "{{ users|zip }}", "{{ users|attr('append') is callable }}", "{{ user|attr('items') is callable }}",
            "{{ users|pprint }}",
            "{{ text|upper }} {{ text|length }} {{ text[1:] }} {{ text.upper() }} {{ text ~ 1 }} {{ text + 'x' }} {{ text * 2 }}",
            "{{ text|replace('a', 'b') }} {{ text is string }} {{ text|e }} {{ 'a' in text }} {{ text in ['abc<'] }} {{ text|list }}",
            "{{ text|tojson }} {{ text|urlencode }} {{ {text: 1} }} {{ {'abc<': 1}[text] }} {{ text|title }} {{ '%s' % text }}",
            "{{ text|truncate(3, true, '') }} {{ text|indent }} {{ text|wordcount }} {{ text|center(9) }} {{ text is lower }}",
            "{{ number + 1 }} {{ 1 + number }} {{ number / 2 }} {{ number ** 2 }} {{ -number }} {{ number|abs }} {{ number|round(1) }}",
            "{{ number is number }} {{ number is integer }} {{ number is odd }} {{ number > 3 }} {{ number == 7 }} {{ range(number)|list }}",
            "{{ [number, 1]|sort }} {{ number|float }} {{ '%05d' % number }} {{ 'x' * number }} {{ [1]*number }} {{ '{:>4}'.format(number) }}",
            "{{ number is divisibleby 7 }} {{ 'abcdefghij'[number] }} {{ [number]|sum }} {{ number|filesizeformat }} {{ number ~ 1 }}",
            "{% for x in range(number) %}{{ x }}{% endfor %} {{ number is none }} {{ number|int }} {{ number|string }} {{ +number }}",
        ])
    func sameAsPlain(_ source: String) throws {
        let lazy: [String: TemplateValue] = [
            "users": try TemplateValue(converting: Self.users), "user": try TemplateValue(converting: Self.users[1]),
            "text": LazyValue { "abc<" }.templateValue, "number": LazyValue { 7 }.templateValue,
        ]
        let expected = Self.answer(source, try lazy.mapValues { try Self.plain($0) })
        #expect(Self.answer(source, lazy) == expected)
    }

    @Test(
        "a lazy value is computed where a template uses it, and only there",
        arguments: [
            ("nothing", 0), ("{% if false %}{{ lazy }}{% endif %}", 0), ("{{ lazy }}{{ lazy + 1 }}", 1),
            ("{% for x in [1, 2] %}{{ lazy }}{% endfor %}", 1), ("{{ user.lazy }}{{ user.lazy * 2 }}", 1),
            ("{% macro m() %}{{ lazy }}{% endmacro %}", 0), ("{{ lazy is defined }}", 1), ("{{ user }}", 1),
        ])
    func lazy(_ source: String, _ expected: Int) throws {
        let counter = Counter()
        let lazy = LazyValue { counter.count.add(1, ordering: .relaxed).newValue }
        _ = try TemplateEnvironment().template(source: source).render([
            "lazy": lazy, "user": ["lazy": lazy.templateValue] as TemplateValue,
        ])
        #expect(counter.count.load(ordering: .relaxed) == expected)
    }

    @Test("asynchronous functions are called by renders that may wait")
    func asynchronous() async throws {
        let template = try TemplateEnvironment().template(
            source: "{% for id in ids %}{{ user(id) }};{% endfor %}{% for row in rows %}{{ row }}{% endfor %}")
        let values: [String: (any Encodable & Sendable)?] = [
            "ids": [1, 2],
            "user": TemplateFunction(
                "user",
                async: { (id: Int) in
                    await Task.yield(); return "<\(id)>"
                }),
            "rows": TemplateSequence(
                async: AsyncStream<Int> { continuation in
                    for number in 1...3 { continuation.yield(number) }
                    continuation.finish()
                }),
        ]
        let error = try #require(throws: TemplateError.self) { try template.render(values) }
        #expect(error.line == 1 && error.message.utf8.starts(with: "user() is asynchronous".utf8))
        #expect(try await template.renderAsync(values) == "<1>;<2>;123")
    }

    @Test("output is streamed while an endless sequence is read")
    func streaming() async throws {
        let template = try TemplateEnvironment().template(source: "{% for n in numbers %}{{ n }} {% endfor %}")
        let numbers = TemplateSequence(TemplateSequenceTests.Numbers(counter: .init())).templateValue
        var text = ""
        for try await chunk in template.stream(values: ["numbers": numbers], chunkSize: 64).text {
            text += chunk
            if text.utf8.count > 300 { break }
        }
        #expect(text.utf8.starts(with: "1 2 3 4 ".utf8))
    }
}
