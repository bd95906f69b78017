"""Operators, precedence, comparisons, conditions, attributes, subscripts, slices, calls."""

from catalog import Subject

cases = Subject({
    "a": 7, "b": 3, "f": 2.5, "t": True, "n": None, "s": "hello", "e": "", "l": [1, 2, 3, 4, 5],
    "d": {"x": 1, "y": {"z": [10, 20]}, "items": "the key", "0": "zero", "keys": 2},
    "tu": {"$tuple": [1, 2, 3]}, "o": {"$object": {"class": "User", "attributes": {"name": "ada", "tags": ["x", "y"]}}},
    "big": {"$int": "123456789012345678901234567890"}, "inf": {"$float": "inf"}, "nan": {"$float": "nan"},
    "m": {"$markup": "<b>"}, "di": {"$dict": [[1, "one"], [2.5, "float"], [True, "true"], [None, "none"]]},
    "args": {"$function": "arguments"}, "greet": {"$function": "greet"}, "fail": {"$function": "fail"},
    "gen": {"$generator": [1, 2, 3]},
    "by": {"$bytes": "caf\u00e9\x00'"}, "day": {"$date": "2024-03-05"}, "i": 0, "neg": -7,
})

cases.expressions("precedence", r"""
1 + 2 * 3
(1 + 2) * 3
1 + 2 ~ 3
1 ~ 2 + 3
1 ~ 2 * 3
2 * 3 ~ 1
"a" ~ 1 + 2
("a" ~ 1) ~ 2
1 - 2 - 3
1 - (2 - 3)
8 / 4 / 2
8 // 3 // 2
2 ** 3 ** 2
2 ** (3 ** 2)
-2 ** 2
-(2 ** 2)
2 ** -1
2 ** - 1
-2 ** -2
--2
- - 2
+-+2
-a
-a ** 2
not a ** 2
2 * -3
2 - -3
2--3
2+-3
-1|abs
(-1)|abs
1 - 5|abs
-a|abs
- a.bit_length()
2 ** 3|string
(2 ** 3)|string ~ "!"
1 + 1 is even
(1 + 1) is even
1 + 1 is odd
2 * 3 is divisibleby 3
"a" ~ "b"|upper
("a" ~ "b")|upper
"a"|upper ~ "b"
not 1 == 2
not true == false
(not true) == false
not true and false
not (true and false)
true or false and false
(true or false) and false
true and not false
not not true
not not not a
not a is defined
not a in l
a not in l
not a not in l
not (a in l)
1 if true else 2 if false else 3
1 if false else 2 if false else 3
1 if false else 2 if true else 3
(1 if false else 2) if true else 3
1 if (false if true else true) else 2
1 + 1 if true else 2 + 2
1 if true
1 if false
(1 if false) is defined
(1 if false)|default("nothing")
1 if true if false else 3
1 if 1 == 1 and 2 == 2 or false else 0
true and 1 or 2
false and 1 or 2
0 or "" or [] or "last"
1 and 2 and 3
1 and 0 and 3
none or none
1 < 2 < 3
1 < 3 < 2
1 < 2 > 1
3 > 2 > 1 > 0
1 == 1.0 == true
1 < 2 == true
1 == 1 in [1]
1 in [1] == true
1 in [1] in [[1]]
2 in l and 9 not in l
"a" in "abc" == true
1 + 2 == 3
1 + 2 < 2 * 2
1 ~ 2 == "12"
"1" ~ 2 in ["12"]
a * b + 1 - 2 / 2
7 % 4 * 2
7 % (4 * 2)
7 // 2 ** 2
2 * 2 ** 3
1, 2
(1, 2)|length
1, 2|length
1, 
(1,)
()
()|length
((1, 2), 3)
1 + 2, 3 * 4
1 if t else 2, 3
a|string|length
a is not none
a is not none and b
a is none or b
a is not none == true
l[0] + l[1]
-l[0]
l[0] ** l[1]
-l|first
d.x + d.y.z[0]
l|length + 1
l|length is odd
(l|length) is odd
l|sum / l|length
2 * l|length
"%s" % 1 + "x"
"%s" % (1 + 1)
"%s-%s" % (1, 2) ~ "x"
"%d" % 3 * 2
"a" * 2 ~ "b"
"ab" * 2 + "c"
a if a > b else b
a == 7 and "seven" or "other"
l[a > b]
l[1 if t else 2]
{"a": 1 if t else 2}.a
[1 if t else 2, 3]
args(1 if t else 2, x=3 if t else 4)
s ~ (" " if t else "-") ~ s
s|upper if t else s
(s if not t)|default("x")
a is defined and a is number
a is defined if t else false
s is string if a is number else 5
a is divisibleby 7 if t
a is divisibleby(7) if t
a is divisibleby 7 and b
a is divisibleby 7 or b
a is sameas a
a is sameas 7
a is in l
a is in [7]
a is not in l
3 is in l and t
a is eq 7
a is == 7
a is eq(7)
a is gt b
a is lessthan 8
a is divisibleby b + 1
a is divisibleby b * 2
s is eq "hello"
s is eq "hel" "lo"
a is eq 7|string
a is not divisibleby 2
a is odd is true
a is odd and b is odd
(a is odd) is true
a is odd|string
(a is odd)|string
a is divisibleby l[2]
a is divisibleby d.x
a is divisibleby d["x"]
l is eq [1, 2, 3, 4, 5]
d.x is eq {"x": 1}["x"]
tu is eq (1, 2, 3)
a is divisibleby -7
a is none is none
5 is divisibleby(5) is true
x is undefined
x is not defined
x.y is defined
a is x
a is number.foo
a|upper.foo
""")
cases.expressions("arithmetic", r"""
a + b
a - b
a * b
a / b
a // b
a % b
a ** b
6 / 3
10 / 2
7 // -2
-7 // 2
-7 // -2
7 % -3
-7 % 3
-7 % -3
7.5 // 2
-7.5 // 2
7.5 % 2
-7.5 % 2
7.5 % -2
7.0 // 2
0 / 5
0 // 5
0 ** 0
0.0 ** 0
2 ** 0.5
2 ** 10
2 ** 63
2 ** 64
2 ** 100
2 ** 200
(-2) ** 63
-(2 ** 63)
9223372036854775807 + 1
-9223372036854775807 - 2
9223372036854775807 * 2
9223372036854775807 * 9223372036854775807
4611686018427387904 * 2
3037000500 * 3037000500
big + 1
big - big
big * big
big // 7
big % 1000000007
-big // 7
-big % 1000000007
big / 3
big // -10
big % -10
big ** 2
-big
big == big
big > 9223372036854775807
big + 0.5
big * 1.0
big|string|length
big|abs
(0 - big)|abs
big ~ ""
big // big
big / big
2 ** 64 // 2 ** 32
2 ** 64 % 10
2 ** 64 - 2 ** 64 + 1
10 ** 30
10 ** 30 / 10 ** 29
10 ** -3
7 ** -2
0 ** -1
0.0 ** -1
(-8) ** (1 / 3)
(-1) ** 0.5
2 ** 1024 / 2 ** 1023
2.0 ** 1023
2.0 ** 1024
1 / 0
1 // 0
1 % 0
1.0 / 0
1.0 // 0
1.0 % 0
0 / 0
big / 0
big // 0
big % 0
1e308 * 10
inf - inf
inf * 0
inf > 1e308
-inf
nan == nan
nan != nan
nan < 1
inf // 1
1 // inf
-1 // inf
1 % inf
-1 % inf
t + t
t * 5
t - 1
true + true
true / 2
false ** 0
-true
+true
+a
+f
-f
+s
-s
-l
-n
+n
1 + 1.0
1 + 0.1
0.1 + 0.2
0.1 * 3
1 - 0.9
1e16 + 1
1.0 * 3
3 * 1.5
1 / 3
2 / 3
100 / 3
1e100
1e15 * 10
123456.789e3
1 + "a"
"a" + 1
1 + none
none + 1
none + none
"a" + "b"
s + s
s - s
s * 2
2 * s
s * 0
s * -1
s * f
s * s
s * t
s / 2
s // 2
s ** 2
l + l
l + [6]
l + tu
tu + tu
tu + l
[1] * 3
3 * [1]
(1,) * 2
[1] * -1
[] * 5
[1] * 1.5
l - l
d + d
d * 2
n * 2
o + 1
m + s
s + m
m + m
m * 2
m + "<i>"
"<i>" + m
m + 1
1 + m
m + n
[] + []
() + ()
{} + {}
"x" * 3 + "y"
s ~ a ~ n ~ t ~ f
s ~ l
1 ~ 2
none ~ none
m ~ "<i>"
"<i>" ~ m
m ~ m
x ~ 1
1 ~ x
x + 1
1 + x
x * 2
-x
x / 1
1 - x
x ** 2
x // 1
x % 1
"%s" % x
x == 1
x < 1
1 < x
x in l
1 in x
x and 1
x or 1
not x
d.y + 1
d.y.z + [1]
range(3) + [1]
by + by
by ~ ""
day - day
day + 1
round
1.5 // 0.5
5 // 0.3
5 % 0.3
1e300 * 1e10 // 1
6 // 4.0
1_000 * 1_000
0xff + 0b1
a - -b
a+b
a-b
a -b
a*-b
3.0 == 3
3.0 ~ ""
3.0 + 1
6.0 / 2
6.0 // 4
""")
cases.expressions("comparison", r"""
1 == 1
1 == 1.0
1 == true
0 == false
2 == true
1 == "1"
"a" == "a"
"a" == 'a'
"a" != "b"
none == none
none == false
none == 0
none != x
x == x
x == y
x != y
x == none
[] == []
[1, 2] == [1, 2]
[1, 2] == [1.0, 2.0]
(1, 2) == (1, 2)
(1, 2) == [1, 2]
{} == {}
{"a": 1, "b": 2} == {"b": 2, "a": 1}
{"a": 1} == {"a": 1.0}
{1: "a"} == {1.0: "a"}
{1: "a"} == {true: "a"}
{1: "a"} == {"1": "a"}
[] == ()
"" == false
m == "<b>"
"<b>" == m
big == 123456789012345678901234567890
big == 123456789012345678901234567890.0
9007199254740993 == 9007199254740992.0
9007199254740993 > 9007199254740992.0
9223372036854775807 < 9223372036854775808.0
big < inf
big > -inf
1 < 2
1 <= 1
2 > 1
2 >= 2
1 < 1.5
true < 2
true > false
"a" < "b"
"a" < "B"
"A" < "a"
"a" < "aa"
"é" > "z"
"é" == "e\u0301"
"ﬀ" < "\U00010000"
"\uffff" < "\U00010000"
"10" < "9"
"" < "a"
[1, 2] < [1, 3]
[1] < [1, 0]
[2] > [1, 9]
[] < [0]
(1, 2) < (1, 3)
(1, "a") < (1, "b")
[1, "a"] < [2, 1]
[1, "a"] < [1, 1]
[[1], 2] < [[1], 3]
1 < "a"
"a" > 1
none < 1
1 >= none
none < none
none <= none
[1] < 1
[1] < (1,)
{} < {}
{"a": 1} > {}
{} <= {}
x < y
x <= x
l < d
m < "z"
nan < nan
nan <= 1
1 in [1, 2]
3 not in [1, 2]
1.0 in [1, 2]
true in [1]
"1" in [1]
none in [none]
x in [x]
x in [1, y]
1 in (1, 2)
1 in {1: 2}
"x" in d
"q" in d
1 in d
1.0 in di
"ell" in s
"" in s
"" in ""
"L" in s
1 in s
none in s
[1] in s
s in s
[1] in [[1]]
[1] in d
{} in [{}]
1 in 1
1 in none
"a" in none
1 in range(3)
1.0 in range(3)
1.5 in range(3)
"1" in range(3)
5 in range(0, 10, 5)
6 in range(0, 10, 5)
"a" in m
"<b>" in [m]
m in "<b>!"
nan in [nan]
2 in gen
2 in gen and 3 in gen
9 in gen
1 in x
"x" in x
3 in l|map("string")
"3" in l|map("string")
(1, 2) in [(1, 2)]
(1, 2) in {(1, 2): 3}
day == day
day < day
day == "2024-03-05"
by == by
by == "caf"
1 is eq 1.0
1 is ne 2
1 is lt 2
"a" is gt "b"
[1, 2] is eq([1, 2])
3 is ge 3
3 is le 2
3 is equalto 3
3 is greaterthan 2
1 is sameas true
none is sameas none
true is sameas true
""")
cases.expressions("conditions", r"""
"yes" if x else "no"
"yes" if n else "no"
"yes" if e else "no"
"yes" if i else "no"
"yes" if 0.0 else "no"
"yes" if "0" else "no"
"yes" if " " else "no"
"yes" if [] else "no"
"yes" if [0] else "no"
"yes" if () else "no"
"yes" if (0,) else "no"
"yes" if {} else "no"
"yes" if {0: 0} else "no"
"yes" if range(0) else "no"
"yes" if range(1) else "no"
"yes" if ""|safe else "no"
"yes" if m else "no"
"yes" if nan else "no"
"yes" if -0.0 else "no"
"yes" if o else "no"
"yes" if gen else "no"
"yes" if args else "no"
"yes" if day else "no"
"yes" if by else "no"
"yes" if namespace() else "no"
"yes" if []|map("upper") else "no"
"yes" if d.items else "no"
"yes" if d.items() else "no"
"yes" if {}.items() else "no"
"yes" if {}.keys() else "no"
x and x.y
n and n.y
n or "default"
e or i or n
s and a
a and s and l
not e
not s
not n
1 and fail()
0 and fail()
1 or fail()
0 or fail()
fail() if false else 1
1 if true else fail()
1 if fail() else 2
""")
cases.expressions("attributes", r"""
d.x
d.y.z
d.y.z.0
d.y.z.1
d.y.z.2
d.y.z[0]
d["x"]
d['y']['z'][1]
d["y"].z
d.q
d.q.r
d["q"]
d["q"]["r"]
d.y.q.r
d.items is callable
d["items"]
d.keys
d["keys"]
d.0
d["0"]
d[0]
d.x.y
d.x.real
d.get("x")
d.get("q")
d.get("q", "default")
d.get("y").z
o.name
o["name"]
o.tags[0]
o.q
o["q"]
o.q.r
o[0]
o.name.upper()
o.tags|join
l.0
l[0]
l[-1]
l[-5]
l[5]
l[-6]
l[5].x
l.5
l.x
l["0"]
l["x"]
l[true]
l[1.0]
l[none]
l[x]
l[big]
l[s]
tu.0
tu[2]
tu[3]
tu.0.real
s.0
s[0]
s[-1]
s[9]
s["x"]
s.x
s.upper
s[1.5]
a.x
a[0]
a["x"]
a.real
a.imag
a.numerator
a.denominator
f.real
t.real
n.x
n["x"]
n[0]
n.x.y
x.y
x["y"]
x[0]
x()
x.y()
d.q()
d.x()
d["x"]()
s()
n()
1()
"a"()
l()
l.x()
o.q()
di[1]
di[2.5]
di[true]
di[none]
di[1.0]
di["1"]
di[2]
di.1
d[[1]]
d[{}]
d[(1, 2)]
{(1, 2): "tuple"}[1, 2]
{(1, 2): "tuple"}[(1, 2)]
l[1, 2]
d[x]
d[n]
d[o]
m[0]
m.x
m[1:]
gen[0]
gen.x
range(5)[1]
range(5)[-1]
range(5)[5]
range(5).start
range(5).stop
range(1, 5, 2).step
args.x
loop
loop.index
d.y.z|length
d . x
d . y . z
d .x
d. x
l [0]
d.x if d.x is defined else 0
{"a": 1}.a
{"a": {"b": 2}}["a"]["b"]
[1, 2][1]
[1, 2].1
(1, 2)[0]
"abc"[1]
"abc".1
"abc".upper()[0]
1.real
1 .real
1.0.real
(1).real
d.1x
d.-1
d."x"
d.(x)
d.
d[
d[]
d[1
d.get("x").y
d.__class__
s.__class__.__name__
n.__class__
day.year
day.month
day.foo
by[0]
d.values()|list
d.items()|list
d.keys()|list
d.items()|first
o["tags"][1]
o.tags.append("z")
""")
cases.expressions("slices", r"""
l[1:3]
l[:2]
l[2:]
l[:]
l[::2]
l[::-1]
l[1::2]
l[:4:2]
l[1:4:2]
l[-2:]
l[:-2]
l[-3:-1]
l[3:1]
l[10:]
l[:10]
l[-10:2]
l[4:1:-1]
l[4:1:-2]
l[:1:-1]
l[1::-1]
l[-1:-4:-1]
l[::-2]
l[9::-3]
l[::0]
l[none:2]
l[1:none]
l[x:2]
l["a":2]
l[1.5:2]
l[t:3]
l[big:]
l[:big]
l[-big:]
l[::big]
l[0:9223372036854775807]
l[-9223372036854775808:]
l[::-9223372036854775808]
s[1:3]
s[:]
s[::-1]
s[10:]
s[-3:]
s[:-1]
s[::2]
"é日本🎈x"[1:3]
"é日本🎈x"[::-1]
""[1:]
tu[1:]
tu[::-1]
tu[:1]
m[0:2]
m[::-1]
range(10)[2:5]
range(10)[::3]
range(10)[::-1]|list
range(10)[-3:]
range(0, 10, 2)[1:3]|list
d[1:2]
n[1:2]
a[1:2]
gen[1:2]
by[1:3]
l[1:2][0]
l[1:][1:]
l[1:3]|length
l[a:b]
l[b-2:b]
l[1 if t else 2:4]
l[:,]
l[1:2,3]
l[1:2:3:4]
l[:::]
""")
cases.expressions("calls", r"""
args()
args(1)
args(1, 2, 3)
args(a=1)
args(1, a=2)
args(1, a=2, b=3)
args(1,)
args(a=1,)
args(*l)
args(1, *l)
args(**d.y)
args(1, *l, a=2, **d.y)
args(*l, a=2)
args(a=2, *l)
args(a=2, **{"b": 3})
args(**{"a": 1}, b=2)
args(*tu, **{})
args(*s)
args(*"é日")
args(*gen)
args(*range(3))
args(*d)
args(*[])
args(*n)
args(*1)
args(*x)
args(**n)
args(**l)
args(**x)
args(**{"a b": 1})
args(**{1: 2})
args(*l, *l)
args(**d, **d)
args(*l, 1)
args(**d, *l)
args(a=1, 2)
args(a=1, a=2)
args(a=1, **{"a": 2})
args(1 2)
args(,)
args(1,,2)
args(a=)
args(=1)
args("a"=1)
args(a.b=1)
args((1, 2))
args([1], {"a": 2})
args(if=1, class=2, for=3)
args(true=1)
args(a, b)
args(a=a)
args(x)
args(x=x)
args(n)
args(1)(2)
args ( 1 , 2 )
args(not t, -a, a + 1)
args(a == 7, a if t else 0)
args(args(1), b=args(2))
args(s|upper, l|length)
greet("Ada")
greet("Ada", "Hi")
greet("Ada", greeting="Hi")
greet(name="Ada")
greet("Ada", mark="?")
greet(greeting="Hi", name="Ada")
greet()
greet("a", "b", "c")
greet("a", nope=1)
greet("a", name="b")
fail()
fail("the message")
fail("%s")
[args][0](1)
{"f": args}.f(2)
{"f": args}["f"](3)
(args)(4)
args.foo(1)
s.upper()
s.upper(1)
s.upper
s.nope()
s.nope
l.append(6) or l
l.nope()
d.update(q=5) or d
d.update({"q": 5}) or d.q
(1, 2)(3)
1(2)
""", {"args": {"$function": "arguments"}})
cases.sources("print", r"""
{% print a %}
{% print a, b %}
{% print "x" %}
{% print %}
{% print a b %}
{% print a if t else b %}
{% print(a) %}
{% print (a, b) %}
{% print m, "<" %}
{{ a, b }}
{{ a b }}
{{ a, }}
{{ , }}
{{ a; b }}
{{ a = 1 }}
{{ a := 1 }}
{{ a if }}
{{ a if t else }}
{{ if t }}
{{ a else b }}
{{ not }}
{{ a not b }}
{{ a and }}
{{ and a }}
{{ a or or b }}
{{ a + }}
{{ + }}
{{ * a }}
{{ ** a }}
{{ a ** }}
{{ a | }}
{{ a | 1 }}
{{ | upper }}
{{ a |upper| }}
{{ a is }}
{{ a is not }}
{{ a is 1 }}
{{ is a }}
{{ a in }}
{{ a not }}
{{ a < }}
{{ a == }}
{{ == a }}
{{ a.b. }}
{{ .a }}
{{ [1, }}
{{ [1 2] }}
{{ [,] }}
{{ [1,,2] }}
{{ {1} }}
{{ {1: } }}
{{ {: 1} }}
{{ {"a" 1} }}
{{ {"a": 1 "b": 2} }}
{{ {"a": 1,} }}
{{ {,} }}
{{ [1,] }}
{{ (1,,) }}
{{ (,) }}
{{ {a: b} }}
{{ {a: 1, "b": 2}[7] }}
{{ {"a": 1, "a": 2} }}
{{ {1: "a", true: "b", 1.0: "c"} }}
{{ {[1]: 2} }}
{{ {(1, 2): 3} }}
{{ {(1, [2]): 3} }}
{{ {none: 1} }}
{{ {x: 1} }}
{{ {m: 1} }}
{{ {m: 1}["<b>"] }}
{{ lambda: 1 }}
{{ [i for i in l] }}
{{ *l }}
{{ [*l] }}
{{ {**d} }}
{{ a->b }}
{{ 1 if t else 2 else 3 }}
{{ a is defined if t }}
{{ x is defined else 3 }}
{{ a is divisibleby }}
{{ a is divisibleby() }}
{{ a is divisibleby 2 3 }}
{{ a is foo }}
{{ a|foo }}
{{ a|foo(1) }}
{{ a|foo.bar }}
{{ a|upper.foo }}
{{ a is foo.bar }}
{{ 5 is odd is even }}
{{ 5 is odd even }}
{{ 5 is not odd is even }}
{{ 5 is in is in }}
{{ (5 is odd) is true }}
""")
