"""The rules of RFC 9113 and RFC 7541, after h2spec's list. Prints a line for each: its name, and ok or what happened.

usage: conformance.py PORT
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from wire import *

CASES = []


def case(name, *allowed, greeting=True, **options):
    """Declares a case: what it sends, and what may come of it."""
    def declare(function):
        CASES.append((name, function, allowed, greeting, options))
        return function
    return declare


def connection_error(*codes):
    return [f"GOAWAY {CODES[code]}" for code in codes] + ["closed"]


def stream_error(*codes):
    return [f"RST_STREAM {CODES[code]}" for code in codes] + connection_error(*codes)


OPEN, CLOSED_HALF = END_HEADERS, END_HEADERS | END_STREAM


# Generic: what must work.
@case("2: a GET is answered", "200")
def _(c): c.send(c.headers(1))
@case("2: a PRIORITY frame on an idle stream is fine", "200")
def _(c): c.send(raw(PRIORITY, 0, 1, b"\0\0\0\0\x10"), c.headers(1))
@case("2: a WINDOW_UPDATE on a half-closed stream is fine", "200")
def _(c): c.send(c.headers(1), window_update(1, 100))
@case("2: a PRIORITY frame on a closed stream is fine", "PING")
def _(c):
    c.send(c.headers(1)); c.response(1)
    c.send(raw(PRIORITY, 0, 1, b"\0\0\0\0\x10"), raw(PING, payload=b"x" * 8))
@case("2: a RST_STREAM on a half-closed stream is fine", "PING")
def _(c): c.send(c.headers(1, c.fields(path="/hang")), rst(1), raw(PING, payload=b"x" * 8))
@case("3.1: DATA", "200")
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/echo"), OPEN), raw(DATA, END_STREAM, 1, b"test"))
@case("3.1: several DATA frames", "200")
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/echo"), OPEN), raw(DATA, 0, 1, b"te"), raw(DATA, END_STREAM, 1, b"st"))
@case("3.1: a padded DATA frame", "200")
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/echo"), OPEN), raw(DATA, END_STREAM | PADDED, 1, b"\x06test" + b"\0" * 6))
@case("3.2: a padded HEADERS frame", "200")
def _(c): c.send(raw(HEADERS, CLOSED_HALF | PADDED, 1, b"\x06" + c.encode(c.fields()) + b"\0" * 6))
@case("3.2: a HEADERS frame with priority", "200")
def _(c): c.send(raw(HEADERS, CLOSED_HALF | HAS_PRIORITY, 1, b"\0\0\0\0\xff" + c.encode(c.fields())))
@case("3.3: PRIORITY with weight 1, 256 and exclusive", "200")
def _(c): c.send(raw(PRIORITY, 0, 1, b"\0\0\0\0\0"), raw(PRIORITY, 0, 1, b"\0\0\0\0\xff"), raw(PRIORITY, 0, 1, b"\x80\0\0\0\xff"), c.headers(1))
@case("3.5: SETTINGS are acknowledged", True)
def _(c):
    c.send(settings((3, 50)))
    frame = c.read()
    return isinstance(frame, frames.SettingsFrame) and "ACK" in frame.flags
@case("3.7: PING is answered", True)
def _(c): return c.lives()
@case("3.8: a client's GOAWAY ends the connection after its streams", "200", "closed")
def _(c): c.send(c.headers(1), raw(GOAWAY, payload=b"\0" * 8))
@case("3.9: WINDOW_UPDATE on the connection", "200")
def _(c): c.send(window_update(0, 1000), c.headers(1))
@case("3.10: one CONTINUATION", "200")
def _(c):
    block = c.encode(c.fields(("a", "b" * 50)))
    c.send(raw(HEADERS, END_STREAM, 1, block[:20]), raw(CONTINUATION, END_HEADERS, 1, block[20:]))
@case("3.10: several CONTINUATIONs", "200")
def _(c):
    block = c.encode(c.fields(("a", "b" * 50)))
    c.send(raw(HEADERS, END_STREAM, 1, block[:20]), raw(CONTINUATION, 0, 1, block[20:30]), raw(CONTINUATION, END_HEADERS, 1, block[30:]))
for method in ("GET", "HEAD", "POST", "OPTIONS"):
    @case(f"4: {method} is answered", "200", "405", method=method)
    def _(c, method): c.send(c.headers(1, c.fields(method=method)))
@case("4: HEAD has no content, and the length of GET's", True)
def _(c):
    c.send(c.headers(1, c.fields(method="HEAD")))
    return c.response(1) == ("200", b"") and c.last_fields["content-length"] == "5"
@case("4: content with trailers", ("200", b"content trailer=7"))
def _(c):
    c.send(c.headers(1, c.fields(method="POST", path="/trailers"), OPEN), raw(DATA, 0, 1, b"content"), c.headers(1, [("sum", "7")]))
    return c.response(1)

# 3.4 Preface
@case("3.4: an invalid preface", *connection_error(PROTOCOL_ERROR), "400", greeting=False)
def _(c): c.send(b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n" + settings())
@case("3.4: a first frame that is not SETTINGS", *connection_error(PROTOCOL_ERROR), greeting=False)
def _(c): c.send(PREFACE + raw(PING, payload=b"x" * 8)); return skip_settings(c)

# 4 Frames
@case("4.1: an unknown type of frame is ignored", "200")
def _(c): c.send(raw(0xFF, 0, 0, b"x" * 8), raw(0xFE, 0xFF, 1, b""), c.headers(1))
@case("4.1: undefined flags are ignored", "PING")
def _(c): c.send(raw(PING, 0xFE, 0, b"x" * 8))
@case("4.1: the reserved bit is ignored", "PING")
def _(c): c.send(raw(PING, 0, 1 << 31, b"x" * 8))
@case("4.2: a DATA frame of 2^14 bytes", "200")
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/echo"), OPEN), raw(DATA, END_STREAM, 1, b"x" * 16384))
@case("4.2: a DATA frame that is too long", *stream_error(FRAME_SIZE_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), raw(DATA, END_STREAM, 1, b"x" * 16385))
@case("4.2: a HEADERS frame that is too long", *connection_error(FRAME_SIZE_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields(("a", "b" * 17000)))))
@case("4.3: an invalid block of fields", *connection_error(COMPRESSION_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"))
@case("4.3: PRIORITY within a block of fields", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(HEADERS, END_STREAM, 1, c.encode(c.fields())), raw(PRIORITY, 0, 1, b"\0\0\0\0\xff"))
@case("4.3: HEADERS of another stream within a block of fields", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(HEADERS, END_STREAM, 1, c.encode(c.fields())), c.headers(3))

# 5.1 Streams
for kind, frame in (("DATA", raw(DATA, END_STREAM, 1, b"x")), ("RST_STREAM", rst(1)), ("WINDOW_UPDATE", window_update(1, 100))):
    @case(f"5.1: idle: {kind}", *connection_error(PROTOCOL_ERROR, STREAM_CLOSED), frame=frame)
    def _(c, frame): c.send(frame)
@case("5.1: idle: CONTINUATION", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(CONTINUATION, END_HEADERS, 1, c.encode(c.fields())))
@case("5.1: half-closed: DATA", *stream_error(STREAM_CLOSED))
def _(c): c.send(c.headers(1, c.fields(path="/hang")), raw(DATA, END_STREAM, 1, b"x"))
@case("5.1: half-closed: HEADERS", *stream_error(STREAM_CLOSED, PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(path="/hang")), c.headers(1))
@case("5.1: half-closed: CONTINUATION", *stream_error(STREAM_CLOSED, PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(path="/hang")), raw(CONTINUATION, END_HEADERS, 1, c.encode(c.fields())))
@case("5.1: closed by RST_STREAM: DATA", *stream_error(STREAM_CLOSED), "ignored")
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), rst(1), raw(DATA, END_STREAM, 1, b"x")); return ignored(c)
@case("5.1: closed by RST_STREAM: HEADERS", *stream_error(STREAM_CLOSED, PROTOCOL_ERROR), "ignored")
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), rst(1), c.headers(1)); return ignored(c)
@case("5.1: closed by RST_STREAM: CONTINUATION", *stream_error(STREAM_CLOSED, PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(path="/hang")), rst(1), raw(CONTINUATION, END_HEADERS, 1, c.encode(c.fields())))
@case("5.1: closed: DATA", *stream_error(STREAM_CLOSED))
def _(c): c.send(c.headers(1)); c.response(1); c.send(raw(DATA, END_STREAM, 1, b"x"))
@case("5.1: closed: HEADERS", *connection_error(STREAM_CLOSED, PROTOCOL_ERROR))
def _(c): c.send(c.headers(1)); c.response(1); c.send(c.headers(1))
@case("5.1: closed: CONTINUATION", *connection_error(STREAM_CLOSED, PROTOCOL_ERROR))
def _(c): c.send(c.headers(1)); c.response(1); c.send(raw(CONTINUATION, END_HEADERS, 1, c.encode(c.fields())))
@case("5.1.1: an even stream of the client's", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(2))
@case("5.1.1: a stream with a smaller number", *connection_error(PROTOCOL_ERROR, STREAM_CLOSED))
def _(c): c.send(c.headers(5, c.fields(path="/hang")), c.headers(3))
@case("5.1.2: more streams than are allowed", *stream_error(PROTOCOL_ERROR, REFUSED_STREAM))
def _(c):
    for stream in range(1, 2 * 102, 2):
        c.send(c.headers(stream, c.fields(path="/hang")))
@case("5.3.1: HEADERS that depend on themselves", *stream_error(PROTOCOL_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF | HAS_PRIORITY, 1, b"\0\0\0\x01\xff" + c.encode(c.fields(path="/hang"))))
@case("5.3.1: PRIORITY that depends on itself", *stream_error(PROTOCOL_ERROR), "ignored")
def _(c): c.send(raw(PRIORITY, 0, 1, b"\0\0\0\x01\xff")); return ignored(c)
@case("5.4.1: after an invalid PING the connection is closed", True)
def _(c):
    c.send(raw(PING, 0, 0, b"x" * 6))
    while c.read() is not None: pass
    return c.is_closed
@case("5.5: an unknown frame within a block of fields", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(HEADERS, END_STREAM, 1, c.encode(c.fields())), raw(0xFF, 0, 0, b"x" * 8))

# 6 Kinds of frames
@case("6.1: DATA on stream 0", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(DATA, END_STREAM, 0, b"x"))
@case("6.1: DATA with more padding than content", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), raw(DATA, END_STREAM | PADDED, 1, b"\x05test"))
@case("6.2: HEADERS on stream 0", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(0))
@case("6.2: HEADERS with more padding than fields", *connection_error(PROTOCOL_ERROR))
def _(c): block = c.encode(c.fields()); c.send(raw(HEADERS, CLOSED_HALF | PADDED, 1, bytes([len(block) + 1]) + block))
@case("6.3: PRIORITY on stream 0", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(PRIORITY, 0, 0, b"\0\0\0\0\x10"))
@case("6.3: PRIORITY of another length", *stream_error(FRAME_SIZE_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), raw(PRIORITY, 0, 1, b"\x80\0\0\x01"))
@case("6.4: RST_STREAM on stream 0", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(rst(0))
@case("6.4: RST_STREAM of another length", *connection_error(FRAME_SIZE_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), raw(RST_STREAM, 0, 1, b"\0\0\0"))
@case("6.5: SETTINGS with ACK and content", *connection_error(FRAME_SIZE_ERROR))
def _(c): c.send(raw(SETTINGS, ACK, 0, b"\0\x01\0\0\0\0"))
@case("6.5: SETTINGS on a stream", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(SETTINGS, 0, 1, b"\0\x03\0\0\0\x64"))
@case("6.5: SETTINGS of another length", *connection_error(FRAME_SIZE_ERROR))
def _(c): c.send(raw(SETTINGS, 0, 0, b"\0\x03\0"))
for name, pair, code in (
    ("ENABLE_PUSH = 2", (2, 2), PROTOCOL_ERROR), ("INITIAL_WINDOW_SIZE = 2^31", (4, 1 << 31), FLOW_CONTROL_ERROR),
    ("MAX_FRAME_SIZE = 0", (5, 0), PROTOCOL_ERROR), ("MAX_FRAME_SIZE = 2^14 - 1", (5, 16383), PROTOCOL_ERROR),
    ("MAX_FRAME_SIZE = 2^24", (5, 1 << 24), PROTOCOL_ERROR),
):
    @case(f"6.5.2: {name}", *connection_error(code), pair=pair)
    def _(c, pair): c.send(settings(pair))
@case("6.5.2: an unknown setting is ignored", "PING")
def _(c): c.send(settings((0xFF, 1)), raw(PING, payload=b"x" * 8))
@case("6.5.2: HEADER_TABLE_SIZE = 2^32 - 1 is fine", "200")
def _(c): c.send(settings((1, (1 << 32) - 1)), c.headers(1))
@case("6.5.3: the last of several values counts", True)
def _(c):
    c.send(settings((4, 100), (4, 1)), c.headers(1))
    while frame := c.read():
        if isinstance(frame, frames.DataFrame): return len(frame.data) == 1
@case("6.7: PING with ACK is ignored", "PING")
def _(c): c.send(raw(PING, ACK, 0, b"invalid!"), raw(PING, 0, 0, b"x" * 8))
@case("6.7: PING on a stream", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(PING, 0, 1, b"x" * 8))
@case("6.7: PING of another length", *connection_error(FRAME_SIZE_ERROR))
def _(c): c.send(raw(PING, 0, 0, b"x" * 6))
@case("6.8: GOAWAY on a stream", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(raw(GOAWAY, 0, 1, b"\0" * 8))
@case("6.9: WINDOW_UPDATE of 0 on the connection", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(window_update(0, 0))
@case("6.9: WINDOW_UPDATE of 0 on a stream", *stream_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), window_update(1, 0))
@case("6.9: WINDOW_UPDATE of another length", *connection_error(FRAME_SIZE_ERROR))
def _(c): c.send(raw(WINDOW_UPDATE, 0, 0, b"\0\0\x01"))
@case("6.9.1: no more is sent than the window takes", True)
def _(c):
    c.send(settings((4, 1)), c.headers(1))
    sizes = []
    while frame := c.read(0.3):
        if isinstance(frame, frames.DataFrame): sizes.append(len(frame.data))
    return sizes == [1]
@case("6.9.1: a connection's window past 2^31 - 1", *connection_error(FLOW_CONTROL_ERROR))
def _(c): c.send(window_update(0, (1 << 31) - 1), window_update(0, (1 << 31) - 1))
@case("6.9.1: a stream's window past 2^31 - 1", *stream_error(FLOW_CONTROL_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), window_update(1, (1 << 31) - 1), window_update(1, (1 << 31) - 1))
@case("6.9.2: a window that grows while a response waits for it", ("200", b"Hello"))
def _(c): c.send(settings((4, 0)), c.headers(1), settings((4, 10))); return c.response(1)
@case("6.9.2: a window below zero is waited out", True)
def _(c):
    c.send(settings((4, 3)), c.headers(1))
    got = b""
    while len(got) < 3:
        frame = c.read()
        if isinstance(frame, frames.DataFrame): got += frame.data
    c.send(settings((4, 2)))
    quiet = [frame for frame in iter(lambda: c.read(0.3), None) if isinstance(frame, frames.DataFrame)]
    c.send(window_update(1, 2))
    while len(got) < 4 and (frame := c.read()):
        if isinstance(frame, frames.DataFrame): got += frame.data
    return quiet == [] and got == b"Hell"
@case("6.9.2: INITIAL_WINDOW_SIZE that takes a window past 2^31 - 1", *connection_error(FLOW_CONTROL_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), window_update(1, 65535), settings((4, (1 << 31) - 1)))
@case("6.10: CONTINUATION on stream 0", *connection_error(PROTOCOL_ERROR))
def _(c): block = c.encode(c.fields()); c.send(raw(HEADERS, END_STREAM, 1, block[:5]), raw(CONTINUATION, END_HEADERS, 0, block[5:]))
for name, before in (("HEADERS that were complete", lambda c: [c.headers(1, c.fields(path="/hang"))]),
                     ("CONTINUATION that was complete", lambda c: [raw(HEADERS, END_STREAM, 1, (b := c.encode(c.fields(path="/hang")))[:5]), raw(CONTINUATION, END_HEADERS, 1, b[5:])]),
                     ("DATA", lambda c: [c.headers(1, c.fields(method="POST", path="/hang"), OPEN), raw(DATA, 0, 1, b"x")])):
    @case(f"6.10: CONTINUATION after {name}", *connection_error(PROTOCOL_ERROR), before=before)
    def _(c, before): c.send(*before(c), raw(CONTINUATION, END_HEADERS, 1, b"\x82"))
@case("6.6: PUSH_PROMISE of a client", *connection_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), raw(PUSH_PROMISE, END_HEADERS, 1, b"\0\0\0\x02" + c.encode(c.fields())))

# 7 Error codes
@case("7: RST_STREAM with an unknown code", "PING")
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), rst(1, 0xFF), raw(PING, payload=b"x" * 8))
@case("7: GOAWAY with an unknown code", "closed", "PING", "GOAWAY NO_ERROR")
def _(c): c.send(raw(GOAWAY, 0, 0, b"\0\0\0\0\0\0\0\xff"), raw(PING, payload=b"x" * 8))

# 8 Messages
@case("8.1: a second HEADERS without END_STREAM", *stream_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), c.headers(1, [("a", "b")], OPEN))
MALFORMED = [
    ("8.2.1: an upper-case name", [("X-Test", "ok")]), ("8.2.1: an empty name", [("", "ok")]),
    ("8.2.1: a name with a space", [("x test", "ok")]), ("8.2.1: a name with a colon", [("x:y", "ok")]),
    ("8.2.1: a name with a byte beyond ASCII", [("x\u00e9", "ok")]),
    ("8.2.1: a value with CR", [("a", "b\rc")]), ("8.2.1: a value with LF", [("a", "b\nc")]),
    ("8.2.1: a value with CRLF and a field", [("a", "b\r\nc: d")]), ("8.2.1: a value with NUL", [("a", "b\0c")]),
    ("8.2.1: a value with a control character", [("a", "b\x01c")]), ("8.2.1: a value with DEL", [("a", "b\x7fc")]),
    ("8.2.1: a value that begins with a space", [("a", " b")]), ("8.2.1: a value that ends with a tab", [("a", "b\t")]),
    ("8.2.2: connection", [("connection", "keep-alive")]), ("8.2.2: keep-alive", [("keep-alive", "1")]),
    ("8.2.2: proxy-connection", [("proxy-connection", "keep-alive")]), ("8.2.2: transfer-encoding", [("transfer-encoding", "chunked")]),
    ("8.2.2: upgrade", [("upgrade", "h2c")]), ("8.2.2: te: gzip", [("te", "trailers, deflate")]),
    ("8.3: an unknown pseudo-field", [(":test", "ok")]), ("8.3: a pseudo-field of responses", [(":status", "200")]),
    ("8.3: a pseudo-field after a regular one", [("a", "b"), (":authority", "y")]),
    ("8.3.1: two Hosts", [("host", "x"), ("host", "x")]),
    ("8.1.1: Content-Length without content", [("content-length", "5")]),
    ("8.1.1: Content-Length that is no number", [("content-length", "+5")]),
    ("8.1.1: two Content-Lengths", [("content-length", "0"), ("content-length", "0")]),
]
for name, more in MALFORMED:
    @case(name, *stream_error(PROTOCOL_ERROR), *connection_error(COMPRESSION_ERROR), "400", more=more)
    def _(c, more): c.send(c.headers(1, c.fields(*more)))
@case("8.2.2: te: trailers is fine", "200")
def _(c): c.send(c.headers(1, c.fields(("te", "trailers"))))
@case("8.3.1: Host beside an equal :authority is fine", "200")
def _(c): c.send(c.headers(1, c.fields(("host", "X"))))
for name, fields in (
    ("no :method", [(":scheme", "http"), (":path", "/"), (":authority", "x")]),
    ("no :scheme", [(":method", "GET"), (":path", "/"), (":authority", "x")]),
    ("no :path", [(":method", "GET"), (":scheme", "http"), (":authority", "x")]),
    ("an empty :path", [(":method", "GET"), (":scheme", "http"), (":path", ""), (":authority", "x")]),
    ("two :methods", [(":method", "GET"), (":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "x")]),
    ("two :schemes", [(":method", "GET"), (":scheme", "http"), (":scheme", "http"), (":path", "/"), (":authority", "x")]),
    ("two :paths", [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":path", "/"), (":authority", "x")]),
    ("neither :authority nor Host", [(":method", "GET"), (":scheme", "http"), (":path", "/")]),
    ("Host that is not the :authority", [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "x"), ("host", "y")]),
    ("an :authority with a user", [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "u@x")]),
    ("an :authority with a space", [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "x y")]),
    ("a :path with a space", [(":method", "GET"), (":scheme", "http"), (":path", "/ HTTP/1.1"), (":authority", "x")]),
    ("a :path with CRLF", [(":method", "GET"), (":scheme", "http"), (":path", "/\r\na: b"), (":authority", "x")]),
    ("a :path without a slash", [(":method", "GET"), (":scheme", "http"), (":path", "x"), (":authority", "x")]),
    ("an absolute :path", [(":method", "GET"), (":scheme", "http"), (":path", "http://x/"), (":authority", "x")]),
    ("a :method with a space", [(":method", "GET /admin HTTP/1.1"), (":scheme", "http"), (":path", "/"), (":authority", "x")]),
    ("a foreign :scheme", [(":method", "GET"), (":scheme", "ftp"), (":path", "/"), (":authority", "x")]),
    ("CONNECT with a :path", [(":method", "CONNECT"), (":scheme", "http"), (":path", "/"), (":authority", "x:80")]),
    ("CONNECT without an :authority", [(":method", "CONNECT")]),
    (":protocol without CONNECT", [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "x"), (":protocol", "websocket")]),
):
    @case(f"8.3.1: {name}", *stream_error(PROTOCOL_ERROR), "400", fields=fields)
    def _(c, fields): c.send(c.headers(1, fields))
@case("8.3.1: Host alone tells the authority", "200")
def _(c): c.send(c.headers(1, [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("host", "x")]))
@case("8.3.1: an unknown method is the app's to refuse", "405", "501")
def _(c): c.send(c.headers(1, c.fields(method="BREW")))
@case("8.5: CONNECT is the app's to refuse", "400", "404", "405", "501")
def _(c): c.send(c.headers(1, [(":method", "CONNECT"), (":authority", "x:80")], END_HEADERS))
@case("8.1.1: less content than Content-Length", *stream_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(("content-length", "5"), method="POST", path="/hang"), OPEN), raw(DATA, END_STREAM, 1, b"test"))
@case("8.1.1: more content than Content-Length", *stream_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(("content-length", "3"), method="POST", path="/hang"), OPEN), raw(DATA, 0, 1, b"te"), raw(DATA, END_STREAM, 1, b"st"))
@case("8.1: trailers with a pseudo-field", *stream_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), raw(DATA, 0, 1, b"x"), c.headers(1, [(":path", "/")]))
@case("8.2.2: connection among the trailers", *stream_error(PROTOCOL_ERROR))
def _(c): c.send(c.headers(1, c.fields(method="POST", path="/hang"), OPEN), raw(DATA, 0, 1, b"x"), c.headers(1, [("connection", "close")]))

# HPACK
@case("HPACK 2.3.3: an index that is not there", *connection_error(COMPRESSION_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields()) + b"\xc6"))
@case("HPACK 4.2: a change of the table's size at the end", *connection_error(COMPRESSION_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields()) + b"\x20"))
@case("HPACK 5.2: more than 7 bits of padding", *connection_error(COMPRESSION_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields()) + b"\x00\x85\xf2\xb2\x4a\x84\xff\x84\x49\x50\x9f\xff"))
@case("HPACK 5.2: padding with zeros", *connection_error(COMPRESSION_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields()) + b"\x00\x85\xf2\xb2\x4a\x84\xff\x83\x49\x50\x90"))
@case("HPACK 5.2: a string with EOS", *connection_error(COMPRESSION_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields()) + b"\x00\x85\xf2\xb2\x4a\x84\xff\x87\x49\x50\x9f\xff\xff\xff\xfe"))
@case("HPACK 6.1: index 0", *connection_error(COMPRESSION_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, c.encode(c.fields()) + b"\x80"))
@case("HPACK 6.3: a table larger than the limit", *connection_error(COMPRESSION_ERROR))
def _(c): c.send(raw(HEADERS, CLOSED_HALF, 1, b"\x3f\xe1\x7f\x82\x84\x86\x41\x01x"))
for name, block in (("an integer of 11 bytes", b"\xff" * 11), ("index 2^31", b"\xff\x81\xff\xff\xff\x07"),
                    ("a table of 2^32", b"\x3f\xe1\xff\xff\xff\x0f"), ("a string of 2^31", b"\x00\x7f\x81\xff\xff\xff\x07")):
    @case(f"HPACK: {name}", *connection_error(COMPRESSION_ERROR), block=block)
    def _(c, block): c.send(raw(HEADERS, CLOSED_HALF, 1, block))


def skip_settings(c):
    while True:
        outcome = c.outcome()
        if outcome != "PING": return outcome


def ignored(c):
    """What came of it, where it was ignored that the connection lives on."""
    c.send(raw(PING, payload=b"12345678"))
    outcome = c.outcome()
    return "ignored" if outcome == "PING" else outcome


def run(entry, port):
    name, function, allowed, greeting, options = entry
    client = Client(port, greeting=greeting)
    try:
        outcome = function(client, **options)
        if outcome is None:
            outcome = client.outcome()
        return {"name": name, "ok": outcome in allowed, "outcome": repr(outcome)}
    except Exception as error:
        return {"name": name, "ok": False, "outcome": repr(error)}
    finally:
        client.close()


if __name__ == "__main__":
    port = int(sys.argv[1])
    with ThreadPoolExecutor(8) as pool:
        for result in pool.map(lambda entry: run(entry, port), CASES):
            print(json.dumps(result))
