"""What HTTP/2 servers have fallen to. Prints a line for each attack: its name, and ok or what happened.

usage: attacks.py PORT
"""

import json
import sys
import time

from wire import *

CASES = []
OPEN, CLOSED_HALF = END_HEADERS, END_HEADERS | END_STREAM
CALM = ("GOAWAY ENHANCE_YOUR_CALM", "closed")


def case(name, **options):
    def declare(function):
        CASES.append((name, function, options))
        return function
    return declare


def end(c, wanted=("GOAWAY", "closed"), patience=60.0):
    """How the connection ends; what it answers until then is read away."""
    limit = time.monotonic() + patience
    c.timeout = patience
    while time.monotonic() < limit:
        frame = c.read()
        if frame is None:
            return "closed" if c.is_closed else "nothing"
        if isinstance(frame, frames.GoAwayFrame):
            return "GOAWAY " + CODES[frame.error_code]
    return "nothing"


def flood(c, piece, count=10_000, batch=100):
    """Sends it again and again, until the server has had enough."""
    for _ in range(count // batch):
        if c.is_closed: break
        c.send(piece * batch)


@case("H2-01 rapid reset")
def _(c):
    stream = 1
    for _ in range(100):
        if c.is_closed: break
        c.send(*[c.headers(stream + 2 * i, c.fields(path="/hang")) + rst(stream + 2 * i) for i in range(100)])
        stream += 200
    return end(c) in CALM
MADE = {
    "WINDOW_UPDATE of 0": lambda c, s: window_update(s, 0),
    "a window past its end": lambda c, s: window_update(s, (1 << 31) - 1),
    "HEADERS after the end": lambda c, s: c.headers(s),
    "DATA after the end": lambda c, s: raw(DATA, END_STREAM, s, b"x"),
    "PRIORITY of itself": lambda c, s: raw(PRIORITY, 0, s, struct.pack(">IB", s, 16)),
    "PRIORITY of 4 bytes": lambda c, s: raw(PRIORITY, 0, s, b"\0\0\0\0"),
}
for kind, provoke in MADE.items():
    @case(f"H2-02 the server is made to reset: {kind}", provoke=provoke)
    def _(c, provoke):
        stream = 1
        for _ in range(100):
            if c.is_closed: break
            c.send(*[c.headers(stream + 2 * i, c.fields(path="/hang")) + provoke(c, stream + 2 * i) for i in range(100)])
            stream += 200
        return end(c) != "nothing"
@case("H2-03 CONTINUATION without end")
def _(c):
    c.send(raw(HEADERS, END_STREAM, 1, c.encode(c.fields())))
    flood(c, raw(CONTINUATION, 0, 1, b""), batch=10)
    return end(c) != "nothing"
@case("H2-03 CONTINUATION without end, with fields")
def _(c):
    c.send(raw(HEADERS, END_STREAM, 1, c.encode(c.fields())))
    flood(c, raw(CONTINUATION, 0, 1, b"\x00\x01a\x01b" * 100), batch=10)
    return end(c) != "nothing"
@case("H2-04 empty DATA without end")
def _(c):
    c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN))
    flood(c, raw(DATA, 0, 1, b""))
    return end(c) in CALM
for kind, piece in (("PING", raw(PING, payload=b"x" * 8)), ("SETTINGS", settings()), ("SETTINGS with a value", settings((4, 100))),
                    ("PRIORITY", raw(PRIORITY, 0, 1001, b"\0\0\0\0\x10"))):
    @case(f"H2-05, H2-06 {kind} without end, and nothing read", piece=piece)
    def _(c, piece):
        flood(c, piece, 100_000, 1000)
        return end(c) in CALM
@case("H2-07 1 MiB of fields")
def _(c):
    block = b"".join(b"\x00\x04name\x7f\x81\x7e" + b"v" * 16256 for _ in range(64))
    pieces = [block[i:i + 16384] for i in range(0, len(block), 16384)]
    c.send(raw(HEADERS, END_STREAM, 1, pieces[0]), *[raw(CONTINUATION, 0, 1, piece) for piece in pieces[1:]])
    return end(c) != "nothing"
