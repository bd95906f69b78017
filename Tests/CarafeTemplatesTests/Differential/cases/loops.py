"""for, loop, if, recursion, break and continue, cycler, joiner, range."""

from catalog import Subject

cases = Subject({
    "l": [1, 2, 3], "s": "héy", "d": {"b": 2, "a": 1, "c": 3}, "e": [], "n": None, "i": 5,
    "pairs": [[1, "a"], [2, "b"]], "deep": [[1, ["a", "b"]], [2, ["c", "d"]]],
    "users": [{"name": "ada", "age": 36}, {"name": "bob", "age": 20}, {"name": "cy", "age": 20}],
    "tree": [{"n": "a", "c": [{"n": "b", "c": []}, {"n": "c", "c": [{"n": "d", "c": []}]}]}, {"n": "e", "c": []}],
    "gen": {"$generator": [1, 2, 3]}, "m": {"$markup": "<b>"}, "none_list": [None, 1, None],
    "o": {"$object": {"class": "User", "attributes": {"name": "ada"}}},
})

cases.sources("for", r"""
{% for x in l %}{{ x }};{% endfor %}
{% for x in e %}{{ x }}{% endfor %}
{% for x in e %}{{ x }}{% else %}none{% endfor %}
{% for x in l %}{{ x }}{% else %}none{% endfor %}
{% for x in nope %}{{ x }}{% else %}none{% endfor %}
{% for x in nope.x %}{% endfor %}
{% for x in n %}{% endfor %}
{% for x in i %}{% endfor %}
{% for x in 1.5 %}{% endfor %}
{% for x in true %}{% endfor %}
{% for x in o %}{% endfor %}
{% for x in s %}{{ x }};{% endfor %}
{% for x in "👩‍👩‍👧e" %}[{{ x }}]{% endfor %}
{% for x in d %}{{ x }};{% endfor %}
{% for x in d.items() %}{{ x }};{% endfor %}
{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}
{% for k, v in d|dictsort %}{{ k }}={{ v }};{% endfor %}
{% for k in d.keys() %}{{ k }};{% endfor %}
{% for v in d.values() %}{{ v }};{% endfor %}
{% for x in m %}{{ x }};{% endfor %}
{% for x in range(3) %}{{ x }}{% endfor %}
{% for x in gen %}{{ x }}{% endfor %}{% for x in gen %}{{ x }}{% else %}empty{% endfor %}
{% for x in 1, 2, 3 %}{{ x }}{% endfor %}
{% for x in (1, 2) %}{{ x }}{% endfor %}
{% for x in () %}{{ x }}{% else %}none{% endfor %}
{% for x in [1, [2, 3]] %}{{ x }};{% endfor %}
{% for x in {"a": 1} %}{{ x }}{% endfor %}
{% for x in {"a": 1}.items() %}{{ x[0] }}{{ x.1 }}{% endfor %}
{% for a, b in pairs %}{{ a }}{{ b }};{% endfor %}
{% for (a, b) in pairs %}{{ a }}{{ b }};{% endfor %}
{% for a, (b, c) in deep %}{{ a }}{{ b }}{{ c }};{% endfor %}
{% for (a, (b, c)) in deep %}{{ a }}{{ b }}{{ c }};{% endfor %}
{% for a, in [[1], [2]] %}{{ a }}{% endfor %}
{% for a, b in [[1, 2, 3]] %}{% endfor %}
{% for a, b in [[1]] %}{% endfor %}
{% for a, b in l %}{% endfor %}
{% for a, b in ["xy", "zw"] %}{{ a }}-{{ b }};{% endfor %}
{% for a, b in [{"k": 1, "q": 2}] %}{{ a }}{{ b }}{% endfor %}
{% for a, b in [n] %}{% endfor %}
{% for a, b in [nope] %}{% endfor %}
{% for a, (b, c) in pairs %}{% endfor %}
{% for a, a in pairs %}{{ a }}{% endfor %}
{% for x in l if x > 1 %}{{ x }}{% endfor %}
{% for x in l if x > 9 %}{{ x }}{% else %}none{% endfor %}
{% for x in l if x is odd %}{{ loop.index }}/{{ loop.length }}:{{ x }};{% endfor %}
{% for x in l if x > 1 %}{{ loop.first }}{{ loop.last }}{{ loop.revindex }};{% endfor %}
{% for x in l if loop.index > 1 %}{{ x }}{% endfor %}
{% for x in l if loop is defined %}{{ x }}{% else %}no loop{% endfor %}
{% for x in l if x in [1, 3] and x != 3 or x == 2 %}{{ x }}{% endfor %}
{% for x in l if x == i or true %}{{ x }}{% endfor %}
{% for x in (l if i else e) %}{{ x }}{% endfor %}
{% for x in l if i else e %}{{ x }}{% endfor %}
{% for x in l + [4] %}{{ x }}{% endfor %}
{% for x in l|reverse %}{{ x }}{% endfor %}
{% for x in l|map("string") if x == "2" %}{{ x }}{% endfor %}
{% for k, v in d.items() if v > 1 %}{{ k }}{% endfor %}
{% for x in l if nope %}{{ x }}{% else %}none{% endfor %}
{% for x in l if nope.x %}{{ x }}{% endfor %}
{% for x in l if x.y %}{{ x }}{% else %}none{% endfor %}
{% for x in l %}{% for y in l %}{{ x * y }} {% endfor %};{% endfor %}
{% for x in l %}{% for x in s %}{{ x }}{% endfor %}{{ x }}{% endfor %}
{% for l in l %}{{ l }}{% endfor %}{{ l }}
{% for x in l %}{{ x }}{% endfor %}{{ x }}
{% set x = 9 %}{% for x in l %}{{ x }}{% endfor %}{{ x }}
{% for x in l %}{% if x == 2 %}{% set y = x %}{% endif %}{{ y }}{% endfor %}{{ y }}
{% set y = 0 %}{% for x in l %}{% set y = y + x %}{{ y }};{% endfor %}{{ y }}
{% for x in l %}{% else %}{% set q = 1 %}{{ q }}{% endfor %}{{ q }}
{% for x in e %}{% else %}{% set q = 1 %}{{ q }}{% endfor %}{{ q }}
{% for x in e %}{% else %}{{ x }}{{ loop }}{% endfor %}
{% for x in none_list %}{{ x }},{% endfor %}
{% for x in [nope, 1] %}{{ x }},{% endfor %}
{% for user in users %}{{ user.name }} {{ user["age"] }};{% endfor %}
{% for true in l %}{% endfor %}
{% for 1 in l %}{% endfor %}
{% for "x" in l %}{% endfor %}
{% for x.y in l %}{% endfor %}
{% for x[0] in l %}{% endfor %}
{% for ns.x in l %}{% endfor %}
{% for in l %}{% endfor %}
{% for x l %}{% endfor %}
{% for x in %}{% endfor %}
{% for x of l %}{% endfor %}
{% for %}{% endfor %}
{% for loop in l %}{% endfor %}
{% for x, loop in pairs %}{% endfor %}
{% for x in l %}{% set loop = 1 %}{% endfor %}
{% for x in l %}{% endfor x %}
{% for x in l %}{% else %}{% else %}{% endfor %}
{% for x in l %}{% elif %}{% endfor %}
{% for x in l %}
{% for x in l %}{% else %}
{% for x in l if %}{% endfor %}
{% for x in l recursive %}{{ x }}{% endfor %}
{% for x in l recursive if x %}{% endfor %}
{% for x in l if x recursive %}{{ x }}{% endfor %}
{% endfor %}
{% for x in l %}{% endif %}{% endfor %}
{% for x in l %}{% if x %}{% endfor %}
{% for x in l %}{{ x }}{%- if not loop.last %}, {% endif %}{% endfor %}
{% for x in l: %}{{ x }}{% endfor %}
{% for x in l if x > 1: %}{{ x }}{% else: %}{% endfor %}
{% for in in l %}{{ in }}{% endfor %}
{% for if in l %}{{ if }}{% endfor %}
{% for x in l %}{{ [x, x]|join("-") }}{% endfor %}
{% for x in l %}{% include "nope" ignore missing %}{{ x }}{% endfor %}
{% for x in s|list %}{{ x }}{% endfor %}
{% for x in l if x %}{% for y in l if y > x %}{{ x }}{{ y }} {% endfor %}{% endfor %}
""")
cases.sources("loop", r"""
{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }} {% endfor %}
{% for x in l %}{{ loop.first }}{{ loop.last }} {% endfor %}
{% for x in l %}{{ loop.length }}{{ loop|length }} {% endfor %}
{% for x in l %}{{ loop.depth }}{{ loop.depth0 }}{% endfor %}
{% for x in l %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}
{% for x in l %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }} {% endfor %}
{% for x in l %}{{ loop.previtem.x }}{% endfor %}
{% for x in l %}{% if loop.last %}{{ loop.nextitem.x }}{% endif %}{% endfor %}
{% for x in l %}{{ loop.previtem + 1 }}{% endfor %}
{% for x in [3, 3] %}{{ loop.previtem|default("none") }}{% endfor %}
{% for x in l %}{{ loop.cycle("a", "b") }}{% endfor %}
{% for x in l %}{{ loop.cycle(*s) }}{% endfor %}
{% for x in l %}{{ loop.cycle() }}{% endfor %}
{% for x in l %}{{ loop.cycle("a") }}{% endfor %}
{% for x in [1, 1, 2, 2, 1] %}{{ loop.changed(x) }} {% endfor %}
{% for x in [1, 1, 2] %}{{ loop.changed(x, 1) }} {% endfor %}
{% for x in [1, 1, 2] %}{{ loop.changed() }} {% endfor %}
{% for x in [1, 1.0, true] %}{{ loop.changed(x) }} {% endfor %}
{% for u in users %}{% if loop.changed(u.age) %}[{{ u.age }}]{% endif %}{{ u.name }}{% endfor %}
{% for x in l %}{{ loop }};{% endfor %}
{% for x in l %}{{ loop|string }}{% endfor %}
{% for x in l %}{{ [loop] }}{% endfor %}
{% for x in l %}{{ loop.nope }}{{ loop.nope is defined }}{% endfor %}
{% for x in l %}{{ loop["index"] }}{% endfor %}
{% for x in l %}{{ loop["nope"] }}{% endfor %}
{% for x in l %}{{ loop.nope.x }}{% endfor %}
{% for x in l %}{{ loop() }}{% endfor %}
{% for x in l %}{{ loop([1]) }}{% endfor %}
{% for x in l %}{% for y in l %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}
{% for x in l %}{% set outer = loop %}{% for y in l %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}
{% for x in gen %}{{ loop.index }}/{{ loop.length }} {{ loop.last }};{% endfor %}
{% for x in gen %}{{ x }}{{ loop.revindex }} {% endfor %}
{% for x in gen %}{{ x }}{{ loop.last }} {% endfor %}
{% for x in gen %}{{ x }}{{ loop.nextitem }} {% endfor %}
{% for x in gen %}{{ loop.nextitem }}{{ loop.length }}{{ x }} {% endfor %}
{% for x in l|map("string") %}{{ loop.length }}{{ x }}{% endfor %}
{% for x in l|select("odd") %}{{ loop.length }}{{ loop.index }}{{ loop.revindex0 }} {% endfor %}
{% for x in d %}{{ loop.length }}{{ x }}{% endfor %}
{% for x in s %}{{ loop.length }}{{ x }}{% endfor %}
{% for x in d.items() %}{{ loop.length }}{% endfor %}
{% for x in range(5) %}{{ loop.length }}{% endfor %}
{% for x in nope %}{% else %}{{ loop is defined }}{% endfor %}
{{ loop is defined }}{% for x in l %}{% endfor %}{{ loop is defined }}
{% for x in l %}{% if loop.index is even %}{{ x }}{% endif %}{% endfor %}
{% for x in l %}{% with y = loop.index %}{{ y }}{% endwith %}{% endfor %}
{% for x in l %}{% filter upper %}a{{ loop.index }}{% endfilter %}{% endfor %}
{% for x in l %}{% set b %}{{ loop.index }}{% endset %}{{ b }}{% endfor %}
{% for x in l %}{{ loop.index ~ "/" ~ loop.length }} {% endfor %}
{% for x in l %}{{ loop.index is divisibleby 3 }}{% endfor %}
{% for x in l %}{{ loop.first and "first" or "later" }} {% endfor %}
{% set loop = "mine" %}{{ loop }}{% for x in l %}{{ loop.index }}{% endfor %}{{ loop }}
{% for x in l %}{{ loop is iterable }}{{ loop is callable }}{{ loop is mapping }}{{ loop is sequence }}{% endfor %}
{% for x in l %}{% macro m() %}{{ loop is defined }}{% endmacro %}{{ m() }}{% endfor %}
{% macro m(lp) %}{{ lp.index }}{% endmacro %}{% for x in l %}{{ m(loop) }}{% endfor %}
{% for x in l %}{% for y in e %}{% else %}{{ loop.index }}{% endfor %}{% endfor %}
{% for x in l %}{% for y in loop.cycle([1], [2]) %}{{ y }}{% endfor %}{% endfor %}
{% for x in l %}{% for y in l if y == loop.index %}{{ y }}{% endfor %}{% endfor %}
{% for x in l %}{{ loop.index0 * 2 + 1 }}{% endfor %}
""")
cases.sources("recursive loops", r"""
{% for x in tree recursive %}{{ x.n }}{% if x.c %}({{ loop(x.c) }}){% endif %}{% endfor %}
{% for x in tree recursive %}{{ loop.depth }}{{ x.n }}{{ loop(x.c) }}{% endfor %}
{% for x in tree recursive %}{{ loop.depth0 }}{{ loop.index }}{{ loop(x.c) }}{% endfor %}
{% for x in tree recursive %}{{ x.n }}{{ loop(x.c) }}{% else %}.{% endfor %}
{% for x in tree recursive %}{{ x.n }}{% for y in x.c %}{{ y.n }}{% endfor %};{% endfor %}
{% for x in tree recursive %}{% set outer = loop %}{{ x.n }}{% for y in x.c %}[{{ outer([y]) }}]{% endfor %}{% endfor %}
{% for x in tree if x.n != "c" recursive %}{{ x.n }}{{ loop(x.c) }}{% endfor %}
{% for x in tree recursive %}<{{ x.n }}{{ loop.first }}{{ loop.last }}{{ loop(x.c) }}>{% endfor %}
{% for x in [[1, [2, [3]]]] recursive %}{% if x is iterable %}[{{ loop(x) }}]{% else %}{{ x }}{% endif %}{% endfor %}
{% for x in tree recursive %}{{ x.n }}{{ loop(n) }}{% endfor %}
{% for x in tree recursive %}{{ x.n }}{{ loop(nope) }}{% endfor %}
{% for x in tree recursive %}{{ x.n }}{{ loop() }}{% endfor %}
{% for x in tree recursive %}{{ loop.previtem.n }}<{{ x.n }}>{{ loop.nextitem.n }}{{ loop(x.c) }}{% endfor %}
{% for x in tree recursive %}{{ loop.length }}{{ loop(x.c)|upper }}{{ x.n }}{% endfor %}
{% for k, v in {"a": {"b": {}}}.items() recursive %}{{ k }}{{ loop(v.items()) }}{% endfor %}
{% macro m(x) %}{{ x }}{% endmacro %}{% for x in tree recursive %}{{ m(x.n) }}{{ loop(x.c) }}{% endfor %}
""")
cases.template("recursive loops: the result is safe", "{% for x in tree recursive %}<{{ x.n }}{{ loop(x.c) }}>{% endfor %}",
               autoescape=True)
