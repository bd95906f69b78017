"""Every test, on every kind of value."""

from catalog import Subject

cases = Subject({
    "args": {"$function": "arguments"}, "l": [1, 2], "d": {"a": 1}, "m": {"$markup": "<b>"}, "big": {"$int": "99999999999999999999"},
    "o": {"$object": {"class": "User", "attributes": {"name": "a"}}}, "gen": {"$generator": [1]}, "tu": {"$tuple": [1, 2]},
    "by": {"$bytes": "a"}, "day": {"$date": "2024-03-05"}, "f": 1.5, "widget": {"$object": {"class": "Widget", "html": "<i>"}},
    "inf": {"$float": "inf"}, "nan": {"$float": "nan"}, "s": "abc",
})
VALUES = ("none", "true", "false", "0", "1", "2", "-3", "2.0", "1.5", "big", '""', '"abc"', '"ABC"', '"aB1"', "m", "[]", "l", "()",
          "tu", "{}", "d", "range(3)", "nope", "o", "gen", "args", "by", "day", "widget", "namespace(a=1)", "inf", "nan",
          'l|map("string")', "dict", "d.items()", "d.keys()", "cycler(1)", "joiner()", "s.upper", "l|sort", '"é"', '"１"')
for name in ("odd", "even", "defined", "undefined", "none", "boolean", "true", "false", "integer", "float", "number", "string",
             "lower", "upper", "mapping", "sequence", "iterable", "callable", "escaped", "filter", "test"):
    # One case for each test: the values that raise stand alone.
    safe = [value for value in VALUES if not (
        (name in ("odd", "even") and value not in ("true", "false", "0", "1", "2", "-3", "2.0", "1.5", "big", "inf", "nan"))
        or (name in ("filter", "test") and value in ("[]", "l", "{}", "d", "l|sort")))]
    cases.template(f"{name}: of many values", "\n".join(f"{value} {{{{ {value} is {name} }}}}" for value in safe))
    cases.template(f"not {name}: of many values", "\n".join(f"{value} {{{{ {value} is not {name} }}}}" for value in safe))
    for value in VALUES:
        if value not in safe and value != "gen":
            cases.expressions(name, f"{value} is {name}")
cases.expressions("divisibleby", r"""
6 is divisibleby 3
6 is divisibleby 4
6 is divisibleby(3)
6 is divisibleby(num=3)
6 is divisibleby 0
6.0 is divisibleby 3
6 is divisibleby 1.5
big is divisibleby 3
-6 is divisibleby 3
(-6) is divisibleby 3
0 is divisibleby 5
true is divisibleby 1
"a" is divisibleby 2
"%s" is divisibleby 2
6 is divisibleby "a"
none is divisibleby 2
nope is divisibleby 2
6 is divisibleby nope
6 is not divisibleby 4
6 is divisibleby 3, 4
""")
cases.expressions("sameas", r"""
none is sameas none
none is sameas nope
true is sameas true
true is sameas 1
1 is sameas true
false is sameas 0
1 is sameas 1.0
l is sameas l
l is sameas [1, 2]
[] is sameas []
d is sameas d
nope is sameas none
s is sameas s
o is sameas o
o.name is sameas o.name
args is sameas args
l[0] is sameas l[0]
""")
cases.expressions("in", r"""
1 is in [1, 2]
3 is in [1, 2]
1 is in l
1.0 is in l
"a" is in "abc"
"z" is in "abc"
"" is in "abc"
"a" is in d
1 is in d
1 is in 5
1 is in none
1 is in nope
nope is in [nope]
1 is in "1"
"b" is in m
1 is in range(3)
(1, 2) is in [(1, 2)]
1 is in gen
1 is not in [1]
1 is in(l)
1 is in
1 is in()
[1] is in {}
"a" is in by
""")
for name, symbol in {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}.items():
    cases.template(f"comparisons: {name} by its names", "\n".join(
        f"{{{{ [{a} {symbol} {b}, {a} is {name} {b}, [{a}]|select('{symbol}', {b})|list|length, [{a}]|select('{name}', {b})|list|length] }}}}"
        for a, b in (("1", "2"), ("2", "1"), ("1", "1"), ("1", "1.0"), ("'a'", "'b'"), ("l", "[1, 2]"), ("true", "1"), ("big", "1"))))
    cases.expressions(f"comparisons: {name}", f"1 is {name} 'a'\nnone is {name} 1\nnope is {name} 1\n{{}} is {name} {{}}\nnan is {name} nan\n1 is {name}")
