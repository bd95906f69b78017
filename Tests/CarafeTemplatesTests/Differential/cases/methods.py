"""Python's methods of strings, lists, dictionaries, numbers and bytes, as templates call them."""

from catalog import Subject

cases = Subject({
    "s": "hello world", "u": "Ünï ßﬁ ΑΣ", "l": [3, 1, 2], "d": {"a": 1, "b": 2}, "tu": {"$tuple": [1, 2, 1]}, "m": {"$markup": "<b>x</b>"},
    "big": {"$int": "123456789012345678901234567890"}, "f": 2.5, "i": 42, "by": {"$bytes": "caf\u00e9 bar"}, "gen": {"$generator": ["a", "b"]},
})

cases.expressions("str", r"""
s.upper()
s.lower()
"HeLLo".swapcase()
"ßﬁİ".swapcase()
s.title()
"they're bill's 1st-thing".title()
u.title()
u.upper()
u.lower()
u.capitalize()
"hELLO wORLD".capitalize()
"ßß".capitalize()
u.casefold()
"ΣΑΣ".lower()
"ΣΑΣ".casefold()
"  a b ".strip()
"  a b ".lstrip()
"  a b ".rstrip() ~ "|"
"xxaxx".strip("x")
"xyaxy".lstrip("xy")
"xyaxy".rstrip("yx")
"\u00a0\u2003a\u3000".strip()
"\x1c\x1d a \x1e\x1f\x85".strip()
"a".strip(none)
"a".strip(1)
"".strip()
s.split()
" a  b\tc\n".split()
"a\u00a0b\u2003c\x1cd".split()
s.split(" ")
"a,b,,c".split(",")
"a,b,,c".split(",", 1)
"a,b,c".split(",", -1)
"a,b,c".split(",", 0)
"a,b,c".split(sep=",", maxsplit=1)
" a  b  c ".split(none, 1)
" a  b  c ".split(maxsplit=1)
" a  b  c ".split(maxsplit=0)
"".split()
"".split(",")
"a::b::c".split("::")
"aaa".split("aa")
s.split("")
s.split(1)
"a,b,c".rsplit(",", 1)
" a  b  c ".rsplit(none, 1)
"a,b,c".rsplit(",")
" a b ".rsplit()
"a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\u2029".splitlines()
"a\nb\n".splitlines(true)
"a\nb".splitlines(keepends=true)
"".splitlines()
"\n".splitlines()
"\n\n".splitlines()
",".join(["a", "b"])
",".join("abc")
",".join([])
",".join([1])
",".join(["a", none])
",".join(5)
",".join(d)
"".join(gen)
",".join(gen)
s.replace("o", "0")
s.replace("o", "0", 1)
s.replace("o", "0", -1)
s.replace("", "-")
s.replace("o")
s.replace("o", 0)
s.startswith("hell")
s.startswith(("x", "hell"))
s.startswith("world", 6)
s.startswith("ell", 1, 4)
s.startswith("ell", 1, 3)
s.startswith("")
s.startswith("", 99)
s.startswith(())
s.startswith(1)
s.startswith(["a"])
s.endswith("world")
s.endswith(("x", "ld"))
s.endswith("hello", 0, 5)
s.endswith("")
s.find("o")
s.find("o", 5)
s.find("o", 5, 6)
s.find("z")
s.find("")
s.find("", 99)
s.find("o", -5)
s.find("o", none, 5)
s.find(1)
s.rfind("o")
s.rfind("o", 0, 5)
s.rfind("")
s.index("o")
s.index("z")
s.index("w", 3, 9)
s.rindex("o")
s.rindex("z")
s.count("o")
s.count("")
s.count("o", 5)
s.count("ll", 0, 3)
"aaaa".count("aa")
"日本日".count("日")
"日本日".find("本")
"日本日".rfind("日")
"e\u0301".find("\u0301")
"abc".isalpha()
"abc1".isalpha()
"".isalpha()
"é日".isalpha()
"e\u0301".isalpha()
"abc1".isalnum()
"a b".isalnum()
"123".isdigit()
"²".isdigit()
"½".isdigit()
"٣".isdigit()
"123".isdecimal()
"²".isdecimal()
"½".isnumeric()
"Ⅷ".isnumeric()
"一".isnumeric()
"-1".isnumeric()
" \t\n".isspace()
"".isspace()
"\u00a0\x1c\u200b".isspace()
"\u00a0\x1c".isspace()
"abc".islower()
"aBc".islower()
"a1".islower()
"1".islower()
"ª".islower()
"ǅ".islower()
"ABC".isupper()
"A1".isupper()
"1".isupper()
"Ⅷ".isupper()
"Abc Def".istitle()
"Abc def".istitle()
"ABC".istitle()
"".istitle()
"ǅ".istitle()
"abc".isidentifier()
"1a".isidentifier()
"é_1".isidentifier()
"abc".isascii()
"é".isascii()
"".isascii()
"abc".isprintable()
"a\nb".isprintable()
"\u00a0".isprintable()
"".isprintable()
"ab".center(6) ~ "|"
"ab".center(5, "*")
"abc".center(6, "*")
"abc".center(2)
"ab".center(6, "")
"ab".center(6, "xy")
"ab".ljust(5) ~ "|"
"ab".ljust(5, ".")
"ab".rjust(5)
"ab".rjust(5, ".")
"42".zfill(5)
"-42".zfill(5)
"+42".zfill(5)
"--42".zfill(6)
"".zfill(3)
"abc".zfill(2)
"日本".zfill(4)
"a-b-c".partition("-")
"abc".partition("-")
"a-b-c".rpartition("-")
"abc".rpartition("-")
"abc".partition("")
"abcabc".removeprefix("abc")
"abcabc".removesuffix("abc")
"abc".removeprefix("x")
"abc".removesuffix("")
"a\tb".expandtabs()
"a\tb".expandtabs(4)
"ab\tc\n\td".expandtabs(4)
"a\tb".expandtabs(0)
"abc".translate({97: "x"})
"abc".translate({97: none, 98: 66})
"é日".encode()
"é日".encode("utf-8")
"é".encode("latin-1")
"é日".encode("ascii")
"é日".encode("ascii", "ignore")
"é日".encode("ascii", "replace")
"é日".encode("ascii", "xmlcharrefreplace")
"abc".encode("utf-8").decode("utf-8")
"abc".encode("nope")
"{}".format_map({"a": 1})
"{a}".format_map({"a": 1})
s.nope()
s.nope
s.length()
s.size
s.append("x")
s.upper("x")
s.split(",", 1, 2)
s.strip(chars="x")
s.center()
s.find()
s.__len__()
s.upper().lower().title()
"a".upper()[0]
("a" ~ "b").upper()
"a" "b".upper()
"%s".upper() % 1
m.upper()
m.split("x")
m.strip("<")
s.join
""".replace("\ns.join\n", "\n"))
cases.expressions("list", r"""
l.append(4)
l.append(4) or l
l.append() or l
l.append(1, 2)
l.extend([4, 5]) or l
l.extend("ab") or l
l.extend(5)
l.insert(0, 9) or l
l.insert(-1, 9) or l
l.insert(99, 9) or l
l.insert(-99, 9) or l
l.insert("a", 9)
l.pop()
l.pop(0)
l.pop(-1)
l.pop(5)
l.pop("a")
[].pop()
l.pop() ~ l|string
l.remove(1) or l
l.remove(9)
l.remove(1.0) or l
l.reverse() or l
l.sort() or l
l.sort(reverse=true) or l
[1, "a"].sort()
["b", "A"].sort() or "sorted"
l.index(1)
l.index(9)
l.index(1.0)
l.index(1, 2)
l.index("1")
l.count(1)
l.count(9)
[1, true, 1.0].count(1)
l.copy()
l.copy() == l
l.copy() is sameas l
l.clear() or l
l.nope()
l.length
l.size()
l.join(",")
tu.index(2)
tu.index(9)
tu.count(1)
tu.append(1)
tu.nope
l.__len__()
[[1], [2]].pop().append(3)
l.append(l|length) or l
[3, 1].copy()|sort
""")
cases.expressions("dict", r"""
d.get("a")
d.get("z")
d.get("z", 9)
d.get("z", none)
d.get(default=1)
d.get()
d.get("a", 1, 2)
d.get([])
d.get(1)
d.get(nope)
d.items()|list
d.keys()|list
d.values()|list
d.items()|length
d.items() is iterable
d.keys() is sequence
d.keys()|sort
d.keys()|first
d.keys()[0]
d.values()[0]
d.items()[0]
"a" in d.keys()
1 in d.values()
("a", 1) in d.items()
d.keys() == d.keys()
d.keys()|join(",")
d.values()|sum
d.items()|map("first")|list
d.pop("a")
d.pop("a") ~ d|string
d.pop("z")
d.pop("z", 5)
d.pop()
d.popitem()
{}.popitem()
d.update({"c": 3}) or d
d.update(c=3) or d
d.update({"a": 9}, c=3) or d
d.update([["x", 1]]) or d
d.update() or d
d.update(5)
d.update([1])
d.setdefault("a", 5)
d.setdefault("z", 5)
d.setdefault("z", 5) ~ d|string
d.setdefault("z")
d.copy()
d.copy() == d
d.copy() is sameas d
d.clear() or d
d.has_key("a")
d.nope()
d.nope
d.fromkeys(["a", "b"])
d.fromkeys("ab", 1)
dict.fromkeys(["x"], 0)
{"a": {"b": 1}}.get("a").get("b")
{"a": 1}.items()|first|last
{"get": 1}.get
{"get": 1}["get"]
{"items": 1}.items()
{"items": 1}["items"]
{1: "x"}.get(1)
{1: "x"}.get(1.0)
{1: "x"}.get(true)
{1: "x"}.get("1")
{none: "x"}.get(none)
{"a": 1, "b": 2}.keys()|reverse|list
d.items()|sort(attribute="1", reverse=true)
d.__len__()
d.__contains__("a")
d.keys() - ["a"]
d.keys() & ["a"]
d.isdisjoint
d.keys().isdisjoint(["z"])
""")
cases.expressions("numbers", r"""
i.bit_length()
0 .bit_length()
(-5).bit_length()
big.bit_length()
i.real
i.imag
i.numerator
i.denominator
i.conjugate()
true.bit_length()
i.bit_count()
f.is_integer()
2.0.is_integer()
f.as_integer_ratio()
i.as_integer_ratio()
f.hex()
f.real
f.imag
f.conjugate()
i.nope()
f.nope
i.to_bytes(2, "big")
(0.1).as_integer_ratio()
i.__add__(1)
i.__class__.__name__
""")
cases.expressions("bytes", r"""
by
by|length
by[0]
by[1:3]
by.decode("latin-1")
by.decode()
by.decode("utf-8", "replace")
by.decode("utf-8", "ignore")
by.decode("ascii")
by.upper()
by.hex()
by.split()
by.startswith(by)
by ~ "x"
by|string
by|upper
by|list
by == by
by + by
by is string
by is sequence
by is iterable
"caf" in by
by|e
by|join(",")
by.nope
""")
cases.sources("mutation", r"""
{% set a = [] %}{% set b = a %}{{ b.append(1) }}{{ a }}
{% set a = {} %}{% set b = a %}{{ b.update({"k": 1}) }}{{ a }}
{% set a = [] %}{% set b = [a] * 2 %}{{ a.append(1) }}{{ b }}
{% set a = [1] %}{% set b = a + [2] %}{{ a }}{{ b }}
{% set a = [1, 2] %}{% set b = a[:] %}{{ b.append(3) }}{{ a }}{{ b }}
{% set a = [] %}{{ a.append(a) }}{{ a }}
{% set a = {} %}{{ a.update({"me": a}) }}{{ a }}
{% set a = [1] %}{% for x in a %}{% if x < 3 %}{{ a.append(x + 1) }}{% endif %}{{ x }}{% endfor %}
{% set a = [1, 2, 3] %}{% for x in a %}{{ x }}{{ a.pop() }};{% endfor %}{{ a }}
{% for k in d %}{{ d.pop(k) }}{% endfor %}
{% for k in d %}{{ d.update({"new": 1}) }}{% endfor %}
{% for k in d|list %}{{ d.pop(k) }}{% endfor %}{{ d }}
{% set k = d.keys() %}{{ d.update({"z": 1}) }}{{ k|list }}
{% set k = d.items() %}{{ d.update({"a": 9}) }}{{ k|list }}
{% macro f(x) %}{{ x.append(1) }}{% endmacro %}{% set a = [] %}{{ f(a) }}{{ a }}
{% set a = [3, 1] %}{% set b = a|sort %}{{ a }}{{ b }}
{% set a = [3, 1] %}{% set b = a|list %}{{ b.append(5) }}{{ a }}
{% set a = (1, [2]) %}{{ a[1].append(3) }}{{ a }}
{% set a = l %}{{ a.append(9) }}{{ l }}
{% set a, b = [], [] %}{{ a.append(1) }}{{ b }}
{% set a = d.copy() %}{{ a.update({"q": 1}) }}{{ d }}{{ a }}
{% set a = dict(d) %}{{ a.update({"q": 1}) }}{{ d }}
{% set a = d.setdefault("list", []) %}{{ a.append(1) }}{{ d }}
""")
