"""What an environment answers beside rendering: what templates refer to and export, and what globals they see."""

from catalog import Subject

cases = Subject({"x": 5, "l": [1, 2], "s": "abc", "d": {"a": 1}})

for source in [line for line in r"""
{{ a }}
{{ a.b.c }}
{{ a[b] }}
{{ a(b, c=d) }}
{{ a|f(b) if false }}
{% if a is x(b) %}{% endif %}
{% for a in b %}{{ a }}{{ c }}{% endfor %}
{% for a in a %}{{ a }}{% endfor %}{{ a }}
{% for a in b %}{% else %}{{ a }}{% endfor %}
{% for a in b if c %}{{ loop.index }}{% endfor %}
{{ loop }}
{% set a = b %}{{ a }}
{{ a }}{% set a = 1 %}
{% set a = a %}
{% if x %}{% set a = 1 %}{% endif %}{{ a }}
{% if x %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endif %}{{ a }}
{% macro m(a, b=c) %}{{ a }}{{ d }}{{ varargs }}{{ kwargs }}{{ caller }}{% endmacro %}{{ m }}
{% call(a) m(b) %}{{ a }}{{ c }}{% endcall %}
{% block a %}{{ b }}{{ self.a }}{{ super() }}{% endblock %}
{% set a = 1 %}{% block b %}{{ a }}{% endblock %}
{% include a %}
{% include "x" %}
{% include ["x", "y"] %}
{% include ["x", a] %}
{% include a if b else "x" %}
{% extends "x" %}{% block a %}{% endblock %}
{% extends a %}
{% import "x" as y %}{{ y.z }}
{% from "x" import y, z as w %}{{ y }}{{ z }}{{ w }}
{% from a import y %}
{% import "x" ~ "y" as z %}
{% include ("x", "y") %}
{% include "x" %}{% include "y" %}{% import "z" as z %}{% extends "w" %}
{% if a %}{% include "x" %}{% endif %}
{% with a = b, c = a %}{{ a }}{{ c }}{% endwith %}
{% filter f(a) %}{{ b }}{% endfilter %}
{% filter upper %}{{ b }}{% endfilter %}
{% autoescape a %}{{ b }}{% endautoescape %}
{% set a.b = c %}
{% set a %}{{ b }}{% endset %}{{ a }}
{{ range(5) }}{{ dict() }}{{ namespace() }}
{{ [a, (b, c), {d: e}] }}
{{ a if b else c }}
{{ a[b:c:d] }}
{{ *a }}
{{ f(*a, **b) }}
{{ "a" ~ b }}
{{ not a and b or c }}
{{ true }}{{ none }}
text
{% include 5 %}
{% include none %}
{% include [] %}
{% include ["x", 5] %}
""".split("\n") if line]:
    cases.template(f"undeclared: {source}", source, ask="undeclared")
    if any(word in source for word in ("include", "extends", "import")) or source == "text":
        cases.template(f"references: {source}", source, ask="references")
for source in [line for line in r"""
{% set a = 1 %}{% set _b = 2 %}text{{ a }}
{% macro m() %}x{% endmacro %}{% macro _n() %}{% endmacro %}
{% if true %}{% set a = 1 %}{% endif %}{% for i in l %}{% set b = i %}{% endfor %}
{% set a, b = 1, 2 %}{% set c %}x{% endset %}
{% block b %}{% set a = 1 %}x{% endblock %}
{% with a = 1 %}{% set b = 2 %}{% endwith %}
{% set x = 6 %}
plain
{% from "main2" import z %}
""".split("\n") if line]:
    cases.template(f"module: {source}", {"main": source, "main2": "{% set z = 3 %}"} if "import" in source and "main2" in source else source, ask="module")
cases.sources("globals", r"""
{{ g }}
{{ g2.a }}
{% set g = 1 %}{{ g }}
{% macro m() %}{{ g }}{% endmacro %}{{ m() }}
{% block b %}{{ g }}{% endblock %}
{{ x }}{{ g }}
{{ range }}
{{ f(1) }}
{{ g is defined }}
{% for g in l %}{{ g }}{% endfor %}{{ g }}
{% for i in l %}{{ g }}{% set g = i %}{{ g }}{% endfor %}{{ g }}
""", globals={"g": "global", "g2": {"a": "b"}, "x": "hidden", "range": 5, "f": {"$function": "arguments"}})
cases.template("the context hides globals", "{{ range }}{{ dict }}", {"range": 1, "dict": 2})
cases.template("lipsum: paragraphs", "{{ lipsum(n=3)|string|list|select('eq', '>')|list|length }}{{ lipsum(2) is escaped }}{{ lipsum(html=false) is escaped }}")
cases.template("lipsum: text", "{% set t = lipsum(n=2, html=false, min=5, max=6) %}{{ t.split('\\n\\n')|length }} {{ (t.split('\\n\\n')|first).split()|length }}")
cases.template("lipsum: nothing", "[{{ lipsum(0) }}][{{ lipsum(n=0, html=false) }}]")
for name, source in {
    "pieces": "a{{ x }}b{% for i in l %}{{ i }},{% endfor %}c", "blocks": "{% block a %}x{{ x }}{% endblock %}y", "nothing": "", "text": "abc",
}.items():
    cases.template(f"whole templates: {name}", source)
cases.template("a template among its names", {"main": "{% include 'a/b.html' %}{% include './c' ignore missing %}{% include '' ignore missing %}", "a/b.html": "x"})
cases.template("names are not paths", {"main": "{% include 'a/../b' ignore missing %}{% include 'b' %}", "b": "x"})
cases.template("a name with blanks", {"main": "{% include ' b' %}", " b": "x"})
cases.template("missing templates are named", {"main": "{% include 'it\\'s \"gone\"' %}"})
