"""Values as Python prints them: str and repr, floats, containers, dates."""

from catalog import Subject

cases = Subject()

STRINGS = ["it's", 'say "hi"', "both ' and \"", "back\\slash", "tab\tnew\nline\rcr", "\x00\x01\x1f\x7f", "\x80\x9f\xa0\xad", "é日本🎈",
           "\u200b\u200d\u2028\u2029\ufeff", "\u0300e\u0301", "\ue000\uffff", "\U0001F600\U000E0001\U0010FFFF", "", " ", "\u0378\u0530", "ǆ ﬁ ß",
           "\u00ab\u00bb", "\u3000\u2003", "{{ x }}", "a" * 100]
for string in STRINGS:
    cases.template(f"strings: {string[:20]!r}", "{{ x }}|{{ [x] }}|{{ x|length }}", {"x": string})
FLOATS = ["0", "-0.0", "1", "1.5", "0.1", "1e15", "1e16", "123456789012345680", "1e17", "1.5e16", "9999999999999998", "1e-4", "0.00001", "1.5e-5",
          "0.000123", "1e21", "1e22", "1e23", "1e100", "1.7976931348623157e308", "5e-324", "2.2250738585072014e-308", "inf", "-inf", "nan",
          "3.141592653589793", "2.718281828459045", "0.30000000000000004", "1e300", "100", "1000000", "123456.789", "4.35", "2.675", "1e-7", "-1e-7",
          "9007199254740993", "0.1e-6", "12345678.12345678", "1.0000000000000002", "4.9406564584124654e-324", "8.98846567431158e307"]
for value in FLOATS:
    cases.template(f"floats: {value}", "{{ x }} {{ [x] }} {{ x|string|length }} {{ '%s %r' % (x, x) }} {{ '{}'.format(x) }} {{ x|tojson }}",
                   {"x": {"$float": value}})
for value in ("0", "-1", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "-9223372036854775809",
              "18446744073709551616", "340282366920938463463374607431768211456", "1" + "0" * 100, "-" + "9" * 77):
    cases.template(f"integers: {value[:40]}", "{{ x }} {{ [x] }} {{ x + 1 }} {{ x - 1 }} {{ x * x }} {{ x // 7 }} {{ x % 7 }} {{ -x }} {{ x|tojson }} "
                   "{{ '%d|%x|%o|%5d' % (x, x, x, x) }} {{ '{:,}|{:x}|{:b}'.format(x, x, x) }}", {"x": {"$int": value}})
VALUES = {
    "none": None, "true": True, "false": False, "integer": 42, "list": [1, "a", None, True, 1.5], "nested": [[1], [[2]], []],
    "tuple": {"$tuple": [1, "a"]}, "tuple of one": {"$tuple": [1]}, "empty tuple": {"$tuple": []}, "dictionary": {"a": 1, "b": [2, {"c": None}]},
    "empty": {}, "keys": {"$dict": [[1, "a"], [None, "b"], [{"$tuple": [1, 2]}, "c"], [1.5, "d"], [True, "e"]]},
    "markup": {"$markup": "<b>'\"</b>"}, "list of markup": [{"$markup": "<b>"}, "<b>"], "object": {"$object": {"class": "User", "attributes": {}}},
    "list of objects": [{"$object": {"class": "User", "attributes": {}}}], "undefined": {"$undefined": {"name": "u"}},
    "list of undefined": [{"$undefined": {"name": "u"}}], "bytes": {"$bytes": "caf\u00e9\x00\n\t\\'\"~\x7f"}, "bytes with a quote": {"$bytes": "it's"},
    "date": {"$date": "2024-03-05"}, "datetime": {"$datetime": "2024-03-05T07:08:09"}, "microseconds": {"$datetime": "2024-03-05T07:08:09.000120"},
    "zone": {"$datetime": "2024-03-05T07:08:09+02:00"}, "utc": {"$datetime": "2024-03-05T07:08:09+00:00"}, "time": {"$time": "07:08:09"},
    "list of dates": [{"$date": "2024-03-05"}, {"$datetime": "2024-03-05T07:08:09"}, {"$datetime": "2024-03-05T07:08:09.5+02:00"},
                      {"$datetime": "2024-03-05T00:00:00"}, {"$time": "07:08"}],
    "html": {"$object": {"class": "Widget", "html": "<i>"}}, "long list": list(range(50)), "string list": ["it's", 'a"b', "c'd\"e", "f\ng"],
    "negative": -5, "mixed keys": {"$dict": [["a", 1], [1, "a"], ["it's", {"$float": "inf"}]]},
}
for name, value in VALUES.items():
    for form in ("{{ x }}", "{{ [x] }}", "{{ (x,) }}", "{{ {'k': x} }}", "{{ x|string }}", "{{ x ~ '|' }}", "{{ '%s' % [x] }}", "{{ '%r' % (x,) }}",
                 "{{ '{}'.format(x) }}", "{{ '{!r:>10}'.format(x) }}"):
        cases.template(f"{name}: {form}", form, {"x": value})
    cases.template(f"{name}, escaped", "{{ x }} {{ [x] }}", {"x": value}, autoescape=True)
