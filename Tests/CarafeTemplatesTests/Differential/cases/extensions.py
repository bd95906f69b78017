"""do, debug, the sandbox, and native types."""

from catalog import Subject

cases = Subject({"l": [1, 2], "d": {"a": 1}, "s": "abc", "x": 5, "n": None, "args": {"$function": "arguments"}, "tu": {"$tuple": [1]},
                 "o": {"$object": {"class": "User", "attributes": {"name": "a", "_private": 1, "__dunder": 2}}}, "m": {"$markup": "<b>"},
                 "f": 1.5, "t": "1", "fail": {"$function": "fail"}, "gen": {"$generator": [1, 2]}, "day": {"$date": "2024-03-05"}})

cases.sources("do", r"""
{% do l.append(3) %}{{ l }}
{% do d.update({"b": 2}) %}{{ d }}
{% do 5 %}x
{% do "a", "b" %}x
{% do l.append(3), l.append(4) %}{{ l }}
{% do nope %}x
{% do nope.x %}
{% do %}
{% do x y %}
{% do x = 5 %}
{% for i in l %}{% do d.update({i: i}) %}{% endfor %}{{ d }}
{% do x if true %}y
{% do args(1)|upper %}y
{% do fail() %}
x⏎⏎{% do 1 // 0 %}
{%- do x -%} y
{% do l.append(3) if x else l.append(4) %}{{ l }}
""", extensions=["jinja2.ext.do"])
for name, options in {"nothing": {}, "values": {"globals": {}}}.items():
    cases.template(f"debug with {name}", "{% debug %}", {"a": 1, "b": "x"} if name == "values" else None,
                   extensions=["jinja2.ext.debug"], globals={"cycler": 1, "dict": 2, "joiner": 3, "lipsum": 4, "namespace": 5, "range": 6})
