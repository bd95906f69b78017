"""Prints texts and what Jinja's native environment makes of them, as JSON lines: native_texts.py SEED COUNT

Each line has the "text" and either the "repr" of the value or the "error" and its "message". Values that have no counterpart here
(sets, complex numbers, `...`, halves of surrogate pairs, named characters) are left out. The recorded vectors are
`native_texts.py 1 1500 > ../Vectors/native_texts.jsonl`.
"""

import ast
import json
import random
import sys
import warnings

from jinja2.nativetypes import native_concat

warnings.simplefilter("ignore")
SCALARS = ["0", "00", "007", "1", "-1", "+1", "- 1", "--1", "1_000", "1__0", "_1", "0x1F", "0X_ff", "0o17", "0b101", "0b2", "1.5", ".5", "5.",
           ".", "1e3", "1e", "1_0.5_0", "1e1_0", "0_0", "09.5", "0e0", "1.e5", "True", "False", "None", "true", "Nonee", "'a'", '"b"', "'it\\'s'",
           "'a' 'b'", "'a'\"b\"", "r'\\n'", "R'\\''", "u'x'", "U'x'", "ur'x'", "b'x'", "b'\\xff'", "rb'\\n'", "Br'x'", "b'a' b'b'", "b'a' 'b'",
           "b'é'", "f'x'", "'''a\nb'''", '"""a"b"""', "'a\nb'", "'\\x41'", "'\\x4'", "'\\u00e9'", "'\\U0001F388'", "'\\U00110000'", "'\\101'",
           "'\\8'", "'\\q'", "'a\\\nb'", "'é'", "'🎈'", "b'\\u0041'", "b'\\400'", "'\\400'", "name", "f()", "a.b", "1 + 1", "1 if 1 else 2", "12" * 20,
           "(1)", "(-1)", "-(1)", "-((1))", "-(-1)", "+(+1)", "-True", "not 1", "lambda: 1", "<p>text</p>", "Hello World",
           "1 2", "1;", "1,", "1,2", "1,2,", ",", "'unfinished", "'''open", "1e400", "-1e400", "0.1", "1if 1else 2", "0xg", "1\\\n", "\\\n1"]
PIECES = ["[", "]", "(", ")", "{", "}", ",", ":", "'", '"', "\\", "#", " ", "\n", "\t", "\x0c", "\r\n", "0", "_", "-", "e", "r", "b", "*", "**", "1",
          "\\\n", "# c\n", "\x00", "é", "...", "=", "'''"]


def value(rng, depth=0):
    kind = rng.randrange(5) if depth < 4 else 0
    blank = rng.choice(["", "", "", " ", "\n", " # c\n"]) if depth else rng.choice(["", "", "", " "])
    if kind < 2:
        return rng.choice(SCALARS) + blank
    parts = [blank + value(rng, depth + 1) for _ in range(rng.randrange(4))]
    comma = rng.choice(["", ","]) if parts else ""
    if kind == 2:
        return "[" + ",".join(parts) + comma + "]"
    if kind == 3:
        return "(" + ",".join(parts) + comma + ")"
    return "{" + ",".join(f"{value(rng, depth + 3)}:{part}" for part in parts) + comma + "}"


def text(rng):
    result = value(rng)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
        at = rng.choice([0, len(result), rng.randrange(len(result) + 1)])
        result = result[:at] + rng.choice(PIECES + ["", ""]) + result[at + rng.choice([0, 0, 1, 2]):]
    return result


def is_literal(node):
    """Whether nothing but the keys of dictionaries stands in the way of a value."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant) and type(node.operand.value) in (int, float)
    if isinstance(node, (ast.List, ast.Tuple)):
        return all(map(is_literal, node.elts))
    if isinstance(node, ast.Dict):
        return all(map(is_literal, node.keys + node.values))
    return isinstance(node, ast.Constant) and has_counterpart(node.value)


def has_counterpart(value):
    if isinstance(value, (list, tuple)):
        return all(map(has_counterpart, value))
    if isinstance(value, dict):
        return all(has_counterpart(k) and has_counterpart(v) for k, v in value.items())
    if isinstance(value, str):
        return not any("\ud800" <= c <= "\udfff" for c in value)
    return value is None or isinstance(value, (bool, int, float, bytes))


def main():
    rng = random.Random(int(sys.argv[1]))
    left = int(sys.argv[2])
    while left:
        source = text(rng)
        try:
            result = native_concat([source])
        except Exception as error:
            if not is_literal(ast.parse(source, mode="eval").body):
                continue
            line = {"text": source, "error": type(error).__name__, "message": str(error)}
        else:
            if not has_counterpart(result):
                continue
            line = {"text": source, "repr": repr(result)}
        print(json.dumps(line))
        left -= 1


main()
