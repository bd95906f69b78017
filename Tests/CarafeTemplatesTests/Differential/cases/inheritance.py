"""Blocks, extends, super, self; include and import."""

from catalog import Subject

cases = Subject({"x": 1, "l": [1, 2], "yes": True, "no": False, "none_value": None,
                 "m": {"$markup": "<b>"}, "names": ["nope", "part"]})

BASE = "<{% block a %}A{% endblock %}|{% block b %}B{% endblock %}>"
MIDDLE = "{% extends 'base' %}{% block a %}M{{ super() }}{% endblock %}"

cases.sources("blocks", r"""
{% block a %}x{% endblock %}
{% block a %}x{% endblock a %}
{% block a %}{% endblock %}[{{ self.a() }}]
{% block a %}x{% endblock %}{{ self.a() }}{{ self.a() }}
{{ self.a() }}{% block a %}x{% endblock %}
{{ self.nope() }}
{{ self.nope }}
{{ self["a"]() }}{% block a %}x{% endblock %}
{{ self }}
{{ self.a }}{% block a %}x{% endblock %}
{% block a %}[{% block b %}y{% endblock %}]{% endblock %}
{% block a %}[{% block b %}y{% endblock %}]{% endblock %}{{ self.b() }}
{% block a %}{{ super() }}{% endblock %}
{% block a %}{{ super }}{% endblock %}
{% block a %}{{ super is defined }}{% endblock %}
{{ super() }}
{% block a %}{% endblock %}{% block a %}{% endblock %}
{% block a %}{% block a %}{% endblock %}{% endblock %}
{% if no %}{% block a %}x{% endblock %}{% endif %}
{% if no %}{% block a %}x{% endblock %}{% endif %}{{ self.a() }}
{% if no %}{% block a %}x{% endblock %}{% else %}{% block a %}y{% endblock %}{% endif %}
{% for i in l %}{% block a %}x{% endblock %}{% endfor %}
{% block a-b %}{% endblock %}
{% block a.b %}{% endblock %}
{% block "a" %}{% endblock %}
{% block 1 %}{% endblock %}
{% block %}{% endblock %}
{% block a %}{% endblock b %}
{% block a %}
{% block a x %}{% endblock %}
{% block a %}{% endfor %}
{% endblock %}
{% block a scoped %}x{% endblock %}
{% block a scoped required %}{% endblock %}
{% block a required scoped %}{% endblock %}
{% block a required %}{% endblock %}
{% block a required %}x{% endblock %}
{% block a required %} {# c #} ⏎ {% endblock %}
{% block a required %}{{ x }}{% endblock %}
{% block a required %}{% if x %}{% endif %}{% endblock %}
{% block a required %}{% block b %}{% endblock %}{% endblock %}
{% block scoped %}x{% endblock %}
{% block required %}x{% endblock %}
{% block if %}x{% endblock if %}
{% block a %}{{ x }}{% set x = 2 %}{{ x }}{% endblock %}{{ self.a() }}
{% set t = self.a() %}{% block a %}x{% endblock %}{{ t }}
{% macro m() %}{{ self.a() }}{% endmacro %}{% block a %}x{% endblock %}{{ m() }}
{% block a %}{{ self.b() }}{% endblock %}{% block b %}y{% endblock %}
{% block été %}x{% endblock %}
""")

