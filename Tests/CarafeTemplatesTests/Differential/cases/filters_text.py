"""Filters of strings and numbers, with all their arguments and odd inputs."""

from catalog import Subject

cases = Subject({
    "s": "hello world", "e": "", "n": None, "i": 42, "f": 3.7, "neg": -5, "l": ["b", "a"], "d": {"k": "v", "a": 1},
    "t": True, "m": {"$markup": "<b>bold</b>"}, "big": {"$int": "123456789012345678901234567890"},
    "uni": "Ünïcödé ßtraße ﬁ İı Σς", "text": "one two three\n\n  four\tfive\nsix", "tu": {"$tuple": [1, "a"]},
    "by": {"$bytes": "caf\u00e9"}, "day": {"$date": "2024-03-05"}, "o": {"$object": {"class": "User", "attributes": {"name": "a"}}},
    "inf": {"$float": "inf"}, "nan": {"$float": "nan"},
})
ANY = [None, True, 0, 5, -5, 3.7, -0.5, "", "12", "aB c", "<b>", [], ["b", 1], {"k": "v"}, {"$tuple": [1, 2]},
       {"$markup": "<b>"}, {"$undefined": {"name": "gone"}}, {"$bytes": "by"}, {"$int": "100000000000000000000"},
       {"$object": {"class": "User", "attributes": {"name": "a"}}}]
