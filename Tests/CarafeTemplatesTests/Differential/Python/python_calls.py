"""Calls of methods, operators and formats of Python's built-in types, and what CPython answers.

    python_calls.py record          the vectors of python_calls.json: a fixed list of calls
    python_calls.py random SEED N   N random calls

Writes JSON, one call a line in an array. A call is {"f": function, "v": receiver, "a": arguments, "k": named arguments}
with either "r", the repr of the result, and "s", the repr of the receiver after it, or "e", the class and text of the
error. Values are arrays that begin with a letter for their type, see `encode`.
"""

import datetime
import json
import random
import resource
import sys

import jinja2
from markupsafe import Markup

from calls import CALLS


def encode(value):
    """A value as JSON: an array of a letter for the type, and what it is made of."""
    if value is None:
        return ["n"]
    if isinstance(value, bool):
        return ["b", value]
    if isinstance(value, int):
        return ["i", str(value) if abs(value) < 10**4000 else hex(value)]
    if isinstance(value, float):
        return ["f", value.hex()]
    if isinstance(value, Markup):
        return ["m", str(value)]
    if isinstance(value, str):
        return ["s", value]
    if isinstance(value, bytes):
        return ["y", value.hex()]
    if isinstance(value, list):
        return ["l", [encode(v) for v in value]]
    if isinstance(value, tuple):
        return ["t", [encode(v) for v in value]]
    if isinstance(value, dict):
        return ["d", [[encode(k), encode(v)] for k, v in value.items()]]
    if isinstance(value, range):
        return ["r", [value.start, value.stop, value.step]]
    if isinstance(value, jinja2.Undefined):
        return ["u", value._undefined_name]
    return encode_time(value)


def offset(zone):
    if zone is None:
        return None
    delta = zone.utcoffset(None)
    return (delta.days * 86400 + delta.seconds) * 1_000_000 + delta.microseconds


def encode_time(value):
    if isinstance(value, datetime.datetime):
        parts = [value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond]
        return ["D", [*parts, offset(value.tzinfo)]]
    if isinstance(value, datetime.date):
        return ["A", [value.year, value.month, value.day]]
    if isinstance(value, datetime.time):
        return ["T", [value.hour, value.minute, value.second, value.microsecond, offset(value.tzinfo)]]
    if isinstance(value, datetime.timezone):
        return ["Z", [offset(value)]]
    if isinstance(value, datetime.timedelta):
        return ["E", [value.days, value.seconds, value.microseconds]]
    raise TypeError(type(value))


OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "in": lambda a, b: a in b,
}


def run(function, receiver, arguments, named):
    if function == "formatted":
        return format(receiver, *arguments)
    if function == "repr":
        return receiver
    if function == "str":
        return str(receiver)
    if function in OPERATORS:
        return OPERATORS[function](receiver, *arguments)
    if function == "attribute":
        return getattr(receiver, arguments[0])
    return getattr(receiver, function)(*arguments, **named)


def answer(function, receiver, *arguments, **named):
    call = {
        "f": function,
        "v": encode(receiver),
        "a": [encode(a) for a in arguments],
        "k": [[k, encode(v)] for k, v in named.items()],
    }
    try:
        result = run(function, receiver, arguments, named)
        call["r"] = repr(result)
        call["s"] = repr(receiver)
        (call["r"] + call["s"]).encode()
    except UnicodeEncodeError as error:
        if "surrogates" in str(error):
            return None
        call["e"] = ["UnicodeEncodeError", str(error)]
    except MemoryError:
        return None
    except Exception as error:
        call["e"] = [type(error).__name__, str(error)]
        try:
            json.dumps(call, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return None
    return call


def write(calls):
    lines = [json.dumps(call, ensure_ascii=False, sort_keys=True) for call in calls if call is not None]
    sys.stdout.buffer.write(("[\n" + ",\n".join(lines) + "\n]\n").encode())


def main():
    assert sys.version_info[:2] == (3, 11), "the answers are those of CPython 3.11"
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    if sys.argv[1] == "record":
        write(answer(function, *arguments, **named) for function, arguments, named in CALLS)
    else:
        from random_calls import random_call

        source = random.Random(sys.argv[2])
        write(answer(*random_call(source)) for _ in range(int(sys.argv[3])))


main()
