import CarafeTemplates

extension FuzzEntry {
    /// Templates, as if strangers wrote them: compiled and rendered within small limits.
    static let templates = FuzzEntry(text: "templates", seeds: templateSeeds) { text in
        render(text, in: trusting)
    }

    /// Templates in the immutable sandbox, with tags of all extensions and line statements, to native values.
    static let sandboxedTemplates = FuzzEntry(text: "templates-sandboxed", seeds: templateSeeds) { text in
        render(text, in: sandboxed)
    }

    /// Expressions alone, so that most inputs come as far as being evaluated.
    static let templateExpressions = FuzzEntry(
        text: "template-expressions",
        seeds: [
            "1 + 2 ** 3 // -4 % 5.5", "'%s-%05d' % (a, 5)", "'{:>{w}} {!r}'.format(a, b, w=5)", "a[1:-1:2] ~ b|title",
            "list|map('upper')|join(', ')|truncate(10)", "users|groupby('city')|map(attribute='list')|list|pprint",
            "dict(a=1, **d)|tojson(indent=2)", "(1 if a is divisibleby(3) else b) in range(5, 0, -2)",
            "'a b'.split()|batch(2)|list + [9 ** 99]", "now.strftime('%Y %j') ~ (now - now)",
            "'www.a.b (x@y.z)'|urlize(5, true)|striptags|wordwrap(3)|indent(2, true)", "2.675|round(2, 'floor')|int",
        ]
    ) { text in
        render("{{ \(text) }}", in: trusting)
    }

    private static let templateSeeds = [
        "{% for a in list recursive %}{{ loop.index }}{{ loop(a) if a is iterable }}{% else %}-{% endfor %}",
        "{% extends 'base' %}{% block a scoped %}{{ super() }}{{ self.b() }}{% endblock %}{% block b %}{% endblock %}",
        "{% macro m(a, b=1, *c) %}{{ caller(a) }}{{ varargs }}{{ kwargs }}{% endmacro %}{% call(x) m(1) %}{{ x }}{% endcall %}",
        "{% set ns = namespace(a=1) %}{% set ns.a = [] %}{% set x | upper %}{{ ns.a.append(ns) }}{{ ns }}{% endset %}",
        "{%- if a is not defined and b.c[0] == 'd' -%}{% elif not a %}{# c #}{% else %}{% raw %}{{{% endraw %}{% endif +%}",
        "{% include ['no', 'base'] ignore missing %}{% import 'macros' as m with context %}{% from 'macros' import f as g %}",
        "{% with a = 1, (b, c) = (2, 3) %}{% autoescape true %}{{ '<' ~ '<b>'|safe }}{% endautoescape %}{% endwith %}",
        "{% filter upper|trim %}{{ \"\\x41\\N{DASH}\" }}{% endfilter %}{% do list.append(1) %}{% break %}{% debug %}",
        "{% trans n=list|length %}{{ n }} a{% pluralize %}{{ n }} b{% endtrans %}\n% for a in b\n## c\n{{ a }}\n% endfor",
    ]

    private static let parts = DictLoader([
        "base": "<{% block a required %}{% endblock %}{% block b %}b{% endblock %}>",
        "macros": "{% macro f(a) %}{{ a }}{% endmacro %}",
    ])

    private static let extensions: [any TemplateExtension] = [
        DoExtension(), LoopControlsExtension(), I18nExtension(), DebugExtension(),
    ]

    /// Limits that end whatever an input makes of them in milliseconds.
    private static func options(_ change: (inout TemplateOptions) -> Void) -> TemplateOptions {
        var options = TemplateOptions()
        options.limits.outputSize = 1 << 16
        options.limits.loopIterations = 2000
        options.limits.valueSize = 1 << 14
        options.limits.rangeLength = 1000
        change(&options)
        return options
    }

    private static let trusting = TemplateEnvironment(
        loader: parts, options: options { $0.autoescape = .always }, extensions: extensions)

    private static let sandboxed = TemplateEnvironment(
        loader: parts,
        options: options { options in
            options.sandbox = .immutable
            options.nativeTypes = true
            options.lineStatementPrefix = "%"
            options.lineCommentPrefix = "##"
            options.trimBlocks = true
            options.lstripBlocks = true
            options.undefined = .chainable
        }, extensions: extensions)

    private static let values: [String: TemplateValue] = [
        "a": 3, "b": "te<xt & é", "list": [1, "two", [3.5, .none], true], "d": ["key": "value", "n": 1],
        "users": [["name": "Ada", "city": "London"], ["name": "Grace", "city": "York"]],
    ]

    /// What is promised: a template renders or throws a ``TemplateError``.
    private static func render(_ source: String, in environment: TemplateEnvironment) -> String? {
        do {
            _ = try environment.template(source: source).renderValue(values: values)
        } catch is TemplateError {
        } catch {
            return "the template threw \(error)"
        }
        return nil
    }
}