SIMPLE = ("abs", "capitalize", "center", "count", "default", "e", "escape", "filesizeformat", "first", "float",
          "forceescape", "format", "indent", "int", "join", "last", "length", "list", "lower", "max", "min", "pprint",
          "reverse", "round", "safe", "sort", "string", "striptags", "sum", "title", "tojson", "trim", "truncate",
          "upper", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr", "dictsort")
for name in SIMPLE:
    cases.values("any value", f"x|{name}", [value for value in ANY if not (
        name == "reverse" and isinstance(value, (list, dict)))])
for name in ("batch(2)", "slice(2)", "unique", "items", "map('string')", "select", "reject", "groupby(0)", "reverse",
             "attr('name')", "map(attribute='k')", "selectattr('k')", "rejectattr('k')", "list", "random"):
    cases.values("any value, listed", f"x|{name}|list",
                 [value for value in ANY if not (name == "random" and value not in (None, 5, "", [], {}))])

cases.expressions("capitalize, lower, upper, title", r"""
s|capitalize
"hELLO wORLD"|capitalize
uni|capitalize
uni|upper
uni|lower
uni|title
"ß"|upper
"ß"|capitalize
"ǆ"|capitalize
"ŉ"|upper
"ΑΣ"|lower
"ΑΣ Σ ΑΣΑ"|lower
"İ"|lower
"İ"|lower|length
"ﬃ"|upper
"ﬃ"|title
"they're bill's"|title
"foo bar-baz (qux) [x] {y} <z>"|title
"foo.bar/baz_qux"|title
"a\tb\nc  d"|title
"1st 2ND third3rd"|title
"-a--b"|title
"FOO BAR"|title
"é è"|title
"ǆ ß"|title
"foo\u00a0bar\u2003baz"|title
" leading"|title
"'quoted'"|title
"\"quoted\""|title
" x"|capitalize
i|capitalize
l|upper
d|title
n|upper
""")
cases.expressions("center, trim, wordcount, length", r"""
"a"|center
"a"|center|length
"abc"|center(10) ~ "|"
"abc"|center(9) ~ "|"
"ab"|center(5) ~ "|"
"abc"|center(4) ~ "|"
"abc"|center(2)
"abc"|center(0)
"abc"|center(-1)
"日本"|center(6) ~ "|"
"a"|center(width=3) ~ "|"
"a"|center("5")
"a"|center(5, "x")
i|center(6) ~ "|"
"  a  "|trim ~ "|"
"\n\t a \r\n\v\f"|trim
"\u00a0\u2003\u3000a\u2028\u0085"|trim
"\u200ba\u200b"|trim|length
"xxaxx"|trim("x")
"xyaxy"|trim("yx")
"xxaxx"|trim(chars="x")
"  a  "|trim("")
"  a  "|trim(none)
"  a  "|trim(1)
5|trim("5")
"abc"|trim("abc")
"日a日"|trim("日")
s|wordcount
"a-b c_d e.f"|wordcount
"don't"|wordcount
"日本 語"|wordcount
"é̀ à"|wordcount
"１２ ½ ² Ⅷ"|wordcount
""|wordcount
"  "|wordcount
"a\nb\tc"|wordcount
i|wordcount
s|length
s|count
"日本🎈"|length
"👩‍👩‍👧"|length
"e\u0301"|length
"\r\n"|length
l|length
d|length
tu|length
by|length
m|length
range(5)|length
5|length
n|length
nope|length
f|length
o|length
day|length
l|map("upper")|length
""")
cases.expressions("default", r"""
nope|default
nope|default("x")
nope|d("x")
nope|default("x", true)
n|default("x")
n|default("x", true)
e|default("x")
e|default("x", true)
0|default("x", true)
false|default("x", true)
[]|default("x", true)
s|default("x")
s|default("x", true)
nope|default(none)
nope|default(nope)
nope|default(nope2)|default("y")
nope|default(default_value="x")
nope|default("x", boolean=true)
n|default(boolean=true)
n|default("x", 1)
nope.a|default("x")
(nope.a)|default("x")
d.nope|default("x")
d.nope.a|default("x")
nope|default(1) + 1
nope|default([])|length
nope|default({}).a
nope|default("a")|upper
nope|default("x", "y", "z")
nope|default(x="y")
""")
cases.expressions("int", r"""
"42"|int
" 42 "|int
"\n42\t"|int
"4 2"|int
"+42"|int
"-42"|int
"- 42"|int
"--42"|int
"4_2"|int
"_42"|int
"4__2"|int
"42.9"|int
"-42.9"|int
"1e3"|int
"1E3"|int
"1.5e3"|int
"abc"|int
"abc"|int(7)
"abc"|int(default=7)
"abc"|int("x")
"abc"|int(none)
""|int
"  "|int
"0x1A"|int
"0x1A"|int(0, 16)
"0x1A"|int(0, 0)
"0X1a"|int(0, 16)
"1A"|int(0, 16)
"1A"|int(base=16)
"-0x1A"|int(0, 16)
"0b101"|int(0, 2)
"101"|int(0, 2)
"102"|int(0, 2)
"0o17"|int(0, 8)
"17"|int(0, 8)
"18"|int(0, 8)
"18"|int(5, 8)
"zz"|int(0, 36)
"zz"|int(0, 37)
"zz"|int(0, 1)
"zz"|int(0, -1)
"010"|int
"010"|int(0, 0)
"0b1"|int
"1_000"|int
"1_0"|int(0, 16)
"٣٤"|int
"１２"|int
"²"|int
"Ⅷ"|int
"12345678901234567890123"|int
"-12345678901234567890123"|int
"9223372036854775808"|int
"1e400"|int
"1e400"|int(3)
"inf"|int
"nan"|int
"infinity"|int(9)
3.7|int
-3.7|int
1e20|int
1e300|int
inf|int
inf|int(5)
nan|int
nan|int(6)
true|int
false|int
none|int
none|int(5)
[]|int
[1]|int(3)
{}|int
nope|int
nope|int(5)
m|int
big|int
by|int
"12"|safe|int
o|int
day|int
5|int(0, 16)
5.9|int(0, 16)
"1.0"|int(0, 16)
"1,000"|int
"1.000.000"|int
"42abc"|int
"42"|int(0, "10")
"42"|int(0, none)
"\x00"|int
"4\u00a02"|int
"\u00a042\u2003"|int
""")
cases.expressions("float", r"""
"1.5"|float
" 1.5 "|float
"1"|float
"-1"|float
"+1.5"|float
"1e3"|float
"1E-3"|float
".5"|float
"5."|float
"."|float
"1_0.5"|float
"1__0"|float
"abc"|float
"abc"|float(7)
"abc"|float(7.5)
"abc"|float(default="x")
"abc"|float(none)
""|float
"inf"|float
"-Infinity"|float
"nan"|float
"NaN"|float
"infin"|float
"1e400"|float
"1e-400"|float
"0x1A"|float
"٣.٥"|float
3|float
3.7|float
true|float
none|float
none|float(1.5)
[]|float
{}|float
nope|float
nope|float(1)
big|float
10**400|float
(10**400)|float
by|float
"1,5"|float
"1.5.5"|float
"12345678901234567890"|float
"0.1"|float + 0.2
"-0"|float
"1e16"|float
"123456789.123456789"|float
"\u00a01.5"|float
""")
cases.expressions("round and abs", r"""
42.55|round
42.55|round(1)
42.55|round(1, "floor")
42.55|round(1, "ceil")
42.45|round(1)
2.5|round
3.5|round
0.5|round
1.5|round
-2.5|round
-0.5|round
2.675|round(2)
2.665|round(2)
1.005|round(2)
0.125|round(2)
0.375|round(2)
1e16|round
1e300|round(2)
123.456|round(-1)
125|round(-1)
135|round(-1)
-125|round(-1)
125.0|round(-1)
1250|round(-2)
42|round
42|round(2)
42|round(0, "ceil")
42|round(1, "floor")
42.1|round(0, "ceil")
42.9|round(0, "floor")
-42.1|round(0, "ceil")
-42.1|round(0, "floor")
-42.1|round(method="floor")
42.123|round(precision=2, method="ceil")
1.1|round(2, "ceil")
1.1|round(20, "floor")
42|round(-1, "ceil")
42.5|round("x")
42.5|round(1.5)
42.5|round(none)
42.5|round(1, "up")
42.5|round(1, none)
"42.5"|round
none|round
true|round
true|round(1)
nope|round
big|round
big|round(-5)
big|round(1, "floor")
inf|round
nan|round
inf|round(1, "ceil")
1e22|round(3)
0.1|round(20)
5e-324|round(5)
1.7976931348623157e308|round(-308)
1.7976931348623157e308|round(-309)
-0.4|round
0.4|round(0)
-5|abs
-5.5|abs
5|abs
"a"|abs
none|abs
true|abs
[]|abs
nope|abs
(-9223372036854775808)|abs
-9223372036854775808|abs
-0.0|abs
(-0.0)|abs
(0 - big)|abs
inf|abs
""")
cases.expressions("filesizeformat", r"""
0|filesizeformat
1|filesizeformat
1.0|filesizeformat
true|filesizeformat
2|filesizeformat
100|filesizeformat
999|filesizeformat
999.9|filesizeformat
1000|filesizeformat
1001|filesizeformat
1500|filesizeformat
999949|filesizeformat
999950|filesizeformat
999999|filesizeformat
1000000|filesizeformat
13000|filesizeformat
4100000|filesizeformat
1000000000|filesizeformat
1e12|filesizeformat
1e15|filesizeformat
1e18|filesizeformat
1e21|filesizeformat
1e24|filesizeformat
1e27|filesizeformat
1e30|filesizeformat
1|filesizeformat(true)
1023|filesizeformat(true)
1024|filesizeformat(true)
1536|filesizeformat(binary=true)
1048576|filesizeformat(true)
1073741824|filesizeformat(true)
1024 ** 4|filesizeformat(true)
(1024 ** 4)|filesizeformat(true)
(1024 ** 8)|filesizeformat(true)
(1024 ** 9)|filesizeformat(true)
"1000"|filesizeformat
"1e3"|filesizeformat
"x"|filesizeformat
""|filesizeformat
none|filesizeformat
nope|filesizeformat
-1|filesizeformat
(-1)|filesizeformat
(-5000)|filesizeformat
0.5|filesizeformat
1.5|filesizeformat
big|filesizeformat
inf|filesizeformat
nan|filesizeformat
1050|filesizeformat
1250|filesizeformat
1350|filesizeformat
[]|filesizeformat
""")
cases.expressions("indent", r"""
"a\nb\nc"|indent
"a\nb\nc"|indent(2)
"a\nb\nc"|indent(0)
"a\nb\nc"|indent(-1)
"a\nb\nc"|indent(2, true)
"a\nb\nc"|indent(width=2, first=true)
"a\n\nb"|indent(2)
"a\n\nb"|indent(2, false, true)
"a\n\nb"|indent(2, blank=true, first=true)
"\na"|indent(2)
"\na"|indent(2, true)
"\na"|indent(2, true, true)
"a\n"|indent(2)
"a\n\n"|indent(2)
"a\n\n"|indent(2, blank=true) ~ "|"
"a\r\nb\rc"|indent(2)
"a\x0bb\x0cc\u2028d\x85e\x1cf"|indent(2)
"a\n  \nb"|indent(2)
"a\nb"|indent(">> ")
"a\nb"|indent("")
"a\nb"|indent("\t", true)
"a\nb"|indent(2.5)
"a\nb"|indent(none)
"a\nb"|indent(true)
""|indent
""|indent(2, true)
""|indent(2, true, true)
"a"|indent(2, true)
5|indent
none|indent
nope|indent
l|indent
"a\nb"|indent(indentfirst=true)
"日\n本"|indent("　")
""")
cases.expressions("truncate", r"""
s|truncate
s|truncate(5)
s|truncate(6)
s|truncate(5, leeway=0)
s|truncate(8, leeway=0)
s|truncate(9, leeway=0)
s|truncate(10, leeway=0)
s|truncate(11, leeway=0)
s|truncate(8, true, leeway=0)
s|truncate(8, true, "", 0)
s|truncate(8, false, "", 0)
s|truncate(8, true, "…", 0)
s|truncate(8, false, "…", 0)
s|truncate(3, true, leeway=0)
s|truncate(3, leeway=0)
s|truncate(2, leeway=0)
s|truncate(0, leeway=0)
s|truncate(0, end="", leeway=0)
s|truncate(-1)
s|truncate(4, true, leeway=5)
s|truncate(6, leeway=4)
s|truncate(6, leeway=5)
s|truncate(6, leeway=-1)
s|truncate(6, leeway=none)
s|truncate(length=8, killwords=true, end="!", leeway=0)
"foo bar baz qux"|truncate(9)
"foo bar baz qux"|truncate(9, true)
"foo bar baz qux"|truncate(11)
"foo bar baz qux"|truncate(11, false, "...", 0)
"foobarbazqux"|truncate(9, leeway=0)
"  foo bar"|truncate(6, leeway=0)
"foo  bar baz"|truncate(8, leeway=0)
"foo\nbar baz qux"|truncate(9, leeway=0)
"日本語日本語日本語"|truncate(5, true, leeway=0)
"👩‍👩‍👧👩‍👩‍👧"|truncate(6, true, leeway=0)
5|truncate
none|truncate
nope|truncate
l|truncate
[1, 2, 3, 4, 5, 6, 7, 8, 9]|truncate(3, leeway=0)
[1, 2, 3, 4, 5, 6, 7, 8, 9]|truncate(3, true, leeway=0)
s|truncate("5")
s|truncate(none)
s|truncate(5.0)
s|truncate(8, end=none)
""")
cases.template("truncate: the policy", "{{ s|truncate(8) }}", policies={"truncate.leeway": 0})
cases.template("truncate: the policy is larger", "{{ s|truncate(4) }}", policies={"truncate.leeway": 7})
cases.expressions("wordwrap", r"""
"aaa bbb ccc ddd"|wordwrap(7)
"aaa bbb ccc ddd"|wordwrap(8)
"aaa bbb ccc ddd"|wordwrap(3)
"aaa bbb ccc ddd"|wordwrap(2)
"aaa bbb ccc ddd"|wordwrap(1)
"aaa bbb ccc ddd"|wordwrap(0)
"aaa bbb ccc ddd"|wordwrap(-1)
"aaaaaaaaaa bbb"|wordwrap(4)
"aaaaaaaaaa bbb"|wordwrap(4, false)
"aaa aaaaaaaaaa bbb"|wordwrap(5)
"aaa aaaaaaaaaa bbb"|wordwrap(5, break_long_words=false)
"aaa-bbb-ccc"|wordwrap(5)
"aaa-bbb-ccc"|wordwrap(5, break_on_hyphens=false)
"aaa-bbb-ccc"|wordwrap(5, false, break_on_hyphens=false)
"aaa-bbb-ccc ddd"|wordwrap(8, false)
"well-known co-operation"|wordwrap(6)
"a-b--c---d -e f- 1-2 x-y-z"|wordwrap(4)
"em--dash and---more"|wordwrap(5)
"e-mail x_y-z a1-b2"|wordwrap(4)
"aaa bbb ccc"|wordwrap(3, wrapstring="|")
"aaa bbb ccc"|wordwrap(3, true, "<br>")
"aaa bbb\nccc ddd"|wordwrap(5)
"aaa bbb\n\nccc ddd"|wordwrap(5)
"aaa\n"|wordwrap(5)
"\naaa"|wordwrap(5)
"aaa\r\nbbb\rccc"|wordwrap(5)
"  aaa bbb"|wordwrap(5)
"  aaa bbb"|wordwrap(4)
"aaa   bbb   ccc"|wordwrap(6)
"aaa   bbb   ccc"|wordwrap(5)
"aaa bbb   "|wordwrap(5) ~ "|"
"aaa\tbbb ccc"|wordwrap(5)
"aaa\u00a0bbb ccc"|wordwrap(5)
"日本語 日本語"|wordwrap(3)
"日本語日本語"|wordwrap(4)
""|wordwrap
"  "|wordwrap(5) ~ "|"
"The quick brown fox jumped over the lazy dog. It had a splendid day (so far), didn't it? Hello--there!"|wordwrap(20)
"The quick brown fox jumped over the lazy dog."|wordwrap(10)
"http://example.com/a-very-long/path-with-hyphens?and=query"|wordwrap(15)
"http://example.com/a-very-long/path-with-hyphens?and=query"|wordwrap(15, break_on_hyphens=false)
("word " * 40)|wordwrap
5|wordwrap
none|wordwrap
nope|wordwrap
"a b"|wordwrap("5")
"a b"|wordwrap(width=1, wrapstring="\n> ")
"a b"|wordwrap(1, wrapstring=5)
"x-- y --z a--b"|wordwrap(3)
"(foo-bar) [baz-qux] 'a-b'"|wordwrap(6)
"aaa\x0bbbb\x0cccc"|wordwrap(4)
"aaa bbb\u2028ccc"|wordwrap(5)
"end. start"|wordwrap(5)
"a\n \nb"|wordwrap(3)
""")
cases.expressions("replace", r"""
s|replace("o", "0")
s|replace("o", "0", 1)
s|replace("o", "0", 0)
s|replace("o", "0", -1)
s|replace("o", "0", count=1)
s|replace("o", "0", none)
s|replace("", "-")
s|replace("", "-", 3)
s|replace("hello", "")
s|replace("xyz", "")
s|replace(old="o", new="0")
s|replace("o")
s|replace
s|replace("l", 1)
s|replace(1, "x")
s|replace("o", none)
s|replace("o", nope)
s|replace(nope, "-")
i|replace("4", "x")
i|replace(4, 5)
none|replace("N", "n")
nope|replace("a", "b")
l|replace("a", "b")
"aaaa"|replace("aa", "b")
"é"|replace("e", "x")
"e\u0301"|replace("e", "x")
"日本日"|replace("日", "-")
"a.b"|replace(".", "")
"aaa"|replace("a", "aa")
"a"|replace("a", "b", 1.5)
"a"|replace("a", "b", "1")
""")
cases.expressions("format", r"""
"%s"|format(1)
"%s %s"|format(1, "a")
"%(a)s"|format(a=1)
"%(a)s %(b)s"|format(a=1, b=2)
"%s"|format
"%s"|format()
"text"|format
"text"|format(1)
"%s"|format(1, 2)
"%s %s"|format(1)
"%(a)s"|format(b=1)
"%s"|format(1, a=2)
"%(a)s"|format(1)
"%s"|format(a=1)
"100%%"|format
"100%"|format
"100%"|format(1)
"100% x"|format(1)
"%s%%"|format(5)
"%5s|"|format("a")
"%-5s|"|format("a")
"%.2f"|format(3.14159)
"%d"|format(3.7)
"%d"|format("3")
"%s"|format(none)
"%s"|format(nope)
"%s"|format([1, "a"])
"%s"|format((1, 2))
5|format(1)
none|format(1)
"%s, %s!"|format("Hello", "World")
"%r"|format("a")
"%5.1f|%-8d|%+d|%05d|%x"|format(1.25, 5, 5, -5, 255)
""")
cases.expressions("striptags", r"""
"<b>a</b>"|striptags
"<b>a</b> <i>b</i>"|striptags
"a < b > c"|striptags
"a <!-- c --> b"|striptags
"a <!-- <b> --> b"|striptags
"a <!-- open"|striptags
"a --> b"|striptags
"<b"|striptags
"b>"|striptags
"<>"|striptags
"<a href='x>y'>z</a>"|striptags
"<a\nhref=x>z</a>"|striptags
"&lt;b&gt; &amp; &quot;&#39;&copy;&nbsp;&#x41;"|striptags
"&unknown; &amp &ampx"|striptags
"  a \n\t b  "|striptags
"<script>x</script>"|striptags
"<<b>>a"|striptags
"<!-- a --><!-- b -->c"|striptags
"<b><!-- </b> -->c</b>"|striptags
"<!---->x"|striptags
"<!-->x"|striptags
"a<br>b"|striptags
"a<br/>b"|striptags
"\u00a0a\u00a0b"|striptags
""|striptags
5|striptags
none|striptags
l|striptags
o|striptags
"&lt;script&gt;"|striptags
"&#60;b&#62;"|striptags
"&NotEqualTilde; &fjlig; &hearts;"|striptags
"<b>a</b>"|safe|striptags
""")
cases.expressions("urlencode", r"""
"a b"|urlencode
"a/b?c=d&e"|urlencode
"é日"|urlencode
"-_.~"|urlencode
"!*'();:@&=+$,/?%#[]"|urlencode
"\"<>\\^`{|}"|urlencode
"\x00\n\x7f"|urlencode
""|urlencode
5|urlencode
1.5|urlencode
none|urlencode
nope|urlencode
true|urlencode
by|urlencode
d|urlencode
{"a b": "c d/e"}|urlencode
{"a": 1, "b": none, "c": 1.5}|urlencode
{"é": "日"}|urlencode
{"a": [1, 2]}|urlencode
{"a": "+&= "}|urlencode
{}|urlencode
[["a", 1], ["b", "c d"]]|urlencode
(("a", 1),)|urlencode
[1, 2]|urlencode
["ab", "cd"]|urlencode
[[1]]|urlencode
[[1, 2, 3]]|urlencode
[]|urlencode
d.items()|urlencode
m|urlencode
"a~b"|urlencode
o|urlencode
"%20"|urlencode
{1: 2}|urlencode
{"a": by}|urlencode
day|urlencode
""")
cases.expressions("urlize", r"""
"http://example.com"|urlize
"https://example.com/a?b=c&d#e"|urlize
"see http://example.com."|urlize
"see http://example.com, ok"|urlize
"(http://example.com)"|urlize
"(see http://example.com)"|urlize
"http://example.com/(a)"|urlize
"http://example.com/(a))"|urlize
"(http://example.com/(a))"|urlize
"<http://example.com>"|urlize
"&lt;http://example.com&gt;"|urlize
"http://example.com/<a>"|urlize
"www.example.com"|urlize
"www.example.com/path"|urlize
"www."|urlize
"www"|urlize
"example.com"|urlize
"example.org/x"|urlize
"example.net:8080/x"|urlize
"example.de"|urlize
"sub.example.com"|urlize
"a.com b.org"|urlize
"com"|urlize
".com"|urlize
"x.com"|urlize
"ex.com"|urlize
"http://localhost"|urlize
"http://localhost:8000"|urlize
"http://example"|urlize
"http://a.b"|urlize
"http://a.bc"|urlize
"http://127.0.0.1"|urlize
"http://127.0.0.1:8000/x"|urlize
"http://1234.0.0.1"|urlize
"http://[::1]/"|urlize
"http://[2001:db8::1]/"|urlize
"http://[2001:db8:0:0:0:0:0:1]:80"|urlize
"http://xn--bcher-kva.example"|urlize
"http://example.xn--p1ai"|urlize
"http://bücher.example"|urlize
"http://example.com:99999/"|urlize
"http://example.com:123456/"|urlize
"HTTP://EXAMPLE.COM"|urlize
"Http://Example.com"|urlize
"WWW.example.com"|urlize
"ftp://example.com"|urlize
"ftp://example.com"|urlize(extra_schemes=["ftp://"])
"tel:123 x:y"|urlize(extra_schemes=["tel:"])
"tel:"|urlize(extra_schemes=["tel:"])
"tel:1"|urlize(extra_schemes=["tel"])
"tel:1"|urlize(extra_schemes=["1:"])
"tel:1"|urlize(extra_schemes=["t:"])
"tel:1"|urlize(extra_schemes=["a b:"])
"git+ssh://x"|urlize(extra_schemes=["git+ssh://"])
"tel:1 sms:2"|urlize(extra_schemes=["tel:", "sms:"], target="_blank")
"mailto:a@b.c"|urlize
"mailto:a@b.cd?subject=x"|urlize
"mailto:"|urlize
"a@b.c"|urlize
"a@b"|urlize
"@a@b.c"|urlize
"a@b.c."|urlize
"(a@b.c)"|urlize
"<a@b.c>"|urlize
"a:b@c.d"|urlize
"www.a@b.c"|urlize
"a.b+c@d-e.f_g.hi"|urlize
"é@日.本"|urlize
"a@@b.c"|urlize
"user@example.com, other@example.org"|urlize
"http://example.com/a_very_long_path/that/goes/on"|urlize(20)
"http://example.com/a_very_long_path"|urlize(trim_url_limit=10)
"http://example.com"|urlize(100)
"http://example.com"|urlize(0)
"www.example.com/long"|urlize(5)
"user@example.com"|urlize(3)
"http://example.com"|urlize(nofollow=true)
"http://example.com"|urlize(none, true)
"http://example.com"|urlize(target="_blank")
"http://example.com"|urlize(target="_\"")
"http://example.com"|urlize(rel="external")
"http://example.com"|urlize(rel="external noopener me")
"http://example.com"|urlize(rel="")
"http://example.com"|urlize(rel="<")
"http://example.com"|urlize(none, true, "_top", "b a")
"a@b.c"|urlize(target="_blank")
"http://example.com\nhttp://example.org"|urlize
"a  b\tc"|urlize
"x http://example.com y"|urlize
"<b>http://example.com</b>"|urlize
"\"http://example.com\""|urlize
"'http://example.com'"|urlize
"http://example.com\""|urlize
"http://example.com/'"|urlize
"http://example.com!"|urlize
"http://example.com?"|urlize
"http://example.com:"|urlize
"http://example.com;"|urlize
"http://example.com/;"|urlize
"http://example.com..."|urlize
"http://example.com),."|urlize
"((http://example.com"|urlize
"http://"|urlize
"http:// example.com"|urlize
"http://-.com"|urlize
"http://a_b.com"|urlize
"http://a%20b.com"|urlize
"http://example.com/\u00a0x"|urlize
"foo.com/bar.org"|urlize
"foo.comx"|urlize
"foo.com."|urlize
"foo.museum"|urlize
"[http://example.com]"|urlize
"{http://example.com}"|urlize
"http://example.com/[a]"|urlize
"&"|urlize
""|urlize
5|urlize
none|urlize
nope|urlize
"http://example.com/&amp;"|urlize
"http://example.com"|urlize("5")
"http://user:pass@example.com/"|urlize
"http://example.com#x"|urlize
"http://example.com?x"|urlize
"http://example.comx/y"|urlize
""")
cases.template("urlize: policies", "{{ 'http://a.com x:y'|urlize }}", policies={
    "urlize.rel": "me", "urlize.target": "_blank", "urlize.extra_schemes": ["xx:"]})
cases.template("urlize: no rel", "{{ 'http://a.com'|urlize }}", policies={"urlize.rel": None})
cases.template("urlize: a policy's scheme", "{{ 'xx:y'|urlize }}", policies={"urlize.extra_schemes": ["xx:"]})
cases.expressions("tojson", r"""
none|tojson
true|tojson
1|tojson
1.0|tojson
1.5e300|tojson
1e16|tojson
inf|tojson
nan|tojson
big|tojson
"a"|tojson
"é日🎈"|tojson
"\"\\/\b\f\n\r\t\x00\x1f\x7f\u2028"|tojson
"<script>&'"|tojson
[]|tojson
{}|tojson
[1, [2, "a"], {"b": none}]|tojson
{"b": 1, "a": 2}|tojson
{"b": {"d": 1, "c": 2}, "a": []}|tojson
{1: 2, "a": 3}|tojson
{2: 1, 1: 2, 10: 3}|tojson
{1.5: 1, 0.5: 2}|tojson
{true: 1}|tojson
{none: 1}|tojson
{(1, 2): 1}|tojson
(1, 2)|tojson
range(2)|tojson
nope|tojson
[nope]|tojson
o|tojson
m|tojson
by|tojson
day|tojson
d|tojson
d|tojson(2)
d|tojson(indent=1)
[1, {"a": [2, []], "b": {}}]|tojson(2)
[]|tojson(2)
{}|tojson(2)
"a"|tojson(2)
[1, 2]|tojson(0)
[1, 2]|tojson("--")
[1, 2]|tojson(none)
[1, 2]|tojson(true)
l|map("upper")|tojson
l|map("upper")|list|tojson
d.items()|tojson
d.keys()|list|tojson
namespace(a=1)|tojson
"\ud83c"|tojson
"a"|tojson|tojson
{"<": ">"}|tojson
-0.0|tojson
1e-7|tojson
[1.0, 2.50, 1e22]|tojson
""")
cases.template("tojson: the policy of keyword arguments", "{{ {'b': 1, 'a': 'é'}|tojson }}",
               policies={"json.dumps_kwargs": {"sort_keys": False}})
JSON_VALUE = "{{ {'b': [1, ['é', {}]], 'a': {'c': '<&>', 1: none}}|tojson }}|{{ [1, 2]|tojson(indent=1) }}|{{ ['\x7f😀']|tojson(2) }}|{{ ''|tojson }}"
for number, kwargs in enumerate([
        {}, {"ensure_ascii": False}, {"indent": 2}, {"indent": 0}, {"indent": "<'>"}, {"separators": [",", ":"]},
        {"separators": [" & ", "<'>"], "indent": "\t"}, {"sort_keys": False, "ensure_ascii": False, "separators": [",", ": "]},
        {"ensure_ascii": True, "indent": 3, "sort_keys": False}]):
    kwargs.setdefault("sort_keys", number % 2 == 0)
    cases.template(f"tojson: keyword arguments {number}", JSON_VALUE.replace(", 1: none", ""), policies={"json.dumps_kwargs": kwargs})
cases.template("tojson: without sort_keys", JSON_VALUE, policies={"json.dumps_kwargs": {"indent": 1}})
cases.template("tojson: a function", "{{ ['<', \"'\"]|tojson }}{{ [1]|tojson(3) }}{{ 'x'|tojson }}", policies={"json.dumps_function": "repr"})
cases.template("truncate: a large policy", "{{ s|truncate(3, true) }}|{{ s|truncate(3, leeway=1) }}", policies={"truncate.leeway": 1000000})
cases.template("truncate: a negative policy", "{{ s|truncate(3, true) }}|{{ s|truncate(1000) }}", policies={"truncate.leeway": -5})
cases.template("urlize: an empty rel", "{{ 'http://a.com'|urlize(nofollow=true) }}|{{ 'http://a.com'|urlize(rel='b a') }}", policies={"urlize.rel": ""})
cases.template("urlize: a rel of many", "{{ 'http://a.com'|urlize(nofollow=true, rel='x noopener') }}", policies={"urlize.rel": "noopener  me\tx"})
cases.template("urlize: a target with marks", "{{ 'http://a.com'|urlize }}|{{ 'http://a.com'|urlize(target='_top') }}|{{ 'http://a.com'|urlize(target='') }}", policies={"urlize.target": "a\"<"})
cases.template("urlize: schemes of both", "{{ 'tel:1 ftp://x yy:z'|urlize(extra_schemes=['yy:']) }}|{{ 'tel:1 ftp://x yy:z'|urlize }}", policies={"urlize.extra_schemes": ["tel:", "ftp://"]})
cases.template("urlize: a scheme that is none", "{{ 'a b'|urlize }}", policies={"urlize.extra_schemes": ["a"]})
cases.template("urlize: schemes that are none by argument", "{{ 'a b'|urlize(extra_schemes=['a:', '9']) }}", policies={"urlize.extra_schemes": ["x:"]})
cases.template("compiler.ascii_str has no effect", "{{ 'é' }}é", policies={"compiler.ascii_str": False})
cases.expressions("xmlattr", r"""
{"a": 1}|xmlattr
{"a": 1}|xmlattr ~ "|"
{"a": 1, "b": "x"}|xmlattr
{"a": 1}|xmlattr(false)
{"a": 1}|xmlattr(autospace=false)
{"a": none, "b": nope, "c": ""}|xmlattr
{"a": none}|xmlattr
{}|xmlattr
{"a": true, "b": false, "c": 0}|xmlattr
{"a": "<>&'\""}|xmlattr
{"a<": 1}|xmlattr
{"a b": 1}|xmlattr
{"a/b": 1}|xmlattr
{"a>b": 1}|xmlattr
{"a=b": 1}|xmlattr
{"a\tb": 1}|xmlattr
{"a\u00a0b": 1}|xmlattr
{"a\x0cb": 1}|xmlattr
{"a b": none}|xmlattr
{"": 1}|xmlattr
{1: 2}|xmlattr
{"a": [1, "<"]}|xmlattr
{"a": m}|xmlattr
{"é": "日"}|xmlattr
l|xmlattr
none|xmlattr
nope|xmlattr
{"class": "a", "id": "list-%d"|format(i)}|xmlattr
{"on'x": 1}|xmlattr
""")
cases.expressions("string, pprint, safe", r"""
5|string
5|string|length
none|string
1.0|string
l|string
m|string
nope|string
nope|string|length
o|string
by|string
d|pprint
l|pprint
"a"|pprint
5|pprint
none|pprint
nope|pprint
o|pprint
[]|pprint
{"b": 1, "a": {"d": 1, "c": 2}}|pprint
("abc " * 30)|pprint
("x" * 100)|pprint
(["abcdefghij"] * 10)|pprint
([["abcdefghij"] * 5] * 5)|pprint
{"key one": "x" * 50, "key two": "y" * 50}|pprint
{"k": ["abcdefghij"] * 10, "a": {"b": ["q"] * 40}}|pprint
(1,)|pprint
(("abcdefghij",) * 10)|pprint
range(5)|pprint
range(100)|list|pprint
{"a": "line\nbreak"}|pprint
("line one is long enough to be here\n" * 4)|pprint
{1: 2, "a": 3, none: 4}|pprint
[{"name": "ada", "roles": ["admin", "user"], "age": 36}, {"name": "bob", "roles": [], "age": 20}]|pprint
{"outer": {"inner": {"deep": ["aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb", "cccccccccccccccccccc"]}}}|pprint
m|pprint
1.5|pprint
by|pprint
day|pprint
{"é": "日"}|pprint
{}|pprint
({} , [])|pprint
""")
cases.expressions("wrong arguments", r"""
s|upper(1)
s|lower(x=1)
s|length(1)
s|trim(1, 2)
s|capitalize(none)
s|abs
s|join(1, 2, 3)
s|truncate(1, 2, 3, 4, 5)
s|indent(bogus=1)
s|replace()
s|default(1, 2, 3)
s|batch
s|slice
s|groupby
s|attr
s|round
s|urlize(bogus=1)
s|tojson(1, 2)
s|safe(1)
s|first(1)
s|wordwrap(bogus=1)
s|center(1, 2)
s|format(1)
s|int(1, 2, 3)
""")
