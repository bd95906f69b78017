"""Talks to a server as a client of Python's websockets does, and prints what came of it, a line of JSON for each."""

import json
import random
import sys

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.sync.client import connect

PORT = int(sys.argv[1])
SETTINGS = [
    None,
    {},
    {"server_no_context_takeover": True, "client_no_context_takeover": True},
    {"server_max_window_bits": 9, "client_max_window_bits": 9},
    {"server_max_window_bits": 15, "client_max_window_bits": 15},
    {"client_max_window_bits": True},
]


def open_socket(path, settings=None, **arguments):
    extensions = None if settings is None else [ClientPerMessageDeflateFactory(**settings)]
    return connect(
        f"ws://127.0.0.1:{PORT}{path}", compression=None, extensions=extensions, max_size=None, open_timeout=20,
        close_timeout=20, **arguments)


def show(name, *values):
    print(json.dumps([name, *values]), flush=True)


def echo(settings):
    generator = random.Random(1)
    with open_socket("/echo", settings) as socket:
        wrong = 0
        for size in [0, 1, 125, 126, 127, 1000, 65535, 65536, 200000]:
            text = "".join(generator.choice("aµ☃𝄞 ") for _ in range(size // 4))
            noise = generator.randbytes(size)
            for message in [text, noise, b"a" * size]:
                socket.send(message)
                wrong += socket.recv(timeout=20) != message
        for pieces in [["one", "two", "three"], ["κόσ", "με"], [""] * 20, [b"\x00", b"\xff" * 70000, b""]]:
            socket.send(iter(pieces))
            wrong += socket.recv(timeout=20) != type(pieces[0])().join(pieces)
        pongs = [socket.ping(f"p{index}".encode()) for index in range(3)]
        pongs_came = all(pong.wait(20) for pong in pongs)
        names = [extension.name for extension in socket.protocol.extensions]
        show("echo", json.dumps(settings, sort_keys=True), wrong, pongs_came, names)


for settings in SETTINGS:
    echo(settings)

for code, reason in [(1000, ""), (1000, "bye"), (3000, "κόσμε"), (4999, "x" * 123)]:
    socket = open_socket("/echo")
    socket.close(code, reason)
    show("client closes", code, socket.close_code, socket.close_reason == reason)

for code in [1000, 1001, 1003, 1008, 1011, 1013, 3000, 4001]:
    with open_socket(f"/close/{code}") as socket:
        try:
            socket.recv(timeout=20)
        except ConnectionClosed as closed:
            show("server closes", code, closed.rcvd.code, closed.rcvd.reason, closed.rcvd_then_sent)

with open_socket("/echo") as socket:
    try:
        socket.send("x" * 200001)
        socket.recv(timeout=20)
    except ConnectionClosed as closed:
        show("too big", closed.rcvd.code)

with open_socket("/chosen", subprotocols=["v1", "v2"]) as socket:
    show("subprotocol", socket.subprotocol, socket.recv(timeout=20))

for origin in ["http://evil.example", f"http://127.0.0.1:{PORT}"]:
    try:
        with open_socket("/echo", origin=origin):
            show("origin", "let in")
    except InvalidStatus as refused:
        show("origin", refused.response.status_code)
