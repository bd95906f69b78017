"""Session cookies of a Flask app whose key is `secret`.

`record` prints cookies of many values, all signed at 1700000000. Without it, each line on stdin is a cookie; its answer
is what Flask reads in it, and the cookie that Flask writes for that at the same second.
"""

import datetime
import json
import sys
import uuid
from importlib.metadata import version

from flask import Flask
from itsdangerous import TimestampSigner
from markupsafe import Markup

assert version("flask") == "3.1.3" and version("itsdangerous") == "2.2.0"

app = Flask(__name__)
app.secret_key = "secret"
moment = 1700000000
TimestampSigner.get_timestamp = lambda self: moment

SESSIONS = {
    "integers": {"a": 1, "b": -1, "c": 0, "d": 9007199254740993},
    "an integer that is large": {"a": 2**100},
    "numbers": {"a": 1.5, "b": -0.25, "c": 1e100},
    "flags and none": {"a": True, "b": False, "c": None},
    "texts": {"a": "", "b": "grüße €😀", "c": "\"\\/\n\u2028<>&"},
    "texts as keys": {"": 1, "é": 2, " t": 3, "a.b": 4},
    "lists": {"a": [], "b": [1, [2, [3]]]},
    "tuples": {"a": (), "b": (1, (2, "x")), "c": [(1,)]},
    "objects": {"a": {}, "b": {"c": {"d": 1}}},
    "objects that look like tags": {"a": {" t": 1}, "b": {" di": 2}, "c": {" u": "x"}},
    "bytes": {"a": b"", "b": bytes(range(256))},
    "markup": {"a": Markup("<b>x</b>")},
    "a UUID": {"a": uuid.UUID("01234567-89ab-cdef-0123-456789abcdef")},
    "a moment": {"a": datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)},
    "messages": {"_flashes": [("message", "hi"), ("error", "no")]},
    "a login": {"_fresh": True, "_permanent": True, "_user_id": "42", "csrf_token": "a" * 40},
    "what is compressed": {"a": "x" * 1000},
    "what is nearly compressed": {"a": "abcabcabcabcabcabcabc"},
}


def dumps(values):
    with app.app_context():
        return app.session_interface.get_signing_serializer(app).dumps(values)


def answer(cookie):
    global moment
    with app.app_context():
        serializer = app.session_interface.get_signing_serializer(app)
        values, date = serializer.loads(cookie, return_timestamp=True)
    moment = int(date.timestamp())
    return {"values": repr(values), "cookie": dumps(values)}


if sys.argv[1:] == ["record"]:
    cookies = {name: dumps(values) for name, values in SESSIONS.items()}
    print(json.dumps(cookies, indent=1, sort_keys=True))
else:
    print(json.dumps([answer(line.strip()) for line in sys.stdin]))
