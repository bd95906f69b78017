"""What Werkzeug's ProxyFix makes of requests: proxy_headers.py SEED COUNT writes COUNT random cases as JSON."""

import json
import random
import sys

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Request, Response

ADDRESSES = ["192.0.2.1", "198.51.100.7", "10.0.0.9", "2001:db8::1", "::1", "127.0.0.1"]
SCHEMES = ["http", "https"]
HOSTS = ["example.com", "shop.example.org:8443", "127.0.0.1:5000", "[2001:db8::2]:8000", "[::1]", "a-b.example"]
PORTS = ["80", "443", "8443", "5000", "1"]
PREFIXES = ["/shop", "/a/b", "/app-1", "/v1.0/x"]
FIELDS = {"For": ADDRESSES, "Proto": SCHEMES, "Host": HOSTS, "Port": PORTS, "Prefix": PREFIXES}


def case(rng):
    hops = {name: rng.choice([0, 1, 1, 2, 3]) for name in FIELDS}
    if not any(hops.values()):
        hops["For"] = 1
    lines = {}
    for name, values in FIELDS.items():
        if rng.random() < 0.75:
            lines[name] = [
                rng.choice([", ", ",", " , "]).join(rng.choice(values) for _ in range(rng.randint(1, 3)))
                for _ in range(rng.choice([1, 1, 1, 2]))
            ]
    scheme, host = rng.choice(SCHEMES), rng.choice(["localhost", "inner.example:8080", "10.0.0.2:8000"])
    return {"hops": hops, "lines": lines, "scheme": scheme, "host": host, "answer": answer(hops, lines, scheme, host)}


def answer(hops, lines, scheme, host):
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "SCRIPT_NAME": "", "REMOTE_ADDR": "127.0.0.1", "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": host, "wsgi.url_scheme": scheme,
    }
    for name, values in lines.items():
        environ["HTTP_X_FORWARDED_" + name.upper()] = ",".join(values)
    seen = {}

    def app(environ, start_response):
        request = Request(environ)
        seen.update(
            address=request.remote_addr, scheme=request.scheme, host=request.host, root=request.root_path.rstrip("/"),
            url=request.url)
        return Response("")(environ, start_response)

    fixed = ProxyFix(app, *(hops[name] for name in ["For", "Proto", "Host", "Port", "Prefix"]))
    fixed(environ, lambda *_: None)
    return seen


if __name__ == "__main__":
    rng = random.Random(sys.argv[1])
    print("[")
    print(",\n".join(json.dumps(case(rng)) for _ in range(int(sys.argv[2]))))
    print("]")
