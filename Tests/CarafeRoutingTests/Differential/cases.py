"""Maps of rules that show one thing each, as (options, rules, what is asked)."""


def rule(path, endpoint="x", **options):
    return {"path": path, "endpoint": endpoint, "methods": None} | options


def paths(*texts, **more):
    return [{"path": text} | more for text in texts]


def builds(endpoint, *values, **more):
    return [{"endpoint": endpoint, "values": [list(pair) for pair in each]} | more for each in values]


UUID = "9c01e6b0-4e1d-4f2a-8b5d-0123456789ab"

MAPS = [
    # Several variables in a segment: each takes the most that lets the rest match.
    ({}, [rule("/m/<a>-<b>.<c>")], paths("/m/a-b-c.d.e", "/m/a-b", "/m/-b.c", "/m/a--b.c", "/m/a-b.c/")),
    ({}, [rule("/<a><b>"), rule("/n/<int:a><int:b>")], paths("/xy", "/x", "/n/123", "/n/1")),
    ({}, [rule("/<a>.<any(png, jpg):b>")], paths("/x.png", "/x.y.jpg", "/x.gif", "/.png", "/x.pngjpg")),
    # Converters.
    ({}, [rule("/<string(length=2):a>")], paths("/ab", "/a", "/abc", "/éé", "/é")),
    ({}, [rule("/<string(minlength=2):a>"), rule("/x/<string(maxlength=2):a>")], paths("/ab", "/a", "/x/ab", "/x/abc")),
    ({}, [rule('/<any("a b", c, "d/e"):a>')], paths("/a b", "/c", "/d", "/d/e") + builds("x", [("a", "s:c")], [("a", "s:z")])),
    ({}, [rule("/f/<path:a>"), rule("/g/<path:a>/")], paths("/f/a", "/f/a/", "/f/", "/f//a", "/f/a//b", "/g/a", "/g/a/", "/g/a//")),
    ({}, [rule("/<path:a>/edit"), rule("/<path:a>")], paths("/a/edit", "/a/b/edit", "/edit", "/a/edit/b", "/a/edit/edit")),
    ({}, [rule("/<int:a>")], paths("/5", "/05", "/-5", "/+5", "/5a", "/٣", "/9223372036854775807", "/9223372036854775808")),
    ({}, [rule("/<int(fixed_digits=3):a>")], paths("/005", "/5", "/0005") + builds("x", [("a", "i:5")], [("a", "i:5000")])),
    ({}, [rule("/<int(min=2, max=4):a>")], paths("/1", "/2", "/4", "/5")),
    ({}, [rule("/<int(signed=True):a>")], paths("/-5", "/5", "/--5", "/-") + builds("x", [("a", "i:-5")])),
    ({}, [rule("/<float:a>")], paths("/1.5", "/1", "/.5", "/1.", "/1.5.5", "/-1.5") + builds("x", [("a", "f:1.5")], [("a", "i:2")], [("a", "f:1e-05")])),
    ({}, [rule("/<float(min=1, max=2, signed=True):a>")], paths("/1.5", "/2.5", "/-1.5", "/0.5")),
    ({}, [rule("/<uuid:a>")], paths("/" + UUID, "/" + UUID.upper(), "/" + UUID[:-1], "/" + UUID.replace("-", "")) + builds("x", [("a", "u:" + UUID)])),
    ({}, [rule("/<hex:a>"), rule("/<a>", "y")], paths("/ff", "/xyz") + builds("x", [("a", "i:255")], [("a", "s:z")])),
    # Priorities.
    ({}, [rule("/<path:a>", "p"), rule("/<a>", "s"), rule("/<float:a>", "f"), rule("/<int:a>", "i"), rule("/1", "t")], paths("/1", "/2", "/2.5", "/x", "/x/y")),
    ({}, [rule("/<a>", "s"), rule("/<uuid:a>", "u"), rule("/<any(a, b):a>", "y")], paths("/a", "/" + UUID, "/z")),
    ({}, [rule("/<any(a, b):a>", "y"), rule("/<uuid:a>", "u"), rule("/<a>", "s")], paths("/a", "/" + UUID, "/z")),
    ({}, [rule("/<a>", "s"), rule("/a<a>", "p"), rule("/<a>b", "q"), rule("/a<a>b", "r")], paths("/axb", "/ax", "/xb", "/x")),
    ({}, [rule("/<a>/x", "p"), rule("/a/<b>", "q")], paths("/a/x", "/a/y", "/b/x")),
    ({}, [rule("/<int(max=3):a>", "i"), rule("/<a>", "s")], paths("/3", "/5")),
    ({}, [rule("/<a>/1", "p"), rule("/<uuid:a>/<b>", "q"), rule("/<uuid:a>/1", "r")], paths(f"/{UUID}/1", f"/{UUID}/2", "/a/1")),
    ({}, [rule("/<any(a, b):a>/x", "p"), rule("/<a>/x", "q"), rule("/<a>/y", "r"), rule("/<any(a, b):a>/y", "s")], paths("/a/x", "/a/y")),
    # Methods.
    ({}, [rule("/a", methods=["GET"]), rule("/<a>", "y", methods=["PUT"]), rule("/a", "z", methods=["POST"])], [{"path": "/a", "method": method} for method in ["GET", "HEAD", "POST", "PUT", "DELETE"]]),
    ({}, [rule("/a", methods=["GET"]), rule("/a", "y", methods=["POST"])], [{"path": "/a", "method": method} for method in ["GET", "POST", "PATCH"]]),
    ({}, [rule("/a/", methods=["GET"])], [{"path": path, "method": method} for path in ["/a", "/a/"] for method in ["GET", "POST"]]),
    ({}, [rule("/a", methods=["GET"], strict_slashes=False)], [{"path": path, "method": method} for path in ["/a", "/a/"] for method in ["GET", "POST"]]),
    ({}, [rule("/<int(max=3):a>", methods=["GET"])], [{"path": path, "method": "POST"} for path in ["/3", "/5"]]),
    # Slashes.
    ({}, [rule("/"), rule("/a/"), rule("/b")], paths("", "/", "//", "/a", "/a/", "/a//", "/b", "/b/", "//b", "/a", query="q=1")),
    ({"strict_slashes": False}, [rule("/a/"), rule("/b"), rule("/c/", strict_slashes=True)], paths("/a", "/a/", "/b", "/b/", "/b//", "/c", "/c/")),
    ({}, [rule("/a/b"), rule("/a/c/"), rule("/a/d", merge_slashes=False)], paths("/a//b", "//a///b", "/a//c", "/a//c//", "/a//d", "/é//b", query="q=a+b")),
    ({"merge_slashes": False}, [rule("/a/b"), rule("/a//c")], paths("/a//b", "/a//c", "/a/c")),
    # Defaults, aliases and redirects.
    ({}, [rule("/all/", defaults=[["page", "i:1"]]), rule("/all/page/<int:page>")], paths("/all/", "/all/page/1", "/all/page/2", "/all") + builds("x", [], [("page", "i:1")], [("page", "i:2")])),
    ({"redirect_defaults": False}, [rule("/all/", defaults=[["page", "i:1"]]), rule("/all/page/<int:page>")], paths("/all/page/1")),
    ({}, [rule("/<lang>/x", defaults=[["lang", "s:en"]]), rule("/y/<lang>")], paths("/en/x", "/de/x", "/y/en") + builds("x", [("lang", "s:de")], [])),
    ({}, [rule("/users/<a>"), rule("/people/<a>", alias=True)], paths("/users/a b", "/people/a b", "/people/a", query="q=1")),
    ({}, [rule("/a/<b>"), rule("/old/<b>", "y", redirect_to="a/<b>"), rule("/far/<b>", "y", redirect_to="https://h.test/<b>")], paths("/old/x", "/old/é b", "/old/..", "/far/x", query="q=1")),
    ({}, [rule("/only-built/<a>", build_only=True)], paths("/only-built/a") + builds("x", [("a", "s:é")])),
    # WebSockets.
    ({}, [rule("/ws", websocket=True), rule("/both", "y"), rule("/both", "z", websocket=True)], [{"path": path, "websocket": socket} for path in ["/ws", "/both"] for socket in [True, False]] + [{"endpoint": "x", "scheme": scheme} for scheme in ["http", "https", "ws", "wss", ""]] + [{"endpoint": "y", "scheme": "wss", "external": True}]),
    # Domains.
    ({"default_subdomain": "www"}, [rule("/"), rule("/", "y", subdomain="api"), rule("/", "z", subdomain="<s>"), rule("/b/", "b")], [{"path": path, "domain": domain} for path in ["/", "/b"] for domain in ["www", "api", "x", ""]] + [{"endpoint": "x", "domain": "www"}, {"endpoint": "x", "domain": "api"}, {"endpoint": "z", "values": [["s", "s:q"]], "domain": "www"}]),
    ({"host_matching": True}, [rule("/", host="a.test"), rule("/", "y", host="<s>.test"), rule("/", "z", host="b.test:8080"), rule("/n", "n")], [{"path": path, "domain": domain} for path in ["/", "/n"] for domain in ["a.test", "c.test", "b.test:8080", "d.other"]] + [{"endpoint": "x", "domain": "a.test"}, {"endpoint": "x", "domain": "c.test"}, {"endpoint": "y", "values": [["s", "s:q"]], "domain": "a.test"}]),
    # Building.
    ({}, [rule("/n"), rule("/p/<path:a>", "p"), rule("/c/<a>", "c")], builds("x", [("q", "s:a b"), ("x", ["i:1", "i:2"]), ("e", "s:é&"), ("n", None), ("t", "b:True"), ("l", [])]) + builds("p", [("a", "s:a/b c?")]) + builds("c", [("a", "s:a/b ?#é&=+")], [("a", "s:%2F")], [("a", ["s:a", "s:b"])], [("a", ["s:a"])])),
    ({"sort_parameters": True}, [rule("/n")], builds("x", [("b", "s:1"), ("a", ["s:2", "s:1"])])),
    ({}, [rule("/a/<b>"), rule("/a", defaults=[["c", "i:1"]]), rule("/d", methods=["POST"])], builds("x", [], [("b", "s:1")], [("c", "i:2")], [("c", "i:1")]) + builds("x", [], [("b", "s:1")], method="POST") + builds("x", [], method="PATCH")),
    ({}, [rule("/a/<int:i>", "posts.show", methods=["GET"]), rule("/b", "posts.list"), rule("/c", "index")], builds("posts.show", [], [("j", "i:1")], [("i", "s:abc")]) + builds("posts.shwo", [], [("i", "i:1")]) + builds("indx", []) + builds("posts.show", [("i", "i:1")], method="POST") + builds("zzz", [("b", "i:1"), ("a", "i:1")])),
    ({}, [], builds("x", []) + paths("/")),
    ({}, [rule("/x")], [{"endpoint": "x", "root": root, "external": external, "scheme": scheme} for root in ["", "/", "/app", "/app/"] for external in [True, False] for scheme in ["https", ""]] + [{"path": "/x//", "root": "/app", "scheme": "https"}]),
]
