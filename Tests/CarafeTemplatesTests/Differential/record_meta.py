"""Writes `Vectors/meta.json`: templates, and what jinja2.meta finds in them."""
import json
import pathlib

from meta import answer

SOURCES = [
    "{{ a }}", "{% set a = 1 %}{{ a }}", "{{ a }}{% set a = 1 %}", "{% set a = a %}", "{% set a = b %}{{ a }}", "{% if a %}{% set b = 1 %}{% endif %}{{ b }}",
    "{% if a %}{% set b = 1 %}{% else %}{% set b = 2 %}{% endif %}{{ b }}", "{% if a %}{{ b }}{% endif %}{% set b = 1 %}",
    "{% if a %}{% elif b %}{% set c = 1 %}{% else %}{{ c }}{% endif %}", "{% for a in b %}{{ a }}{% endfor %}", "{% for a in a %}{{ a }}{% endfor %}",
    "{% for a in b %}{{ loop.index }}{% endfor %}", "{{ loop }}{% for a in b %}{{ loop.index }}{% endfor %}", "{% for a in b %}{% else %}{{ a }}{{ loop }}{% endfor %}",
    "{% for a in b if a and c %}{{ d }}{% endfor %}", "{% for a in b if loop %}{% endfor %}", "{% for a in b recursive %}{{ loop(a.c) }}{% endfor %}",
    "{% for a in b %}{% set c = a %}{% endfor %}{{ c }}", "{% set c = 1 %}{% for a in b %}{% set c = a %}{{ c }}{% endfor %}{{ c }}",
    "{% for a, (b, c) in d %}{{ a }}{{ b }}{{ c }}{% endfor %}{{ c }}", "{% for a in b %}{% for b in a %}{{ loop }}{% endfor %}{% endfor %}",
    "{% macro a(b) %}{{ b }}{{ c }}{% endmacro %}{{ a(1) }}", "{% macro a(b=c) %}{% endmacro %}", "{% macro a(b, c=b) %}{% endmacro %}", "{{ a() }}{% macro a() %}{% endmacro %}",
    "{% macro a() %}{{ caller() }}{{ varargs }}{{ kwargs }}{% endmacro %}", "{{ caller }}{{ varargs }}{{ kwargs }}", "{% macro a(caller=none) %}{{ caller() }}{% endmacro %}",
    "{% macro a() %}{% set caller = 1 %}{{ caller }}{% endmacro %}", "{% macro a() %}{{ a }}{% endmacro %}", "{% if x %}{% macro a() %}{{ a }}{% endmacro %}{% endif %}{{ a }}",
    "{% call a() %}{{ b }}{% endcall %}", "{% call(b) a(c) %}{{ b }}{{ caller }}{% endcall %}", "{% call(b=c) a() %}{{ b }}{% endcall %}{{ b }}",
    "{% filter upper %}{{ a }}{% set b = 1 %}{% endfilter %}{{ b }}", "{% filter replace(a, b) %}{% set a = 1 %}{% endfilter %}", "{% with a = 1 %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% with a = b, b = a %}{{ a }}{% endwith %}", "{% with a, b = c %}{{ a }}{{ b }}{% endwith %}", "{% with %}{% set a = 1 %}{% endwith %}{{ a }}", "{% with a = b %}{% with b = a %}{{ b }}{% endwith %}{% endwith %}",
    "{% set a %}{{ b }}{% endset %}{{ a }}", "{% set a %}{{ a }}{% endset %}", "{% set a | upper %}{% set b = 1 %}{% endset %}{{ b }}", "{% set a.b = c %}", "{% set a = namespace(b=c) %}{% set a.b = d %}", "{% set a, b.c = d %}",
    "{% autoescape a %}{{ b }}{% set c = 1 %}{% endautoescape %}{{ c }}", "{% block a %}{{ b }}{% endblock %}", "{% set b = 1 %}{% block a %}{{ b }}{% endblock %}", "{% block a %}{% set b = 1 %}{{ b }}{% endblock %}{{ b }}",
    "{% block a %}{{ super() }}{{ self.b() }}{% endblock %}", "{{ super }}{{ self }}", "{{ super() }}", "{% for a in b %}{% block c %}{{ a }}{% endblock %}{% endfor %}", "{% for a in b %}{% block c scoped %}{{ a }}{{ loop }}{% endblock %}{% endfor %}",
    "{% macro m() %}{{ self }}{% endmacro %}", "{% block a %}{% macro m() %}{{ super() }}{{ self }}{% endmacro %}{% endblock %}", "{% for a in b %}{{ self.c() }}{{ super }}{% endfor %}",
    "{% extends a %}{{ b }}{% for c in d %}{{ e }}{% endfor %}", "{% extends a %}{% extends b %}{{ c }}{% for d in e %}{{ f }}{% endfor %}", "{% if a %}{% extends b %}{% endif %}{% extends c %}{% for d in e %}{{ f }}{% endfor %}",
    "{% extends a %}{% if b %}{% extends c %}{% for d in e %}{{ f }}{% endfor %}{% endif %}{% with %}{{ g }}{% endwith %}", "{% extends 'a' %}{% block b %}{{ c }}{% endblock %}",
    "{% include a %}", "{% include 'a' %}", "{% include ['a', b, 'c', 1] %}", "{% include ('a', 'b') %}", "{% include 1 %}", "{% include none %}", "{% include 'a' if b else 'c' %}", "{% include a ignore missing without context %}",
    "{% import 'a' as b %}{{ b }}{{ c }}", "{% import a as b %}", "{{ b }}{% import 'a' as b %}", "{% from 'a' import b, c as d %}{{ b }}{{ c }}{{ d }}", "{% from a import b with context %}", "{% from 'a' import with context %}",
    "{% extends 'a' %}{% include 'b' %}{% block c %}{% include 'd' %}{% if e %}{% import 'f' as g %}{% elif h %}{% from 'i' import j %}{% else %}{% include k %}{% endif %}{% endblock %}",
    "{% for a in b %}{% include 'c' %}{% else %}{% include 'd' %}{% endfor %}", "{% macro a() %}{% include 'b' %}{% endmacro %}{% call c() %}{% include 'd' %}{% endcall %}",
    "{{ range(a) }}{{ dict(b=c) }}{{ lipsum() }}{{ cycler(d) }}{{ joiner() }}{{ namespace() }}", "{% set range = 1 %}{{ range }}", "{{ _('a') }}{{ gettext('b') }}",
    "{% trans %}{{ a }}{% endtrans %}", "{% trans a=b(), c=d %}{{ a }}{% pluralize %}{{ e }}{% endtrans %}", "{% do a.append(b) %}", "{% for a in b %}{% if a %}{% break %}{% endif %}{{ c }}{% endfor %}",
    "{{ a if b else c }}", "{{ a.b[c](d, e=f, *g, **h)|i(j) is k(l) }}", "{{ {a: b} }}{{ [c, (d, e)] }}{{ f[g:h:i] }}", "{{ a|b(a=c) }}{{ -a ~ b }}", "{{ true }}{{ none }}{{ 1 }}{{ 'a' }}",
    "{% if a %}{% for b in c %}{% set d = b %}{% endfor %}{% endif %}{{ d }}", "{% set d = 1 %}{% if a %}{% set d = 2 %}{% endif %}{{ d }}", "{% for a in b %}{% if a %}{% set c = 1 %}{% endif %}{{ c }}{% endfor %}{{ c }}",
    "{% for a in b %}{% if a %}{{ c }}{% else %}{% set c = 1 %}{% endif %}{% endfor %}", "{% if a %}{% if b %}{% set c = 1 %}{% endif %}{% endif %}{% macro m() %}{{ c }}{% endmacro %}", "{% macro m() %}{% if a %}{% set b = 1 %}{% endif %}{{ b }}{% endmacro %}",
    "{% if a %}{% set loop = 1 %}{% endif %}{{ loop }}", "{% macro caller() %}{% endmacro %}{{ caller() }}", "{% set self = 1 %}{{ self }}", "{{ self }}{% set self = 1 %}", "{% with self = 1 %}{{ self }}{% endwith %}{{ self }}", "{% for self in a %}{{ self }}{% endfor %}",
    "{% if a %}{% else %}{% set b = 1 %}{% with b = b %}{{ b }}{% endwith %}{% endif %}", "{% set a = 1 %}{% if b %}{% set a = 2 %}{% endif %}{% for c in d %}{{ a }}{% endfor %}",
]

if __name__ == "__main__":
    vectors = [{"source": source, "answer": answer(source)} for source in SOURCES]
    path = pathlib.Path(__file__).resolve().parent.parent / "Vectors" / "meta.json"
    path.write_text("[\n" + ",\n".join(json.dumps(v) for v in vectors) + "\n]\n")
    print(len(vectors), "templates,", sum("variables" not in v["answer"] for v in vectors), "of them errors")
