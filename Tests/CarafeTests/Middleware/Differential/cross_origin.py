"""What flask-cors adds to responses: cross_origin.py SEED COUNT writes COUNT random cases as JSON.

Patterns are regular expressions there and wildcards here; each case has both."""

import json
import random
import sys
from datetime import timedelta

from flask import Flask, abort
from flask_cors import CORS

ORIGINS = {
    "*": "*",
    "https://a.example": "https://a.example",
    "http://b.example:8080": "http://b.example:8080",
    "https://*.c.example": r"https://.*\.c\.example$",
    "http://localhost:*": r"http://localhost:.*$",
    "null": "null",
}
SENT = [None, "https://a.example", "HTTPS://A.example", "http://b.example:8080", "https://x.c.example",
        "https://x.y.c.example", "https://evil.example", "http://localhost:5173", "null", "https://c.example"]
HEADERS = {"*": "*", "X-One": "X-One", "X-Two": "X-Two", "X-T*": "X-T.*"}
METHODS = [None, ["GET", "POST"], ["GET", "PUT", "DELETE"]]
PATHS = ["/api/x", "/api/fails", "/api/missing", "/other"]


def case(rng):
    origins = rng.sample(list(ORIGINS), rng.choice([1, 1, 2, 3]))
    policy = {
        "origins": origins, "methods": rng.choice(METHODS), "allowedHeaders": rng.sample(list(HEADERS), rng.choice([1, 2])),
        "exposedHeaders": rng.choice([[], ["X-B", "X-A"]]), "credentials": "*" not in origins and rng.random() < 0.4,
        "maxAge": rng.choice([None, 600]), "sendsWildcard": rng.random() < 0.3, "path": rng.choice(["*", "/api/*"]),
    }
    origin = rng.choice(SENT)
    # Several origins without one that asks: flask-cors sends them all, which no browser can read.
    if origin is None and (len(origins) > 1 or "*" in origins[0]) and "*" not in origins:
        origin = "https://a.example"
    request = {"path": rng.choice(PATHS), "method": rng.choice(["GET", "POST", "OPTIONS"]), "origin": origin,
               "asksMethod": None, "asksHeaders": None}
    if request["method"] == "OPTIONS" and origin:
        request["path"] = rng.choice(["/api/x", "/other"])
        request["asksMethod"] = rng.choice(["GET", "PUT", "DELETE", "put"])
        request["asksHeaders"] = rng.choice([None, "X-Two, x-one", "Content-Type", "X-Three,X-One"])
    return {"policy": policy, "request": request, "answer": answer(policy, request)}


def answer(policy, request):
    app = Flask("cross_origin")
    app.add_url_rule("/api/x", view_func=lambda: "x", endpoint="x", methods=["GET", "POST"])
    app.add_url_rule("/other", view_func=lambda: "other", endpoint="other", methods=["GET", "POST"])
    app.add_url_rule("/api/fails", view_func=lambda: abort(409), endpoint="fails", methods=["GET", "POST"])
    options = {
        "origins": [ORIGINS[origin] for origin in policy["origins"]],
        "allow_headers": [HEADERS[name] for name in policy["allowedHeaders"]],
        "expose_headers": policy["exposedHeaders"], "supports_credentials": policy["credentials"],
        "max_age": policy["maxAge"] and timedelta(seconds=policy["maxAge"]), "send_wildcard": policy["sendsWildcard"],
    }
    if policy["methods"]:
        options["methods"] = policy["methods"]
    CORS(app, resources={{"*": r"*", "/api/*": r"/api/.*"}[policy["path"]]: options})
    headers = {"Origin": request["origin"], "Access-Control-Request-Method": request["asksMethod"],
               "Access-Control-Request-Headers": request["asksHeaders"]}
    response = app.test_client().open(
        request["path"], method=request["method"], headers={k: v for k, v in headers.items() if v})
    told = {name: response.headers.get("Access-Control-" + name) for name in [
        "Allow-Origin", "Allow-Credentials", "Expose-Headers", "Allow-Headers", "Allow-Methods", "Max-Age"]}
    return {"status": response.status_code, "varies": "Origin" in response.headers.get("Vary", ""),
            "fields": {name: value for name, value in told.items() if value is not None}}


if __name__ == "__main__":
    rng = random.Random(sys.argv[1])
    print("[")
    print(",\n".join(json.dumps(case(rng)) for _ in range(int(sys.argv[2]))))
    print("]")
