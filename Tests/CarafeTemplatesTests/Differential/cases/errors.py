"""Mistakes: their class, message, template and line."""

from catalog import Subject

cases = Subject({"x": 1, "l": [1, 2], "d": {"a": 1}, "n": None, "s": "abc", "fail": {"$function": "fail"}, "greet": {"$function": "greet"}})

cases.sources("nesting", r"""
{% if x %}{% for i in l %}{% endif %}{% endfor %}
{% for i in l %}{% if x %}{% endfor %}{% endif %}
{% block a %}{% if x %}{% endblock %}
{% if x %}{% block a %}{% endif %}
{% macro m() %}{% for i in l %}{% endmacro %}
{% for i in l %}{% else %}{% if x %}{% endfor %}
{% if x %}{% else %}{% for i in l %}{% else %}{% endif %}
{% with %}{% filter upper %}{% endwith %}
{% set a %}{% call f() %}{% endset %}
{% if x %}{% elif x %}{% with %}{% elif x %}
{% for i in l %}⏎⏎{% endif %}
{% for i in l %}{% foo %}{% endfor %}
{% if x %}{% foo %}{% endif %}
{% foo %}
{% foo bar %}
⏎⏎{% foo %}
{% endfoo %}
{% if x %}⏎⏎a
{% for i in l %}{% if x %}
{% block a %}{% block b %}{% endblock %}
{% macro m() %}{% if x %}{% else %}
{% filter upper %}a
{% call f() %}a
{% autoescape true %}a
{% set a %}{% with b = 1 %}
{% if x %}{% endif %}{% endif %}
{% if x %}{% endfor %}
{% if x %}{% else %}{% endfor %}
{% for i in l %}{% elif %}
{% IF x %}{% ENDIF %}
{% If x %}{% endif %}
{% if x %}{% ELSE %}{% endif %}
{% while x %}{% endwhile %}
{% load x %}
{% url "x" %}
{% csrf_token %}
{% comment %}{% endcomment %}
{% verbatim %}{% endverbatim %}
{% assign x = 1 %}
{% case x %}
{% unless x %}
{% static "x" %}
{% spaceless %}
{% now "Y" %}
{% ifequal a b %}
{% empty %}
{% for i in l %}{% empty %}{% endfor %}
{% let x = 1 %}
{% elseif x %}
{% if x %}{% else if x %}{% endif %}
""")
cases.sources("lines", r"""
a⏎b⏎{{ 1 + }}
a⏎b⏎{{⏎1 +⏎}}
{{ "a⏎b" }}⏎{{ ) }}
{# a⏎b #}⏎{% foo %}
{% raw %}⏎{% endraw %}⏎{% foo %}
{{ [1,⏎2,⏎3 }}
{{ {"a": 1,⏎"b" 2} }}
{{ f(1,⏎2⏎3) }}
{% if x⏎and⏎%}{% endif %}
{% for⏎i⏎on⏎l %}{% endfor %}
{{ x⏎y }}
{{ x⏎|⏎nope }}
{{ x⏎|upper⏎|nope }}
{{ x⏎is⏎nope }}
{{ x⏎if⏎}}
{{ "⏎⏎" $ }}
⏎⏎{{ $ }}
⏎⏎{{ "\x" }}
⏎⏎{{ 'open }}
⏎⏎{#
⏎⏎{% raw %} x
⏎⏎{{ x
⏎⏎{% if x
⏎{% set⏎1 = 2 %}
⏎{% block a %}⏎{% endblock %}⏎{% block a %}⏎{% endblock %}
⏎{% macro m(a=1,⏎b) %}{% endmacro %}
⏎{% call⏎5 %}{% endcall %}
⏎{% from "x" import⏎_y %}
⏎{% for loop⏎in l %}{% endfor %}
⏎{% for x⏎in l %}⏎{% set loop = 1 %}{% endfor %}
⏎{% macro m(caller) %}⏎{% endmacro %}
{{ é }}⏎{{ $ }}
日本⏎{{ "日" $ }}
{{ "日本🎈" $ }}
a⏎⏎{%- if x %}⏎⏎{{- $ }}
""")
RUNTIME = {
    "division": "1\n2\n{{ 1 // 0 }}\n4", "in a multi-line expression": "1\n{{ x +\n  1 // 0 }}", "in a multi-line call": "1\n{{ greet(\n  'a',\n  nope.x) }}",
    "in a list": "{{ [1,\n2,\n1 // 0] }}", "in a dictionary": "{{ {'a':\n1 // 0} }}", "in a condition": "{% if\nnope.x %}{% endif %}", "in an elif": "{% if n %}\n{% elif nope.x %}\n{% endif %}",
    "in an else": "{% if n %}\n{% else %}\n{{ nope.x }}{% endif %}", "in a loop": "{% for i in l %}\n{{ i // (i - 2) }}\n{% endfor %}", "in a loop's iterable": "\n{% for i in\nnope.x %}{% endfor %}",
    "in a loop's condition": "\n{% for i in l\nif i.a.b %}{% endfor %}", "in a loop's else": "{% for i in [] %}\n{% else %}\n\n{{ nope.x }}{% endfor %}", "unpacking": "\n{% for a, b in l %}{% endfor %}",
    "in a set": "\n\n{% set a = nope.x %}", "in a set over lines": "\n\n{% set a =\n\nnope.x %}", "in a set block": "{% set a %}\n{{ nope.x }}{% endset %}", "in a with": "\n{% with a = nope.x %}{% endwith %}",
    "in a with over lines": "{% with a = 1,\nb = nope.x %}{% endwith %}", "in a macro": "{% macro m() %}\n\n{{ nope.x }}{% endmacro %}\n\n{{ m() }}", "in a macro's default": "{% macro m(\na=nope.x) %}{% endmacro %}\n\n{{ m() }}",
    "in a macro's call": "{% macro m() %}{% endmacro %}\n\n{{ m(1) }}", "in a nested macro": "{% macro a() %}\n{{ nope.x }}{% endmacro %}\n{% macro b() %}\n{{ a() }}{% endmacro %}\n{{ b() }}",
    "in a call block": "{% macro m() %}\n{{ caller() }}{% endmacro %}\n{% call m() %}\n{{ nope.x }}{% endcall %}", "in a block": "{% block a %}\n{{ nope.x }}{% endblock %}", "in self": "{{ self.a() }}\n{% block a %}\n{{ nope.x }}{% endblock %}",
    "in a filter block": "{% filter upper %}\n{{ nope.x }}{% endfilter %}", "in a filter of a filter block": "\n{% filter truncate(1) %}\nabcdefghijk{% endfilter %}", "in a filter": "\n{{ s|truncate(\n1) }}",
    "in filters over lines": "{{ s\n|upper\n|int\n|nothing\n}}", "in filters over lines at run time": "{{ s\n|upper\n|truncate(2, leeway=0)\n}}", "in a test": "\n{{ s is odd }}", "in a comparison": "{{ 1 <\nnone }}", "in a concatenation": "{{ 'a' ~\n(nope.x) }}",
    "in an attribute over lines": "{{ nope\n.x\n.y }}", "in a subscript over lines": "{{ nope[\n'x'] }}", "in a recursion": "{% for i in [[[]]] recursive %}\n{{ loop(i) }}{{ nope.x }}{% endfor %}",
    "in an autoescape": "{% autoescape true %}\n{{ nope.x }}{% endautoescape %}", "in a print": "\n{% print nope.x %}", "after a comment": "{# a\nb #}{{ nope.x }}", "after raw": "{% raw %}a\nb{% endraw %}{{ nope.x }}",
    "raised by a function": "\n{{ fail() }}", "raised by a function with arguments": "\n{{ greet() }}", "two on a line": "{{ nope.x }}{{ nope.y }}", "in a long template": "line\n" * 50 + "{{ nope.x }}", "lazily": "{% set a = [1]|map('nope') %}\n\n{{ a|list }}",
    "lazily, in a loop": "{% set a = ['x']|map('round') %}\n\n{% for i in a %}{% endfor %}", "in output that is joined": "{{ x }}{{ x }}\n{{ x }}{{ nope.x }}\n{{ x }}", "in text that is joined": "a{{ x }}\nb{{ x }}\nc{{ 1 // 0 }}\nd",
    "in an include's name": "\n{% include nope.x %}", "in an extends' name": "\n\n{% extends nope.x %}", "an import that is missing": "\n{% import 'gone' as g %}", "an include that is missing": "\n\n{% include 'gone' %}",
    "a required block": "\n{% block a required %}{% endblock %}", "extending twice": "{% extends 'o' %}\n{% extends 'o' %}", "a namespace": "\n{% set x.a = 1 %}", "an unknown filter": "\n{% if x %}\n{{ x|nope }}{% endif %}",
    "a literal that cannot be folded": "\n{{ 'a' + 1 }}", "an index": "\n{{ l[5].x }}", "a call of none": "\n{{ n() }}", "in a ternary": "{{ 1 if\nnope.x else 2 }}", "in an inline if without else": "\n{{ (1 if false).x }}",
    "in a slice": "\n{{ l['a':] }}", "in a nested call": "\n{{ greet(greet(nope.x)) }}", "in super": "{% extends 'p' %}\n{% block a %}\n{{ super() }}{% endblock %}", "in i18n": "\n{{ '%d' % 'a' }}",
    "in a loop attribute": "{% for i in l %}\n{{ loop.cycle() }}{% endfor %}", "a loop that is not recursive": "{% for i in l %}\n{{ loop([]) }}{% endfor %}", "in a joined list": "\n{{ [1, nope.x]|join }}", "in a dict's key": "\n{{ {nope.x: 1} }}",
}
# Jinja notes no line for these: the error has that of what its code did before.
for number, source in enumerate([
        "\n\n{% with a = nope.x %}{% endwith %}", "{{ x }}\n\n{% with a = nope.x %}{% endwith %}", "{{ 1 }}\n{{ 'a' }}b\n\n{% with a = nope.x %}{% endwith %}",
        "\n{% set y = 1 %}\n{% with a = 1,\nb = nope.x %}{% endwith %}", "\n{% for i in l %}\n{% with a = i.x.y %}{% endwith %}\n{% endfor %}",
        "\n{% for i in l %}\n{{ i }}\n{% with a = i.x.y %}{% endwith %}\n{% endfor %}", "\n{% if n %}\n{% else %}\n{% with a = nope.x %}{% endwith %}{% endif %}",
        "\n{% if n %}\n{{ x }}{% endif %}\n\n{% with a = nope.x %}{% endwith %}", "\n{% block a %}\n\n{% with a = nope.x %}{% endwith %}{% endblock %}",
        "\n{% macro m() %}\n\n{% with a = nope.x %}{% endwith %}{% endmacro %}\n\n{{ m() }}", "{% with b = 1 %}\n{{ b }}\n{% with a = nope.x %}{% endwith %}{% endwith %}",
        "{% with b = 1 %}\n{% with a = nope.x %}\n{{ a }}{% endwith %}{% endwith %}", "\n{% filter upper %}\n{{ x }}\n{% endfilter %}\n{% with a = nope.x %}{% endwith %}",
        "\n{% filter upper %}\n{% with a = nope.x %}{% endwith %}{% endfilter %}", "\n{% set b %}\n{% with a = nope.x %}{% endwith %}{% endset %}",
        "\n{% set b %}\n{{ x }}{% endset %}\n{% with a = nope.x %}{% endwith %}", "\n{% autoescape true %}\n{% with a = nope.x %}{% endwith %}{% endautoescape %}",
        "\n{% for i in [[]] recursive %}\n{{ loop(i) }}{% endfor %}\n\n{% with a = nope.x %}{% endwith %}", "\n{% for i in l\nif i %}\n{% with a = nope.x %}{% endwith %}{% endfor %}",
        "\n{% for i in [] %}\n{{ i }}{% else %}\n{% with a = nope.x %}{% endwith %}{% endfor %}", "\n{% macro m() %}{{ caller() }}{% endmacro %}\n{% call m() %}\n{% with a = nope.x %}{% endwith %}{% endcall %}",
        "\n{% include 'o' %}\n{% with a = nope.x %}{% endwith %}", "\n{% import 'o' as o %}\n{% with a = nope.x %}{% endwith %}", "\n{% do x %}\n{% with a = nope.x %}{% endwith %}",
        "\n{% block b %}{{ x }}{% endblock %}\n\n{% with a = nope.x %}{% endwith %}", "a\n{{ x\n|upper }}\n{% with a = nope.x %}{% endwith %}",
        "\n{% set y = 1 %}\n{% set x.a = 1 %}", "{{ x }}\n\n{% for i in l %}\n{% set x.a, b = 1, 2 %}{% endfor %}", "\n{% set x.a %}\n{{ x }}{% endset %}", "\n{{ x }}{% set b %}\n{% set x.a = 1 %}{% endset %}", "\n{% set l.a %}\n{{ x }}{% endset %}", "\n{% set nope.a %}{% endset %}", "\n{% set n.a %}{% endset %}",
        "{% set d = {} %}{% set d.a %}b{% endset %}{{ d }}\n{{ 1 // 0 }}", "{% set ns = namespace() %}\n{% set ns.a %}b{% endset %}{{ ns.a }}{{ nope.x }}",
        "{% if n %}\n{% extends 'o' %}{% endif %}{{ x }}\n{% extends 'o' %}\n{% extends 'o' %}", "{% if x %}\n{% extends 'o' %}{% endif %}\n{{ x }}\n{% if x %}\n{% extends 'o' %}{% endif %}",
        "\n{% extends 'o' %}\n\n{% set y = 1 %}\n{% extends 'o' %}", "\n{% extends 'o' %}\n{% block b %}\n{% with a = nope.x %}{% endwith %}{% endblock %}"]):
    cases.template(f"the line of what has none: {number}", {"main": source, **({"o": "{% block b %}{% endblock %}"} if "'o'" in source else {})}, extensions=["jinja2.ext.do"])
