"""The originals behind one interface: a case says which signer, with which keys and options, and at what time."""

import hashlib
import math
import struct
import uuid
from datetime import datetime, timedelta, timezone

import flask
import itsdangerous
import itsdangerous.timed
from flask.sessions import SecureCookieSessionInterface
from markupsafe import Markup
from werkzeug.security import check_password_hash

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

clock = [0]
itsdangerous.timed.TimestampSigner.get_timestamp = lambda self: clock[0]
app = flask.Flask("oracle")


def portable(value):
    """The value as a text that differs where the value, its type or a code point does."""
    match value:
        case None:
            return "N"
        case bool():
            return "T" if value else "F"
        case int():
            return f"i{value}"
        case float():
            return "fnan" if math.isnan(value) else "f" + struct.pack(">d", value).hex()
        case Markup():
            return "m" + str(value).encode().hex()
        case str():
            return "s" + value.encode().hex()
        case bytes():
            return "b" + value.hex()
        case uuid.UUID():
            return "u" + value.hex
        case datetime():
            return f"d{(value - EPOCH) // timedelta(seconds=1)}"
        case tuple():
            return "(" + ",".join(map(portable, value)) + ")"
        case list():
            return "[" + ",".join(map(portable, value)) + "]"
        case dict():
            return "{" + ",".join(sorted(k.encode().hex() + ":" + portable(v) for k, v in value.items())) + "}"
    raise TypeError(type(value))


def session_serializer(case):
    app.secret_key = case["keys"][-1]
    app.config["SECRET_KEY_FALLBACKS"] = case["keys"][:-1]
    return SecureCookieSessionInterface().get_signing_serializer(app)


def signer_options(case):
    return {
        "sep": case["separator"],
        "key_derivation": case["derivation"],
        "digest_method": getattr(hashlib, case["digest"]),
    }


def make(case, value):
    """The token of a value."""
    clock[0] = case["now"]
    keys, salt = case["keys"], case["salt"]
    match case["kind"]:
        case "signer":
            return itsdangerous.Signer(keys, salt=salt, **signer_options(case)).sign(value).decode()
        case "timestamp":
            return itsdangerous.TimestampSigner(keys, salt=salt, **signer_options(case)).sign(value).decode()
        case "serializer":
            return itsdangerous.URLSafeSerializer(keys, salt=salt, signer_kwargs=signer_options(case)).dumps(value)
        case "timed":
            return itsdangerous.URLSafeTimedSerializer(keys, salt=salt, signer_kwargs=signer_options(case)).dumps(value)
        case "session":
            with app.app_context():
                return session_serializer(case).dumps(value)
    raise ValueError(case["kind"])


def load(case):
    """The value of a token; raises what the libraries raise."""
    clock[0] = case["now"]
    keys, salt, token, max_age = case["keys"], case["salt"], case["token"], case.get("maxAge")
    match case["kind"]:
        case "signer":
            return itsdangerous.Signer(keys, salt=salt, **signer_options(case)).unsign(token).decode()
        case "timestamp":
            signer = itsdangerous.TimestampSigner(keys, salt=salt, **signer_options(case))
            return signer.unsign(token, max_age=max_age).decode()
        case "serializer":
            return itsdangerous.URLSafeSerializer(keys, salt=salt, signer_kwargs=signer_options(case)).loads(token)
        case "timed":
            serializer = itsdangerous.URLSafeTimedSerializer(keys, salt=salt, signer_kwargs=signer_options(case))
            return serializer.loads(token, max_age=max_age)
        case "session":
            with app.app_context():
                return session_serializer(case).loads(token, max_age=max_age)
    raise ValueError(case["kind"])


def answered(case):
    """The case with its value, or with the name of the error."""
    case = {key: case[key] for key in case if key not in ("value", "error")}
    try:
        return {**case, "value": portable(load(case))}
    except Exception as error:
        return {**case, "error": type(error).__name__}


def check(case):
    try:
        return {**case, "answer": str(check_password_hash(case["hash"], case["password"]))}
    except Exception as error:
        # Some versions of Python have a subclass for digests that OpenSSL does not know.
        return {**case, "answer": "ValueError" if isinstance(error, ValueError) else type(error).__name__}
