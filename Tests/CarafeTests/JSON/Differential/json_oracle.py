"""Answers what Python's json module makes of a text.

Reads lines of `mode base64` and writes for each a line of base64: the text read and written again, or nothing where
Python refuses it. `NaN`, numbers beyond a double and unpaired surrogates, which Python takes, count as refused.
"""

import base64
import json
import sys

OPTIONS = {
    "compact": {"ensure_ascii": False, "separators": (",", ":")},
    "ascii": {"separators": (",", ":")},
    "sorted": {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True},
    "indented": {"ensure_ascii": False, "indent": 2},
}


def refuse(name):
    raise ValueError(name)


def flask_dumps(value):
    from flask import Flask

    return Flask("oracle").json.dumps(value, separators=(",", ":"))


for line in sys.stdin:
    mode, _, text = line.rstrip("\n").partition(" ")
    try:
        value = json.loads(base64.b64decode(text).decode("utf-8-sig"), parse_constant=refuse)
        if mode == "flask":
            result = flask_dumps(value)
        else:
            result = json.dumps(value, allow_nan=False, **OPTIONS[mode])
        print(base64.b64encode(result.encode()).decode())
    except (ValueError, RecursionError):
        print()
