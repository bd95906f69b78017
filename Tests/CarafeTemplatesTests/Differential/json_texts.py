"""Prints JSON texts, most of them broken, and what Python's json makes of them, as JSON lines: json_texts.py SEED COUNT

Each line has the "text" and either the "repr" of its value or the "message" of the error. What Python reads beyond the standard
(NaN, Infinity, halves of surrogate pairs) is left out. The recorded vectors are
`json_texts.py 1 1500 > ../Vectors/json_texts.jsonl`.
"""

import json
import random
import re
import sys

SCALARS = ["0", "-0", "1", "-12", "3.25", "-0.0", "1e3", "1E-2", "2.5e+10", "1e400", "true", "false", "null", '""', '"a"', '"\\n"',
           '"\\u00e9"', '"é"', '"\\ud83c\\udf88"', '"🎈"', '"\\\\\\""', '"\\/\\b\\f\\t\\r"', "12345678901234567890",
           "-9223372036854775808", "-9223372036854775809", "1" * 60, '"it\'s"', "0.1", "123456789.123456789", "5e-324"]
PIECES = ["{", "}", "[", "]", ",", ":", '"', "\\", "\\u", "\\x", " ", "\n", "\t", "0", "01", "-", ".", "e", "E+", "tru", "nul", "a",
          "\x01", "é", "\\ud8", "\u00a0", "\ufeff", "'", "//", "}}", "]]", ",,", "1", '"a":']


def value(rng, depth=0):
    kind = rng.randrange(3) if depth < 4 else 0
    blank = rng.choice(["", "", "", " ", "\n  ", "\r\n\t"])
    if kind == 0:
        return blank + rng.choice(SCALARS) + blank
    parts = [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    if kind == 1:
        return "[" + ",".join(parts) + blank + "]"
    return "{" + ",".join(f'{blank}"{rng.choice("abé")}"{blank}:{part}' for part in parts) + blank + "}"


def text(rng):
    result = value(rng)
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        at = rng.randrange(len(result) + 1)
        end = min(len(result), at + rng.choice([0, 0, 1, 1, 2, 5]))
        result = result[:at] + rng.choice(PIECES + [""]) + result[end:]
    return result


def answer(source):
    try:
        result = repr(json.loads(source))
    except json.JSONDecodeError as error:
        return {"message": str(error)}
    return {"repr": result}


def main():
    rng = random.Random(int(sys.argv[1]))
    left = int(sys.argv[2])
    while left:
        source = text(rng)
        line = {"text": source, **answer(source)}
        if any("\ud800" <= c <= "\udfff" for c in line.get("repr", "")) or "\\ud" in line.get("repr", ""):
            continue
        if re.search(r"\\u[dD]", source.replace("\\ud83c\\udf88", "")):
            continue
        if source.startswith("\ufeff"):
            continue
        print(json.dumps(line))
        left -= 1


main()