for name, source in RUNTIME.items():
    cases.template(f"at run time: {name}", {"main": source, **({"o": ""} if "'o'" in source else {}),
                                           **({"p": "\n\n{% block a %}\n{{ nope.x }}{% endblock %}"} if "'p'" in source else {})})
    if "line" in name or name in ("division", "in a loop", "in a macro"):
        cases.template(f"at run time, stripped: {name}", source.replace("{{ ", "{{- ").replace("{% ", "{%- "), trim_blocks=True, lstrip_blocks=True)
cases.expressions("types in messages", "\n".join(f"{left} {operator} {right}" for operator in ("+", "-", "*", "/", "//", "%", "**", "<", "in") for left, right in (
    ("1", "'a'"), ("'a'", "1"), ("none", "1"), ("[1]", "'a'"), ("{}", "1"), ("(1,)", "[1]"), ("1.5", "'a'"), ("true", "none"), ("range(2)", "1"), ("'a'|safe", "1"), ("1", "'a'|safe"), ("day", "1"), ("by", "1"))),
    {"day": {"$date": "2024-03-05"}, "by": {"$bytes": "b"}})
cases.expressions("calls in messages", r"""
1()
1.5()
"a"()
none()
true()
[]()
{}()
()()
range(1)()
s()
l()
nope()
nope.x()
d.a()
d.b()
s.nope()
greet()
greet(1, 2, 3)
greet(1, bogus=2)
greet(1, name=2)
s.upper(1)
s.replace()
s.replace("a")
s.split(1, 2, 3)
l.append()
l.index()
d.get()
range()
range("a")
range(1, 2, 3, 4)
range(1, 2, 0)
dict(1)
dict([1, 2])
cycler()
joiner(1, 2)
namespace(1)
lipsum(n="a")
len(l)
str(1)
int("1")
list(l)
sorted(l)
enumerate(l)
zip(l, l)
print(1)
l|length()
""")
