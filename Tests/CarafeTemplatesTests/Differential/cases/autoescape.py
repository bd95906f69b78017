"""Autoescaping and Markup."""

from catalog import Subject

cases = Subject({
    "t": "<b>&\"'>", "m": {"$markup": "<i>&amp;</i>"}, "n": None, "l": ["<a>", "b"], "ml": [{"$markup": "<a>"}, "<b>"],
    "d": {"<k>": "<v>"}, "i": 5, "u": "x", "on": True, "off": False,
    "o": {"$object": {"class": "Widget", "html": "<input>"}}, "markup": {"$function": "markup"}, "identity": {"$function": "identity"},
    "fm": {"$markup": "<b>%s</b>"}, "bm": {"$markup": "<b>{}</b>"}, "un": {"$undefined": {"name": "un"}},
})
VALUES = r"""
t
m
n
l
ml
d
i
o
nope
"<b>"
"<b>"|safe
t|safe
t|escape
t|e
t|e|e
t|safe|e
m|e
m|safe
t|forceescape
m|forceescape
t|e|forceescape
o|e
o|safe
o|string
o|forceescape
n|e
n|safe
i|e
l|e
l|safe
nope|e
nope|safe
t|string
m|string
m|string is escaped
t is escaped
m is escaped
o is escaped
t|upper
m|upper
m|lower
m|title
m|capitalize
m|trim
" <b> "|safe|trim
m|replace("i", "b")
m|replace("i", "<")
m|replace("i", "<"|safe)
t|replace("<", "[")
t|replace("<"|safe, "[")
t|replace("<", "["|safe)
t|replace("&", m)
m|replace("&amp;", "&")
i|replace("5", "<")
t|replace("b", "<", 1)
m|center(30)
t|center(20)
m|length
m|list
m|first
m|last
m|reverse
t|reverse
m|wordwrap(5)
m|indent
"<a>\n<b>"|safe|indent
"<a>\n<b>"|indent
m|indent(first=true)
m|indent("<")
m|indent(">", true)
m|truncate(8)
m|truncate(8, true)
m|truncate(9, true, "<>")
t|truncate(8, true, "<>", 0)
t|truncate(7, true, "<>"|safe, 0)
m|striptags
t|striptags
m|wordcount
m|urlize
"http://a.b <c>"|urlize
"http://a.b <c>"|safe|urlize
t|urlencode
m|urlencode
m|format
"%s"|format(t)
"%s"|safe|format(t)
fm|format(t)
fm|format(m)
"<%s>"|format(m)
fm % t
fm % m
fm % (t,)
"<%s>" % m
"<%s>" % t
"<%s %s>"|safe % (t, m)
"<%(a)s>"|safe % {"a": t}
"%d"|safe % 5
"%r"|safe % "<"
"%s"|safe % l
"%.1f"|safe % 1.25
bm.format(t)
bm.format(m)
"<{}>".format(m)
"{a}"|safe.format(a=1)
("{a}"|safe).format(a=t)
("{0}{1}"|safe).format(t, m)
("{:>5}"|safe).format("<")
("{:>5}"|safe).format(m)
("{!r}"|safe).format("<")
("{a[0]}{b.x}"|safe).format(a=l, b={"x": 1})
("%s"|safe) % o
("{}"|safe).format(o)
m + t
t + m
m + m
m + i
i + m
m + n
m * 2
2 * m
m ~ t
t ~ m
t ~ t
m ~ m
t ~ m ~ t
m ~ i
i ~ m
l ~ m
m ~ l
n ~ m
o ~ t
t ~ o
(t ~ m) is escaped
(t ~ t) is escaped
m ~ nope
"<" ~ "<"
"<"|safe ~ "<"
"<" ~ "<"|safe
"<"|e ~ "<"
("<"|safe ~ "<")|upper
m[0]
m[0] is escaped
m[1:]
m[1:] is escaped
m == "<i>&amp;</i>"
m == t
m < t
m in [t, m]
"i" in m
m.upper()
m.lower()
m.split("&")
m.split("&")[0] is escaped
m.replace("i", "<")
m.join(l)
m.join(ml)
"<".join(ml)
"<".join(l)
m.strip("<")
m.startswith("<i")
m.find("a")
m.partition("&")
m.rpartition("&")
m.rsplit(";", 1)
m.splitlines()
m.title()
m.swapcase()
m.zfill(20)
m.center(20, "<")
m.ljust(20, "-")
m.striptags()
m.unescape()
m.unescape() is escaped
m.escape("<")
m.__html__()
m.expandtabs()
m.removeprefix("<i>")
m.encode()
m.count("i")
m.isalpha()
m.casefold()
m.format()
l|join
l|join("<")
l|join("<"|safe)
l|join(", ")
ml|join
ml|join("<")
ml|join("<"|safe)
ml|join("&")
[m, m]|join("&")
[t, t]|join(m)
[o, t]|join(",")
l|map("e")|join("<")
l|map("safe")|join("<")
l|map("upper")|join(m)
[1, m]|join("-")
[none, m]|join("-")
[]|join(m)
ml|first
ml|last
l|first
ml|list
l|string
ml|string
d|string
d|tojson
l|tojson
m|tojson
t|tojson
t|tojson is escaped
t|tojson|e
t|tojson|forceescape
d|xmlattr
{"a": t, "b": m, "c": n}|xmlattr
{"a": t}|xmlattr is escaped
{"<a": 1}|xmlattr
{m: 1}|xmlattr
t|pprint
m|pprint
l|pprint
ml|sort
ml|unique|list
ml|min
ml|max
ml|sum(start="")
[m, m]|sum(start=""|safe)
d|dictsort
d|items|list
d.items()|list
m|default("<")
nope|default("<")
nope|default(m)
nope|default("<"|safe)
""|default("<", true)
t if on
t if on else m
m if on else t
"<" if on else "&"
on and t
on and m
off or "<"
n or m
markup(t)
markup(t) ~ t
markup("<")|upper
identity(m)
identity(t)
[m]
[t]
(m,)
{"k": m}
{"k": t}
{m: t}
[m][0]
{"k": m}.k
{"k": m}["k"]|upper
t|attr("upper")
t.upper()
d["<k>"]
d.keys()|list
i|string
i|safe + "<"
1.5|safe ~ "<"
true|safe ~ "<"
nope ~ "<"
"é<日"
"\u00a0<"
"`=/"
t|length
t|e|length
t|list
t|batch(2)|list
t|slice(2)|list
m|slice(2)|list
t|map("upper")|join
m|map("upper")|join
t|select("eq", "<")|list
m|select("eq", "<")|first is escaped
t|groupby(0)|list
m|int
"5"|safe|int + 1
"5"|safe|float
m|abs
m|round
m|filesizeformat
range(3)
loop
namespace(a=t)
lipsum is callable
"<b>"|safe|safe
"a" "<"
"a" ~ ("<" ~ "b")|safe
t|random in t
"%s <%s>"|format(m, t)
"%s <%s>"|safe|format(m, t)
"%(a)s"|format(a=m)
"%(a)s"|safe|format(a=t)
"%s"|e|format(m)
""|e
""|e is escaped
"a b"|urlencode
"a b&c"|safe|urlencode
"<br>"|safe|replace("<", "&")
"a,b"|safe|replace(",", "<br>")
"a,b"|replace(",", "<br>"|safe)
"a,b"|replace(","|safe, "<br>")
"""
cases.expressions("escaped", VALUES, autoescape=True)
cases.expressions("not escaped", "\n".join(line for line in VALUES.strip().split("\n") if any(
    word in line for word in ("safe", "m", "|e", "o"))))
