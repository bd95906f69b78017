"""What a client sees of requests and responses over HTTP/2, frame by frame. Prints a line for each: its name, and ok or
what happened.

usage: behaviour.py PORT
"""

import json
import sys
import time

from wire import *

CASES = []
OPEN, CLOSED_HALF = END_HEADERS, END_HEADERS | END_STREAM


def case(name, **options):
    def declare(function):
        CASES.append((name, function, options))
        return function
    return declare


@case("requests are answered as they are ready, not in their order")
def _(c):
    c.send(c.headers(1, c.fields(path="/later")), c.headers(3))
    order = []
    while len(order) < 2 and (frame := c.read()):
        if "END_STREAM" in frame.flags: order.append(frame.stream_id)
    return order == [3, 1]
@case("content that comes in pieces")
def _(c):
    c.send(c.headers(1, c.fields(method="POST", path="/echo"), OPEN))
    for piece in (b"a", b"b", b"c"):
        time.sleep(0.02)
        c.send(raw(DATA, 0, 1, piece))
    c.send(raw(DATA, END_STREAM, 1))
    return c.response(1) == ("200", b"abc")
@case("content that waits for 100 Continue")
def _(c):
    c.send(c.headers(1, c.fields(("expect", "100-continue"), ("content-length", "3"), method="POST", path="/echo"), OPEN))
    frame = c.read()
    if dict(frame.fields) != {":status": "100"}: return frame.fields
    c.send(raw(DATA, END_STREAM, 1, b"abc"))
    return c.response(1) == ("200", b"abc")
@case("another expectation gets 417")
def _(c):
    c.send(c.headers(1, c.fields(("expect", "tea"))))
    return c.outcome() == "417"
@case("an early response tells the client to stop, and the connection lives on")
def _(c):
    c.send(c.headers(1, c.fields(method="POST", path="/early"), OPEN), raw(DATA, 0, 1, b"x" * 1000))
    seen = []
    while frame := c.read(1):
        if isinstance(frame, frames.DataFrame): seen.append(frame.data)
        if isinstance(frame, frames.RstStreamFrame):
            seen.append(CODES[frame.error_code]); break
    c.send(c.headers(3))
    return seen == [b"early", "NO_ERROR"] and c.response(3) == ("200", b"Hello")
@case("content past the limit gets 413 before it is read")
def _(c):
    c.send(c.headers(1, c.fields(("content-length", "99999999"), method="POST", path="/echo"), OPEN))
    return c.outcome() == "413"
@case("a target that is too long gets 414")
def _(c): c.send(c.headers(1, c.fields(path="/" + "a" * 8192))); return c.outcome() == "414"
@case("a field that is too long gets 431")
def _(c): c.send(c.headers(1, c.fields(("a", "b" * 8192)))); return c.outcome() == "431"
@case("crumbs of a cookie are one field, and the authority is the host")
def _(c):
    c.send(c.headers(1, c.fields(("cookie", "a=1"), ("cookie", "b=2"), path="/facts", authority="x.example:1")))
    return c.response(1) == ("200", b"http HTTP/2 x.example:1 1 a=1; b=2")
@case("a response has a date, a length, and no field of HTTP/1.1's connections")
def _(c):
    c.send(c.headers(1)); c.response(1)
    fields = c.last_fields
    return fields["date"].endswith("GMT") and fields["content-length"] == "5" and fields["content-type"] == "text/plain; charset=utf-8" \
        and not {"connection", "keep-alive", "transfer-encoding"} & set(fields)
@case("HEAD of a stream has neither content nor length")
def _(c):
    c.send(c.headers(1, c.fields(method="HEAD", path="/stream")))
    return c.response(1) == ("200", b"") and "content-length" not in c.last_fields
@case("a stream arrives whole")
def _(c): c.send(c.headers(1, c.fields(path="/stream"))); return c.response(1, 10) == ("200", b"s" * 1_000_000)
@case("a large response arrives whole")
def _(c): c.send(c.headers(1, c.fields(path="/large"))); return c.response(1, 10) == ("200", b"a" * 10_000_000)
@case("a stream that breaks off is reset")
def _(c): c.send(c.headers(1, c.fields(path="/broken"))); return c.response(1) == "RST_STREAM INTERNAL_ERROR"
@case("a response takes no more of the connection than its window")
def _(c):
    c.send(c.headers(1, c.fields(path="/large")))
    size = 0
    while frame := c.read(0.3):
        if isinstance(frame, frames.DataFrame): size += len(frame.data)
    c.send(c.headers(3))
    if not c.lives(): return "dead"
    c.send(window_update(0, 5))
    while frame := c.read(0.3):
        if isinstance(frame, frames.DataFrame): size += len(frame.data)
    return size == 65540
@case("a reader that stops holds the upload up by its window")
def _(c):
    c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN))
    window, sent = 65535, 0
    while window > 0 and sent < 10_000_000:
        size = min(window, 16384)
        c.send(raw(DATA, 0, 1, b"x" * size)); window -= size; sent += size
        while frame := c.read(0.05):
            if isinstance(frame, frames.WindowUpdateFrame) and frame.stream_id == 1: window += frame.window_increment
    # The stream's window, what the request's content keeps, and half a window that was given back.
    return sent <= 65535 * 4 or sent
@case("a slow reader gets all of an upload")
def _(c):
    c.send(c.headers(1, c.fields(method="POST", path="/count"), OPEN))
    stream, whole, sent = 65535, 65535, 0
    while sent < 3_000_000:
        size = min(stream, whole, 16384, 3_000_000 - sent)
        if size > 0:
            c.send(raw(DATA, 0, 1, b"x" * size)); stream -= size; whole -= size; sent += size
        if min(stream, whole) < 16384:
            frame = c.read()
            if frame is None: return sent
            if isinstance(frame, frames.WindowUpdateFrame):
                if frame.stream_id: stream += frame.window_increment
                else: whole += frame.window_increment
    c.send(raw(DATA, END_STREAM, 1))
    return c.response(1) == ("200", b"3000000")
@case("a request that is cancelled ends its handler, and others go on")
def _(c):
    c.send(c.headers(1, c.fields(path="/hang")), c.headers(3, c.fields(path="/later")), rst(1))
    return c.response(3) == ("200", b"later")


def run(entry, port):
    name, function, options = entry
    client = Client(port)
    try:
        outcome = function(client, **options)
        return {"name": name, "ok": outcome is True, "outcome": repr(outcome)}
    except Exception as error:
        return {"name": name, "ok": False, "outcome": repr(error)}
    finally:
        client.close()


if __name__ == "__main__":
    for entry in CASES:
        print(json.dumps(run(entry, int(sys.argv[1]))))
