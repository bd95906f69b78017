"""The short text and the large one as ASGI, without a framework."""

LARGE = b"x" * 64 * 1024


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    body = LARGE if scope["path"] == "/large" else b"Hello, World!"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