cases.sources("sections", r"""
{% autoescape true %}{{ t }}{% endautoescape %}{{ t }}
{% autoescape false %}{{ t }}{% endautoescape %}{{ t }}
{% autoescape on %}{{ t }}{% endautoescape %}
{% autoescape off %}{{ t }}{% endautoescape %}
{% autoescape on %}{{ "<" }}{{ "<" ~ t }}{{ m ~ "<" }}{% endautoescape %}
{% autoescape off %}{{ "<" }}{{ "<" ~ t }}{{ m ~ "<" }}{% endautoescape %}
{% autoescape on %}{{ l|join("<") }}{{ ml|join("<") }}{{ t|replace("<", m) }}{% endautoescape %}
{% autoescape off %}{{ l|join("<") }}{{ ml|join("<") }}{{ t|replace("<", m) }}{% endautoescape %}
{% autoescape on %}{% set z %}<{{ t }}{% endset %}{{ z }}{{ z is escaped }}{% endautoescape %}{{ z }}
{% autoescape on %}text <b>{% endautoescape %}
{% autoescape "x" %}{{ t }}{% endautoescape %}
{% autoescape nope %}{{ t }}{% endautoescape %}
{% autoescape i %}{{ t }}{% endautoescape %}
{% autoescape true %}{% autoescape false %}{{ t }}{% endautoescape %}{{ t }}{% endautoescape %}
{% autoescape on %}{% autoescape off %}{{ t }}{{ "<" }}{% endautoescape %}{{ t }}{{ "<" }}{% endautoescape %}
{% autoescape true %}{% for x in l %}{{ x }}{% endfor %}{% endautoescape %}
{% for x in l %}{% autoescape loop.first %}{{ x }}{{ "<" }}{% endautoescape %}{% endfor %}
{% autoescape true %}{% macro f(a) %}<{{ a }}>{% endmacro %}{{ f(t) }}{% endautoescape %}{{ f is defined }}
{% macro f(a) %}<{{ a }}>{% endmacro %}{% autoescape true %}{{ f(t) }}{% endautoescape %}{{ f(t) }}
{% macro f(a) %}{% autoescape true %}<{{ a }}>{% endautoescape %}{% endmacro %}{{ f(t) }}
{% autoescape true %}{% include "o" ignore missing %}{% endautoescape %}
{% autoescape true %}{% filter upper %}<{{ t }}{% endfilter %}{% endautoescape %}
{% autoescape true %}{% block b %}{{ t }}{% endblock %}{% endautoescape %}
{% autoescape false %}{% block b2 %}{{ t }}{% endblock %}{% endautoescape %}
{% autoescape true %}{{ t|e }}{{ t|safe }}{{ m }}{{ d|xmlattr }}{% endautoescape %}
{% autoescape true %}{{ {"a": t}|xmlattr }}{{ "http://a.b <c>"|urlize }}{% endautoescape %}
{% autoescape %}{% endautoescape %}
{% autoescape true %}
{% autoescape true %}{% endautoescape true %}
{% autoescape true, false %}{% endautoescape %}
{% endautoescape %}
{% autoescape true: %}{{ t }}{% endautoescape %}
{% autoescape not on %}{{ t }}{% endautoescape %}
{% autoescape on and off %}{{ t }}{% endautoescape %}
{% autoescape on if off else on %}{{ t }}{% endautoescape %}
{% autoescape true %}{{ "<" }}{{ "<"|safe }}{{ ["<"] }}{{ "<" ~ "<"|safe }}{{ "%s"|safe % "<" }}{% endautoescape %}
{% autoescape 1 // 0 %}{% endautoescape %}
""")
cases.sources("sections within escaping", r"""
{% autoescape false %}{{ t }}{% endautoescape %}{{ t }}
{% autoescape off %}{{ t }}{{ "<" }}{{ m ~ t }}{% endautoescape %}{{ t }}
{% autoescape on %}{{ t }}{{ "<" }}{{ m ~ t }}{% endautoescape %}{{ t }}
{% autoescape false %}{% set z %}<{{ t }}{% endset %}{% endautoescape %}{{ z is defined }}
{% autoescape false %}{% set z %}<{{ t }}{% endset %}{{ z }}{{ z is escaped }}{% endautoescape %}
{% macro f(a) %}<{{ a }}>{% endmacro %}{% autoescape false %}{{ f(t) }}{{ f(t) is escaped }}{% endautoescape %}
{% autoescape false %}{% block b %}{{ t }}{% endblock %}{% endautoescape %}{{ self.b() }}
{% autoescape false %}{{ l|join("<") }}{{ t|replace("<", m) }}{{ {"a": t}|xmlattr is escaped }}{% endautoescape %}
{% autoescape off %}{{ l|join("<") }}{{ t|replace("<", m) }}{{ {"a": t}|xmlattr is escaped }}{% endautoescape %}
{% block b %}{{ t }}{% endblock %}{{ self.b() }}{{ self.b() is escaped }}
{% set z = self.b() %}{% block b %}{{ t }}{% endblock %}{{ z }}{{ z ~ t }}
""", autoescape=True)
for name, options in {"select": "select", "select txt": {"enabled_extensions": ["txt"], "default_for_string": False},
                      "select disabled": {"disabled_extensions": ["main"], "default": True}, "select default": {"default": True},
                      "select case": {"enabled_extensions": ["HTML", ".XML"]}}.items():
    for other in ("a.html", "a.HTML", "a.htm", "a.xml", "a.txt", "a", "html", "a.html.txt", "a.xhtml", "a.html.j2"):
        cases.template(f"{name}: {other}", {"main": "{{ t }}{% include '" + other + "' %}", other: "{{ t }}"}, {"t": "<"},
                       autoescape=options)
