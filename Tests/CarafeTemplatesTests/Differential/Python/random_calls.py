"""Random calls of methods, operators and formats of Python's built-in types."""

import datetime
import unicodedata

import jinja2
from markupsafe import Markup

ALPHABET = "aabbcAB  ,.-:{}[]!%<>&'\"\\\t\n\r\x1c\x85\u2028éßİıΣςǅﬁ€😀٣²\u0301\u200b_0129"


def text(r, longest=8):
    return "".join(r.choice(ALPHABET) for _ in range(r.randrange(longest)))


def character(r):
    """Any character that Unicode 14 knows."""
    while True:
        c = chr(r.randrange(0x20000) if r.random() < 0.9 else r.randrange(0x110000))
        if unicodedata.category(c) not in ("Cs", "Cn"):
            return c


def integer(r):
    return r.choice([
        r.randrange(-3, 12), r.randrange(-1000, 1000), r.randrange(-(2**70), 2**70), 2 ** r.randrange(200), True, False,
        10 ** r.randrange(30),
    ])


def real(r):
    return r.choice([
        r.uniform(-10, 10), r.gauss(0, 1) * 10.0 ** r.randrange(-320, 300), round(r.uniform(-1000, 1000), r.randrange(4)),
        r.randrange(-4000, 4000) / 8, float(r.randrange(10**17)), float("inf"), float("-inf"), float("nan"), 0.0, -0.0,
    ])


def scalar(r):
    return r.choice([text, text, integer, integer, real, lambda r: Markup(text(r)), lambda r: None,
                     lambda r: jinja2.Undefined(name="u"), lambda r: text(r).encode()])(r)


def value(r, depth=2):
    if depth == 0 or r.random() < 0.7:
        return scalar(r)
    kind = r.randrange(3)
    if kind == 0:
        return [value(r, depth - 1) for _ in range(r.randrange(4))]
    if kind == 1:
        return tuple(value(r, depth - 1) for _ in range(r.randrange(4)))
    return {r.choice([text(r, 3), r.randrange(5)]): value(r, depth - 1) for _ in range(r.randrange(4))}


def specification(r):
    spec = ""
    if r.random() < 0.4:
        spec += r.choice(["", "*", "é", "0", " "]) + r.choice("<>=^")
    if r.random() < 0.2:
        spec += r.choice("+- ")
    if r.random() < 0.05:
        spec += "z"
    if r.random() < 0.2:
        spec += "#"
    if r.random() < 0.2:
        spec += "0"
    if r.random() < 0.5:
        spec += str(r.randrange(30))
    if r.random() < 0.2:
        spec += r.choice(",_")
    if r.random() < 0.4:
        spec += "." + str(r.randrange(25))
    if r.random() < 0.8:
        spec += r.choice("sdbcoxXeEfFgGn%ddffgq")
    return spec


def printf(r):
    out = ""
    for _ in range(r.randrange(1, 4)):
        out += r.choice(["", "a", "%%", "é", "<"])
        out += "%" + r.choice(["", "", "", "(a)", "(b)", "(("])
        out += "".join(r.choice("-+ #0") for _ in range(r.randrange(3)))
        out += r.choice(["", "", str(r.randrange(20)), "*"]) + r.choice(["", "", "." + str(r.randrange(12)), ".*", "."])
        out += r.choice("sssrraddiiuoxXeEfFgGc%q" + r.choice(["", "l"]))
    return out


def field(r, depth=2):
    name = r.choice(["", "", "", "0", "1", "2", "a", "b", "0[0]", "a[k]", "1.real", "0.x", "a.b", "[0]", " 0", "0[", "0]", "a[]"])
    out = "{" + name
    if r.random() < 0.25:
        out += "!" + r.choice("srax")
    if r.random() < 0.5:
        out += ":" + (field(r, depth - 1) if depth and r.random() < 0.15 else specification(r))
    return out + ("}" if r.random() < 0.98 else "")


