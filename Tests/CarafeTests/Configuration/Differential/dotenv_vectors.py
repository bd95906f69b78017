"""Asks python-dotenv what it reads in .env files.

    python3 dotenv_vectors.py > dotenv_vectors.json    the vectors that are checked in
    python3 dotenv_vectors.py SEED COUNT             the same, then COUNT random files

Prints one JSON array of {"text": file, "values": {name: value} or null}. Null stands for a file with a line that
python-dotenv passes over with a warning, or with a name without a value.
"""

import io
import json
import os
import random
import re
import sys

from dotenv.main import DotEnv
from dotenv.parser import parse_stream

# The variables that files may refer to.
ENVIRONMENT = {"HOME_DIR": "/home/ann", "EMPTY": ""}

FILES = [
    "", "\n\n", "# comment", "A=1", "A=1\nB=2\n", "A = 1", " A=1 ", "\tA\t=\t1\t", "A=1\r\nB=2\r\n", "A=1\rB=2", "A=",
    "A=\nB=2", "A==b", "A=b=c", "=1", "A", "export A", "export A=1", "export\tA=1", "export  A = 1", "export=1",
    "exportA=1", "A=1\nA=2", "a=1\nA=2", "MY-KEY=1", "a.b=1", "1A=1", "É=1", "'A'=1", "'A B'=1", "'A=1", "\"A\"=1",
    "A B=1", "A#B=1", "A=#b", "A= #b", "A=b#c", "A=b #c", "A=b  # c # d", "A=b\t#c", "A=a b", "A=a  b  ", "A=é",
    "A='b'", "A='b' ", "A='b' # c", "A='b'#c", "A='b' c", "A='b'c", "A=''", "A='b#c'", "A='b\nc'", "A='b\r\nc'",
    "A='b", "A='b\nB=2", "A='b\\nc'", "A='b\\'c'", "A='b\\\\c'", "A='b\\\\'", "A='\\\"'", "A=\"b\"", "A=\"b\" # c",
    "A=\"b\" c", "A=\"\"", "A=\"b\nc\"", "A=\"b", "A=\"b\\nc\\td\\re\"", "A=\"\\a\\b\\f\\v\"", "A=\"b\\\"c\"",
    "A=\"b\\\\c\"", "A=\"b\\'c\"", "A=\"\\x41\\u0041\\1\\q\"", "A=\"b\\\\\"", "A=b\\nc", "A=b\\", "A=b'c'", "A=b\"c\"",
    "A='b'\"c\"", "A=1\nB=${A}", "B=${A}\nA=1", "A=$B", "A=${}", "A=${HOME_DIR}/x", "A=\"${HOME_DIR}\"",
    "A='${HOME_DIR}'", "A=${EMPTY}x", "A=${EMPTY:-d}", "A=${NONE}", "A=${NONE:-d}", "A=${NONE:-}", "A=${NONE:-a b}",
    "A=${NONE:d}", "A=${NONE-d}", "A=${HOME_DIR:-d}", "A=${HOME_DIR", "A=$${HOME_DIR}", "A=${NONE:-${HOME_DIR}}",
    "A=\\${HOME_DIR}", "HOME_DIR=1\nA=${HOME_DIR}", "A=${HOME_DIR}${HOME_DIR}", "A=\"${NONE:-b}\n\"", "A=1 B=2", "A:1",
    "A: 1", "- A=1", "A=1;B=2", "A='b\\\\'c'", "A='b\\'",
]

PARTS = [
    "A", "B", "=", "=", "\n", "\n", " ", "\t", "#", "'", '"', "\\n", "\\t", "\\q", "${A}", "${A:-d}", "${HOME_DIR}",
    "${NONE:-", "}", "$", "export ", "x", "é", ":", "-", "\r\n", "1",
]


def answer(text):
    stream = io.StringIO(text, newline=None)  # as a file is opened
    bindings = list(parse_stream(stream))
    if any(b.error or (b.key is not None and b.value is None) for b in bindings):
        return {"text": text, "values": None}
    values = DotEnv(None, stream=io.StringIO(text, newline=None), interpolate=True, override=False).dict()
    return {"text": text, "values": dict(values)}


def random_files(seed, count):
    random.seed(seed)
    texts = ["".join(random.choices(PARTS, k=random.randint(1, 14))) for _ in range(int(count))]
    # It replaces references in single quotes as well, which we do not.
    texts = [text for text in texts if "'" not in text or "$" not in text]
    # It takes `export # comment` for a comment, which we refuse.
    return [text for text in texts if not re.search(r"export\s+#", text)]


def main(arguments):
    os.environ.clear()
    os.environ.update(ENVIRONMENT)
    texts = FILES + (random_files(*arguments) if arguments else [])
    print("[" + ",\n".join(json.dumps(answer(text), ensure_ascii=False) for text in texts) + "]")


main(sys.argv[1:])