@case("H2-07 10,000 fields")
def _(c):
    c.send(raw(HEADERS, CLOSED_HALF, 1, (c.encode(c.fields()) + b"\x00\x01a\x00" * 3000)[:16384]))
    return c.outcome() in ("431", "GOAWAY PROTOCOL_ERROR", "GOAWAY COMPRESSION_ERROR", "RST_STREAM PROTOCOL_ERROR")
@case("H2-07 200 fields get 431")
def _(c):
    c.send(c.headers(1, c.fields(*[(f"n{i}", "v") for i in range(200)])))
    return c.outcome() == "431" and c.lives()
@case("H2-07 300 crumbs of a cookie are put together")
def _(c):
    c.send(c.headers(1, c.fields(*[("cookie", f"c{i}=v") for i in range(300)])))
    return c.outcome() in ("200", "400") and c.lives()
@case("H2-07 100,000 crumbs of cookies")
def _(c):
    c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields()) + b"\x60\x01a" + b"\xbe" * 16000))
    return c.outcome() in ("431", "GOAWAY PROTOCOL_ERROR", "GOAWAY COMPRESSION_ERROR", "RST_STREAM PROTOCOL_ERROR", "closed")
@case("H2-08 a bomb of HPACK's table")
def _(c):
    c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields()) + b"\x40\x01a\x7f\x81\x1e" + b"v" * 4000 + b"\xbe" * 10000))
    return c.outcome() in ("431", "GOAWAY PROTOCOL_ERROR", "GOAWAY COMPRESSION_ERROR", "RST_STREAM PROTOCOL_ERROR", "closed")
@case("H2-11 the 101st stream")
def _(c):
    for stream in range(1, 203, 2): c.send(c.headers(stream, c.fields(path="/hang")))
    return c.outcome() in ("RST_STREAM REFUSED_STREAM", "RST_STREAM PROTOCOL_ERROR", "GOAWAY PROTOCOL_ERROR", "GOAWAY REFUSED_STREAM")
@case("H2-12 ALTSVC, ORIGIN and unknown frames of all lengths")
def _(c):
    for kind in (0x0A, 0x0C, 0x10, 0xEE):
        for stream in (0, 1):
            for payload in (b"", b"\0", b"\xff\xff", b"\0\x05ab", b"\0\0h3=\":443\"", b"x" * 100):
                d = Client(c.port)
                d.send(raw(kind, 0, stream, payload), d.headers(1))
                if d.outcome() == "nothing": return (kind, stream, payload)
                d.close()
    return True
@case("H2-12 padding as long as the frame")
def _(c):
    c.send(c.headers(1, c.fields(method="POST", path="/echo"), OPEN), raw(DATA, END_STREAM | PADDED, 1, b"\x03\0\0\0"))
    return c.outcome() == "200"
@case("H2-14 truncated frames and odd lengths")
def _(c):
    for kind in range(12):
        for flags in (0, 0x1, 0x4, 0x8, 0x20, 0x2D, 0xFF):
            for size in (0, 1, 3, 4, 5, 7, 8, 9):
                d = Client(c.port)
                d.timeout = 0.05
                d.send(raw(kind, flags, 1, b"\xff" * size), raw(PING, payload=b"y" * 8))
                d.read()
                d.close()
    # The harness looks whether the server lives.
    return True
for name, bytes_ in (("silence", b""), ("half a preface", PREFACE[:10]), ("a preface alone", PREFACE), ("a greeting alone", PREFACE + settings())):
    @case(f"H2-15 {name}", greeting=False, bytes_=bytes_)
    def _(c, bytes_):
        c.send(bytes_)
        return end(c, patience=60) != "nothing"


def run(port, name, function, greeting=True, **options):
    client = Client(port, greeting=greeting)
    try:
        outcome = function(client, **options)
        # Whatever happened, others are served.
        other = Client(port)
        other.send(other.headers(1))
        answer = other.outcome()
        other.close()
        return {"name": name, "ok": outcome is True and answer == "200", "outcome": f"{outcome!r}, others: {answer}"}
    except Exception as error:
        return {"name": name, "ok": False, "outcome": repr(error)}
    finally:
        client.close()


if __name__ == "__main__":
    for name, function, options in CASES:
        print(json.dumps(run(int(sys.argv[1]), name, function, **options)))