cases.sources("if", r"""
{% if i %}yes{% endif %}
{% if n %}yes{% endif %}
{% if n %}yes{% else %}no{% endif %}
{% if n %}a{% elif i %}b{% else %}c{% endif %}
{% if n %}a{% elif e %}b{% elif nope %}c{% elif i %}d{% elif l %}e{% else %}f{% endif %}
{% if n %}a{% elif e %}b{% endif %}
{% if i %}{% if n %}a{% else %}b{% endif %}{% else %}c{% endif %}
{% if nope %}a{% else %}b{% endif %}
{% if nope.x %}a{% endif %}
{% if i > 3 and l|length == 3 %}yes{% endif %}
{% if not n %}yes{% endif %}
{% if n is none %}yes{% endif %}
{% if nope is defined %}a{% else %}b{% endif %}
{% if i, n %}tuple{% endif %}
{% if () %}a{% else %}b{% endif %}
{% if i %}{% set z = 1 %}{% endif %}{{ z }}
{% if n %}{% set z = 1 %}{% endif %}{{ z is defined }}
{% if n %}{% set z = 1 %}{% else %}{% set z = 2 %}{% endif %}{{ z }}
{% set z = 0 %}{% if i %}{% set z = 1 %}{% endif %}{{ z }}
{% if i %}{{ z }}{% set z = 1 %}{{ z }}{% endif %}
{% if i %}{% endif %}
{% if %}{% endif %}
{% if i %}
{% if i %}{% else %}
{% if i %}{% elif %}{% endif %}
{% if i %}{% elif n %}
{% if i %}{% else %}{% else %}{% endif %}
{% if i %}{% else %}{% elif n %}{% endif %}
{% if i %}{% else if n %}{% endif %}
{% if i %}{% elseif n %}{% endif %}
{% if i %}{% elsif n %}{% endif %}
{% if i then %}{% endif %}
{% if i = 5 %}{% endif %}
{% if i %}{% endif i %}
{% if i %}{% end %}
{% endif %}
{% else %}
{% elif i %}
{% if i %}{% endfor %}{% endif %}
{% if i is %}{% endif %}
{% if i == %}{% endif %}
{% if i if l else n %}a{% endif %}
{% if (i if l else n) %}a{% endif %}
{% if i: %}a{% elif n: %}b{% else: %}c{% endif %}
{% if i %}a{% endif:%}
""")
cases.sources("loop controls", r"""
{% for x in l %}{% if x == 2 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in l %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}{% endfor %}
{% for x in l %}{{ x }}{% break %}{% endfor %}
{% for x in l %}{% continue %}{{ x }}{% endfor %}
{% for x in l %}{% break %}{% else %}none{% endfor %}
{% for x in l %}{% continue %}{% else %}none{% endfor %}
{% for x in e %}{% break %}{% else %}none{% endfor %}
{% for x in l %}{% for y in l %}{% if y == 2 %}{% break %}{% endif %}{{ x }}{{ y }} {% endfor %}{% endfor %}
{% for x in l %}{% for y in l %}{% if y == 2 %}{% continue %}{% endif %}{{ x }}{{ y }} {% endfor %}{% endfor %}
{% for x in l %}{% with %}{% if x == 2 %}{% break %}{% endif %}{% endwith %}{{ x }}{% endfor %}
{% for x in l %}{% if x == 2 %}{% continue %}{% endif %}{{ loop.index }}{{ loop.previtem }}{% endfor %}
{% for x in l if x > 1 %}{% if loop.first %}{% continue %}{% endif %}{{ x }}{% endfor %}
{% for x in tree recursive %}{% if x.n == "c" %}{% break %}{% endif %}{{ x.n }}{{ loop(x.c) }}{% endfor %}
{% for x in gen %}{% if x == 2 %}{% break %}{% endif %}{% endfor %}{{ gen|list }}
{% break %}
{% continue %}
{% for x in l %}{% endfor %}{% break %}
{% for x in e %}{% else %}{% break %}{% endfor %}
{% for x in l %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}
{% for x in l %}{% break x %}{% endfor %}
""", extensions=["jinja2.ext.loopcontrols"])
cases.sources("loop controls that are not enabled", r"""
{% for x in l %}{% break %}{% endfor %}
{% for x in l %}{% continue %}{% endfor %}
{% do l %}
{% trans %}a{% endtrans %}
{% debug %}
""")
cases.sources("cycler and joiner", r"""
{% set c = cycler("a", "b") %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.next() }}
{% set c = cycler("a", "b") %}{{ c.current }}{{ c.current }}{{ c.pos }}{{ c.items }}
{% set c = cycler() %}
{% set c = cycler(*l) %}{% for x in range(5) %}{{ c.next() }}{% endfor %}
{% set c = cycler("a") %}{% for x in l %}{{ c.next() }}{% endfor %}{{ c.current }}
{% set c = cycler("a", "b") %}{% for x in l %}{% for y in l %}{{ c.next() }}{% endfor %};{% endfor %}
{% set c = cycler("a", "b") %}{{ c.nope }}{{ c.nope is defined }}
{% set j = joiner() %}{% for x in l %}{{ j() }}{{ x }}{% endfor %}
{% set j = joiner("|") %}{% for x in l %}{{ j() }}{{ x }}{% endfor %}{{ j() }}
{% set j = joiner(sep=" / ") %}{{ j() }}a{{ j() }}b
{% set j = joiner(1) %}{{ j() }}a{{ j() }}b
{% set j = joiner() %}{{ j.sep }}{{ j.used }}{{ j() }}{{ j.used }}
""")
cases.expressions("range", r"""
range(3)
range(3)|list
range(1, 4)|list
range(1, 10, 3)|list
range(10, 1, -3)|list
range(0)|list
range(-3)|list
range(3, 1)|list
range(1, 4, 2)
range(1, 4, 1)
range(0, 3, 0)
range(1.5)
range("3")
range()
range(1, 2, 3, 4)
range(none)
range(true)|list
range(3)|length
range(1, 10, 3)|length
range(10)|sum
range(3)|reverse|list
range(3)|first
range(3)|last
range(0)|first
range(5)|join(",")
range(3) == range(3)
range(0, 3, 2) == range(0, 4, 2)
range(3) == [0, 1, 2]
range(3).index(2)
range(3).count(1)
range(3).index(9)
range(1, 9, 2).index(5)
range(9, 1, -2).index(3)
range(3).index(1.0)
range(3).index(true)
range(3).index('a')
range(3).index(1.5)
range(3).index()
range(3).count(1.0)
range(3).count('a')
range(3).count()
range(9223372036854775807, 9223372036854775809)|list
range(5)|random in range(5)
range(10)[3]
range(stop=3)
range(5)|batch(2)|list
2 in range(3)
range(5)|select("odd")|list
range(5)|map("string")|join
range(3) is iterable
range(3) is sequence
range(3) is mapping
range(3)|tojson
range(3)|string
""")
