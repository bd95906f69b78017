"""Prints what Jinja's filters give for random arguments: builtin_random.py SEED COUNT"""

import random
import string
import sys

from builtin_calls import M, Gen, U, f, write

pick = random.choice

LETTERS = ["a", "B", "é", "ß", "日", "Σ", "ǆ", "İ", "0", "9", "٣", "²", "_", "-", "--", ".", ",", "!", "?", "'", '"', "&", "<", ">", "(", ")",
           "[", "]", "{", "/", "%", "@", ":", ";", "#", "=", "+", "~", "|", "$", "\\", "*", "^", "`", "\x00", "\x7f", "\u200b", "\xad", "😀", "\ufeff"]
BLANKS = [" ", "  ", "\n", "\t", "\r\n", "\r", "\x0b", "\x1c", "\x85", "\u00a0", "\u2003", "\u2028"]
WORDS = ["foo", "Bar", "well-known", "x", "supercalifragilistic", "it's", "co-op-er", "ab--cd", "e-mail", "1-2", "naïve", "end.", "(so)"]
TAGS = ["<b>", "</b>", "<!--", "-->", "<", ">", "<!", "--", "<a href='x>y'>", "&amp;", "&lt", "&#60;", "&#x3C", "&eacute;", "&notit;", "&;", "&#", "<br/>"]
LINKS = ["http://", "https://", "www.", "example.com", "foo.", "org", "com", ".com", "mailto:", "me@", "x.y", "/path", "?q=1", "#f", ":80", ":", "127.0.0.1", "[::1]",
         "&lt;", "&gt;", "(", ")", ".", ",", "xn--", "a", "info", "tel:", "%20", "-", "_", "ſ", "K", "é"]


def text(*pools, most=12):
    return "".join(pick(pick(pools)) for _ in range(random.randint(0, most)))


def maybe_markup(s):
    return M(s) if random.random() < 0.3 else s


def number():
    return pick([
        random.randint(-20, 20), random.randint(-10**6, 10**6), random.randint(-10**30, 10**30), random.uniform(-10, 10),
        random.uniform(-1e6, 1e6), round(random.uniform(-100, 100), random.randint(0, 4)), random.randint(-999, 999) / 8,
        random.uniform(-1, 1) * 10 ** random.randint(-320, 308), random.randint(0, 200) * 0.5, True, 0.0, -0.0,
    ])


def scalar():
    return pick([None, True, False, number(), text(LETTERS, WORDS, BLANKS), maybe_markup(text(TAGS, LETTERS)), pick(WORDS)])


def value(depth=0):
    kind = random.random()
    if depth > 3 or kind < 0.5:
        return scalar()
    count = random.randint(0, 5)
    if kind < 0.7:
        return [value(depth + 1) for _ in range(count)]
    if kind < 0.8:
        return tuple(value(depth + 1) for _ in range(count))
    return {pick([text(WORDS, LETTERS, most=3), pick(WORDS)]): value(depth + 1) for _ in range(count)}


def items(count=8):
    kind = pick([lambda: random.randint(-5, 5), number, lambda: pick(WORDS), lambda: text(LETTERS, most=3), scalar,
                 lambda: (random.randint(0, 2), pick(WORDS)), lambda: {"k": random.randint(0, 3), "n": pick(WORDS)}])
    elements = [kind() for _ in range(random.randint(0, count))]
    return pick([elements, tuple(elements), Gen(*elements)])


FLAG = [True, False]


def strings():
    s = maybe_markup(text(WORDS, LETTERS, BLANKS, most=8))
    for name in ("upper", "lower", "capitalize", "title", "wordcount", "reverse", "trim", "escape", "urlencode", "first", "last", "string"):
        f(name, s)
    f("center", s, random.randint(0, 40))
    f("truncate", s, random.randint(3, 20), pick(FLAG), pick(["...", "", "…", "<"]), random.randint(0, 6))
    f("indent", s, pick([2, "> ", M("<")]), pick(FLAG), pick(FLAG))
    f("trim", s, text(LETTERS, most=4))
    f("replace", s, text(LETTERS, most=1), maybe_markup(text(LETTERS, most=2)), pick([None, 0, 1, 2, -1]), o=("l", "al"))


