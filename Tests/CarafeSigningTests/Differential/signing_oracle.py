"""ItsDangerous, Flask's sessions and Werkzeug's password hashes, as vectors and as answers.

signing_oracle.py record            the recorded vectors, signing_vectors.json
signing_oracle.py random SEED COUNT vectors of random values, COUNT of each kind
signing_oracle.py answer            for each case on a line of standard input, what Python makes of it

Values are written as portable text, which both sides can write: see `portable`. Keys stand oldest first.
"""

import json
import random
import struct
import sys
import uuid
from datetime import datetime, timedelta, timezone

import itsdangerous
from itsdangerous.encoding import base64_encode
from markupsafe import Markup
from werkzeug.security import _hash_internal, generate_password_hash

from signing_originals import EPOCH, answered, check, make, portable

NOW = 1_700_000_000
DERIVATIONS = ["concat", "django-concat", "hmac", "none"]
DIGESTS = ["sha1", "sha256", "sha384", "sha512"]
KINDS = ["signer", "timestamp", "serializer", "timed", "session"]


# Random values and cases


def random_text(rng, length=None):
    alphabet = "abcXYZ019 .,_-$:/\"\\\b\f\n\r\t\x00\x1f\x7fé\u0301\u2028ß日本\uffff🎈\U0010ffff"
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(9) if length is None else length))


def random_scalar(rng):
    return rng.choice([
        lambda: None, lambda: True, lambda: False, lambda: rng.randrange(-5, 200),
        lambda: rng.choice([-1, 1]) * (2 ** rng.randrange(60, 200) + rng.randrange(3)),
        lambda: struct.unpack(">d", rng.randbytes(8))[0],
        lambda: rng.choice([0.0, -0.0, 1e16, 1e15, 1e-4, 1e-5, 0.1, 5e-324, float("inf"), float("-inf"), 1.7976931348623157e308]),
        lambda: rng.randrange(-10**9, 10**9) / 10 ** rng.randrange(12),
        lambda: random_text(rng), lambda: random_text(rng), lambda: rng.choice("ab") * rng.randrange(120),
    ])()


def random_tagged(rng):
    return rng.choice([
        lambda: rng.randbytes(rng.randrange(12)), lambda: Markup(random_text(rng)),
        lambda: uuid.UUID(bytes=rng.randbytes(16)),
        lambda: EPOCH + timedelta(seconds=rng.randrange(-59011459200, 253402300800)),
    ])()


def random_key(rng):
    return rng.choice([" t", " di", " b", " m", " u", " d", " t__", " x", "", "a", random_text(rng), random_text(rng)])


def random_value(rng, tagged, depth=3):
    choice = rng.random()
    if depth == 0 or choice < 0.4:
        return random_tagged(rng) if tagged and rng.random() < 0.5 else random_scalar(rng)
    if choice < 0.6:
        return [random_value(rng, tagged, depth - 1) for _ in range(rng.randrange(4))]
    if choice < 0.75 and tagged:
        return tuple(random_value(rng, tagged, depth - 1) for _ in range(rng.randrange(4)))
    return {random_key(rng): random_value(rng, tagged, depth - 1) for _ in range(rng.choice([0, 1, 1, 2, 5]))}


def random_case(rng, kind):
    return {
        "kind": kind,
        "keys": [random_text(rng) + "k" * rng.choice([1, 1, 200]) for _ in range(rng.choice([1, 1, 3]))],
        "salt": "cookie-session" if kind == "session" else rng.choice(["itsdangerous", "", "sält", random_text(rng)]),
        "separator": "." if kind == "session" else rng.choice([".", ".", ":", "::", "é"]),
        "derivation": "hmac" if kind == "session" else rng.choice(DERIVATIONS),
        "digest": "sha1" if kind == "session" else rng.choice(DIGESTS),
        "now": rng.choice([NOW, NOW, 0, 255, 2**33]),
    }


def value_for(rng, kind):
    match kind:
        case "signer" | "timestamp":
            return random_text(rng)
        case "session":
            return {random_key(rng): random_value(rng, True) for _ in range(rng.choice([0, 1, 1, 3]))}
    return random_value(rng, False)


def vector(case, value):
    """What Python signs, with the value that Python reads back."""
    case = answered({**case, "token": make(case, value), "origin": "signed"})
    assert case["value"] == portable(value), case
    return case


def mutated(rng, token):
    """The token with something wrong."""
    place = rng.randrange(len(token))
    return rng.choice([
        token[:place], token[place + 1:], token[:place] + token[place + 1:],
        token[:place] + rng.choice("A_.-é=\n!") + token[place:],
        token[:place] + chr(ord(token[place]) ^ 1) + token[place + 1:],
        token + rng.choice(["=", "A", ".", " "]), token.replace(".", "", 1),
    ])


def random_vectors(seed, count):
    rng = random.Random(seed)
    vectors = []
    for kind in KINDS:
        for _ in range(count):
            case = random_case(rng, kind)
            made = vector(case, value_for(rng, kind))
            broken = {**case, "token": mutated(rng, made["token"]), "origin": "changed"}
            vectors += [made, answered(broken)]
    return vectors


