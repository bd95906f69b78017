"""Prints random operations on values and what Python makes of them, as JSON lines: value_expressions.py SEED COUNT

Each line has the operation, its operands and either the "repr" of the result or the "error" and its "message". Values that
JSON has no word for are objects with one member, whose name says what it is: i (an integer in hexadecimal), f (a float in
hexadecimal), m (Markup), t (a tuple), d (a dict as pairs), r (a range), u (an undefined value: class and name).
The recorded vectors are `value_expressions.py 1 2500 > ../Vectors/value_expressions.jsonl`.
"""

import json
import operator
import random
import struct
import sys

from jinja2 import ChainableUndefined, DebugUndefined, StrictUndefined, Undefined
from markupsafe import Markup, escape

UNDEFINED = {c.__name__: c for c in (Undefined, ChainableUndefined, DebugUndefined, StrictUndefined)}
INTEGERS = [0, 1, -1, 2, -2, 3, 7, 10, -10, 255, 2**31, -(2**31), 2**53, 2**53 + 1, -(2**53) - 1, 2**62, 2**63 - 1,
            2**63, -(2**63), -(2**63) - 1, 2**64 - 1, 2**64, 2**64 + 1, -(2**64), 2**128 - 1, 10**18, 10**19, 10**22,
            10**23, 10**40, -(10**40), 10**308, 10**309, 3**700]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 1.5, 2.5, -2.5, 1e15, 1e16, 1e17, 9007199254740993.0, 123456789.125, 1e-4, 1e-5,
          1.1e-5, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e22, 1e23, 9.5e15, 9007199254740994.0, 1e100,
          2.0**63, -(2.0**63), 2.0**64, float("inf"), float("-inf"), 3.0, 7.0, 1 / 3]
TEXTS = ["", "a", "b", "ab", "abc", "A", "0", " ", "it's", 'say "hi"', "it's \"both\"", "<b>&amp;</b>", "\n\t\r\\", "\x00\x1f\x7f",
         "é", "e\u0301", "日本語", "\u200b\u2028\ufeff", "🎈x", "\ue000", "\xa0\xad", "a" * 20, "aab" * 7, "\U000e0001", "\u0378",
         "k1", "k2", "#<&>'\"#########", "ß\u1e9e", "\U0001fae8", "\U0001f979", "x<y"]


def integer(rng):
    """An integer, small more often than not."""
    kind = rng.randrange(4)
    if kind == 0:
        return rng.randrange(-12, 13)
    if kind == 1:
        return rng.choice(INTEGERS)
    if kind == 2:
        return rng.choice([-1, 1]) * rng.getrandbits(rng.randrange(1, 70))
    return rng.choice([-1, 1]) * rng.getrandbits(rng.choice([64, 65, 127, 128, 200, 1000, 3000]))


def number(rng):
    """A float, an integer or a truth value."""
    kind = rng.randrange(8)
    if kind < 2:
        return rng.choice(FLOATS)
    if kind == 2:
        return rng.uniform(-1000, 1000)
    if kind == 3:
        value = struct.unpack("<d", rng.randbytes(8))[0]
        return value if value == value else 1.25
    if kind == 4:
        return float(rng.randrange(-20, 20)) / rng.choice([1, 2, 4, 3])
    if kind == 5 and rng.random() < 0.4:
        return rng.random() < 0.5
    return integer(rng)


def text(rng):
    """A text, or Markup."""
    value = rng.choice(TEXTS) if rng.random() < 0.7 else "".join(rng.choice(TEXTS) for _ in range(rng.randrange(4)))
    return Markup(value) if rng.random() < 0.25 else value


def container(rng, depth):
    """A list, tuple, dict or range."""
    kind = rng.randrange(7)
    length = rng.choice([0, 1, 1, 2, 3, 3, 4, 12])
    if kind < 3:
        return [value(rng, depth + 1) for _ in range(length)]
    if kind < 5:
        return tuple(value(rng, depth + 1) for _ in range(length))
    if kind == 5:
        return {key(rng): value(rng, depth + 1) for _ in range(length)}
    return range(rng.randrange(-5, 6), rng.randrange(-5, 12), rng.choice([1, 1, 2, 3, -1, -2]))


def key(rng):
    """What can be a key."""
    return rng.choice([text, number, lambda r: None, lambda r: (number(r), text(r)), text])(rng)


def value(rng, depth=0):
    """Any value."""
    chance = rng.random()
    if depth < 3 and chance < 0.25:
        return container(rng, depth)
    if chance < 0.6:
        return number(rng)
    if chance < 0.92:
        return text(rng)
    if chance < 0.96:
        return None
    return rng.choice(list(UNDEFINED.values()))(name=rng.choice(["x", "it's"]))


def near(rng, other):
    """A value that is likely to be comparable with another."""
    chance = rng.random()
    if chance < 0.3:
        return value(rng)
    if isinstance(other, str):
        return text(rng) if chance < 0.8 else rng.choice([other, str(other), Markup(other), other[:2], other + "a"])
    if isinstance(other, (int, float)):
        if chance < 0.5 and abs(other) < 1e300:
            return rng.choice([float(other), int(other), int(other) + 1, -other])
        return number(rng)
    if isinstance(other, (list, tuple)) and other:
        changed = list(other)
        changed[rng.randrange(len(changed))] = near(rng, rng.choice(changed))
        return rng.choice([type(other)(changed), type(other)(list(other)[:-1]), type(other)(other), tuple(changed)])
    if isinstance(other, dict) and other:
        return rng.choice([dict(reversed(list(other.items()))), {**other, key(rng): 1}, dict(other)])
    return value(rng)