EXTENDS = {
    "nothing overridden": "{% extends 'base' %}",
    "one block": "{% extends 'base' %}{% block a %}x{% endblock %}",
    "both blocks": "{% extends 'base' %}{% block b %}y{% endblock %}{% block a %}x{% endblock %}",
    "an unknown block": "{% extends 'base' %}{% block c %}z{% endblock %}",
    "text outside blocks": "{% extends 'base' %}text{{ x }}{% block a %}x{% endblock %}text",
    "text before": "text{% extends 'base' %}{% block a %}x{% endblock %}",
    "output before": "{{ x }}{% block a %}x{% endblock %}{% extends 'base' %}",
    "super": "{% extends 'base' %}{% block a %}[{{ super() }}]{% endblock %}",
    "super twice": "{% extends 'base' %}{% block a %}{{ super() }}{{ super() }}{% endblock %}",
    "super as a value": "{% extends 'base' %}{% block a %}{{ super()|lower }}{{ super() ~ '!' }}{% endblock %}",
    "super set to a name": "{% extends 'base' %}{% block a %}{% set s = super() %}{{ s }}{{ s }}{% endblock %}",
    "super.super": "{% extends 'middle' %}{% block a %}{{ super.super() }}{% endblock %}",
    "super.super.super": "{% extends 'middle' %}{% block a %}{{ super.super.super() }}{% endblock %}",
    "super of an unknown block": "{% extends 'base' %}{% block c %}{{ super() }}{% endblock %}{% block a %}{{ self.c() }}{% endblock %}",
    "super in a loop": "{% extends 'base' %}{% block a %}{% for i in l %}{{ super() }}{{ i }}{% endfor %}{% endblock %}",
    "super in a macro": "{% extends 'base' %}{% block a %}{% macro m() %}{{ super() }}{% endmacro %}{{ m() }}{% endblock %}",
    "super outside of a block": "{% extends 'base' %}{% set s = super() %}",
    "three levels": "{% extends 'middle' %}{% block a %}T{{ super() }}{% endblock %}",
    "three levels, another block": "{% extends 'middle' %}{% block b %}T{{ super() }}{% endblock %}",
    "self": "{% extends 'base' %}{% block a %}{{ self.b() }}{% endblock %}{% block b %}y{% endblock %}",
    "self of the parent's": "{% extends 'base' %}{% block a %}{{ self.b() }}{% endblock %}",
    "a nested block": "{% extends 'base' %}{% block a %}({% block c %}c{% endblock %}){% endblock %}",
    "set before blocks": "{% extends 'base' %}{% set t = 5 %}{% block a %}{{ t }}{% endblock %}",
    "set after blocks": "{% extends 'base' %}{% block a %}{{ t }}{% endblock %}{% set t = 5 %}",
    "set that the parent reads": "{% extends 'reads' %}{% set t = 5 %}",
    "set in a block that the parent reads": "{% extends 'reads' %}{% block a %}{% set t = 5 %}{% endblock %}",
    "set and the parent's block": "{% extends 'sets' %}{% set t = 5 %}",
    "the parent's set": "{% extends 'sets' %}{% block a %}{{ t }}{{ super() }}{% endblock %}",
    "the parent's macro": "{% extends 'macros' %}{% block a %}{{ m(1) }}{% endblock %}",
    "a macro of its own": "{% extends 'base' %}{% macro m(i) %}<{{ i }}>{% endmacro %}{% block a %}{{ m(1) }}{% endblock %}",
    "an import of its own": "{% extends 'base' %}{% import 'macros' as q %}{% block a %}{{ q.m(1) }}{% endblock %}",
    "a from-import of its own": "{% extends 'base' %}{% from 'macros' import m %}{% block a %}{{ m(1) }}{% endblock %}",
    "an include in a block": "{% extends 'base' %}{% block a %}{% include 'part' %}{% endblock %}",
    "an include outside": "{% extends 'base' %}{% include 'part' %}",
    "by a variable": "{% extends parent %}{% block a %}x{% endblock %}",
    "by an expression": "{% extends 'ba' ~ 'se' %}",
    "by a condition": "{% extends 'base' if yes else 'nope' %}",
    "by the other condition": "{% extends 'nope' if no else 'middle' %}",
    "inside an if": "{% if yes %}{% extends 'base' %}{% endif %}{% block a %}x{% endblock %}text",
    "inside a false if": "{% if no %}{% extends 'base' %}{% endif %}{% block a %}x{% endblock %}text",
    "inside if and else": "{% if no %}{% extends 'base' %}{% else %}{% extends 'middle' %}{% endif %}{% block b %}y{% endblock %}",
    "inside a for": "{% for i in l %}{% extends 'base' %}{% endfor %}",
    "inside a block": "{% block a %}{% extends 'base' %}{% endblock %}",
    "inside a macro": "{% macro m() %}{% extends 'base' %}{% endmacro %}",
    "inside a with": "{% with %}{% extends 'base' %}{% endwith %}",
    "twice": "{% extends 'base' %}{% extends 'middle' %}",
    "twice, conditionally": "{% if yes %}{% extends 'base' %}{% endif %}{% if yes %}{% extends 'middle' %}{% endif %}",
    "twice, once": "{% if no %}{% extends 'base' %}{% endif %}{% if yes %}{% extends 'middle' %}{% endif %}",
    "a missing template": "text\n{% extends 'nope' %}",
    "an undefined name": "{% extends nope %}",
    "an undefined attribute": "{% extends x.nope %}",
    "none": "{% extends none %}",
    "a number": "{% extends 5 %}",
    "an empty name": "{% extends '' %}",
    "nothing": "{% extends %}",
    "two names": "{% extends 'base' 'middle' %}",
    "two words": "{% extends 'base' with context %}",
    "a broken parent": "{% extends 'broken' %}",
    "a parent that fails": "{% extends 'fails' %}",
    "a parent that fails in a block": "{% extends 'base' %}{% block a %}\n{{ 1 // x0 }}{% endblock %}",
    "a required block filled": "{% extends 'required' %}{% block a %}x{% endblock %}",
    "a required block empty": "{% extends 'required' %}",
    "a required block of a grandparent": "{% extends 'required middle' %}{% block a %}x{% endblock %}",
    "a required block of a grandparent, empty": "{% extends 'required middle' %}",
    "a required block with super": "{% extends 'required' %}{% block a %}{{ super() }}{% endblock %}",
    "a required block made required again": "{% extends 'required' %}{% block a required %}{% endblock %}",
    "a scoped block": "{% extends 'scoped' %}{% block a %}[{{ i }}{{ loop is defined }}]{% endblock %}",
    "a block that is not scoped": "{% extends 'unscoped' %}{% block a %}[{{ i }}]{% endblock %}",
    "a block that only the child scopes": "{% extends 'unscoped' %}{% block a scoped %}[{{ i }}]{% endblock %}",
    "a scoped block, not so in the child": "{% extends 'scoped' %}{% block a %}[{{ super() }}{{ i }}]{% endblock %}",
    "a block called in a loop": "{% extends 'unscoped' %}{% block a %}{{ x }}{% set x = x + 1 %}{{ x }}{% endblock %}",
    "a layout of nested blocks": "{% extends 'layout' %}{% block title %}T{% endblock %}",
    "a layout, the outer block": "{% extends 'layout' %}{% block head %}H{% endblock %}{% block title %}T{% endblock %}",
    "a layout, super of the outer": "{% extends 'layout' %}{% block head %}H{{ super() }}{% endblock %}{% block title %}T{{ super() }}{% endblock %}",
    "names of blocks through self": "{% extends 'titled' %}{% block title %}T{{ super() }}{% endblock %}",
    "loops in the parent": "{% extends 'looping' %}{% block a %}{{ i }}{% endblock %}",
    "a child that only sets": "{% extends 'base' %}{% set q %}block{% endset %}{% block a %}{{ q }}{% endblock %}",
    "an if around a block": "{% extends 'base' %}{% if no %}{% block a %}x{% endblock %}{% endif %}",
    "a for around a block": "{% extends 'base' %}{% for i in l %}{% block a %}x{% endblock %}{% endfor %}",
    "output dropped, but evaluated not": "{% extends 'base' %}{{ 1 // x0 }}",
    "a call outside, evaluated": "{% extends 'base' %}{% set q = l.append(3) %}{% block a %}{{ l }}{% endblock %}",
    "an error in a set outside": "{% extends 'base' %}{% set q = 1 // x0 %}",
}
OTHERS = {
    "base": BASE, "middle": MIDDLE, "part": "part{{ x }}", "reads": "<{{ t }}{% block a %}A{{ t }}{% endblock %}{{ t }}>",
    "sets": "{% set t = 7 %}<{% block a %}A{{ t }}{% endblock %}>",
    "macros": "{% macro m(i) %}({{ i }}){% endmacro %}<{% block a %}A{% endblock %}>",
    "broken": "a\n{% block a %}\n{% foo %}{% endblock %}", "fails": "a\n{{ 1 // x0 }}{% block a %}{% endblock %}",
    "required": "<{% block a required %}{% endblock %}>", "required middle": "{% extends 'required' %}",
    "scoped": "{% for i in l %}{% block a scoped %}{{ i }}{% endblock %}{% endfor %}",
    "unscoped": "{% for i in l %}{% block a %}{{ i }}{% endblock %}{% endfor %}",
    "layout": "<{% block head %}({% block title %}t{% endblock %}){% endblock %}{% block body %}b{% endblock %}>",
    "titled": "<{{ self.title() }}|{% block title %}t{% endblock %}>",
    "looping": "{% for i in l %}<{% block a scoped %}{{ i }}{% endblock %}>{% endfor %}",
}


