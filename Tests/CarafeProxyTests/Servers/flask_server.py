"""A Flask app for the tests of the proxy, under Werkzeug's server or gunicorn, with websockets' server beside it.

    flask_server.py werkzeug | gunicorn | websockets

Writes the port to standard output.
"""

import asyncio
import os
import signal
import socket
import sys
import threading
import time

from flask import Flask, Response, jsonify, redirect, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1)


@app.route("/seen", methods=["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def seen():
    return jsonify(
        method=request.method, path=request.path, root=request.root_path, url=request.url, remote=request.remote_addr,
        body=request.get_data(as_text=True), urlFor=url_for("seen"), fields=dict(request.headers.items()))


@app.route("/redirect")
def away():
    return redirect(url_for("seen"))


@app.route("/cookie")
def cookie():
    response = Response("set")
    response.set_cookie("a", "1", path="/seen", httponly=True)
    response.set_cookie("b", "2")
    return response


@app.route("/stream")
def stream():
    def pieces():
        for number in range(3):
            yield f"piece {number}\n"
            time.sleep(0.01)

    return Response(pieces(), mimetype="text/plain")


@app.route("/upload", methods=["POST"])
def upload():
    total = 0
    while data := request.stream.read(65536):
        total += len(data)
    return str(total)


@app.route("/large")
def large():
    return Response(b"x" * int(request.args["bytes"]), mimetype="application/octet-stream")


@app.route("/status/<int:code>")
def status(code):
    return Response("status", status=code)


def serve_websockets(listener):
    from websockets.asyncio.server import serve

    async def echo(connection):
        await connection.send(f"{connection.request.path} {connection.subprotocol}")
        async for message in connection:
            await connection.send(message)

    async def run():
        async with serve(echo, sock=listener, subprotocols=["chat"]) as server:
            await server.serve_forever()

    asyncio.run(run())


def serve_gunicorn(listener):
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self):
            self.cfg.set("bind", f"fd://{listener.fileno()}")
            self.cfg.set("worker_class", "gthread")
            self.cfg.set("threads", 4)
            self.cfg.set("keepalive", 2)
            self.cfg.set("graceful_timeout", 1)
            self.cfg.set("loglevel", "error")

        def load(self):
            return app

    Server().run()


def end_with(parent):
    """Ends this process when the one that has started it is gone."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def main():
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    port = listener.getsockname()[1]
    print(port, flush=True)
    if sys.argv[1] == "websockets":
        serve_websockets(listener)
    elif sys.argv[1] == "gunicorn":
        listener.set_inheritable(True)
        sys.argv = sys.argv[:1]
        serve_gunicorn(listener)
    else:
        from werkzeug.serving import make_server

        make_server("127.0.0.1", port, app, threaded=True, fd=listener.fileno()).serve_forever()


main()