cases.expressions("comparisons by long names", r"""
1 is equalto 1
1 is equalto(1)
2 is greaterthan 1
1 is lessthan 2
1 is == 1
1 is != 1
1 is < 2
1 is <= 2
1 is > 2
1 is >= 2
[1, 2, 3]|select("greaterthan", 1)|list
[1, 2, 3]|select("lessthan", 3)|list
[1, 2, 3]|reject("equalto", 2)|list
[1, 2, 3]|select("!=", 2)|list
[1, 2, 3]|select(">=", 2)|list
[1, 2, 3]|select("<=", 2)|list
""")
cases.expressions("filter and test", r"""
"upper" is filter
"nope" is filter
"foo.bar" is filter
5 is filter
"odd" is test
"==" is test
"nope" is test
nope is filter
[] is filter
"d" is filter
"equalto" is test
"is" is test
"count" is filter
""")
cases.expressions("unknown tests", r"""
1 is nope
1 is nope(2)
1 is not nope
1 is foo.bar
1 is foo.bar("x")
1 is 5
1 is "odd"
1 is (odd)
1 is []
1 is nope if false
1 if 2 is nope else 3
true or 1 is nope
""")
cases.sources("filters and tests that are not there", r"""
{{ 1|nope }}
{{ "x"|nope("y") }}
{% if false %}{{ 1|nope }}{% endif %}ok
{% if true %}{{ 1|nope }}{% endif %}
{% if true %}⏎{{ 1 is nope }}{% endif %}
{% if false %}{{ 1 is nope }}{% endif %}ok
{% if 1|nope %}{% endif %}
{% if "nope" is filter %}{{ 1|nope }}{% else %}none{% endif %}
{% if "nope" is test %}{{ 1 is nope }}{% else %}none{% endif %}
{{ 1|nope if "nope" is filter else "none" }}
{{ (1|nope) if false else 2 }}
{{ 1 if true else 2|nope }}
{{ 1 if 2|nope else 3 }}
{% for x in l %}{{ x|nope }}{% endfor %}
{% for x in l if x is nope %}{% endfor %}
{% for x in l|nope %}{% endfor %}
{% set x = 1|nope %}
{% macro m() %}{{ 1|nope }}{% endmacro %}
{% if false %}{% macro m() %}{{ 1|nope }}{% endmacro %}{% endif %}ok
{% if false %}{% for x in l %}{{ x|nope }}{% endfor %}{% endif %}ok
{% if false %}{% set x = 1|nope %}{% endif %}ok
{% if false %}{% block b %}{{ 1|nope }}{% endblock %}{% endif %}ok
{% if false %}a{% elif false %}{{ 1|nope }}{% else %}{{ 2|nope2 }}{% endif %}
{% if true %}{{ 1|upper|nope }}{% endif %}
{% block b %}{{ 1|nope }}{% endblock %}
{% with x = 1|nope %}{% endwith %}
{% filter nope %}{% endfilter %}
{% if false %}{% filter nope %}{% endfilter %}{% endif %}ok
{% if true %}{% filter nope %}x{% endfilter %}{% endif %}
{% set x|nope %}{% endset %}
{% include "x"|nope %}
{% if true %}{{ [1]|map("nope")|list }}{% endif %}
""")
