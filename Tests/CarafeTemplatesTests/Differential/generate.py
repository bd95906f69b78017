"""Prints random templates and what Jinja2 makes of them, a case a line (see oracle.py): generate.py SEED COUNT

The templates come from a grammar of statements, expressions, filters and tests over one context. What prints an address
or exhausts Python is left out, so fewer than COUNT lines may come.
"""

import random
import re
import sys

from oracle import answer, as_line

CONTEXT = {
    "a": 7, "b": -3, "f": 2.5, "z": 0, "t": True, "n": None, "s": "Hello wörld", "e": "", "h": "<b>&'\"</b>", "m": {"$markup": "<i>x</i>"},
    "l": [3, 1, 2], "w": ["b", "A", "c", "a"], "d": {"x": 1, "y": "two", "k": [1, 2]}, "tu": {"$tuple": [1, "x"]}, "p": [[1, "a"], [2, "b"]],
    "us": [{"name": "ada", "age": 36}, {"name": "Bob", "age": 20}, {"name": "cy", "age": 20}], "o": {"$object": {"class": "User", "attributes": {"name": "eve", "n": 3}}},
    "big": {"$int": "123456789012345678901"},
}
NAMES = list(CONTEXT) + ["q", "nope"]
ATTRIBUTES = ["x", "y", "k", "name", "age", "items", "nope", "0", "1"]
BINARY = ["+", "-", "*", "/", "//", "%", "~", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "and", "or"]
ARITHMETIC = ["+", "-", "*", "/", "//", "%", "<", ">=", "=="]
SAFE_BINARY = ["~", "==", "!=", "and", "or"]
SIZED = ["l", "w", "s", "d", "us", "m"]
SUMMED = ["l", "range(5)", "us|map(attribute='age')"]
FILTERS = [
    "upper", "lower", "title", "capitalize", "length", "first", "last", "join", "join(',')", "list", "sort", "sort(reverse=true)", "reverse|list", "unique|list",
    "default('x')", "default('x', true)", "int", "float", "abs", "round", "round(1)", "string", "trim", "replace('a', 'b')", "replace('l', '<', 1)", "e", "safe",
    "forceescape", "tojson", "truncate(5)", "truncate(4, true, '..', 0)", "center(9)", "indent(2)", "wordwrap(4)", "wordcount", "striptags", "urlencode", "batch(2)|list",
    "slice(2)|list", "map('string')|list", "map('upper')|join('-')", "select|list", "reject('none')|list", "select('odd')|list", "sum", "max", "min", "dictsort",
    "items|list", "map(attribute='name')|list", "selectattr('age', 'gt', 20)|list", "groupby('age')|list", "sort(attribute='age')|map(attribute='name')|join(' ')",
    "xmlattr", "format(1)", "pprint", "attr('name')", "filesizeformat", "count", "urlize", "map('default', 'x')|list", "sum(attribute='age')",
]
TESTS = ["defined", "undefined", "none", "string", "number", "mapping", "sequence", "iterable", "odd", "even", "divisibleby 3", "eq 1", "in [1, 2]", "true", "false",
         "boolean", "integer", "float", "callable", "escaped", "lower", "upper", "sameas none", "gt 2", "lt(5)", "ne 'x'"]
METHODS = [".upper()", ".split()", ".split('l')", ".strip()", ".replace('l', 'L')", ".startswith('H')", ".find('o')", ".title()", ".get('x')", ".get('z', 0)",
           ".items()|list", ".keys()|list", ".values()|list", ".count(1)", ".index(1)", ".copy()", ".format(1, a)", ".join(w)", ".zfill(4)", ".isdigit()", ".rsplit('o', 1)",
           ".partition('o')", ".encode()", ".bit_length()"]
TEXTS = ["text", " ", "\n", "  \n  ", "<p>", "é日", "{ ", "} ", "% ", "# ", "a\tb"]


