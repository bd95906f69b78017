"""set, with, namespace, and what each construct lets in and out."""

from catalog import Subject

cases = Subject({"x": 1, "l": [1, 2], "s": "a", "pair": [1, 2], "nested": [1, [2, 3]], "d": {"k": 1},
                 "args": {"$function": "arguments"}})

cases.sources("set", r"""
{% set y = 2 %}{{ y }}
{% set x = 2 %}{{ x }}
{% set x = x + 1 %}{{ x }}
{{ y }}{% set y = 2 %}{{ y }}
{% set a, b = pair %}{{ a }}{{ b }}
{% set a, b = 1, 2 %}{{ a }}{{ b }}
{% set a, b = b, a %}{{ a }}{{ b }}
{% set (a, b) = pair %}{{ a }}{{ b }}
{% set a, (b, c) = nested %}{{ a }}{{ b }}{{ c }}
{% set a, = [5] %}{{ a }}
{% set a, b = [1, 2, 3] %}
{% set a, b = [1] %}
{% set a, b = 5 %}
{% set a, b = nope %}
{% set a = 1, 2 %}{{ a }}
{% set a = (1,) %}{{ a }}
{% set a = nope %}{{ a is defined }}
{% set a = nope.x %}
{% set a = 1 if false %}{{ a is defined }}
{% set a = b = 1 %}
{% set a %}text{% endset %}{{ a }}
{% set a %}{% endset %}[{{ a }}]
{% set a %}x{{ x }}{% for i in l %}{{ i }}{% endfor %}{% endset %}{{ a }}{{ a|length }}
{% set a | upper %}text{% endset %}{{ a }}
{% set a | upper | replace("T", "t") %}text{% endset %}{{ a }}
{% set a|upper|length %}text{% endset %}{{ a + 1 }}
{% set a|default("d", true) %}{% endset %}{{ a }}
{% set a|foo %}{% endset %}
{% set a %}{% set b = 2 %}{{ b }}{% endset %}{{ a }}{{ b is defined }}
{% set a, b %}text{% endset %}{{ a }}
{% set a, b %}xy{% endset %}{{ a }}{{ b }}
{% set a %}open
{% set a %}{% endset a %}
{% set %}
{% set a %}
{% set a = %}
{% set a = 1
{% set a b %}{% endset %}
{% set a == 1 %}
{% set 1 = 1 %}
{% set "a" = 1 %}
{% set true = 1 %}
{% set none = 1 %}
{% set [a] = [1] %}
{% set {a} = 1 %}
{% set a() = 1 %}
{% set a.b = 1 %}
{% set d.k = 2 %}
{% set a[0] = 1 %}
{% set l[0] = 1 %}
{% set a.b.c = 1 %}
{% set a|upper = 1 %}
{% set a + 1 = 2 %}
{% set _a = 1 %}{{ _a }}
{% set if = 1 %}{{ if }}
{% set range = 5 %}{{ range }}
{% set loop = 5 %}{{ loop }}
{% set self = 5 %}{{ self }}
{% set caller = 5 %}{{ caller }}
{% set super = 5 %}{{ super }}
{% set a = 1 %}{% set a = a + 1 %}{% set a = a + 1 %}{{ a }}
{% set a = [] %}{% for i in l %}{{ a.append(i) }}{% endfor %}{{ a }}
{% set a = {} %}{% if a.update({"k": 1}) %}{% endif %}{{ a }}
{% endset %}
""")
cases.sources("what leaves a scope", r"""
{% if true %}{% set y = 2 %}{% endif %}{{ y }}
{% if true %}{% set x = 2 %}{% endif %}{{ x }}
{% for i in l %}{% set y = i %}{% endfor %}{{ y }}
{% for i in l %}{% set x = i %}{{ x }}{% endfor %}{{ x }}
{% for i in l %}{{ x }}{% set x = i + 5 %}{{ x }};{% endfor %}{{ x }}
{% for i in l %}{{ y }}{% set y = i %}{{ y }};{% endfor %}
{% for i in l %}{% if i == 1 %}{% set x = 9 %}{% endif %}{{ x }}{% endfor %}{{ x }}
{% for i in l %}{% if i == 2 %}{% set y = 9 %}{% endif %}{{ y is defined }}{% endfor %}
{% for i in l %}{% for j in l %}{% set x = x + j %}{{ x }} {% endfor %}{{ x }};{% endfor %}{{ x }}
{% with %}{% set y = 2 %}{{ y }}{% endwith %}{{ y }}
{% with %}{% set x = 2 %}{{ x }}{% endwith %}{{ x }}
{% with y = 2 %}{{ y }}{% endwith %}{{ y }}
{% with x = 2 %}{{ x }}{% endwith %}{{ x }}
{% filter upper %}{% set y = "q" %}{{ y }}{% endfilter %}{{ y }}
{% filter upper %}{% set x = "q" %}{{ x }}{% endfilter %}{{ x }}
{% set a %}{% set x = 5 %}{{ x }}{% endset %}{{ x }}{{ a }}
{% autoescape true %}{% set y = 2 %}{{ y }}{% endautoescape %}{{ y }}
{% autoescape true %}{% set x = 2 %}{{ x }}{% endautoescape %}{{ x }}
{% macro m() %}{% set x = 5 %}{{ x }}{% endmacro %}{{ m() }}{{ x }}
{% macro m() %}{{ x }}{% set x = 5 %}{{ x }}{% endmacro %}{{ m() }}{{ x }}
{% macro m() %}{{ y }}{% endmacro %}{% set y = 2 %}{{ m() }}
{% macro m() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ m() }}
{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% set x = 2 %}{{ m() }}
{% macro m() %}{{ i }}{% endmacro %}{% for i in l %}{{ m() }}{% endfor %}
{% for i in l %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}{{ m is defined }}
{% with y = 5 %}{% macro m() %}{{ y }}{% endmacro %}{{ m() }}{% endwith %}{{ m is defined }}
{% if true %}{% macro m() %}in{% endmacro %}{% endif %}{{ m() }}
{% macro m(x) %}{{ x }}{% set x = 3 %}{{ x }}{% endmacro %}{{ m(2) }}{{ x }}
{% macro m() %}{% macro n() %}{{ x }}{% endmacro %}{{ n() }}{% endmacro %}{{ m() }}{{ n is defined }}
{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{% set x = 7 %}{{ x }}{% endcall %}{{ x }}
{% macro m() %}{% set x = 7 %}{{ caller() }}{% endmacro %}{% call m() %}{{ x }}{% endcall %}
{% macro m(x) %}{{ caller() }}{% endmacro %}{% call m(5) %}{{ x }}{% endcall %}
{% for i in l %}{% call(z) args(i) %}{% endcall %}{% endfor %}
{% for i in l %}{% macro m() %}{{ caller(i) }}{% endmacro %}{% call(z) m() %}{{ z }}{{ i }}{% endcall %}{% endfor %}
{% block b %}{% set y = 2 %}{{ y }}{% endblock %}{{ y }}
{% block b %}{% set x = 2 %}{{ x }}{% endblock %}{{ x }}
{% set y = 2 %}{% block b %}{{ y }}{% endblock %}
{% block b %}{{ y }}{% endblock %}{% set y = 2 %}
{% set x = 2 %}{% block b %}{{ x }}{% set x = 3 %}{{ x }}{% endblock %}{{ x }}
{% for i in l %}{% block b %}{{ i }}{% endblock %}{% endfor %}
{% for i in l %}{% block b scoped %}{{ i }}{% endblock %}{% endfor %}
{% for i in l %}{% block b scoped %}{{ loop.index }}{% endblock %}{% endfor %}
{% for i in l %}{% block b %}{{ loop is defined }}{% endblock %}{% endfor %}
{% with y = 2 %}{% block b %}{{ y }}{% endblock %}{% endwith %}
{% with y = 2 %}{% block b scoped %}{{ y }}{% endblock %}{% endwith %}
{% with x = 2 %}{% block b %}{{ x }}{% endblock %}{% endwith %}
{% for i in l %}{% set y = i %}{% block b scoped %}{{ y }}{% set y = 9 %}{{ y }}{% endblock %}{{ y }}{% endfor %}
{% if true %}{% set y = 2 %}{% endif %}{% block b %}{{ y }}{% endblock %}
{% block a %}{% set y = 2 %}{% block b %}{{ y }}{% endblock %}{% endblock %}
{% block a %}{% set y = 2 %}{% block b scoped %}{{ y }}{% endblock %}{% endblock %}
{% block a %}{% set x = 2 %}{% block b %}{{ x }}{% endblock %}{% endblock %}
{% macro m() %}{% block b %}{{ x }}{% endblock %}{% endmacro %}{{ m() }}
{% set a = 1 %}{% for i in l if a %}{% set a = 0 %}{{ i }}{{ a }}{% endfor %}{{ a }}
{% for i in l if i == x %}{% set x = 2 %}{{ i }}{% endfor %}
{% set y = 1 %}{% if false %}{% set y = 2 %}{% endif %}{{ y }}
{% if false %}{% set x = 2 %}{% endif %}{{ x }}
{% if x %}{% set q = 1 %}{% else %}{% set r = 2 %}{% endif %}{{ q is defined }}{{ r is defined }}
{% if x %}{% if x %}{% set q = 1 %}{% endif %}{% endif %}{{ q }}
{% for i in l %}{% with %}{% set x = i %}{{ x }}{% endwith %}{{ x }}{% endfor %}
{% with a = 1 %}{% with a = 2 %}{{ a }}{% endwith %}{{ a }}{% endwith %}{{ a is defined }}
{% for a in l %}{% for a in "xy" %}{{ a }}{% endfor %}{{ a }}{% endfor %}{{ a is defined }}
{% macro m(a) %}{% if a %}{{ m(a - 1) }}{% endif %}{{ a }}{% endmacro %}{{ m(3) }}
{% macro even(n) %}{{ odd(n - 1) if n else "even" }}{% endmacro %}{% macro odd(n) %}{{ even(n - 1) if n else "odd" }}{% endmacro %}{{ even(5) }}
""")
cases.sources("with", r"""
{% with %}{{ x }}{% endwith %}
{% with a = 1 %}{{ a }}{% endwith %}
{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}
{% with a = 1, b = a %}{{ b is defined }}{% endwith %}
{% with x = 2, y = x %}{{ x }}{{ y }}{% endwith %}
{% with x = x + 1 %}{{ x }}{% endwith %}{{ x }}
{% with a, b = pair %}{{ a }}{{ b }}{% endwith %}
{% with (a, b) = pair %}{{ a }}{{ b }}{% endwith %}
{% with (a, b) = pair, c = 3 %}{{ a }}{{ b }}{{ c }}{% endwith %}
{% with a = 1, %}{{ a }}{% endwith %}
{% with a = 1 b = 2 %}{% endwith %}
{% with a %}{% endwith %}
{% with a = %}{% endwith %}
{% with 1 = 2 %}{% endwith %}
{% with a.b = 2 %}{% endwith %}
{% with a = 1, a = 2 %}{{ a }}{% endwith %}
{% with a = 1 %}
{% with a = 1 %}{% endwith a %}
{% with a = 1 if x else 2 %}{{ a }}{% endwith %}
{% with a = nope %}{{ a is defined }}{% endwith %}
{% with a = l %}{% if a.append(3) %}{% endif %}{% endwith %}{{ l }}
{% with a = 1 %}{% include "o" %}{% endwith %}
{% with loop = 3 %}{{ loop }}{% endwith %}
{% with a = 1: %}{{ a }}{% endwith %}
{% endwith %}
""")
cases.sources("namespace", r"""
{% set ns = namespace() %}{{ ns.a is defined }}
{% set ns = namespace(a=1) %}{{ ns.a }}
{% set ns = namespace(a=1) %}{% set ns.a = 2 %}{{ ns.a }}
{% set ns = namespace(a=1) %}{% for i in l %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }}
{% set ns = namespace() %}{% set ns.a, ns.b = 1, 2 %}{{ ns.a }}{{ ns.b }}
{% set ns = namespace() %}{% set ns.a, z = pair %}{{ ns.a }}{{ z }}
{% set ns = namespace() %}{% set z, (ns.a, ns.b) = nested %}{{ z }}{{ ns.a }}{{ ns.b }}
{% set ns = namespace({"a": 1}) %}{{ ns.a }}
{% set ns = namespace({"a": 1}, b=2) %}{{ ns.a }}{{ ns.b }}
{% set ns = namespace([["a", 1]]) %}{{ ns.a }}
{% set ns = namespace(**d) %}{{ ns.k }}
{% set ns = namespace(1) %}
{% set ns = namespace(a=1) %}{{ ns }}
{% set ns = namespace(a="x", b=[1]) %}{{ ns }}{{ [ns] }}
{% set ns = namespace(a=1) %}{{ ns["a"] }}
{% set ns = namespace(a=1) %}{{ ns.b }}{{ ns.b is defined }}
{% set ns = namespace(a=1) %}{{ ns.b.c }}
{% set ns = namespace(a=1) %}{{ ns["b"] }}
{% set ns = namespace(items=1, get=2) %}{{ ns.items }}{{ ns.get }}
{% set ns = namespace() %}{% set ns.a %}block{{ x }}{% endset %}{{ ns.a }}
{% set ns = namespace() %}{% set ns.a | upper %}block{% endset %}{{ ns.a }}
{% set ns = namespace(a=namespace(b=1)) %}{{ ns.a.b }}{% set ns.a.b = 2 %}
{% set ns = namespace(a=namespace(b=1)) %}{% set in = ns.a %}{% set in.b = 2 %}{{ ns.a.b }}
{% set ns.a = 1 %}
{% set d.a = 1 %}
{% set x.a = 1 %}
{% set nope.a = 1 %}
{% for i in l %}{% set nope.a = 1 %}{% endfor %}
{% set ns = namespace(n=0) %}{% macro m() %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{% endmacro %}{{ m() }}{{ m() }}
{% set ns = namespace(n=0) %}{% block b %}{% set ns.n = 5 %}{% endblock %}{{ ns.n }}
{% set ns = namespace(found=false) %}{% for i in l %}{% if i == 2 %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.found }}
{% set ns = namespace(a=1) %}{{ ns is mapping }}{{ ns is iterable }}{{ ns is callable }}{{ ns is sequence }}
{% set ns = namespace(a=1) %}{{ ns == ns }}{{ ns == namespace(a=1) }}
{% set ns = namespace(a=[1]) %}{{ ns.a.append(2) }}{{ ns.a }}
{% set ns = namespace(if=1) %}{{ ns.if }}
{% set ns = namespace(a=1) %}{% with b = ns %}{% set b.a = 9 %}{% endwith %}{{ ns.a }}
{% with ns.a = 1 %}{% endwith %}
{% for ns.a in l %}{% endfor %}
""")
cases.sources("dict", r"""
{{ dict() }}
{{ dict(a=1) }}
{{ dict(a=1, b=2) }}
{{ dict(d, k=2) }}
{{ dict(d, z=2) }}
{{ dict([["a", 1], ["b", 2]]) }}
{{ dict(["ab", "cd"]) }}
{{ dict({"a b": 1}) }}
{{ dict(**d) }}
{{ dict(1) }}
{{ dict([1]) }}
{{ dict(["abc"]) }}
{{ dict(none) }}
{{ dict(nope) }}
{{ dict(l, l) }}
{{ dict(a=1).a }}
{{ dict(a=dict(b=1)).a.b }}
{{ dict(d.items()) == d }}
{{ dict(l|map("string")|map("list")|list) }}
""")
cases.sources("context functions", r"""
{% set x = 5 %}{{ seen("x", "y", "l") }}{% set y = 6 %}{{ seen("x", "y") }}
{% for i in [1, 2] %}{{ seen("i", "v", "x", "loop") }};{% set v = i %}{{ seen("i", "v", "loop") }}|{% endfor %}{{ seen("v") }}
{% for i in [1] %}{% set a, b = 3, 4 %}{% set _c = 5 %}{{ seen("a", "b", "_c") }}{% endfor %}
{% for i in [1, 2] %}{% if i == 1 %}{% set v = i %}{% else %}{{ seen("v") }}{% endif %}{{ seen("v") }}|{% endfor %}
{% for i in [1] %}{% set v = 1 %}{% for j in [1, 2] %}{{ seen("v", "w") }};{% set w = j %}{{ seen("v", "w") }}{% endfor %}|{{ seen("v", "w") }}{% set u = 3 %}{{ seen("v", "w", "u") }}{% endfor %}
{% for i in [1] %}{% set v = 1 %}{% for j in [] %}{% endfor %}{{ seen("v") }}{% for j in [1] %}{% endfor %}{{ seen("v") }}{% endfor %}
{% for i in [1] %}{% set v = 1 %}{% with %}{% set w = 2 %}{{ seen("v", "w") }}{% endwith %}{{ seen("v", "w") }}{% endfor %}
{% for i in [1] %}{% set v = 1 %}{% macro m() %}{% set w = 2 %}{{ seen("v", "w") }}{% endmacro %}{{ m() }}{{ seen("v", "w", "m") }}{% endfor %}
{% for i in [1] %}{% set v = 1 %}{% filter upper %}{% set w = 1 %}{{ seen("v", "w") }}{% endfilter %}{% set b %}{{ seen("v") }}{% endset %}{{ b }}{{ seen("b") }}{% endfor %}
{% for i in [1] %}{% set v = 1 %}{% autoescape true %}{% set w = 1 %}{{ seen("v", "w") }}{% endautoescape %}{% endfor %}
{% for i in [1] recursive %}{% set v = 1 %}{{ seen("v") }}{{ loop([]) }}{{ seen("v") }}{% endfor %}
{% for i in [[[]], []] recursive %}{{ seen("v") }};{% set v = i|length %}{{ loop(i) }}{{ seen("v") }}|{% endfor %}
{% for i in [1] %}{% set v = 1 %}{% else %}{% set w = 2 %}{{ seen("v", "w") }}{% endfor %}
{% for i in [] %}{% else %}{% set w = 2 %}{{ seen("w") }}{% endfor %}{{ seen("w") }}
{% for i in [1] %}{% set ns = namespace(a=1) %}{% set ns.b = 2 %}{{ seen("ns") }}{% endfor %}
{% block a %}{{ seen("v") }};{% set v = 1 %}{{ seen("v") }}{% for i in [1] %}{{ seen("v") }}{% set w = 2 %}{{ seen("v", "w") }}{% endfor %}{{ seen("v", "w") }}{% endblock %}{{ seen("v") }}
{% set x = 9 %}{% block a %}{{ seen("x") }}{% set x = 1 %}{{ seen("x") }}{% if x %}{% set y = 2 %}{{ seen("y") }}{% endif %}{{ seen("x", "y") }}{% endblock %}{{ seen("x", "y") }}
{% for i in [1, 2] %}{% set v = i %}{% block a scoped %}{{ seen("v", "i", "loop") }}{% set v = 7 %}{{ seen("v") }}{% endblock %}{{ seen("v") }}{% endfor %}
{% for i in [1] %}{% set v = 1 %}{% call(a) f(seen("v")) %}{{ seen("v") }}{% endcall %}{% endfor %}{% macro f(a) %}{{ a }}{{ caller(1) }}{{ seen("v") }}{% endmacro %}
{% macro f(a) %}{{ a }}{{ caller(1) }}{{ seen("v") }}{% endmacro %}{% for i in [1] %}{% set v = 1 %}{% call(a) f(seen("v")) %}{{ seen("v", "a") }}{% endcall %}{% endfor %}
{% for i in [1] %}{% set v = 1 %}{{ [seen("v"), {"f": seen}.f("v"), (seen)("v")] }}{{ {"f": seen}["f"]("v") }}{% endfor %}
{% for i in [1] %}{% set v = 1 %}{{ identity(seen("v")) }}{{ seen(identity("v")) }}{{ seen("v") if seen("v") else 1 }}{% endfor %}
{% set v = 0 %}{% for i in [1, 2] %}{{ seen("v") }}{% set v = i %}{{ seen("v") }}{% endfor %}{{ seen("v") }}
{% for i in [1, 2] %}{% for v in [3] %}{{ seen("v") }}{% endfor %}{% set v = 1 %}{{ seen("v") }}{% endfor %}
{% for i in l if seen("i") == "nothing" %}{{ i }}{% set v = i %}{{ seen("v", "i") }}{% endfor %}
""", {"seen": {"$function": "seen"}, "identity": {"$function": "identity"}})
cases.template("context functions: an included template", {"main": "{% set a = 1 %}{% for i in [1] %}{% set v = 2 %}{% include 'o' %}{% endfor %}",
                                                           "o": "{{ seen('a', 'v', 'i') }}{% set b = 1 %}{{ seen('b') }}"}, {"seen": {"$function": "seen"}})
cases.template("context functions: an imported template", {"main": "{% for i in [1] %}{% set v = 2 %}{% from 'o' import m with context %}{{ m() }}{{ seen('m') == 'nothing' }}{% endfor %}",
                                                           "o": "{% macro m() %}{{ seen('v', 'i') }}{% endmacro %}"}, {"seen": {"$function": "seen"}})
cases.template("context functions: a block in a child", {"main": "{% extends 'p' %}{% set a = 1 %}{% block b %}{% set v = 2 %}{{ seen('a', 'v', 'i') }}{{ super() }}{{ seen('v') }}{% endblock %}",
                                                         "p": "{% for i in [1] %}{% set u = 3 %}{% block b %}{{ seen('u', 'v') }}{% endblock %}{% endfor %}"}, {"seen": {"$function": "seen"}})