def needed(source, found=None):
    """The other templates whose names occur in a source, and in theirs."""
    found = {} if found is None else found
    for name, other in OTHERS.items():
        if name not in found and (f"'{name}'" in source or (name == "base" and ("parent" in source or "'se'" in source))):
            found[name] = other
            needed(other, found)
    return found


for name, source in EXTENDS.items():
    cases.template(f"extends: {name}", {"main": source, **needed(source)}, {"parent": "base", "x0": 0})
    if "super" in name or name in ("one block", "self", "three levels"):
        escaped = {key: text.replace("A{%", "<A>{{ m }}{%") for key, text in needed(source).items()}
        cases.template(f"extends, escaped: {name}", {"main": source, **escaped}, {"parent": "base", "x0": 0}, autoescape=True)
cases.template("extends: blocks of four levels", {
    "main": "{% extends 'c' %}{% block t %}d{{ super() }}{% endblock %}",
    "c": "{% extends 'b' %}{% block t %}c{{ super() }}{% endblock %}",
    "b": "{% extends 'a' %}{% block t %}b{{ super() }}{% endblock %}", "a": "{% block t %}a{% endblock %}{{ self.t() }}"})
cases.template("extends: a level without the block", {
    "main": "{% extends 'c' %}{% block t %}d{{ super() }}{% endblock %}", "c": "{% extends 'b' %}",
    "b": "{% extends 'a' %}{% block t %}b{{ super() }}{% endblock %}", "a": "{% block t %}a{% endblock %}"})
