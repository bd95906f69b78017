"""Undefined in its five kinds: what each lets pass and what it says."""

from catalog import Subject

cases = Subject({"d": {"a": 1, "n": None}, "l": [1], "o": {"$object": {"class": "User", "attributes": {"name": "a"}}},
                 "n": None, "s": "x", "given": {"$undefined": {"name": "given"}}, "hinted": {"$undefined": {"hint": "a hint"}},
                 "m": {"$markup": "<b>"}, "args": {"$function": "arguments"}, "identity": {"$function": "identity"}})

EXPRESSIONS = r"""
x
x.y
x["y"]
x[0]
x.y.z
x.y["z"][0].w
x()
x.y()
d.b
d["b"]
d.b.c
d.b["c"]
d.a.b
d.n.b
l[5]
l[5].x
l.x
o.x
o.x.y
o["x"]
n.x
n.x.y
s.x
s[9]
d[5]
d[1.5]
d[none]
given
given.x
hinted
hinted.x
x ~ "a"
"a" ~ x
x + 1
1 + x
x - 1
x * 2
x / 2
x // 2
x % 2
x ** 2
-x
+x
not x
x and 1
x or 1
1 if x else 2
x == x
x == y
x == 1
1 == x
x != y
x != 1
x < 1
x >= 1
1 < x
1 in x
x in [1]
x in [x]
x in d
x in "a"
x is defined
x is undefined
x.y is defined
d.b is defined
d.b.c is defined
d.b.c.d is undefined
x is none
x is string
x is number
x is mapping
x is sequence
x is iterable
x is callable
x is sameas x
x is eq x
x is in [x]
x is true
x is false
x is boolean
x is integer
x is lower
x is escaped
x is odd
x|default("x")
x.y|default("x")
d.b|default("x")
d.b.c|default("x")
x|default
x|d(0, true)
x|list
x|length
x|string
x|upper
x|trim
x|first
x|last
x|join(",")
x|int
x|float
x|abs
x|round
x|tojson
x|e
x|safe
x|sort
x|sum
x|unique|list
x|map("upper")|list
x|select|list
x|batch(2)|list
x|dictsort
x|items|list
x|replace("a", "b")
x|title
x|capitalize
x|striptags
x|urlize
x|urlencode
x|xmlattr
x|wordwrap
x|wordcount
x|center(5)
x|indent
x|format
x|truncate
x|filesizeformat
x|pprint
x|random
x|min
x|max
x|reverse|list
x|reverse
x|attr("y")
x|groupby("y")
x|forceescape
x|count
[x]
(x,)
{"k": x}
{x: 1}
[x]|join(",")
[x, 1]|first
[x]|list|length
"%s" % x
"%s" % (x,)
"%r" % (x,)
"%d" % x
"{}".format(x)
"{!r}".format(x)
"{:>5}".format(x)
x.upper()
args(x)
args(*x)
args(**x)
identity(x).y
range(x)
dict(x)
namespace(a=x).a
namespace(a=x).a.b
l[x]
d[x]
s[x]
l[x:]
1 if false
(1 if false).x
(1 if false) is defined
(1 if false)|default("x")
(1 if false) + 1
(1 if false) ~ "a"
(1 if false)|list
("a" if false) == ("b" if false)
x if false
""|first
[]|max
([]|first).x
([]|first) + 1
[]|last ~ "a"
loop
loop.index
self.x
self.x()
caller
caller()
super()
varargs
x|map(attribute="a")|list
[x]|map(attribute="a")|list
[d]|map(attribute="zz")|list
[d]|map(attribute="zz.y")|list
[d]|map(attribute="a.y")|join(",")
[d]|sum(attribute="zz")
m ~ x
m + x
m % x
x|e ~ "<"
[x] == [x]
[x] == [y]
x|tojson|length
cycler(x).next()
joiner(x)() ~ "a"
x.__class__
x.__html__
x._undefined_name
"""
SOURCES = r"""
{% for i in x %}{{ i }}{% else %}none{% endfor %}
{% for i in x.y %}{{ i }}{% else %}none{% endfor %}
{% for i in d.b %}{{ i }}{% else %}none{% endfor %}
{% for i in d.b.c %}{{ i }}{% else %}none{% endfor %}
{% for a, b in [x] %}{% endfor %}
{% for i in l %}{{ loop.previtem }}|{{ loop.nextitem }}{% endfor %}
{% for i in l %}{{ loop.previtem.x }}{% endfor %}
{% for i in l %}{{ loop.nope }}|{% endfor %}
{% if x %}a{% else %}b{% endif %}
{% if not x %}a{% endif %}
{% if x.y %}a{% else %}b{% endif %}
{% if d.b %}a{% else %}b{% endif %}
{% if d.b.c %}a{% else %}b{% endif %}
{% if x is defined and x.y %}a{% else %}b{% endif %}
{% if x == "a" %}a{% else %}b{% endif %}
{% set y = x %}{{ y }}
{% set y = x %}{{ y is defined }}
{% set y = x.y %}ok
{% set y = x %}{{ y.z }}
{% with y = x %}{{ y.z }}{% endwith %}
{% macro f(a) %}{{ a }}{% endmacro %}{{ f() }}|
{% macro f(a) %}{{ a.b }}{% endmacro %}{{ f() }}|
{% macro f(a) %}{{ a }}{% endmacro %}{{ f(x) }}|
{% macro f(a=x) %}{{ a }}{% endmacro %}{{ f() }}|
{% macro f() %}{{ caller() }}{% endmacro %}{{ f() }}
{% macro f() %}{{ caller }}{% endmacro %}{{ f() }}|
{% include x %}
{% include x ignore missing %}|
{% include [x, "y"] ignore missing %}|
{% extends x %}
{% import x as y %}
{% block b %}{{ super }}{% endblock %}|
{% block b %}{{ super() }}{% endblock %}
{% filter default("x", true) %}{{ x }}{% endfilter %}
{% autoescape x %}{{ "<" }}{% endautoescape %}
{% print x, 1 %}
{% call x() %}{% endcall %}
{% set x.y = 1 %}
{% set a, b = x %}
"""
for kind in ("Undefined", "ChainableUndefined", "DebugUndefined", "StrictUndefined"):
    cases.expressions(kind, EXPRESSIONS, undefined=kind)
    cases.sources(kind, SOURCES, undefined=kind)
    cases.expressions(f"{kind}, escaped", 'x\nd["<"]\nx ~ "<"\n[x]\nx|e\n(1 if false)\nhinted', undefined=kind, autoescape=True)
    cases.template(f"{kind}: an import that is missing", {
        "main": "{% from 'o' import x, y as z %}{{ x }}|{{ z }}", "o": ""}, undefined=kind)
    cases.template(f"{kind}: an import that is missing is called", {
        "main": "{% from 'o' import x %}\n{{ x() }}", "o": ""}, undefined=kind)
    cases.template(f"{kind}: a member of a module", {
        "main": "{% import 'o' as m %}{{ m.x }}|{{ m.x is defined }}", "o": ""}, undefined=kind)