class Grammar:
    """Draws templates; `depth` bounds how far they nest."""

    def __init__(self, rng):
        self.rng = rng
        self.names = list(NAMES)
        self.macros = []
        self.loops = 0
        self.blocks = 0
        self.captures = 0
        self.sections = 0

    def one(self, *choices):
        return self.rng.choice(choices)()

    def literal(self):
        rng = self.rng
        return rng.choice([
            str(rng.randrange(-3, 20)), str(rng.randrange(2**62, 2**65)), f"{rng.randrange(100)}.{rng.randrange(100)}", "1e3", "0x1f", "true", "false", "none",
            "'x'", "'it\\'s'", '"<a>"', '"é\\n日"', "''", "' b '", '"a,b"', "[]", "{}", "()",
        ])

    def name(self):
        if self.loops and self.rng.random() < 0.2:
            return "loop." + self.rng.choice(["index", "index0", "first", "last", "length", "revindex", "previtem", "nextitem", "cycle('a', 'b')", "changed(a)", "depth"])
        return self.rng.choice(self.names)

    def postfix(self, depth):
        rng, base = self.rng, self.one(self.name, lambda: "(" + self.expression(depth - 1) + ")", self.name)
        kind = rng.random()
        if kind < 0.4:
            attribute = rng.choice(ATTRIBUTES)
            return f"{base}.{attribute}" if rng.random() < 0.6 else f"{base}[{attribute!r}]"
        if kind < 0.6:
            return f"{base}[{self.expression(depth - 1)}]"
        if kind < 0.75:
            parts = [rng.choice(["", "1", "-1", "2", "0", "-2"]) for _ in range(rng.choice([2, 2, 3]))]
            if len(parts) == 3 and parts[2] == "0":
                parts[2] = "-1"
            # Of a name: Jinja2 slices constants by other rules, which make undefined values of errors.
            return f"{rng.choice(self.names)}[{':'.join(parts)}]"
        return base + rng.choice(METHODS)

    def expression(self, depth):
        rng = self.rng
        if depth <= 0:
            return self.one(self.literal, self.name, self.name)
        return self.one(
            self.literal, self.name, lambda: self.postfix(depth),
            lambda: f"{self.expression(depth - 1)} {rng.choice(BINARY)} {self.expression(depth - 1)}",
            lambda: f"{self.number(depth - 1)} {rng.choice(ARITHMETIC)} {self.number(depth - 1)}",
            lambda: f"{self.number(depth - 1)} {rng.choice(ARITHMETIC)} {self.number(depth - 1)}",
            lambda: f"{self.expression(depth - 1)} {rng.choice(SAFE_BINARY)} {self.expression(depth - 1)}",
            lambda: f"{self.expression(depth - 1)}|{rng.choice(FILTERS)}", lambda: f"{self.name()}|{rng.choice(FILTERS)}|{rng.choice(FILTERS)}",
            lambda: f"{self.expression(depth - 1)} is {rng.choice(['', '', 'not '])}{rng.choice(TESTS)}",
            lambda: f"{rng.choice(['not ', '-', '+', '-'])}{self.expression(depth - 1)}",
            lambda: f"({self.expression(depth - 1)})",
            lambda: f"{self.expression(depth - 1)} if {self.expression(depth - 1)}" + rng.choice(["", f" else {self.expression(depth - 1)}"]),
            lambda: f"[{', '.join(self.expression(depth - 1) for _ in range(rng.randrange(4)))}]",
            lambda: f"({', '.join(self.expression(depth - 1) for _ in range(rng.randrange(2, 4)))})",
            lambda: "{" + ", ".join(f"{key!r}: {self.expression(depth - 1)}" for key in rng.sample(["x", "y", "k"], rng.randrange(3))) + "}",
            lambda: f"'{rng.choice(['%s', '%r', '%-6s|'])}' % ({self.expression(depth - 1)},)",
            lambda: f"'{rng.choice(['%d', '%5.1f', '%x', '%+d', '%e', '%g', '%05d'])}' % ({self.number(depth - 1)})",
            lambda: f"'{rng.choice(['{}', '{!r}', '{0}{0}'])}'.format({self.expression(depth - 1)})",
            lambda: f"'{rng.choice(['{:,}', '{:>8}', '{:.2f}', '{:e}', '{:+}'])}'.format({self.number(depth - 1)})",
            lambda: f"range({rng.randrange(-1, 5)})|list", lambda: self.call(depth),
        )

    def number(self, depth):
        """An expression that is mostly a number."""
        rng = self.rng
        if depth <= 0:
            return rng.choice(["a", "b", "f", "z", "t", "big", "o.n", "d.x", "l[0]", "us[0].age", str(rng.randrange(-9, 99)), f"{rng.randrange(9)}.{rng.randrange(99)}"])
        return self.one(
            lambda: self.number(0), lambda: f"({self.number(depth - 1)} {rng.choice(ARITHMETIC[:6])} {self.number(depth - 1)})", lambda: f"-{self.number(0)}",
            lambda: f"{self.number(0)}|{rng.choice(['abs', 'round', 'round(1)', 'int', 'float', 'filesizeformat|length'])}",
            lambda: f"{rng.choice(SIZED)}|length", lambda: f"{rng.choice(SUMMED)}|sum",
            lambda: f"{self.number(0)} ** {rng.randrange(3)}")

    def test(self, depth):
        """An expression for a condition, where a conditional one has to stand in parentheses."""
        expression = self.expression(depth)
        return f"({expression})" if " if " in expression else expression

    def call(self, depth):
        if not self.macros:
            return self.name()
        name, parameters = self.rng.choice(self.macros)
        given = [self.expression(depth - 1) for _ in range(self.rng.randrange(len(parameters) + 1))]
        return f"{name}({', '.join(given)})"

    def tag(self, body):
        sign = self.rng.choices(["", "-", "+"], [8, 1, 1])
        end = self.rng.choices(["", "-", "+"], [8, 1, 1])
        return f"{{%{sign[0]} {body} {end[0]}%}}"

    def output(self, depth):
        return f"{{{{{self.rng.choice(['', '', '', '-'])} {self.expression(depth)} {self.rng.choice(['', '', '', '-'])}}}}}"

    def scoped(self, depth, names=(), loop=False):
        """A body within which names are known."""
        saved, self.loops = (list(self.names), list(self.macros), self.loops), self.loops + 1 if loop else self.loops
        self.names += names
        result = self.body(depth)
        self.names, self.macros, self.loops = saved
        return result

    def loop(self, depth):
        rng = self.rng
        target = rng.choice(["i", "j", "a", "x"])
        iterable = rng.choice(["l", "w", "us", "s", "d", "[1, 2]", "range(3)", "p", "nope", "e", "tu", "d.items()", "l|map('string')", "w|sort", "(l)"])
        if iterable in ("p", "d.items()") and rng.random() < 0.7:
            target = "i, j"
        condition = rng.choice(["", "", "", f" if {self.test(1)}"])
        body = self.scoped(depth - 1, target.split(", "), loop=True)
        otherwise = rng.choice(["", "", self.tag("else") + self.body(depth - 1)])
        return self.tag(f"for {target} in {iterable}{condition}") + body + otherwise + self.tag("endfor")

    def condition(self, depth):
        parts = [self.tag("if " + self.test(2)), self.body(depth - 1)]
        if self.rng.random() < 0.3:
            parts += [self.tag("elif " + self.test(2)), self.body(depth - 1)]
        if self.rng.random() < 0.5:
            parts += [self.tag("else"), self.body(depth - 1)]
        return "".join(parts) + self.tag("endif")

    def assignment(self, depth):
        name = self.rng.choice(["q", "r", "a", "s"])
        result = self.one(
            lambda: self.tag(f"set {name} = {self.expression(2)}"), lambda: self.tag(f"set {name} = {self.expression(1)}"),
            lambda: self.tag(f"set {name}") + self.captured(lambda: self.body(depth - 1)) + self.tag("endset"),
            lambda: self.tag(f"set {name} | {self.rng.choice(['upper', 'trim', 'length', 'e'])}")
            + self.captured(lambda: self.body(depth - 1)) + self.tag("endset"),
            lambda: self.tag(f"set {name}, r = {self.expression(1)}, {self.expression(1)}"),
        )
        self.names.append(name)
        return result

    def macro(self, depth):
        name = self.rng.choice(["m1", "m2"])
        parameters = self.rng.sample(["u", "v", "a"], self.rng.randrange(3))
        signature = ", ".join(parameters[:1] + [f"{each}={self.expression(0)}" for each in parameters[1:]])
        special = self.rng.choice(["", "", "{{ varargs }}", "{{ kwargs }}", "{{ caller() if caller }}"])
        # A macro that called others, or itself, might never end.
        macros, self.macros = self.macros, []
        body = self.captured(lambda: self.scoped(depth - 1, parameters))
        self.macros = [each for each in macros if each[0] != name] + [(name, parameters)]
        return self.tag(f"macro {name}({signature})") + body + special + self.tag("endmacro")

    def call_block(self, depth):
        if not self.macros:
            return self.output(1)
        name, parameters = self.rng.choice(self.macros)
        body = self.captured(lambda: self.scoped(depth - 1))
        return self.tag(f"call {name}({', '.join(self.expression(0) for _ in parameters)})") + body + self.tag("endcall")

    def section(self, depth):
        """An autoescape section, without blocks: there Jinja2 has two opinions on whether to escape."""
        self.sections += 1
        body = self.scoped(depth - 1)
        self.sections -= 1
        return self.tag(f"autoescape {self.rng.choice(['true', 'false', 't', 'z'])}") + body + self.tag("endautoescape")

    def block(self, depth):
        if self.sections:
            return self.output(2)
        self.blocks += 1
        name = f"b{self.blocks}"
        body = self.scoped(depth - 1)
        return self.tag(f"block {name}{self.rng.choice(['', '', ' scoped'])}") + body + self.tag("endblock")

    def include(self):
        choices = ["include 'part'", "include 'gone' ignore missing", "include ['gone', 'part']"]
        # Jinja2 prints what is included without context before what surrounds it, where that is captured.
        return self.tag(self.rng.choice(choices if self.captures else [*choices, "include 'part' without context"]))

    def captured(self, draw):
        """What a function draws, within a tag that does not print its body at once."""
        self.captures += 1
        result = draw()
        self.captures -= 1
        return result

    def statement(self, depth):
        rng = self.rng
        if depth <= 0:
            return self.one(lambda: self.output(2), lambda: rng.choice(TEXTS))
        return self.one(
            lambda: self.output(3), lambda: self.output(2), lambda: rng.choice(TEXTS), lambda: self.loop(depth), lambda: self.condition(depth),
            lambda: self.assignment(depth), lambda: self.macro(depth), lambda: self.call_block(depth), lambda: self.block(depth),
            # A literal, for Jinja2 knows no line of its own for what fails there.
            lambda: self.tag(f"with u = {self.literal()}") + self.scoped(depth - 1, ["u"]) + self.tag("endwith"),
            lambda: self.tag(f"filter {rng.choice(['upper', 'trim', 'title', 'lower', 'indent'])}")
            + self.captured(lambda: self.scoped(depth - 1)) + self.tag("endfilter"),
            lambda: self.section(depth),
            lambda: self.include(),
            lambda: rng.choice(["{# c #}", "{#- c -#}", "{% raw %}{{ a }}{% endraw %}"]),
        )

    def body(self, depth):
        return "".join(self.statement(depth) for _ in range(self.rng.randrange(1, 4)))