cases.template("extends: an error's place is in the parent's block", {
    "main": "{% extends 'a' %}\n{% block t %}\n{{ super() }}{% endblock %}", "a": "\n\n\n{% block t %}\n{{ nope.x }}{% endblock %}"})
cases.template("extends: imports of the parent are seen in its own blocks", {
    "main": "{% extends 'a' %}{% block u %}{{ q is defined }}{% endblock %}",
    "a": "{% import 'lib' as q %}{% block t %}{{ q.m() }}{% endblock %}{% block u %}{% endblock %}",
    "lib": "{% macro m() %}lib{% endmacro %}"})

OTHERS.update({
    "loopy": "{{ loop.index }}", "vars": "{{ i }}{{ y }}{{ x }}", "setter": "{% set x = 9 %}{% set z = 3 %}{{ x }}",
    "deep": "d[{% include 'part' %}]", "child": "{% extends 'base' %}{% block a %}c{{ x }}{% endblock %}",
    "lib": "{% macro m(a='d') %}<{{ a }}{{ x }}>{% endmacro %}{% set v = 5 %}{% set _private = 6 %}{% macro _p() %}{% endmacro %}text{{ x }}",
    "state": "{% set ns = namespace(n=0) %}{% macro up() %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{% endmacro %}",
    "failing": "a\n\n{{ 1 // 0 }}", "failing lib": "{% macro m() %}\n{{ 1 // 0 }}{% endmacro %}", "empty": "",
    "callers": "{% macro m() %}[{{ caller(1) }}]{% endmacro %}", "recursive": "{{ x }}{% set x = x + 1 %}{% if x < 4 %}{% include 'recursive' %}{% endif %}",
    "includes broken": "\n{% include 'broken' %}", "includes failing": "\n\n{% include 'failing' %}",
    "blocks": "{% block a %}in{{ x }}{% endblock %}", "exports": "{% for i in [1] %}{% set inner = 1 %}{% endfor %}{% if true %}{% set cond = 2 %}{% endif %}{% set a, b = 3, 4 %}{% from 'lib' import m %}{% import 'lib' as sub %}",
    "markup": "<i>{{ m }}{{ '<' }}</i>",
})
for source in [line for line in r"""
[{% include "part" %}]
[{% include 'part' %}{% include 'part' %}]
{% include 'nope' %}
{% include 'nope' ignore missing %}ok
{% include 'nope' ignore missing with context %}ok
{% include 'nope' ignore missing without context %}ok
{% include 'part' ignore missing %}
{% include 'part' with context %}
{% include 'part' without context %}
{% include 'part' without context ignore missing %}
{% include 'part' ignore %}
{% include 'part' with %}
{% include 'part' context %}
{% include ['nope', 'part'] %}
{% include ['part', 'nope'] %}
{% include ('nope', 'part') %}
{% include ['nope', 'none'] %}
{% include ['nope', 'none'] ignore missing %}ok
{% include [] %}
{% include [] ignore missing %}ok
{% include names %}{# 'part' #}
{% include name %}{# 'part' #}
{% include nope %}
{% include nope ignore missing %}ok
{% include [nope, 'part'] %}
{% include [nope, 'none'] %}
{% include x.y %}
{% include none %}
{% include none ignore missing %}ok
{% include 5 %}
{% include 'par' ~ 't' %}{# 'part' #}
{% include 'part' if yes else 'nope' %}
{% include 'nope' if no %}
{% include 'nope' if no ignore missing %}ok
{% include %}
{% include 'part' 'nope' %}
{% for i in l %}{% include 'vars' %};{% endfor %}
{% for i in l %}{% include 'vars' without context %};{% endfor %}
{% for i in l %}{% set y = i * 2 %}{% include 'vars' %};{% endfor %}
{% for i in l %}{% include 'loopy' %}{% endfor %}
{% for i in l %}{{ loop.first }}{% include 'loopy' %}{% endfor %}
{% for i in l %}{% if loop.last %}{% include 'loopy' %}{% endif %}{% endfor %}
{% with y = 2, x = 3 %}{% include 'vars' %}{% endwith %}
{% set y = 7 %}{% include 'vars' %}
{% set x = 7 %}{% include 'part' %}
{% macro m(y) %}{% include 'vars' %}{% endmacro %}{{ m(4) }}
{% block q %}{% set y = 4 %}{% include 'vars' %}{% endblock %}
{% include 'setter' %}{{ x }}{{ z is defined }}
{% include 'setter' %}{% include 'part' %}
{% include 'deep' %}
{% include 'child' %}
{% include 'child' %}{% block a %}mine{% endblock %}
{% block a %}mine{% endblock %}{% include 'blocks' %}
{% include 'lib' %}{{ m is defined }}
{% include 'empty' %}
{% include 'recursive' %}
{% filter upper %}{% include 'part' %}{% endfilter %}
{% set t %}{% include 'part' %}{% endset %}{{ t }}
{% include 'failing' %}
{% include 'includes failing' %}
{% include 'broken' %}
{% include 'broken' ignore missing %}
{% include 'includes broken' ignore missing %}
{% include 'state' %}{{ up is defined }}
{% if no %}{% include 'nope' %}{% endif %}ok
{% import 'lib' as q %}{{ q.m() }}{{ q.m(2) }}{{ q.v }}
{% import 'lib' as q with context %}{{ q.m() }}{{ q.m(2) }}
{% import 'lib' as q without context %}{{ q.m() }}
{% import 'lib' as q %}{{ q }}
{% import 'lib' as q with context %}{{ q }}
{% import 'lib' as q %}{{ q.nope }}{{ q.nope is defined }}
{% import 'lib' as q %}{{ q.nope() }}
{% import 'lib' as q %}{{ q.nope.x }}
{% import 'lib' as q %}{{ q._private }}{{ q._p is defined }}
{% import 'lib' as q %}{{ q["v"] }}
{% import 'lib' as q %}{{ q["nope"] }}
{% import 'lib' as q %}{{ q.m.name }}{{ q.m.arguments }}{{ q.m.catch_kwargs }}{{ q.m.catch_varargs }}{{ q.m.caller }}
{% import 'nope' as q %}
{% import nope as q %}
{% import none as q %}
{% import ['lib'] as q %}
{% import 'lib' %}
{% import 'lib' as %}
{% import 'lib' as 5 %}
{% import 'lib' as q.r %}
{% import 'lib' as q, r %}
{% import 'lib' q %}
{% import as q %}
{% import name2 as q %}{{ q.m() }}{# 'lib' #}
{% import 'li' ~ 'b' as q %}{{ q.m() }}{# 'lib' #}
{% import 'state' as s %}{{ s.up() }}{{ s.up() }}
{% import 'state' as s %}{% import 'state' as t with context %}{{ s.up() }}{{ t.up() }}{{ s.up() }}
{% import 'exports' as q %}{{ q.inner is defined }}{{ q.cond }}{{ q.a }}{{ q.b }}{{ q.m is defined }}{{ q.sub is defined }}
{% import 'failing' as q %}
{% import 'failing lib' as q %}ok
{% import 'failing lib' as q %}⏎{{ q.m() }}
{% import 'broken' as q %}
{% import 'child' as q %}{{ q }}
{% import 'blocks' as q with context %}{{ q }}
{% import 'callers' as q %}{% call(i) q.m() %}{{ i }}{{ x }}{% endcall %}
{% if no %}{% import 'lib' as q %}{% endif %}{{ q is defined }}
{% if yes %}{% import 'lib' as q %}{% endif %}{{ q.v }}
{% for i in l %}{% import 'lib' as q with context %}{{ q.m(i) }}{% endfor %}{{ q is defined }}
{% macro w() %}{% import 'lib' as q %}{{ q.v }}{% endmacro %}{{ w() }}
{% import 'lib' as _q %}{{ _q.v }}
{% set x = 5 %}{% import 'lib' as q with context %}{{ q.m() }}
{% with x = 5 %}{% import 'lib' as q with context %}{{ q.m() }}{% endwith %}
{% import 'lib' as q %}{% block z %}{{ q.v }}{% endblock %}
{% import 'lib' as x %}{{ x.v }}
{% from 'lib' import m %}{{ m() }}{{ m("a") }}
{% from 'lib' import m with context %}{{ m() }}
{% from 'lib' import m without context %}{{ m() }}
{% from 'lib' import m, v %}{{ m() }}{{ v }}
{% from 'lib' import m, v, %}{{ m() }}{{ v }}
{% from 'lib' import m as n %}{{ n() }}{{ m is defined }}
{% from 'lib' import m as n, v as w with context %}{{ n() }}{{ w }}
{% from 'lib' import m, v with context %}{{ m() }}{{ v }}
{% from 'lib' import m, with context %}{{ m() }}
{% from 'lib' import nope %}{{ nope is defined }}
{% from 'lib' import nope %}{{ nope() }}
{% from 'lib' import nope %}{{ nope }}
{% from 'lib' import nope %}{{ nope.x }}
{% from 'lib' import nope as n %}⏎{{ n() }}
{% from 'lib' import _private %}
{% from 'lib' import _private as p %}
{% from 'lib' import v as _v %}{{ _v }}
{% from 'lib' import %}
{% from 'lib' import * %}
{% from 'lib' import m n %}
{% from 'lib' import m as %}
{% from 'lib' import 'm' %}
{% from 'lib' m %}
{% from import m %}
{% from 'lib' import m.n %}
{% from 'nope' import m %}
{% from nope import m %}
{% from 'failing lib' import m %}⏎⏎{{ m() }}
{% from 'state' import up %}{{ up() }}{{ up() }}
{% from 'lib' import with %}{{ with is defined }}
{% from 'lib' import context %}{{ context is defined }}
{% from 'lib' import with, context %}
{% from 'lib' import m %}{% for i in l %}{{ m(i) }}{% endfor %}
{% from 'lib' import m %}{% block z %}{{ m() }}{% endblock %}
{% for i in l %}{% from 'lib' import m with context %}{{ m(i) }}{% endfor %}
{% from 'callers' import m %}{% call(i) m() %}{{ i }}{% endcall %}
""".split("\n") if line]:
    source = source.replace("⏎", "\n")
    text = source.replace('"', "'")
    kind = "import" if "import" in source else "include"
    cases.template(f"{kind}: {source}", {"main": source, **needed(text)}, {"name": "part", "name2": "lib"} if "name" in source else None)