def encode(v):
    """A value as JSON."""
    if isinstance(v, bool) or v is None:
        return v
    if isinstance(v, int):
        return {"i": format(v, "x")}
    if isinstance(v, float):
        return {"f": v.hex()}
    if isinstance(v, Markup):
        return {"m": str(v)}
    if isinstance(v, str):
        return v
    if isinstance(v, list):
        return [encode(x) for x in v]
    if isinstance(v, tuple):
        return {"t": [encode(x) for x in v]}
    if isinstance(v, dict):
        return {"d": [[encode(a), encode(b)] for a, b in v.items()]}
    if isinstance(v, range):
        return {"r": [v.start, v.stop, v.step]}
    return {"u": [type(v).__name__, v._undefined_name]}


def decode(v):
    """The value of its JSON, which is another object."""
    if not isinstance(v, (dict, list)):
        return v
    if isinstance(v, list):
        return [decode(x) for x in v]
    [(tag, content)] = v.items()
    decoders = {"i": lambda: int(content, 16), "f": lambda: float.fromhex(content), "m": lambda: Markup(content),
                "t": lambda: tuple(decode(x) for x in content), "d": lambda: {decode(a): decode(b) for a, b in content},
                "r": lambda: range(*content), "u": lambda: UNDEFINED[content[0]](name=content[1])}
    return decoders[tag]()


def item(v, k):
    """What Jinja's getitem finds without looking for attributes."""
    try:
        return v[k]
    except (AttributeError, TypeError, LookupError):
        return "nothing"


def power(a, b):
    """a ** b, where Python's complex numbers are errors."""
    if isinstance(a, (int, float)) and isinstance(b, float) and -float("inf") < float(a) < 0 and b % 1 > 0:
        raise ValueError("negative number cannot be raised to a fractional power")
    return a**b


BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
          "%": operator.mod, "**": power}
COMPARISONS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
               ">=": operator.ge, "in": lambda a, b: a in b, "notin": lambda a, b: a not in b}
UNARY = {"neg": operator.neg, "pos": operator.pos, "repr": lambda v: v, "str": str, "len": len, "list": list, "bool": bool,
         "escape": lambda v: str(escape(v)), "hash": lambda v: {v: 1}}
OTHERS = {"item": item, "slice": lambda v, a, b, c: v[a:b:c]}
OPERATIONS = {**BINARY, **COMPARISONS, **UNARY, **OTHERS}


def too_large(name, a, b):
    """Whether a result would take long or be beyond our limits."""
    if name == "**" and isinstance(a, int) and isinstance(b, int):
        return b > 0 and a.bit_length() * b > 20000
    if name == "*":
        for x, n in ((a, b), (b, a)):
            if isinstance(x, (str, list, tuple)) and isinstance(n, int) and 0 < n < 2**63 and len(x) * n > 3000:
                return True
    return False


def index(rng):
    """Part of a slice."""
    return rng.choice([None, None, rng.randrange(-6, 7), rng.randrange(-6, 7), rng.randrange(-30, 30), integer(rng),
                       True, 0, value(rng) if rng.random() < 0.1 else -1])


def case(rng):
    """A random operation and its operands."""
    while True:
        kind = rng.randrange(10)
        if kind < 4:
            name = rng.choice(list(BINARY))
            a = number(rng) if rng.random() < 0.6 else value(rng)
            b = number(rng) if rng.random() < 0.6 else near(rng, a)
            # Formatting is tested where it lives.
            if too_large(name, a, b) or name == "%" and isinstance(a, str):
                continue
            if name == "**" and rng.random() < 0.5:
                a, b = integer(rng), rng.randrange(-5, 20)
            return name, [a, b]
        if kind < 7:
            a = value(rng)
            b = near(rng, a)
            name = rng.choice(list(COMPARISONS))
            if name.endswith("in") and rng.random() < 0.7:
                b = [near(rng, a), b, a] if rng.random() < 0.5 else {key(rng): 1, key(rng): 2}
            return name, [a, b]
        if kind < 8:
            return rng.choice(list(UNARY)), [value(rng)]
        v = container(rng, 1) if rng.random() < 0.6 else text(rng)
        if kind == 8:
            choices = list(v) if isinstance(v, dict) else []
            return "item", [v, rng.choice(choices + [rng.randrange(-4, 4), rng.randrange(-4, 4), value(rng)])]
        parts = [index(rng), index(rng), index(rng)]
        # Our ranges have no steps past 64 bits.
        if isinstance(v, dict) or isinstance(v, range) and isinstance(parts[2], int) and abs(parts[2]) > 2**60:
            continue
        return "slice", [v, *parts]


def answer(name, arguments):
    """What Python makes of an operation."""
    encoded = [encode(a) for a in arguments]
    arguments = [decode(e) for e in encoded]
    try:
        return {"op": name, "arguments": encoded, "repr": repr(OPERATIONS[name](*arguments))}
    except Exception as error:
        return {"op": name, "arguments": encoded, "error": type(error).__name__, "message": str(error)}


def main(seed, count):
    """Prints the cases."""
    rng = random.Random(seed)
    for _ in range(count):
        print(json.dumps(answer(*case(rng)), ensure_ascii=True))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
