"""Filters of sequences and mappings, with all their arguments and odd inputs."""

from catalog import Subject

USERS = [{"name": "bob", "age": 20, "city": {"n": "Rome"}, "on": True}, {"name": "Ada", "age": 36, "city": {"n": "oslo"}, "on": False},
         {"name": "cy", "age": 20, "city": {"n": "rome"}, "on": True}, {"name": "Dan", "age": 5, "city": {"n": "Oslo"}, "on": None}]
cases = Subject({
    "l": [3, 1, 2], "s": "banana", "words": ["b", "A", "a", "B"], "e": [], "n": None, "i": 5, "mixed": [1, "a", None],
    "d": {"b": 1, "A": 3, "c": 2}, "users": USERS, "tu": {"$tuple": [3, 1, 2]}, "gen": {"$generator": [3, 1, 2]},
    "lists": [[2, "x"], [1, "y"], [2, "a"]], "nums": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    "objects": [{"$object": {"class": "User", "attributes": {"name": "z", "n": 1}}}, {"$object": {"class": "User", "attributes": {"name": "y"}}}],
    "di": {"$dict": [[2, "b"], [1, "a"]]}, "floats": [1.5, 1, True, 0, 0.0], "nested": {"a": {"b": [1, 2]}},
    "nan": {"$float": "nan"}, "partial": [{"a": 1}, {}, {"a": None}, {"a": 2}], "strings": ["10", "9", "1"],
    "m": {"$markup": "<b>"}, "args": {"$function": "arguments"},
})