def template(r):
    return "".join(r.choice([field(r), text(r, 3).replace("{", "").replace("}", ""), "{{", "}}"])
                   for _ in range(r.randrange(1, 5)))


def position(r):
    return r.choice([None, integer(r), r.randrange(-6, 7), r.randrange(-6, 7), text(r, 2)])


def text_call(r):
    receiver = r.choice([text(r, 20), Markup(text(r, 20)), text(r, 20)])
    plain = ["upper", "lower", "title", "capitalize", "swapcase", "casefold", "isalpha", "isdigit", "isdecimal",
             "isnumeric", "isalnum", "isascii", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable"]
    kind = r.randrange(11)
    part = r.choice([text(r, 3), text(r, 2), receiver[1:3], scalar(r)])
    if kind == 0:
        if r.random() < 0.6:
            receiver = "".join(character(r) for _ in range(r.randrange(1, 4)))
        return r.choice(plain), receiver
    if kind == 1:
        return r.choice(["find", "rfind", "index", "rindex", "count", "startswith", "endswith"]), receiver, part, \
            *[position(r) for _ in range(r.randrange(3))]
    if kind == 2:
        return r.choice(["split", "rsplit"]), receiver, r.choice([part, None]), *[integer(r)][: r.randrange(2)]
    if kind == 3:
        return "replace", receiver, part, r.choice([text(r, 3), scalar(r)]), *[integer(r)][: r.randrange(2)]
    if kind == 4:
        return r.choice(["strip", "lstrip", "rstrip"]), receiver, *[r.choice([text(r, 6), None, part])][: r.randrange(2)]
    if kind == 5:
        return r.choice(["partition", "rpartition", "removeprefix", "removesuffix"]), receiver, part
    if kind == 6:
        return "join", receiver, r.choice([[text(r, 3) for _ in range(4)], value(r), tuple(scalar(r) for _ in range(3))])
    if kind == 7:
        return r.choice(["center", "ljust", "rjust"]), receiver, r.randrange(-3, 40), *[r.choice(["*", "é", part])][: r.randrange(2)]
    if kind == 8:
        return r.choice(["zfill", "expandtabs"]), receiver, r.choice([r.randrange(-3, 30), scalar(r)])
    if kind == 9:
        return r.choice(["splitlines", "encode"]), receiver
    return "translate", receiver, {ord(c): r.choice([None, "x", 97, scalar(r)]) for c in text(r, 5)}


def list_call(r):
    receiver = r.choice([[r.randrange(4) for _ in range(6)], [value(r) for _ in range(4)], [text(r, 2) for _ in range(5)]])
    element = r.choice([r.randrange(4), value(r)])
    kind = r.randrange(7)
    if kind == 0:
        return r.choice(["append", "extend", "remove"]), receiver, element
    if kind == 1:
        return "insert", receiver, integer(r), element
    if kind == 2:
        return "pop", receiver, *[r.randrange(-7, 7)][: r.randrange(2)]
    if kind == 3:
        return r.choice(["sort", "reverse", "copy", "clear"]), receiver
    if kind == 4:
        return "count", receiver, element
    return "index", r.choice([receiver, tuple(receiver)]), element, *[r.randrange(-7, 7) for _ in range(r.randrange(3))]


def dict_call(r):
    receiver = {r.choice(["a", "b", "c", 1, 2, (1, "x")]): value(r) for _ in range(4)}
    key = r.choice(["a", "b", 1, 1.0, True, None, [], (1, "x"), value(r)])
    kind = r.randrange(4)
    if kind == 0:
        return r.choice(["get", "pop", "setdefault"]), receiver, key, *[value(r)][: r.randrange(2)]
    if kind == 1:
        return "update", receiver, r.choice([value(r), [("a", 1), ("z", 2)], {"a": 1}, ["ab", "cd"]])
    if kind == 2:
        return r.choice(["keys", "values", "items", "copy", "clear", "popitem"]), receiver
    return "fromkeys", receiver, value(r), value(r)


def number_call(r):
    if r.random() < 0.5:
        return r.choice(["bit_length", "bit_count", "conjugate", "as_integer_ratio"]), integer(r)
    return r.choice(["is_integer", "hex", "as_integer_ratio", "conjugate"]), real(r)


def format_call(r):
    kind = r.randrange(4)
    if kind == 0:
        return "formatted", r.choice([integer(r), real(r), real(r), text(r), value(r)]), specification(r)
    receiver = r.choice([str, str, Markup])
    if kind == 1:
        arguments = r.choice([scalar(r), value(r), (scalar(r), scalar(r)), (integer(r), real(r), text(r)),
                              {"a": scalar(r), "b": scalar(r)}])
        return "%", receiver(printf(r)), arguments
    if kind == 2:
        return "format_map", receiver(template(r)), {"a": {"k": scalar(r)}, "b": scalar(r)}
    return "format", receiver(template(r)), *[r.choice([scalar, value])(r) for _ in range(3)]


def zone(r):
    if r.random() < 0.5:
        return None
    seconds = r.choice([0, 3600, -5400, r.randrange(-86399, 86400)])
    return datetime.timezone.utc if seconds == 0 else datetime.timezone(datetime.timedelta(seconds=seconds))


def delta(r):
    return datetime.timedelta(r.choice([r.randrange(-3, 3), r.randrange(-(10**6), 10**6), r.randrange(-(10**9) + 1, 10**9)]),
                              r.randrange(-(10**5), 10**5), r.choice([0, r.randrange(10**6)]))


def date(r):
    return datetime.date(r.choice([2024, r.randrange(1, 10000)]), 1, 1) + datetime.timedelta(r.randrange(365))


def clock(r):
    return datetime.time(r.randrange(24), r.randrange(60), r.choice([0, r.randrange(60)]), r.choice([0, r.randrange(10**6)]),
                         zone(r))


def moment(r):
    return datetime.datetime.combine(date(r), clock(r))


def time_format(r):
    directives = "aAbBcdHIjmMpSUwWxXyYZzf%GuVCDeFghnRrtTklP"
    return "".join(r.choice(["%" + r.choice(["", "", "-", "_", "0", "^", "#", "5"]) + r.choice(directives), text(r, 3)])
                   for _ in range(r.randrange(5)))


def time_call(r):
    kind = r.randrange(5)
    receiver = r.choice([date, clock, moment, delta])(r)
    if kind == 0:
        return r.choice(["formatted", "strftime"]), r.choice([date, clock, moment])(r), time_format(r)
    if kind == 1:
        return r.choice(["str", "repr"]), receiver
    if kind == 2:
        other = r.choice([date, clock, moment, delta, type(receiver).__name__ == "timedelta" and delta or moment])(r)
        return r.choice(["+", "-", "<", "==", "/", "//", "%"]), receiver, other
    if kind == 3:
        return r.choice(["*", "/", "//", "<"]), delta(r), r.choice([integer, real])(r)
    return r.choice([
        ("weekday", date(r)), ("isocalendar", date(r)), ("toordinal", date(r)), ("ctime", date(r)),
        ("isoformat", moment(r)), ("isoformat", clock(r)), ("isoformat", moment(r), " ", r.choice(["milliseconds", "minutes"])),
        ("replace", date(r), r.randrange(1, 10001), r.randrange(1, 14), r.randrange(1, 32)),
        ("timestamp", moment(r).replace(tzinfo=datetime.timezone.utc)), ("total_seconds", delta(r)),
        ("astimezone", moment(r).replace(tzinfo=datetime.timezone.utc), datetime.timezone(datetime.timedelta(hours=r.randrange(-12, 12)))),
    ])


def random_call(r):
    return r.choice([time_call, text_call, text_call, list_call, dict_call, number_call, format_call, format_call, format_call])(r)