def layout():
    s = text(WORDS, WORDS, BLANKS, [" ", "-", "--", "!", "\u00a0"], most=30)
    f("wordwrap", s, random.randint(1, 20), pick(FLAG), pick([None, "|", M("<br>")]), pick(FLAG))
    f("pprint", value())
    f("pprint", {pick(WORDS): [value() for _ in range(5)], "s": text(WORDS, [" ", " ", "\n", "'", '"'], most=60)})


def markup():
    s = text(TAGS, LETTERS, BLANKS, most=15)
    f("striptags", s)
    f("forceescape", maybe_markup(s))
    f("urlize", text(LINKS, LINKS, LINKS, [" "], LETTERS, most=14), pick([None, 5, 15]), pick(FLAG), pick([None, "_top"]), None, pick([None, ["tel:"]]))
    f("xmlattr", {text(WORDS, LETTERS, most=2): scalar() for _ in range(3)}, pick(FLAG), o=("l", "al"))
    f("join", [maybe_markup(text(TAGS, most=2)) if pick(FLAG) else scalar() for _ in range(4)], maybe_markup(pick(["", "<", ", "])), o=("l", "al"))


def numbers():
    n = number()
    f("round", n, random.randint(-4, 8), pick(["common", "common", "ceil", "floor"]))
    f("round", n)
    f("int", n)
    f("float", n)
    f("abs", n)
    f("filesizeformat", n, pick(FLAG))
    digits = "".join(pick("0123456789abcxofFzZ_+- .eE١ ") for _ in range(random.randint(0, 7)))
    f("int", pick(["", "0x", "0b", "0o", "-"]) + digits, -1, pick([0, 2, 8, 10, 16, 36]))
    f("float", pick(["", "1", ".", "-"]) + digits, -1)
    f("sum", [number() for _ in range(4)])


def sequences():
    s = items()
    for name in ("sort", "unique", "min", "max"):
        f(name, s, pick(FLAG), *([pick(FLAG)] if name == "sort" else []), attribute=pick([None, None, "k", 0, "n,k" if name == "sort" else "n"]))
    f("groupby", s, pick(["k", 0, "n"]), pick([None, 1, "x"]), pick(FLAG))
    f("batch", s, random.randint(0, 4), pick([None, "-"]))
    f("slice", s, random.randint(1, 4), pick([None, "-"]))
    f("map", s, pick(["upper", "string", "abs", "length", "list", "tojson"]))
    f("map", s, attribute=pick(["k", "n", 0, "n.0"]), default=pick([None, "d"]))
    f(pick(["select", "reject"]), s, *pick([(), ("odd",), ("string",), ("gt", 1), ("in", [1, 2, "foo"])]))
    f(pick(["selectattr", "rejectattr"]), s, pick(["k", "n", 0]), *pick([(), ("eq", 1), ("defined",), ("lt", 2)]))
    f("dictsort", {pick([pick(WORDS), text(LETTERS, most=2)]): number() for _ in range(6)}, pick(FLAG), pick(["key", "value"]), pick(FLAG))
    f("sort", [random.randint(0, 20) for _ in range(random.randint(0, 200))], pick(FLAG))


def json_values():
    f("tojson", value(), pick([None, 0, 2, "\t"]))
    f("tojson", {pick([1, 2.5, None, True, "a", pick(WORDS)]): value() for _ in range(2)})
    f("urlencode", {text(WORDS, LETTERS, most=2): scalar() for _ in range(3)})
    f("list", value())
    f("string", value())


random.seed(int(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    for family in (strings, layout, markup, numbers, sequences, json_values):
        family()
write()
