"""printf with % and the format filter, and str.format."""

from catalog import Subject

cases = Subject({"m": {"$markup": "<b>"}, "big": {"$int": "123456789012345678901234567890"}, "o": {"$object": {"class": "User", "attributes": {"name": "ada", "tags": ["x"]}}},
                 "d": {"a": 1, "b": {"c": "x"}, "k y": 2}, "l": [1, [2, 3]], "inf": {"$float": "inf"}, "nan": {"$float": "nan"}, "by": {"$bytes": "b"},
                 "day": {"$datetime": "2024-03-05T07:08:09"}})

cases.expressions("printf", r"""
"%s" % 1
"%s" % "a"
"%s" % none
"%s" % true
"%s" % 1.0
"%s" % [1, "a"]
"%s" % {"a": 1}
"%s" % ((1, 2),)
"%s" % (1,)
"%s" % ()
"%s %s" % (1, 2)
"%s %s" % 1
"%s %s" % [1, 2]
"%s" % (1, 2)
"a" % ()
"a" % 1
"a" % []
"a" % {}
"a" % none
"a" % (1,)
"a" % "b"
"%%" % ()
"%%" % 1
"%s%%" % 5
"%d" % 5
"%d" % 5.9
"%d" % -5.9
"%d" % true
"%d" % "5"
"%d" % none
"%d" % big
"%d" % 1e20
"%d" % inf
"%d" % nan
"%i" % 5
"%u" % 5
"%5d|" % 42
"%-5d|" % 42
"%05d" % 42
"%+d" % 42
"%+d" % -42
"% d" % 42
"% d" % -42
"%+ d" % 42
"%-05d|" % 42
"%05d" % -42
"%+05d" % 42
"% 05d" % 42
"%.3d" % 5
"%8.3d|" % 5
"%08.3d|" % 5
"%.0d" % 0
"%x" % 255
"%X" % 255
"%#x" % 255
"%#X" % 255
"%o" % 8
"%#o" % 8
"%x" % -255
"%#x" % -255
"%08x" % 255
"%#08x" % 255
"%-#8x|" % 255
"%x" % 5.5
"%x" % "a"
"%o" % 8.0
"%f" % 1
"%f" % 1.5
"%f" % -1.5
"%.2f" % 3.14159
"%.0f" % 2.5
"%.0f" % 3.5
"%#.0f" % 2.5
"%.1f" % 0.25
"%.1f" % 0.35
"%.2f" % 2.675
"%.20f" % 0.1
"%8.2f|" % 3.14159
"%-8.2f|" % 3.14159
"%08.2f" % -3.14159
"%+.2f" % 3.14159
"% .2f" % 3.14159
"%f" % 1e20
"%.3f" % 1e-5
"%f" % inf
"%f" % -inf
"%5f|" % nan
"%F" % inf
"%05f" % inf
"%+f" % inf
"%f" % "1.5"
"%f" % none
"%f" % big
"%e" % 12345.678
"%.2e" % 12345.678
"%E" % 12345.678
"%e" % 0
"%.0e" % 12345.678
"%12.3e|" % 12345.678
"%e" % 1e-10
"%e" % 1e100
"%g" % 12345.678
"%g" % 1234567.8
"%g" % 0.0001
"%g" % 0.00001
"%g" % 100000
"%g" % 1000000
"%.3g" % 12345.678
"%.10g" % 12345.678
"%#g" % 1.5
"%G" % 1e-10
"%g" % 0
"%g" % inf
"%.0g" % 123.4
"%c" % 65
"%c" % "é"
"%c" % 128512
"%c" % "ab"
"%c" % -1
"%c" % 1114112
"%c" % 1.5
"%5c|" % "x"
"%r" % "a"
"%r" % "it's"
"%r" % none
"%r" % m
"%a" % "é"
"%a" % "日'"
"%5s|" % "a"
"%-5s|" % "a"
"%05s|" % "a"
"%.2s|" % "abc"
"%5.1s|" % "abc"
"%.0s|" % "abc"
"%5s|" % "日本"
"%.1s" % "🎈x"
"%.2r|" % "abc"
"%*d|" % (5, 42)
"%-*d|" % (5, 42)
"%*d|" % (-5, 42)
"%.*f|" % (2, 3.14159)
"%*.*f|" % (8, 2, 3.14159)
"%*d" % ("a", 5)
"%*d" % 5
"%(a)s" % d
"%(a)d %(a)s" % d
"%(a)05d" % d
"%(k y)s" % d
"%(b)s" % d
"%(z)s" % d
"%()s" % {"": 1}
"%(a(b)c)s" % {"a(b)c": 1}
"%(a" % d
"%(a)" % d
"%(a)s" % 1
"%(a)s" % [1]
"%(a)s" % (1,)
"%(a)s %s" % d
"%s" % d
"%(a)*d" % d
"%(a)%" % d
"%z" % 1
"%y" % ()
"%" % 1
"% " % 1
"a%" % ()
"a%" % 1
"%5" % 1
"%5.2" % 1
"%l" % 1
"%ld" % 5
"%hd %Ld" % (1, 2)
"%lld" % 5
"%-+ #05d" % 5
"%.f" % 1.5
"%.-1f" % 1.5
"%s %d" % ("a", "b")
"é%s日" % "ü"
"%s" % nope
"%d" % nope
"%s" % m
"%b" % 5
"%s" % by
"%s" % day
"%s" % o
"%s" % big
"%99999999999999999999d" % 1
"%1000d"|length
("%200d" % 1)|length
5 % "a"
"%s" % "a" % "b"
"%s%s" % ("%s", 1) % 2
"%(a)s %(b)s" % {"a": 1, "b": 2, "c": 3}
"%(a)r" % {"a": "x"}
"%s" % {"a": 1}.a
"%d%%" % 50
"%-10s|%5s|" % ("ab", "cd")
"%3d%%|%-6.1f|" % (7, 2.25)
""")
FORMAT = r"""
"{}".format(1)
"{} {}".format(1, 2)
"{0} {1} {0}".format("a", "b")
"{a} {b}".format(a=1, b=2)
"{} {a}".format(1, a=2)
"{}".format()
"{1}".format(1)
"{a}".format()
"{a}".format(1)
"{0} {}".format(1, 2)
"{} {0}".format(1, 2)
"{{}}".format()
"{{{}}}".format(1)
"{".format()
"}".format()
"a } b".format()
"{0".format(1)
"{0!".format(1)
"{0!}".format(1)
"{0!z}".format(1)
"{0!rs}".format(1)
"{!r}".format("a")
"{!s}".format("a")
"{!a}".format("é")
"{!r:>6}".format("a")
"{0.name}".format(o)
"{0.tags[0]}".format(o)
"{0.nope}".format(o)
"{0[a]}".format(d)
"{0[b][c]}".format(d)
"{0[k y]}".format(d)
"{0[z]}".format(d)
"{0[0]}".format(l)
"{0[1][1]}".format(l)
"{0[-1]}".format(l)
"{0[9]}".format(l)
"{0[]}".format(d)
"{0.}".format(o)
"{.name}".format(o)
"{[a]}".format(d)
"{0[a]x}".format(d)
"{a.name}".format(a=o)
"{:5}|".format("a")
"{:<5}|".format("a")
"{:>5}|".format("a")
"{:^5}|".format("a")
"{:*^6}|".format("a")
"{:é<4}".format("a")
"{:}>4}".format("a")
"{:.2}".format("abc")
"{:5.1}|".format("abc")
"{:05}|".format("a")
"{:=5}".format("a")
"{:s}".format("a")
"{:d}".format("a")
"{:+}".format("a")
"{:,}".format("a")
"{:5}|".format(42)
"{:<5}|".format(42)
"{:^5}|".format(42)
"{:05}".format(42)
"{:05}".format(-42)
"{:=5}|".format(-42)
"{:*=6}".format(-42)
"{:+}".format(42)
"{: }".format(42)
"{:-}".format(42)
"{:+d}".format(-42)
"{:d}".format(42)
"{:d}".format(4.2)
"{:d}".format(true)
"{}".format(true)
"{:5}|".format(true)
"{:x}".format(255)
"{:X}".format(255)
"{:#x}".format(255)
"{:#X}".format(255)
"{:o}".format(8)
"{:#o}".format(8)
"{:b}".format(5)
"{:#b}".format(5)
"{:08b}".format(5)
"{:#010b}".format(5)
"{:c}".format(233)
"{:c}".format(-1)
"{:n}".format(1234567)
"{:,}".format(1234567)
"{:_}".format(1234567)
"{:_x}".format(1234567)
"{:_b}".format(255)
"{:,x}".format(255)
"{:012,}".format(1234567)
"{:15,}|".format(1234567)
"{:,}".format(-1234567)
"{:,}".format(123)
"{:,.2f}".format(1234567.891)
"{:.2f}".format(3.14159)
"{:.0f}".format(2.5)
"{:#.0f}".format(2.5)
"{:f}".format(1)
"{:.1f}".format(0.25)
"{:8.2f}|".format(3.14159)
"{:<8.2f}|".format(3.14159)
"{:08.2f}".format(-3.14159)
"{:+.2f}".format(3.14159)
"{: .2f}".format(3.14159)
"{:e}".format(12345.678)
"{:.2e}".format(12345.678)
"{:E}".format(12345.678)
"{:g}".format(12345.678)
"{:g}".format(1e-5)
"{:.3g}".format(12345.678)
"{:G}".format(1e20)
"{:%}".format(0.25)
"{:.1%}".format(0.256)
"{:.0%}".format(0.255)
"{:n}".format(1234.5)
"{}".format(1.0)
"{:5}|".format(1.5)
"{:.3}".format(3.14159)
"{:.1}".format(31.4159)
"{:10.3}|".format(3.14159)
"{:.3}".format(1e10)
"{:}".format(1e16)
"{:,}".format(1234.5)
"{:_}".format(12345.5)
"{:f}".format(inf)
"{:05}".format(inf)
"{}".format(nan)
"{:.2f}".format(nan)
"{:F}".format(inf)
"{:d}".format(1.0)
"{:x}".format(1.5)
"{:s}".format(1)
"{:.2}".format(5)
"{:z}".format(5)
"{:5 }".format(5)
"{:99999999999999999999}".format(1)
"{:{}}|".format("a", 5)
"{:{w}.{p}}|".format(3.14159, w=8, p=3)
"{:{0}}|".format(5)
"{0:{1}}|".format("a", 4)
"{:{:{}}}".format(1, 2, 3)
"{:>{w}}|".format("a", w=4)
"{}".format(none)
"{:5}".format(none)
"{:s}".format(none)
"{}".format([1])
"{:5}".format([1])
"{:>10}".format(d)
"{}".format(big)
"{:,}".format(big)
"{:x}".format(big)
"{:e}".format(big)
"{}".format(nope)
"{}".format(m)
"{!r}".format(m)
"{}".format(o)
"{:5}".format(o)
"{}".format(day)
"{:%Y/%m/%d}".format(day)
"{:%H:%M}".format(day)
"{0.year}".format(day)
"{}".format(by)
"{}".format((1, 2))
"{0[0]}".format((1, 2))
"{}{}{}".format(*"abc")
"{a}".format(**d)
"{}".format(1, 2, 3)
"{a}".format(a=1, b=2)
"{ }".format(1)
"{ 0}".format(1)
"{0 }".format(1)
"{00}".format(1)
"{-1}".format(1)
"{a b}".format(**{"a b": 1})
"{a-b}".format(**{"a-b": 1})
"日{}本".format("x")
"{:日>4}".format("x")
"{:4}|".format("日本")
"%s {}".format(1) % 2
"{:\x20>4}".format(1)
"{0:}".format("a")
"{:^+9.2f}|".format(2.5)
"{:*<+9,.1f}|".format(12345.67)
"{:#.3g}".format(1.0)
"{:.15g}".format(0.1)
"{:.17g}".format(0.1)
"{:010.3e}".format(-12345.678)
"{:>08.1%}".format(0.5)
"{:5d}|{:<5d}|{:^5d}|".format(1, 2, 3)
"""
cases.expressions("format", FORMAT)
cases.expressions("format in the sandbox", "\n".join(FORMAT.strip().split("\n")[:60]), sandboxed=True)
cases.expressions("format_map", r"""
"{a}".format_map(d)
"{b[c]}".format_map(d)
"{z}".format_map(d)
"{}".format_map(d)
"{0}".format_map(l)
"{a}".format_map(5)
"{a}".format_map()
""")