cases.expressions("globals and others", r"""
range(3)
range(1, 10, 2)
namespace()
namespace(a=1, b="x")
cycler("a", "b").items
{}.items()
{}.keys()
{}.values()
{"a": 1}.items()
{"a": 1}.keys()
{"a": "x"}.values()
{"a": 1}.items()|string
[{"a": 1}.keys()]
range
dict
cycler
joiner
namespace
true.real
1 == 1, 1 != 1
""")
for name, option in {"none": "none", "brackets": "brackets"}.items():
    for source in ("{{ x }}|{{ none }}|{{ 'a' }}|{{ 1 }}text{{ nope }}", "{{ x ~ none }}{{ [none] }}", "{% set a %}{{ none }}{% endset %}{{ a }}",
                   "{% macro m() %}{{ none }}{% endmacro %}{{ m() }}", "{% for i in [1, none] %}{{ i }}{% endfor %}", "{% print none, 1 %}",
                   "{% block b %}{{ none }}{% endblock %}", "{{ '<' }}{{ '<'|safe }}", "{{ 1 if false }}"):
        cases.template(f"finalize {name}: {source}", source, {"x": None}, finalize=option)
        cases.template(f"finalize {name}, escaped: {source}", source, {"x": None}, finalize=option, autoescape=True)
DATES = {"day": {"$date": "2024-03-05"}, "at": {"$datetime": "2024-03-05T07:08:09.123456"}, "zoned": {"$datetime": "2024-12-31T23:59:59+05:30"},
         "time": {"$time": "07:08:09"}, "old": {"$date": "0987-01-02"}, "sunday": {"$date": "2023-01-01"}}
for name in DATES:
    cases.expressions(f"dates: {name}", "\n".join(f"{name}.{rest}" for rest in (
        "isoformat()", "year", "month", "hour", "minute", "microsecond", "strftime('%Y-%m-%d %H:%M:%S')", "strftime('%a %A %b %B %d %j')",
        "strftime('%I:%M %p %y %U %W %w %%')", "strftime('%f %Z %z')", "strftime('%-d %e %D %F %T %R')", "weekday()", "isoweekday()", "isocalendar()",
        "replace(year=2000)", "date()", "time()", "ctime()", "timetuple().tm_yday", "nope", "strftime('')", "strftime('%c | %x | %X')",
        "toordinal()", "tzinfo", "utcoffset()", "isoformat(' ')", "isoformat(timespec='minutes')", "strftime('é %Y')", "timestamp()" if name == "zoned" else "day",
    )), {name: DATES[name]})
cases.expressions("dates: signs", "-(day - sunday)\n+(day - sunday)\n-(sunday - day)\n(sunday - day)|abs\n(day - sunday)|abs\n-day\n+day\n-at\n-time\nday|abs\n"
                  "-(at - at)\n(-(day - sunday)).days\n- -(day - sunday)\n-nope\n+nope\n-l\n+'a'\n-{}\n-none", {**DATES, "l": [1]})
cases.expressions("dates: operators", "day < sunday\nday == day\nday > at\n[day, sunday]|sort\n[day, sunday]|max\nday - sunday\n(day - sunday).days\n"
                  "at - at\nday|string\nday ~ ''\n'%s' % day\n'{}'.format(day)\n'{:%d/%m/%Y}'.format(day)\n'{:%H:%M}'.format(at)\n{day: 1}[day]\n"
                  "day in [day]\nday is string\nday is number\nday is iterable\nday|tojson\nday|length\nday + 1\nday.year + 1\nday|upper\nday[0]\nday.isoformat()[:4]", DATES)