cases.expressions("first and last", r"""
l|first
l|last
s|first
s|last
e|first
e|last
e|first is defined
e|first.x
(e|first).x
(e|last).x
""|first
d|first
d|last
tu|last
gen|first
gen|last
range(3)|last
n|first
n|last
i|first
i|last
nope|first
nope|last
d.items()|first
d.items()|last
d.values()|last
l|map("string")|first
l|map("string")|last
{}|first
users|first|attr("name")
(users|first).name
l|first(1)
l|reverse|first
l|reverse|last
""")
cases.expressions("join", r"""
l|join
l|join(",")
l|join(", ")
l|join(d="-")
l|join(1)
l|join(none)
l|join(nope)
l|join([])
mixed|join(",")
e|join(",")
s|join(",")
d|join(",")
d.values()|join(",")
d.items()|join(",")
n|join
i|join
nope|join(",")
users|join(",", attribute="name")
users|join(",", "name")
users|join(attribute="age")
users|join(",", attribute="city.n")
users|join(",", attribute="nope")
lists|join(",", attribute=0)
lists|join(",", attribute="1")
objects|join(",", "name")
[1, [2, 3]]|join("|")
[1.0, true, none]|join("|")
[m, "<"]|join("<")
gen|join
range(3)|join("-")
l|map("string")|join
[nope, 1]|join(",")
["a", "é", "日"]|join("·")
{"a": 1}|join
l|join(",")|upper
l|join(attribute=none)
""")
cases.expressions("list, reverse, length", r"""
l|list
s|list
d|list
tu|list
gen|list
n|list
i|list
nope|list
"日本"|list
range(3)|list
l|reverse|list
s|reverse
tu|reverse|list
d|reverse|list
gen|reverse|list
gen|reverse
n|reverse
i|reverse
nope|reverse|list
""|reverse
"日本🎈e\u0301"|reverse
range(5)|reverse|list
l|reverse|join
l|list|list == l
m|reverse
d.items()|list|reverse|list
d.items()|reverse|list
d.values()|reverse|list
l|map("string")|reverse
users|map(attribute="age")|reverse
""")
cases.expressions("sort", r"""
l|sort
l|sort(true)
l|sort(reverse=true)
words|sort
words|sort(case_sensitive=true)
words|sort(false, true)
words|sort(true)
words|sort(true, true)
s|sort
s|sort|join
d|sort
tu|sort
gen|sort
e|sort
mixed|sort
[1, "a"]|sort
[none, none]|sort
[none]|sort
[1, 1.0, true]|sort
floats|sort
strings|sort
lists|sort
lists|sort(attribute=0)
lists|sort(attribute=1)
lists|sort(attribute="0,1")
lists|sort(attribute="1")
users|sort(attribute="name")|map(attribute="name")|join(" ")
users|sort(attribute="name", case_sensitive=true)|map(attribute="name")|join(" ")
users|sort(attribute="age")|map(attribute="name")|join(" ")
users|sort(attribute="age", reverse=true)|map(attribute="name")|join(" ")
users|sort(true, attribute="age")|map(attribute="name")|join(" ")
users|sort(attribute="age,name")|map(attribute="name")|join(" ")
users|sort(attribute="age,city.n,name")|map(attribute="name")|join(" ")
users|sort(attribute="age,name", reverse=true)|map(attribute="name")|join(" ")
users|sort(attribute="city.n")|map(attribute="name")|join(" ")
users|sort(attribute="nope")|map(attribute="name")|join(" ")
users|sort(attribute="name.nope")|map(attribute="name")|join(" ")
users|sort(attribute="on")|map(attribute="name")|join(" ")
users|sort(attribute="")|length
users|sort(attribute=none)
users|sort
objects|sort(attribute="name")|map(attribute="name")|join
[{"a": none}, {"a": 1}]|sort(attribute="a")
[{"a": nope}]|sort(attribute="a")|length
n|sort
i|sort
nope|sort
["é", "e", "z", "É"]|sort
["ß", "ss", "SS", "st"]|sort
["a1", "a10", "a2"]|sort
[[1, "B"], [1, "a"]]|sort
[(1, 2), (1, 1)]|sort
[{}, {}]|sort
[m, "a"]|sort
[nan, 1, 2]|sort|length
["\uffff", "\U00010000"]|sort|first == "\uffff"
l|sort|first
l|sort(1, 2, 3, 4)
d.items()|sort
d.items()|sort(attribute=1)
d.items()|sort(attribute="1", reverse=true)
""")
cases.expressions("dictsort", r"""
d|dictsort
d|dictsort(true)
d|dictsort(false, "value")
d|dictsort(by="value")
d|dictsort(by="value", reverse=true)
d|dictsort(reverse=true)
d|dictsort(true, "key", true)
d|dictsort(by="nope")
d|dictsort("nope")
{}|dictsort
di|dictsort
{"a": "B", "b": "a"}|dictsort(by="value")
{"a": "B", "b": "a"}|dictsort(true, "value")
{1: 2, "a": 3}|dictsort
{"a": none, "b": 1}|dictsort(by="value")
{"a": 1}|dictsort(by=none)
l|dictsort
n|dictsort
nope|dictsort
s|dictsort
objects|first|dictsort
{"é": 1, "e": 2, "z": 3}|dictsort
d|dictsort|map("first")|join
{(1, 2): 1, (1, 1): 2}|dictsort
""")
cases.expressions("unique", r"""
[1, 1, 2]|unique|list
words|unique|list
words|unique(true)|list
words|unique(case_sensitive=true)|list
[1, 1.0, true, "1"]|unique|list
[0, false, 0.0, none, ""]|unique|list
users|unique(attribute="age")|map(attribute="name")|join(" ")
users|unique(attribute="city.n")|map(attribute="name")|join(" ")
users|unique(true, "city.n")|map(attribute="name")|join(" ")
users|unique(attribute="nope")|map(attribute="name")|join(" ")
users|unique|list
[[1], [1]]|unique|list
[(1, 2), (1, 2)]|unique|list
lists|unique(attribute=0)|list
s|unique|join
d|unique|list
e|unique|list
n|unique|list
nope|unique|list
["é", "e\u0301", "É"]|unique|list|length
[m, "<b>"]|unique|list
["ß", "SS", "ss"]|unique|list
gen|unique|list
[nope, nope2]|unique|list
[1, [2]]|unique|list
["Σ", "ς", "σ"]|unique|list|length
""")
cases.expressions("min and max", r"""
l|min
l|max
words|min
words|max
words|min(true)
words|max(true)
words|max(case_sensitive=true)
s|min
s|max
d|max
e|min
e|max
e|min is defined
(e|max).x
mixed|max
[none]|max
[none, none]|max
[1, 1.0, true]|max
[true, 1]|min
floats|max
floats|min
users|max(attribute="age")|attr("name")
(users|max(attribute="age")).name
(users|min(attribute="age")).name
(users|max(attribute="name")).name
(users|min(false, "city.n")).name
users|max(attribute="nope")
users|max
lists|max
lists|min(attribute=1)
n|max
i|max
nope|max
gen|max
range(5)|max
["a", "B"]|max
[[1, 2], [1, 3]]|max
[nan, 1]|max
[1, nan]|max
l|map("string")|max
""")
cases.expressions("sum", r"""
l|sum
l|sum(start=10)
l|sum(none, 10)
floats|sum
[0.1, 0.2, 0.3]|sum
[0.1] * 10|sum
([0.1] * 10)|sum
[1e308, 1e308]|sum
[1, 2.5]|sum
[true, true]|sum
e|sum
e|sum(start=5)
users|sum(attribute="age")
users|sum("age")
users|sum("age", 100)
users|sum(attribute="nope")
users|sum(attribute="name")
users|sum
s|sum
["a", "b"]|sum
["a", "b"]|sum(start="")
[[1], [2]]|sum(start=[])
[(1,), (2,)]|sum(start=())
lists|sum(attribute=0)
lists|sum(attribute="0")
d.values()|sum
d|sum
n|sum
i|sum
nope|sum
gen|sum
range(101)|sum
[9223372036854775807, 1]|sum
[none]|sum
[m]|sum
users|map(attribute="age")|sum
users|sum(attribute="city.n")
partial|sum(attribute="a")
""")
cases.expressions("batch and slice", r"""
nums|batch(3)|list
nums|batch(3, 0)|list
nums|batch(3, "x")|list
nums|batch(3, none)|list
nums|batch(3, "")|list
nums|batch(linecount=4, fill_with="-")|list
nums|batch(1)|list
nums|batch(20)|list
nums|batch(20, 0)|list
nums|batch(0)|list
nums|batch(-1)|list
nums|batch(5, 0)|list
nums|batch("3")|list
nums|batch(2.0)|list
nums|batch(2.5)|list
e|batch(3)|list
e|batch(3, 0)|list
s|batch(2)|list
d|batch(2)|list
n|batch(2)|list
i|batch(2)|list
nope|batch(2)|list
gen|batch(2)|list
nums|batch(3)|map("join")|join(";")
nums|batch(3)|first
nums|slice(3)|list
nums|slice(3, 0)|list
nums|slice(3, "x")|list
nums|slice(3, none)|list
nums|slice(slices=4, fill_with="-")|list
nums|slice(1)|list
nums|slice(10)|list
nums|slice(12)|list
nums|slice(12, 0)|list
nums|slice(0)|list
nums|slice(-1)|list
nums|slice(5, 0)|list
nums|slice("3")|list
nums|slice(2.5)|list
e|slice(3)|list
e|slice(3, 0)|list
s|slice(2)|list
d|slice(2)|list
n|slice(2)|list
i|slice(2)|list
nope|slice(2)|list
gen|slice(2)|list
nums|slice(3)|map("sum")|list
""")
cases.expressions("map", r"""
l|map("string")|list
l|map("string")|join
words|map("upper")|list
words|map("replace", "a", "x")|list
words|map("center", width=3)|list
words|map("default", "x", true)|list
l|map("round", 1, "ceil")|list
users|map(attribute="name")|list
users|map(attribute="city.n")|list
users|map(attribute="nope")|list
users|map(attribute="nope", default="x")|list
users|map(attribute="city.nope", default="x")|list
users|map(attribute="nope.deep", default="x")|list
users|map(attribute="nope.deep")|list
users|map(attribute="on", default="x")|list
partial|map(attribute="a", default=0)|list
partial|map(attribute="a", default=none)|list
lists|map(attribute=0)|list
lists|map(attribute="1")|list
lists|map(attribute=9, default="-")|list
lists|map("first")|list
lists|map("join", "-")|list
objects|map(attribute="n", default=0)|list
users|map("attr", "name")|list
objects|map("attr", "name")|list
l|map()|list
l|map
l|map|list
e|map()|list
e|map("nope")|list
l|map("nope")|list
l|map(nope)|list
l|map(upper)|list
l|map(attribute="a", bogus=1)|list
l|map("string", attribute="a")|list
l|map(5)|list
l|map(none)|list
l|map(attribute=none)|list
n|map("string")|list
0|map("string")|list
i|map("string")|list
nope|map("string")|list
s|map("upper")|list
d|map("upper")|list
d.items()|map("first")|list
d.items()|map("join", "=")|join("&")
d.items()|map(attribute=1)|list
gen|map("string")|list
[[1, 2], [3]]|map("length")|list
[[1, 2], [3]]|map("sum")|list
[[3, 1], [2]]|map("sort")|list
[[1], [2]]|map("map", "string")|map("list")|list
[[1, 2], [3, 4]]|map("select", "odd")|map("list")|list
["1", "x"]|map("int")|list
["1", "x"]|map("int", 7)|list
["1", "x"]|map("int", default=7)|list
["<", ">"]|map("e")|join
["a b", "c"]|map("wordcount")|list
[1.5, 2.5]|map("round")|map("int")|list
nums|map("string")|map("length")|sum
words|map("lower")|unique|sort|join
users|map(attribute="name")|map("lower")|sort|join(",")
["%s!", "%s?"]|map("format", "x")|list
["a", "b"]|map("indent", 2, true)|list
[["a", 1], ["b", 2]]|map("list")|list
[{"a": 1}, {"b": 2}]|map("tojson")|join
[1, 2]|map("add", 1)|list
l|map("batch", 2)|list
l|map("is odd")|list
""")
cases.expressions("select and reject", r"""
nums|select("odd")|list
nums|reject("odd")|list
nums|select("divisibleby", 3)|list
nums|reject("divisibleby", 3)|list
nums|select("gt", 5)|list
nums|select(">", 5)|list
nums|select("lessthan", 3)|list
nums|select("in", [1, 2])|list
nums|select("eq", 3)|first
nums|select("sameas", 3)|list
nums|select|list
mixed|select|list
mixed|reject|list
mixed|select("none")|list
mixed|select("string")|list
mixed|reject("none")|list
mixed|select("number")|list
floats|select("float")|list
floats|select("boolean")|list
words|select("upper")|list
words|select("lower")|list
words|select("in", "ab")|list
s|select("eq", "a")|list
d|select("lower")|list
e|select("odd")|list
e|select("nope")|list
l|select("nope")|list
l|select(nope)|list
l|select(odd)|list
l|select(5)|list
l|select(none)|list
l|select("divisibleby")|list
l|select("odd", 1)|list
l|select("divisibleby", num=2)|list
n|select("odd")|list
i|select("odd")|list
nope|select("odd")|list
gen|select("odd")|list
[nope, 1]|select("defined")|list
[nope, 1]|reject("undefined")|list
[nope, 1]|select|list
nums|select("odd")|map("string")|join("-")
nums|select("odd")|reject("divisibleby", 3)|list
nums|select("odd")|sum
nums|select("odd")|first
users|selectattr("on")|map(attribute="name")|list
users|rejectattr("on")|map(attribute="name")|list
users|selectattr("on", "none")|map(attribute="name")|list
users|selectattr("age", "eq", 20)|map(attribute="name")|list
users|selectattr("age", "==", 20)|map(attribute="name")|list
users|selectattr("age", "gt", 10)|map(attribute="name")|list
users|selectattr("age", "equalto", 20)|map(attribute="name")|list
users|rejectattr("age", "equalto", 20)|map(attribute="name")|list
users|selectattr("city.n", "upper")|list
users|selectattr("city.n", "eq", "rome")|map(attribute="name")|list
users|selectattr("name", "in", ["Ada", "cy"])|map(attribute="name")|list
users|selectattr("nope")|list
users|rejectattr("nope")|length
users|rejectattr("nope")|list|length
users|selectattr("nope", "defined")|list
users|selectattr("nope", "undefined")|list|length
users|selectattr("nope.x")|list
users|selectattr("city.nope.x", "defined")|list
users|selectattr()|list
users|selectattr|list
users|selectattr(attribute="on")|list
users|selectattr("age", "nope")|list
users|selectattr("age", "eq")|list
users|selectattr("age", nope)|list
lists|selectattr(0, "eq", 2)|list
lists|selectattr("0", "eq", 2)|list
lists|selectattr(0)|list
objects|selectattr("n")|map(attribute="name")|list
objects|selectattr("n", "defined")|map(attribute="name")|list
partial|selectattr("a", "defined")|list
partial|selectattr("a")|list
partial|rejectattr("a")|list
d.items()|selectattr(1, "gt", 1)|list
d.items()|selectattr("1", "gt", 1)|map("first")|join
e|selectattr("x")|list
n|selectattr("x")|list
nope|selectattr("x")|list
i|selectattr("x")|list
""")
cases.expressions("groupby", r"""
users|groupby("age")|map("first")|list
users|groupby("age")|map(attribute="grouper")|list
users|groupby("age")|map("last")|map("length")|list
users|groupby("city.n")|map("first")|list
users|groupby("city.n", case_sensitive=true)|map("first")|list
users|groupby("city.n", none, true)|map("first")|list
users|groupby("city.n")|map(attribute="list")|map("map", attribute="name")|map("join", ",")|list
users|groupby(attribute="on", default="x")|map("first")|list
users|groupby("nope")
users|groupby("nope", default="x")|map("first")|list
users|groupby("nope", default=0)|map(attribute="list")|map("length")|list
partial|groupby("a", default=0)
partial[:2]|groupby("a", default="0")
partial[::3]|groupby("a")
lists|groupby(0)
lists|groupby("0")
lists|groupby(1)
(lists|groupby(0))[0].grouper
(lists|groupby(0))[0].list
(lists|groupby(0))[0][1]
(lists|groupby(0))[0].nope
lists|groupby(0)|first|length
lists|groupby(0) == [(1, [[1, "y"]]), (2, [[2, "x"], [2, "a"]])]
words|groupby(0)
s|groupby(0)
s|groupby(0)|map("last")|map("length")|list
e|groupby("x")
mixed|groupby("x")
[{"k": 1}, {"k": "a"}]|groupby("k")
[{"k": none}, {"k": none}]|groupby("k")
[{"k": 1}, {"k": 1.0}, {"k": true}]|groupby("k")
n|groupby("x")
nope|groupby("x")
users|groupby
objects|groupby("name")|map("first")|list
d.items()|groupby(1)
""")
cases.sources("groupby in loops", r"""
{% for g in users|groupby("age") %}{{ g.grouper }}:{% for u in g.list %}{{ u.name }} {% endfor %};{% endfor %}
{% for age, us in users|groupby("age") %}{{ age }}:{{ us|map(attribute="name")|join(",") }};{% endfor %}
{% for g, us in users|groupby("city.n") %}{{ g }}:{{ us|length }};{% endfor %}
{% for g in users|groupby("age") %}{{ g[0] }}{{ g[1]|length }}{{ loop.last }};{% endfor %}
{% for row in nums|batch(4, "-") %}{% for c in row %}{{ c }} {% endfor %};{% endfor %}
{% for col in nums|slice(3) %}{% for c in col %}{{ c }} {% endfor %};{% endfor %}
{% for k, v in d|items %}{{ k }}{{ v }};{% endfor %}
{% for k, v in nope|items %}{{ k }}{% else %}none{% endfor %}
{% for k, v in l|items %}{% endfor %}
{% for k, v in n|items %}{% endfor %}
{% for x in l|sort %}{{ x }}{{ loop.last }}{% endfor %}
{% for x in words|unique %}{{ x }}{{ loop.last }}{% endfor %}
{% for x in l|map("string") %}{{ x ~ x }}{% endfor %}
{% set m = l|map("string") %}{{ m|list }}{{ m|list }}
{% set m = nums|select("odd") %}{{ m|first }}{{ m|first }}{{ m|list }}
{% set m = l|reverse %}{{ m|list }}{{ m|list }}
""")
cases.expressions("items and attr", r"""
d|items|list
{}|items|list
di|items|list
nope|items|list
l|items|list
n|items|list
l|items is defined
users|first|items|list|first
d|attr("b")
d|attr("items") is callable
d|attr("nope")
d|attr("nope") is defined
objects[0]|attr("name")
objects[0]|attr("nope")
objects[0]|attr("nope")|attr("x")
objects[0]|attr(1)
objects[0]|attr("na" ~ "me")
s|attr("upper") is callable
s|attr("upper")()
n|attr("x") is defined
nope|attr("x")
nope|attr("x") is defined
i|attr("real")
l|attr("0") is defined
(d|attr("b")).x
users[0]|attr("name")|default("none")
objects|map("attr", "n")|list
""")
cases.expressions("random", r"""
[7]|random
e|random
e|random is defined
(e|random).x
"a"|random
n|random
i|random
{}|random
{0: "x"}|random
nope|random
tu|random in tu
l|random in l
""")
cases.expressions("generators in containers", r"""
l|map("string")|list|length
(l|map("string"))|list + ["x"]
l|map("string") is iterable
l|map("string") is sequence
l|map("string") is string
l|map("string") is mapping
l|map("string") == l|map("string")
l|map("string") + [1]
l|select("odd")|length
(l|map("string")).foo
(l|map("string"))[0]
l|map("string")|tojson
l|batch(2)|length
l|unique|length
""")