def template(rng, number):
    """A random case, without its answer."""
    grammar = Grammar(rng)
    source = grammar.body(rng.choice([1, 1, 2, 2, 3]))
    templates = {"main": source}
    if "'part'" in source:
        templates["part"] = rng.choice(["[{{ a }}{{ q }}]", "{% set a = 5 %}{{ a }}{{ h }}\n", "{% for i in l %}{{ loop.index }}{% endfor %}"])
    if rng.random() < 0.1:
        templates = {**templates, "main": "{% extends 'base' %}" + source,
                     "base": "<{% block b1 %}one{{ a }}{% endblock %}{% block b2 %}{{ h }}{% endblock %}{{ self.b1() }}>"}
    options = {}
    for option, chance in {"autoescape": 0.5, "trim_blocks": 0.3, "lstrip_blocks": 0.3, "keep_trailing_newline": 0.1}.items():
        if rng.random() < chance:
            options[option] = True
    if rng.random() < 0.2:
        options["undefined"] = rng.choice(["StrictUndefined", "ChainableUndefined", "DebugUndefined"])
    if rng.random() < 0.1:
        options["sandboxed"] = rng.choice([True, "immutable"])
    text = "\n".join(templates.values())
    context = {key: value for key, value in CONTEXT.items() if re.search(rf"\b{key}\b", text)}
    case = {"name": f"random {number}", "templates": templates, "context": context, "options": options}
    return {key: value for key, value in case.items() if value}


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    for number in range(count):
        case = answer(template(random.Random(seed * 1_000_003 + number), f"{seed}/{number}"))
        line = as_line(case)
        exhausted = case.get("error", {}).get("class") in ("MemoryError", "RecursionError")
        if " at 0x" not in line and len(line) < 20_000 and not exhausted:
            print(line)


if __name__ == "__main__":
    main()