cases.expressions("LoggingUndefined", "x\nx.y\nd.b\nx ~ 1\nx|list\nx or 1\nx + 1\nx|default(1)\nx is defined\n1 if x else 2\nl[5]\nhinted\n[x]",
                  undefined="LoggingUndefined")
cases.template("LoggingUndefined: a loop", "{% for i in x %}{% endfor %}", undefined="LoggingUndefined")
for kind in ("Undefined", "DebugUndefined", "StrictUndefined"):
    cases.expressions(f"names in messages, {kind}", r"""
o.name.x.y
args.x.y
1.5.x.y
(1).x.y
true.x.y
[].x.y
{}.x.y
().x.y
"".x.y
none.x.y
m.x.y
range(1).x.y
namespace().x.y
l["x"].y
l[1.5].y
l[(1, 2)].y
d["it's"].y
d["say \"it's\""].y
d["é\n\u200b"].y
é.y
cycler(1).x.y
dict.x.y
joiner().x.y
by.x.y
day.x.y
tu[9].y
l[none].y
l[true].y
l[5].y
l[-9].y
d[true].y
big.x.y
""", {"by": {"$bytes": "x"}, "day": {"$datetime": "2024-03-05T07:08:09"}, "tu": {"$tuple": [1]},
      "big": {"$int": "99999999999999999999"}}, undefined=kind)
