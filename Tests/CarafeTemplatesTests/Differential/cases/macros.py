"""Macros, call blocks and filter blocks."""

from catalog import Subject

cases = Subject({"x": 1, "l": [1, 2], "s": "<s>", "d": {"a": 1, "b": 2}, "m": {"$markup": "<b>"},
                 "args": {"$function": "arguments"}})

cases.sources("macro", r"""
{% macro m() %}text{% endmacro %}{{ m() }}
{% macro m() %}text{% endmacro %}{{ m() }}{{ m() }}
{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(1) }}{{ m("x") }}{{ m() }}{{ m(a=2) }}
{% macro m(a, b) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(b=2) }}{{ m(b=2, a=1) }}{{ m(1, b=2) }}
{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4) }}{{ m() }}
{% macro m(a=1, b=a) %}[{{ a }}{{ b }}]{% endmacro %}{{ m() }}{{ m(5) }}{{ m(b=6) }}
{% macro m(a=b, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m() }}
{% macro m(a=x) %}{{ a }}{% endmacro %}{{ m() }}{% set x = 5 %}{{ m() }}
{% macro m(a=[]) %}{{ a.append(1) }}{{ a }}{% endmacro %}{{ m() }}{{ m() }}
{% macro m(a=none) %}{{ a }}{% endmacro %}{{ m() }}{{ m(1) }}{{ m(none) }}
{% macro m(a=1 + 2 * 3) %}{{ a }}{% endmacro %}{{ m() }}
{% macro m(a=nope) %}{{ a is defined }}{% endmacro %}{{ m() }}
{% macro m(a=nope.x) %}{% endmacro %}{{ m() }}
{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}{{ m(1) }}
{% macro m(a) %}{{ a.b }}{% endmacro %}{{ m() }}
{% macro m(a) %}{{ a + 1 }}{% endmacro %}⏎{{ m() }}
{% macro m(a, b) %}{% endmacro %}{{ m(1, 2, 3) }}
{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}
{% macro m() %}{% endmacro %}{{ m(1) }}
{% macro m(a) %}{% endmacro %}{{ m(b=1) }}
{% macro m(a) %}{% endmacro %}{{ m(1, a=2) }}
{% macro m(a) %}{% endmacro %}{{ m(1, 2, b=3) }}
{% macro m() %}{% endmacro %}{{ m(caller=1) }}
{% macro m() %}{{ caller }}{% endmacro %}{{ m(caller=1) }}
{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}
{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}
{% macro m() %}{% if caller %}y{% else %}n{% endif %}{% endmacro %}{{ m() }}{% call m() %}{% endcall %}
{% macro m() %}{{ varargs }}{% endmacro %}{{ m() }}{{ m(1, 2) }}
{% macro m(a) %}{{ a }}{{ varargs }}{% endmacro %}{{ m() }}{{ m(1, 2, 3) }}
{% macro m() %}{{ kwargs }}{% endmacro %}{{ m() }}{{ m(a=1, b=2) }}
{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, c=3) }}{{ m(a=1, b=2) }}
{% macro m() %}{{ kwargs.a }}{{ kwargs.nope }}{% endmacro %}{{ m(a=1) }}
{% macro m() %}{% for k, v in kwargs.items() %}{{ k }}={{ v }} {% endfor %}{% endmacro %}{{ m(b=1, a=2) }}
{% macro m() %}{% for v in varargs %}{{ v }}{{ loop.last }}{% endfor %}{% endmacro %}{{ m(*l) }}
{% macro m() %}{{ args(*varargs, **kwargs) }}{% endmacro %}{{ m(1, 2, a=3) }}
{% macro m(varargs) %}{{ varargs }}{% endmacro %}{{ m(1) }}
{% macro m(kwargs) %}{{ kwargs }}{% endmacro %}{{ m(1) }}{{ m(kwargs=2) }}
{% macro m(caller) %}{{ caller }}{% endmacro %}{{ m(1) }}
{% macro m(caller=none) %}{{ caller }}{% endmacro %}{{ m() }}{% call m() %}c{% endcall %}
{% macro m(caller=none) %}{{ caller() if caller else "none" }}{% endmacro %}{{ m() }}{% call m() %}c{% endcall %}
{% macro m(a, caller=none) %}{{ a }}{{ caller() if caller }}{% endmacro %}{{ m(1) }}{% call m(2) %}c{% endcall %}
{% macro m(*a) %}{% endmacro %}
{% macro m(**a) %}{% endmacro %}
{% macro m(a=1, b) %}{% endmacro %}
{% macro m(a, a) %}{% endmacro %}
{% macro m(a.b) %}{% endmacro %}
{% macro m("a") %}{% endmacro %}
{% macro m(1) %}{% endmacro %}
{% macro m((a, b)) %}{% endmacro %}
{% macro m(a b) %}{% endmacro %}
{% macro m(a,) %}{{ a }}{% endmacro %}{{ m(1) }}
{% macro m(,) %}{% endmacro %}
{% macro m %}{% endmacro %}
{% macro () %}{% endmacro %}
{% macro %}{% endmacro %}
{% macro m( %}{% endmacro %}
{% macro m()
{% macro m() %}
{% macro m() %}{% endmacro m %}
{% macro m() %}{% endblock %}
{% macro m.n() %}{% endmacro %}
{% macro "m"() %}{% endmacro %}
{% macro true() %}{% endmacro %}
{% macro m(true) %}{% endmacro %}
{% macro m() x %}{% endmacro %}
{% endmacro %}
{% macro m(a:int) %}{% endmacro %}
{% macro if(for) %}{{ for }}{% endmacro %}{{ if(1) }}
{{ m() }}{% macro m() %}{% endmacro %}
{{ m is defined }}{% macro m() %}{% endmacro %}{{ m is defined }}
{% macro m() %}a{% endmacro %}{% macro m() %}b{% endmacro %}{{ m() }}
{% macro m() %}a{% endmacro %}{% set n = m %}{% macro m() %}b{% endmacro %}{{ n() }}{{ m() }}
{% macro x() %}m{% endmacro %}{{ x() }}
{% macro m(a) %}{% macro n(b) %}{{ a }}{{ b }}{% endmacro %}{{ n(2) }}{% endmacro %}{{ m(1) }}
{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}
{% macro m() %}{{ m.name }}{% endmacro %}{{ m() }}
{% macro m(a, b=2) %}{{ varargs }}{% endmacro %}{{ m.name }}{{ m.arguments }}{{ m.catch_varargs }}{{ m.catch_kwargs }}{{ m.caller }}
{% macro m(a) %}{{ kwargs }}{{ caller }}{% endmacro %}{{ m.catch_varargs }}{{ m.catch_kwargs }}{{ m.caller }}
{% macro m(a) %}{% endmacro %}{{ m }}{{ [m] }}
{% macro m(a) %}{% endmacro %}{{ m.nope }}{{ m["name"] }}
{% macro m(a) %}{% endmacro %}{{ m is callable }}{{ m is defined }}{{ m is string }}{{ m is mapping }}{{ m is iterable }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m("x")|upper }}{{ m("x") ~ m("y") }}{{ m("x") + "z" }}{{ m("ab")|length }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(m(m(1))) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ l|map("string")|map("upper")|join }}{{ [m(1), m(2)]|join("-") }}
{% macro m(a) %} {{ a }} {% endmacro %}[{{ m(1) }}][{{ m(1)|trim }}]
{% macro m() %}{% endmacro %}{% if m() %}y{% else %}n{% endif %}
{% macro m(a) %}{{ a }}{% endmacro %}{% set f = {"k": m} %}{{ f.k(1) }}{{ f["k"](2) }}
{% macro m(a) %}{{ a() }}{% endmacro %}{% macro n() %}n{% endmacro %}{{ m(n) }}
{% macro m(a) %}{% set a = 5 %}{{ a }}{% endmacro %}{{ m(1) }}
{% macro m(a) %}{% for a in l %}{{ a }}{% endfor %}{{ a }}{% endmacro %}{{ m(9) }}
{% macro m(a) %}{% if a %}{% set b = a %}{% endif %}{{ b }}{% endmacro %}{{ m(1) }}{{ m(0) }}
{% for i in l %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}
{% if x %}{% macro m() %}a{% endmacro %}{% else %}{% macro m() %}b{% endmacro %}{% endif %}{{ m() }}
{% macro m(**kwargs) %}{% endmacro %}
{% macro _m() %}p{% endmacro %}{{ _m() }}
{% macro m(a, b, c="z") %}{{ a }}|{{ b }}|{{ c }}{% endmacro %}{{ m(*l) }}{{ m(*l, c=1) }}{{ m(**d) }}{{ m(1, **{"b": 2}) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(**{"nope": 1}) }}
{% macro m(a) %}⏎⏎{{ 1 // 0 }}{% endmacro %}⏎⏎⏎{{ m(1) }}
{% macro m() %}{{ self.b() }}{% endmacro %}{% block b %}B{% endblock %}{{ m() }}
{% macro m(a)%}{{a}}{%endmacro%}{{m(1)}}
""")
cases.sources("call", r"""
{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}body{% endcall %}
{% macro m() %}[{{ caller() }}{{ caller() }}]{% endmacro %}{% call m() %}{{ x }}{% endcall %}
{% macro m() %}[{{ caller(1, 2) }}]{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}
{% macro m() %}[{{ caller(1) }}]{% endmacro %}{% call(a, b=5) m() %}{{ a }}{{ b }}{% endcall %}
{% macro m() %}[{{ caller(b=1) }}]{% endmacro %}{% call(a=4, b=5) m() %}{{ a }}{{ b }}{% endcall %}
{% macro m() %}[{{ caller(1, 2) }}]{% endmacro %}{% call(a) m() %}{{ a }}{% endcall %}
{% macro m() %}[{{ caller(1, 2) }}]{% endmacro %}{% call(a) m() %}{{ a }}{{ varargs }}{% endcall %}
{% macro m() %}[{{ caller(z=2) }}]{% endmacro %}{% call(a) m() %}{{ a }}{{ kwargs }}{% endcall %}
{% macro m() %}[{{ caller() }}]{% endmacro %}{% call(a) m() %}{{ a is defined }}{% endcall %}
{% macro m(t) %}{{ t }}{% for i in l %}{{ caller(i) }}{% endfor %}{% endmacro %}{% call(i) m("T") %}<{{ i }}>{% endcall %}
{% macro m() %}{{ caller.name }}{{ caller.arguments }}{% endmacro %}{% call(a) m() %}{% endcall %}
{% macro m() %}{{ caller }}{% endmacro %}{% call m() %}{% endcall %}
{% macro m() %}none{% endmacro %}{% call m() %}body{% endcall %}
{% macro m() %}{{ kwargs|length }}{% endmacro %}{% call m() %}body{% endcall %}
{% macro m() %}{{ kwargs.caller() }}{% endmacro %}{% call m() %}body{% endcall %}
{% macro m() %}[{{ caller() }}]{% endmacro %}{% macro n() %}({{ caller() }}){% endmacro %}{% call m() %}{% call n() %}x{% endcall %}{% endcall %}
{% macro m() %}[{{ caller() }}]{% endmacro %}{% macro n() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{% call n() %}x{% endcall %}
{% call args(1, a=2) %}{% endcall %}
{% call args %}{% endcall %}
{% call nope() %}{% endcall %}
{% call x() %}{% endcall %}
{% call m() + 1 %}{% endcall %}
{% call %}{% endcall %}
{% call() %}{% endcall %}
{% call(a) %}{% endcall %}
{% call m()|upper %}{% endcall %}
{% call 5 %}{% endcall %}
{% call m() %}
{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{% endcall m %}
{% macro m() %}{{ caller() }}{% endmacro %}{% call(caller) m() %}{% endcall %}
{% macro m() %}{{ caller() }}{% endmacro %}{% call(a, a) m() %}{% endcall %}
{% endcall %}
{% macro m() %}{{ caller() }}{% endmacro %}{% for i in l %}{% call m() %}{{ i }}{{ loop.index }}{% endcall %}{% endfor %}
{% macro m() %}{{ caller()|upper }}{% endmacro %}{% call m() %}abc{% endcall %}
{% macro m() %}{% set c = caller() %}{{ c }}{{ c }}{% endmacro %}{% call m() %}abc{% endcall %}
{% macro m() %}{% if caller is defined %}y{% endif %}{{ caller() }}{% endmacro %}{% call m() %}⏎{{ 1 // 0 }}{% endcall %}
{% macro m() %}{{ varargs }}{{ caller() }}{% endmacro %}{% call m(1, 2) %}c{% endcall %}
{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m(a=3) %}c{% endcall %}
{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m(caller=3) %}c{% endcall %}
""")
cases.sources("filter blocks", r"""
{% filter upper %}abc{% endfilter %}
{% filter upper|replace("A", "x") %}abc{% endfilter %}
{% filter replace("a", "x") %}abc{% endfilter %}
{% filter replace("a", "x", count=1) %}aaa{% endfilter %}
{% filter indent(2) %}a⏎b{% endfilter %}
{% filter upper %}{{ x }}{% for i in l %}i{{ i }}{% endfor %}{% endfilter %}
{% filter upper %}{% filter lower %}aBc{% endfilter %}d{% endfilter %}
{% filter length %}abc{% endfilter %}
{% filter int %}41{% endfilter %}
{% filter default("d", true) %}{% endfilter %}
{% filter list %}ab{% endfilter %}
{% filter trim %}  a  {% endfilter %}
{% filter escape %}<{{ m }}>{% endfilter %}
{% filter safe %}<{{ s }}>{% endfilter %}
{% filter striptags %}<b>x</b>{% endfilter %}
{% filter nope %}{% endfilter %}
{% filter upper.nope %}{% endfilter %}
{% filter %}{% endfilter %}
{% filter "upper" %}{% endfilter %}
{% filter upper() %}a{% endfilter %}
{% filter upper %}
{% filter upper %}{% endfilter upper %}
{% filter |upper %}{% endfilter %}
{% filter upper lower %}{% endfilter %}
{% endfilter %}
{% filter upper %}{% block b %}b{% endblock %}{% endfilter %}
{% filter upper %}⏎{{ 1 // 0 }}{% endfilter %}
{% macro m() %}{% filter upper %}{{ caller() }}{% endfilter %}{% endmacro %}{% call m() %}abc{% endcall %}
{% filter join("-") %}abc{% endfilter %}
{% filter wordcount %}a b c{% endfilter %}
""")
ESCAPED = r"""
{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m("<") }}
{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(m("<")) }}{{ m(s) ~ s }}{{ m(s) + s }}{{ s ~ m(s) }}
{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(s)|upper }}{{ m(s)|length }}{{ m(s)|e }}{{ m(s)|string }}
{% macro m(a) %}<{{ a }}>{% endmacro %}{% set z = m(s) %}{{ z }}{{ z is escaped }}
{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}<{{ s }}>{% endcall %}
{% macro m() %}[{{ caller()|e }}{{ caller() is escaped }}]{% endmacro %}{% call m() %}<{{ s }}>{% endcall %}
{% macro m(a=s) %}{{ a }}{% endmacro %}{{ m() }}{{ m("<"|safe) }}
{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m("<", a=m) }}
{% filter upper %}<{{ s }}>{% endfilter %}
{% filter replace("s", "<") %}<{{ s }}>{% endfilter %}
{% filter escape %}<{{ s }}>{% endfilter %}
{% filter forceescape %}<{{ s }}>{% endfilter %}
{% filter string|lower %}<{{ s }}>{% endfilter %}
{% filter title %}<b>{{ s }}{% endfilter %}
{% filter title|e %}<b>{{ s }}{% endfilter %}
{% filter list|join("-") %}<{{ x }}{% endfilter %}
{% filter wordwrap(3) %}<b> {{ s }}{% endfilter %}
{% filter striptags %}<b>{{ s }}{% endfilter %}
{% set z %}{% filter title %}<b>{{ s }}{% endfilter %}{% endset %}{{ z }}
{% macro m() %}{% filter title %}<b>{{ s }}{% endfilter %}{% endmacro %}{{ m() }}
{% set z %}<{{ s }}>{% endset %}{{ z }}{{ z is escaped }}{{ z|length }}
{% set z | upper %}<{{ s }}>{% endset %}{{ z }}{{ z is escaped }}
{% set z | list %}<{{ s }}>{% endset %}{{ z }}
{% set z = "<" %}{{ z }}
{% macro m(a) %}{% autoescape false %}{{ a }}{% endautoescape %}{% endmacro %}{{ m(s) }}
{% autoescape false %}{% macro m(a) %}{{ a }}{% endmacro %}{{ m(s) }}{% endautoescape %}
{% autoescape false %}{% set z %}<{{ s }}>{% endset %}{{ z is escaped }}{% endautoescape %}
{% macro m(a) %}{{ a }}{% endmacro %}{% autoescape false %}{{ m(s) }}{{ m(s) is escaped }}{% endautoescape %}
"""
cases.sources("escaped", ESCAPED, autoescape=True)
cases.sources("not escaped", ESCAPED)