def password_vectors(rng, count):
    methods = [f"pbkdf2:{d}:{n}" for d in ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"] for n in (1, 2, 30)]
    methods += ["scrypt:128:8:1", "scrypt:256:1:1", "scrypt:64:1:3", "scrypt:16:9:2"]
    passwords = ["", "pw", "pässwörd", "\0", "nul\0nul", "🎈" * 30, "$:$", "e\u0301"]
    cases = []
    for index in range(count):
        password = rng.choice(passwords)
        hash = generate_password_hash(password, methods[index % len(methods)], salt_length=rng.choice([1, 8, 16, 40]))
        other = rng.choice(passwords + [password + "x"])
        cases += [{"hash": hash, "password": password}, {"hash": hash, "password": other}]
    return [check(case) for case in cases]


# What is recorded


def recorded_signed():
    dev = {"kind": "session", "keys": ["dev"], "salt": "cookie-session", "separator": ".", "derivation": "hmac",
           "digest": "sha1", "now": NOW}
    its = {**dev, "keys": ["secret-key"], "salt": "itsdangerous", "derivation": "django-concat"}
    signer = {**its, "salt": "itsdangerous.Signer"}
    flashes = {"_flashes": [("message", "hi"), ("error", "Überraschung")]}
    cases = [
        vector({**signer, "kind": "signer"}, "hello"),
        vector({**signer, "kind": "timestamp"}, "hello"),
        vector({**its, "kind": "serializer"}, {"id": 5, "name": "its"}),
        vector({**its, "kind": "serializer", "salt": "activate"}, {"id": 5, "name": "its"}),
        vector({**its, "kind": "timed"}, [1, "é"]),
        *[vector(dev, value) for value in [
            {}, {"a": 1}, {"user_id": 42, "_fresh": True}, {"t": (1, 2)}, flashes, {"a": "x" * 100},
            {"csrf_token": "0" * 40, "_permanent": True}, {" t": [1]}, {" di": {" t": ()}}, {"b": b"\0\xff"},
            {"m": Markup("<b>")}, {"u": uuid.UUID(int=5)}, {"d": datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc)},
        ]],
    ]
    for derivation in DERIVATIONS:
        for digest in DIGESTS:
            for kind in KINDS[:4]:
                case = {**its, "kind": kind, "derivation": derivation, "digest": digest, "keys": ["old", "new"]}
                made = vector(case, "välue")
                crafted = {**made, "origin": "crafted"}
                cases += [made, answered({**crafted, "keys": ["new", "newer"]}), answered({**crafted, "keys": ["other"]})]
    for length in range(1, 40):
        cases.append(vector({**its, "kind": "serializer"}, int("1" * length)))
    timed = vector({**its, "kind": "timed"}, 1)
    for now, age in [(0, 0), (10, 10), (11, 10), (-1, 10), (-1, None), (10**9, None), (2**60, 5)]:
        cases.append(answered({**timed, "now": NOW + now, "maxAge": age, "origin": "crafted"}))
    options = {"salt": "itsdangerous"}
    for payload in ["", "!", "A", "e30", "e", ".", ".e30", ".AAAA", "e30.", "bnVsbA", "eyJ9", "_w", "W10gW10"]:
        token = itsdangerous.Signer("secret-key", **options).sign(payload).decode()
        cases.append(answered({**its, "kind": "serializer", "token": token, "origin": "crafted"}))
        for kind in ["timed", "timestamp"]:
            cases.append(answered({**its, "kind": kind, "token": token, "origin": "crafted", "maxAge": 5}))
    for stamp in ["", "A", base64_encode(b"\xff" * 8).decode(), base64_encode(b"\xff" * 9).decode(), "AAAAAAA"]:
        token = itsdangerous.Signer("secret-key", **options).sign("v." + stamp).decode()
        cases.append(answered({**its, "kind": "timestamp", "token": token, "origin": "crafted", "maxAge": 5}))
    return cases + random_vectors(1, 60)


def recorded_passwords():
    rng = random.Random(1)
    pinned = []
    for method, salt, password in [("scrypt", "saltsaltsaltsalt", "pw"), ("pbkdf2:sha256:1000", "saltsalt", "pw"),
                                   ("pbkdf2:sha1:3", "", "pw"), ("scrypt:128:1:1", "", "pw"), ("scrypt:128:1:1", "sält", ""),
                                   ("scrypt:128:64:2", "wide", "pw"), ("scrypt:4:2:40", "lanes", "pw")]:
        hash, method = _hash_internal(method, salt, password)
        pinned.append(check({"hash": f"{method}${salt}${hash}", "password": password}))
    broken = ["", "$", "$$", "a$b", "plain$$pw", "sha256$s$00", "md5$$00", "pbkdf2:sha256:0$s$00", "pbkdf2:md4:1$s$00",
              "pbkdf2:sha256:x$s$00", "pbkdf2:sha256:1:1$s$00", "pbkdf2::1$s$00", "scrypt:3:8:1$s$00", "scrypt:2:8$s$00",
              "scrypt:0:8:1$s$00", "scrypt:-2:8:1$s$00", "scrypt:2:0:1$s$00", "scrypt:2:1:0$s$00", "scrypt:$s$00",
              "SCRYPT:2:1:1$s$00", "scrypt:2:1:1$s$", "pbkdf2:sha1:1$s$é", "pbkdf2:sha256:99999999999999999999$s$00",
              "scrypt:1073741824:8:1$s$00"]
    return pinned + [check({"hash": hash, "password": "pw"}) for hash in broken] + password_vectors(rng, 44)


def print_vectors(signed, passwords):
    """One vector a line, so that a change to one is a change to one line."""
    signed, passwords = (",\n".join(map(json.dumps, cases)) for cases in (signed, passwords))
    print(f'{{"signed": [\n{signed}\n], "passwords": [\n{passwords}\n]}}')


def main():
    mode, *arguments = sys.argv[1:]
    if mode == "record":
        print_vectors(recorded_signed(), recorded_passwords())
    elif mode == "random":
        seed, count = map(int, arguments)
        print_vectors(random_vectors(seed, count), password_vectors(random.Random(seed), count))
    elif mode == "answer":
        for line in sys.stdin:
            case = json.loads(line)
            print(json.dumps(check(case) if "hash" in case else answered(case)))


if __name__ == "__main__":
    main()