cases.template("several extensions", "{% for i in l %}{% do d.update({i: 1}) %}{% if i == 2 %}{% break %}{% endif %}{% endfor %}{{ d }}{% trans %}x{% endtrans %}",
               extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"], gettext={"x": "y"})
cases.template("unknown tags name the expected ones", "{% for i in l %}{% do x %}{% endfor %}")

SANDBOX = r"""
s.__class__
s.__class__.__mro__
s.upper()
s["__class__"]
s|attr("__class__")
s|attr("__class__")|attr("__mro__")
s|attr("upper")()
o._private
o["_private"]
o|attr("_private")
o.name
o.__dunder
o.__init__
o.__class__.__init__
d.__class__
d["__class__"]
d._x
l.__class__.__base__
x.__class__
n.__class__
args.__globals__
args.__code__
args.func_globals
args.__name__
"".__class__.__mro__[1].__subclasses__()
().__class__
{}.__class__
1.0.__class__
m.__html__
m.__class__
range.__class__
nope.__class__
nope._x
gen.gi_frame
gen.gi_code
s._nope
o.nope
"{0.__class__}".format(1)
"{a.__class__}".format(a=1)
"{a[__class__]}".format(a=o)
"{a._private}".format(a=o)
"{a.name}".format(a=o)
"{0.__class__.__name__}".format(s)
"{}".format(s)
"{:>5}".format(s)
"{a}".format_map({"a": 1})
"{a.__class__}".format_map({"a": 1})
("{0.__class__}"|safe).format(1)
("{}"|safe).format("<")
s.format
"%s" % s.__class__
range(5)|list
range(100000)|length
range(100001)
range(0, 200000, 2)|length
range(0, 200002, 2)
range(-100001)|length
range(0)
l.append(3) or l
l.extend([3]) or l
l.insert(0, 1) or l
l.pop()
l.remove(1) or l
l.reverse() or l
l.sort() or l
l.clear() or l
l.index(1)
l.count(1)
l.copy()
l["append"](3)
l|attr("append")(3)
d.update(b=1) or d
d.pop("a")
d.popitem()
d.setdefault("z", 1)
d.clear() or d
d.get("a")
d.items()|list
d.keys()|list
d.copy()
d["update"]({"b": 1}) or d
s.replace("a", "b")
s.split("b")
tu.index(1)
args(1)
day.year
day.__class__
[s]|map(attribute="__class__")|list
[s]|map("attr", "__class__")|list
[o]|map(attribute="_private")|list
[o]|selectattr("_private")|list
[o]|sort(attribute="_private")
[o]|sum(attribute="_private")
[o]|groupby("_private")
[d]|map(attribute="a")|list
namespace(a=1).a
namespace(a=1)._Namespace__attrs
cycler(1).__init__
dict(a=1)
2 ** 10
1 + 1
-x
"a" * 3
lipsum.__globals__
self.__class__
loop.__class__
"""
cases.expressions("sandbox", SANDBOX, sandboxed=True)
cases.expressions("immutable sandbox", SANDBOX, sandboxed="immutable")
for kind in (True, "immutable"):
    cases.sources(f"sandbox {kind}", r"""
{% for x in range(3) %}{{ loop.__class__ }}|{{ loop._iterable }}{% endfor %}
{% macro f() %}{{ caller() }}{% endmacro %}{% call f() %}x{% endcall %}{{ f.__call__ }}
{% set ns = namespace(a=1) %}{% set ns.a = 2 %}{{ ns.a }}
{% set a = [] %}{% for x in l %}{% if a.append(x) %}{% endif %}{% endfor %}{{ a }}
{% set a = {} %}{{ a.update({"x": 1}) }}{{ a }}
{% include "o" ignore missing %}{{ s.__class__ is defined }}
{{ s.__class__|default("none") }}
{{ (s.__class__)|string|length }}
{% if s.__class__ %}y{% else %}n{% endif %}
{% for x in s.__class__ %}{% endfor %}x
⏎⏎{{ s.__class__.x }}
⏎⏎{{ l.append.__self__ }}
{% block b %}{{ self.b.__class__ }}{% endblock %}
""", sandboxed=kind)
    cases.expressions(f"sandbox {kind}, strict", "s.__class__\ns._x\no._private\no.nope", sandboxed=kind, undefined="StrictUndefined")
    cases.expressions(f"sandbox {kind}, debug", "s.__class__\ns._x\no._private\no.nope", sandboxed=kind, undefined="DebugUndefined")
    cases.expressions(f"sandbox {kind}, chainable", "s.__class__\ns.__class__.x.y\no._private", sandboxed=kind, undefined="ChainableUndefined")

cases.sources("native", r"""
{{ x }}
{{ x + 1 }}
{{ f }}
{{ s }}
{{ t }}
{{ n }}
{{ nope is defined }}
{{ l }}
{{ d }}
{{ tu }}
{{ true }}
{{ 1 }}{{ 2 }}
{{ 1 }} {{ 2 }}
{{ x }}{{ x }}
{{ x }}.{{ x }}
{{ x }},{{ x }}
[{{ x }}, {{ x }}]
{"a": {{ x }}}
{'a': {{ s }}}
{'a': '{{ s }}'}
({{ x }},)
"{{ s }}"
'{{ s }}'
text
text {{ x }}
12
1.5
 12
12⏎
⏎12
None
none
True
true
[1, 2]
[1, 2
(1, 2)
1, 2
{1, 2}
{}
()
"a" "b"
'a'
b'x'
0x10
1_000
007
1e5
-5
+5
- 5
--5
1+2
1+2j
2j
5 + 5
"a" + "b"
[1][0]
f"x"
...
inf
nan
1e999
{{ 1e999 }}
{{ l|map("string") }}x
{{ l|map("string")|list }}
{{ l|join(",") }}
{{ l|length }}
{{ range(3) }}
{{ range(3)|list }}
{{ "1" }}
{{ "[1, 2]" }}
{{ "1" ~ "2" }}
{{ "1" + "2" }}
{{ "abc"|upper }}
{{ "None" }}
{{ "True" }}
{{ s ~ x }}
{{ 1 / 2 }}
{{ 4 / 2 }}
{{ 2 ** 70 }}
{% if true %}{{ x }}{% endif %}
{% if false %}{{ x }}{% endif %}
{% for i in l %}{{ i }}{% endfor %}
{% for i in l %}{{ i }},{% endfor %}
{% for i in [5] %}{{ i }}{% endfor %}
{% for i in [] %}{{ i }}{% endfor %}
{% set y = x %}{{ y }}
{% set y = "12" %}{{ y }}
{% set y %}12{% endset %}{{ y + 1 }}
{% set y %}a{{ x }}{% endset %}{{ y }}
{% set y %}{{ l }}{% endset %}{{ y[0] }}
{% macro f() %}5{% endmacro %}{{ f() }}
{% macro f() %}5{% endmacro %}{{ f() + 1 }}
{% macro f(a) %}{{ a }}{% endmacro %}{{ f([1]) }}
{% macro f() %}{{ caller() }}{% endmacro %}{% call f() %}[1, 2]{% endcall %}
{% block b %}{{ x }}{% endblock %}
{% block b %}{{ x }}{% endblock %}{{ x }}
{% filter upper %}a{% endfilter %}
{# comment #}{{ x }}
{{ x }}{# comment #}
  {{ x }}
{{ x }}  
{{ x }}⏎
{{ m }}
{{ day }}
{{ day }}{{ "" }}
{{ d }}{{ "" }}
{{ "" }}
{{ "" }}{{ "" }}
{{ "'" }}
{{ "it's" }}
{{ "\n12" }}
{{ " 12" }}
{{ "12 " }}
{{ "'a' 'b'" }}
{{ "# 5" }}
{{ "5 # five" }}
{{ "[1, [2, (3, {'a': None})]]" }}
{{ "{'a': b}" }}
{{ "__import__('os')" }}
{{ "()" }}
{{ "(1)" }}
{{ "set()" }}
{{ "'\\x41\\u00e9'" }}
{{ "'''a'''" }}
{{ "r'a'" }}
{{ none }}{{ none }}
{{ nope }}x
{{ 1 // 0 }}
{{ "99999999999999999999999" }}
{{ "-0.0" }}
{{ ["1", 1] }}
{{ {"a": [1, (2,)]} }}
""", native=True)
cases.template("native: an included template", {"main": "{% include 'o' %}", "o": "[{{ x }}, 2]"}, native=True)
cases.template("native: an extended template", {"main": "{% extends 'o' %}{% block b %}{{ x }}{% endblock %}", "o": "{% block b %}{% endblock %}"}, native=True)
cases.template("native: an imported macro", {"main": "{% from 'o' import f %}{{ f(x) }}", "o": "{% macro f(a) %}{{ a }}{% endmacro %}"}, native=True)
cases.template("native: strict", "{{ nope }}", native=True, undefined="StrictUndefined")
cases.template("native: finalized", "{{ none }}{{ x }}", native=True, finalize="none")
cases.template("native: escaped", "{{ '<' }}{{ m }}", native=True, autoescape=True)
