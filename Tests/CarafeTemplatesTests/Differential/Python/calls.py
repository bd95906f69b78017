"""The calls that are recorded: written as Python, taken apart into receiver, function and arguments."""

import ast
import datetime

import jinja2
from markupsafe import Markup

U = jinja2.Undefined(name="u")
INF = float("inf")
NAN = float("nan")
D = datetime.datetime
A = datetime.date
T = datetime.time
E = datetime.timedelta
UTC = datetime.timezone.utc


def Z(minutes, seconds=0):
    return datetime.timezone(E(minutes=minutes, seconds=seconds))


NAMES = dict(globals())
OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.In: "in",
}


def evaluate(node):
    return eval(compile(ast.Expression(node), "calls", "eval"), NAMES)


def parse(line):
    """The function, its arguments with the receiver first, and its named arguments."""
    node = ast.parse(line, mode="eval").body
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)], [evaluate(node.left), evaluate(node.right)], {}
    if isinstance(node, ast.Compare):
        return OPERATORS[type(node.ops[0])], [evaluate(node.left), evaluate(node.comparators[0])], {}
    if isinstance(node, ast.Attribute):
        return "attribute", [evaluate(node.value), node.attr], {}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        arguments = [evaluate(node.func.value), *map(evaluate, node.args)]
        named = {}
        for keyword in node.keywords:
            named.update({keyword.arg: evaluate(keyword.value)} if keyword.arg else evaluate(keyword.value))
        return node.func.attr, arguments, named
    if isinstance(node, ast.Call) and node.func.id in ("format", "repr", "str"):
        return {"format": "formatted"}.get(node.func.id, node.func.id), list(map(evaluate, node.args)), {}
    raise ValueError(line)


LINES = []
for name in ("text", "formats", "values", "times"):
    with open(__file__.replace("calls.py", f"calls_{name}.txt"), encoding="utf-8") as file:
        LINES += [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]

CALLS = [parse(line) for line in LINES]

TEXTS = [
    "", "a", "A", "hello world", "Hello World", "HELLO", "they're bill's", "ß", "ŉ", "ǆ", "ǅx", "ΑΣ", "ΑΣ.", "ΣΑ", "Α'Σ", "İ", "ı",
    "ﬁ ﬂ", "ὀδυσσεύς", "ΟΔΥΣΣΕΎΣ", "\u0345", "ᾳ", "ᾼ", "ẞ", "123", "١٢٣", "²³", "½", "五", "a1", "a_1", "_", "1a", " \t\n", "\u2003",
    "\u200b", "é", "e\u0301", "ªº", "Ⅷ", "ⓐ", "ꭰ", "Ꭰ", "a\x00", "\xad", "a b", "😀", "ﷺ", "℮", "·", "ͺ", "ￃ", "Q\u0308w", "𝐀𝐛", "ⅷ",
]
PLAIN = [
    "upper", "lower", "title", "capitalize", "swapcase", "casefold", "isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum",
    "isascii", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable",
]
CALLS += [(method, [text], {}) for text in TEXTS for method in PLAIN]

NUMBERS = [0, 1, -1, 42, -1234567, 2**64, -(10**30), True]
FLOATS = [
    0.0, -0.0, 1.0, -1.5, 2.5, 0.1, 2.675, 1234567.891, 1e15, 1e16, 123456789012345680.0, 1e22, 1.7976931348623157e308, 5e-324,
    0.00001234, 99999.95, 9.5, 0.5, 1.5, INF, -INF, NAN,
]
INTEGER_SPECIFICATIONS = ["", "d", "5", "<8", ">8", "^8", "=8", "*^9", "08", "+", " ", "-d", ",", "_", "015,", "+016_", "x", "#x", "X", "#X", "o",
    "#o", "b", "#b", "_b", "#_x", "#020_x", "n", ".2f", "e", "g", "%", ",.1f", "010.1f", "é>7", "z.1f"]
FLOAT_SPECIFICATIONS = ["", "f", ".0f", ".1f", ".2f", ".20f", "e", ".0e", ".3e", "g", ".0g", ".1g", ".3g", ".17g", "G", "E", "F", "n", "%", ".0%", ".3", ".1", ".20",
    "#.0f", "#.0e", "#.3g", "#g", "#", "+", " .2f", "08.2f", "012,.2f", "<10.1f", "^10.1f", "=10.1f", ",", "_.3f", "z.0f", "10", "010"]
CALLS += [("formatted", [value, spec], {}) for value in NUMBERS for spec in INTEGER_SPECIFICATIONS]
CALLS += [("formatted", [value, spec], {}) for value in FLOATS for spec in FLOAT_SPECIFICATIONS]
PRINTF_INTEGERS = ["%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%#X", "%o", "%#o", "%.5d", "%08.3x", "%#-12x|", "%#012x", "%s", "%r", "%5s", "%i", "%u", "%.2f", "%e"]
PRINTF_FLOATS = ["%f", "%.0f", "%.1f", "%.2f", "%.20f", "%e", "%.0e", "%g", "%.0g", "%.3g", "%#g", "%G", "%#.0f", "%+f", "% e", "%012.3f", "%-12.3f|", "%d", "%s", "%r"]
CALLS += [("%", [text, value], {}) for value in NUMBERS for text in PRINTF_INTEGERS]
CALLS += [("%", [text, value], {}) for value in FLOATS for text in PRINTF_FLOATS]