for source in ("{% include 'markup' %}", "{% set t %}{% include 'markup' %}{% endset %}{{ t }}",
               "{% import 'lib2' as q with context %}{{ q.w('<a>') }}{{ q }}", "{% from 'lib2' import w %}{{ w('<a>') }}{{ w('<a>')|upper }}",
               "{% import 'lib2' as q %}{{ q.v }}{{ q.b }}", "{% autoescape false %}{% include 'markup' %}{% endautoescape %}",
               "{% filter upper %}{% include 'markup' %}{% endfilter %}"):
    cases.template(f"include and import, escaped: {source}", {
        "main": source, "markup": OTHERS["markup"],
        "lib2": "{% macro w(a) %}<{{ a }}>{% endmacro %}{% set v = '<v>' %}{% set b %}<b>{% endset %}<text>"}, autoescape=True)
cases.template("include: a chain of errors ends in the innermost template", {
    "main": "1\n{% include 'a' %}", "a": "1\n2\n{% include 'b' %}", "b": "1\n2\n3\n{{ nope.x }}"})
cases.template("include: a macro that fails is the innermost", {
    "main": "{% from 'a' import m %}\n\n{{ m() }}", "a": "1\n{% macro m() %}\n\n{{ nope.x }}{% endmacro %}"})
cases.template("include: a call block that fails is the innermost", {
    "main": "{% from 'a' import m %}\n{% call m() %}\n\n{{ nope.x }}{% endcall %}", "a": "{% macro m() %}\n{{ caller() }}{% endmacro %}"})
cases.template("include: globals are seen without context",
               {"main": "{% include 'a' without context %}", "a": "{{ g }}{{ x }}"}, globals={"g": "global"})
cases.template("import: globals are seen without context",
               {"main": "{% import 'a' as q %}{{ q.m() }}", "a": "{% macro m() %}{{ g }}{{ x }}{% endmacro %}"}, globals={"g": "global"})
cases.template("include: an autoescaped suffix", {"main": "{% include 'a.html' %}{% include 'a.txt' %}", "a.html": "{{ t }}",
               "a.txt": "{{ t }}"}, {"t": "<"}, autoescape="select")
cases.template("import: an autoescaped suffix", {"main": "{% import 'a.html' as h %}{% import 'a.txt' as t %}{{ h.m() }}{{ t.m() }}",
               "a.html": "{% macro m() %}{{ '<' }}{% endmacro %}", "a.txt": "{% macro m() %}{{ '<' }}{% endmacro %}"}, autoescape="select")
cases.template("extends: an autoescaped suffix", {"main": "{% extends 'a.html' %}{% block t %}{{ s }}{% endblock %}",
               "a.html": "{{ s }}{% block t %}{% endblock %}"}, {"s": "<"}, autoescape="select")
