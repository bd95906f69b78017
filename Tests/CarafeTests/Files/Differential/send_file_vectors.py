"""Asks Flask what it answers where files are sent.

    python3 send_file_vectors.py > send_file_vectors.json    the vectors that are checked in
    python3 send_file_vectors.py SEED COUNT             the same, then COUNT random requests

Prints one JSON array of cases with their answers. {etag} in a field stands for the file's tag, and the answer's tag
and time of expiry are told as whether they are there.
"""

import json
import os
import random
import sys
import tempfile

from flask import Flask, request, send_file, send_from_directory

TIME = 1_700_000_000
NOW = "Tue, 14 Nov 2023 22:13:20 GMT"
FILES = {
    "a.txt": "0123456789", "a.html": "<p>", "a.css": "a{}", "a.js": "1", "a.json": "{}", "a.png": "PNG", "a.bin": "b",
    "none": "n", "a.tar.gz": "GZIP", "a b.txt": "ab", "é.txt": "e", "dir/b.txt": "b", "a\"b.txt": "q", "empty.txt": "",
    "../secret.txt": "SECRET",
}
FIELDS = [
    "Content-Type", "Content-Disposition", "Content-Encoding", "Content-Range", "Last-Modified", "Cache-Control",
    "Accept-Ranges", "ETag", "Expires",
]


def case(path, fields=(), method="GET", in_folder=True, **options):
    return {"path": path, "inFolder": in_folder, "method": method, "fields": [list(f) for f in fields], **options}


CASES = (
    [case(path) for path in FILES if not path.startswith("..")]
    + [case(path, in_folder=False) for path in ["static/a.txt", "static/a.tar.gz", "secret.txt", "static/../secret.txt"]]
    + [case(path) for path in ["missing.txt", "dir", "dir/", ".", "..", "../secret.txt", "dir/../a.txt", "/etc/passwd",
                               "a.txt/", "./a.txt", "dir/../../secret.txt", "a.txt\0", "..\\secret.txt", "CON"]]
    + [case("a.txt", download=name, attachment=attachment)
       for name in ["b.pdf", "a b.csv", "é.txt", "a\"b.txt", "noext", "日本.txt", "a;b.txt", "a%b.txt", "a.tar.gz"]
       for attachment in [True, False]]
    + [case("a.tar.gz", attachment=True), case("a.txt", attachment=True)]
    + [case("a.txt", type=t) for t in ["text/csv", "application/json", "image/svg+xml", "text/html; charset=latin-1"]]
    + [case("a.txt", maxAge=age) for age in [0, 1, 3600]]
    + [case("a.txt", conditional=False), case("a.txt", etag=False)]
    + [case("a.txt", method="HEAD"), case("a.txt", [["Range", "bytes=0-1"]], method="HEAD")]
    + [case("a.txt", [["Range", r]]) for r in [
        "bytes=0-0", "bytes=0-4", "bytes=2-", "bytes=-3", "bytes=-99", "bytes=0-99", "bytes=9-9", "bytes=10-", "bytes=5-2",
        "bytes=0-1,3-4", "bytes=", "bytes=a-b", "lines=0-1", "bytes 0-1", "bytes=-0", "bytes=-", "bytes=0-0,-1"]]
    + [case("empty.txt", [["Range", "bytes=0-0"]])]
    + [case("a.txt", [["Range", "bytes=0-1"], ["If-Range", v]]) for v in ["{etag}", '"x"', NOW, "W/{etag}",
                                                                          "Tue, 14 Nov 2023 22:13:19 GMT"]]
    + [case("a.txt", [["If-None-Match", v]]) for v in ["{etag}", "W/{etag}", '"x"', '"x", {etag}', "*", ""]]
    + [case("a.txt", [["If-Modified-Since", v]]) for v in [NOW, "Tue, 14 Nov 2023 22:13:19 GMT",
                                                           "Wed, 15 Nov 2023 22:13:19 GMT", "x"]]
    + [case("a.txt", [["If-None-Match", '"x"'], ["If-Modified-Since", NOW]])]
    + [case("a.txt", [["If-Match", v]]) for v in ["{etag}", '"x"', "*"]]
    + [case("a.txt", [["If-Unmodified-Since", v]]) for v in [NOW, "Tue, 14 Nov 2023 22:13:19 GMT"]]
)


def random_case():
    """A request whose answer does not depend on the differences that the test lists."""
    path = random.choice([path for path in FILES if not path.startswith("..")] + ["missing", "../secret.txt", "dir"])
    options = {}
    if random.random() < 0.3:
        options["attachment"] = True
    if random.random() < 0.3:
        options["download"] = random.choice(["x.pdf", "x y.txt", "ü.css", "x.js"])
    if random.random() < 0.2:
        options["maxAge"] = random.randint(1, 9999)
    fields = []
    if path != "empty.txt" and random.random() < 0.5:
        first = random.randint(0, 12)
        fields.append(["Range", random.choice([f"bytes={first}-", f"bytes={first}-{first + 3}", "bytes=-1"])])
        if random.random() < 0.3:
            fields.append(["If-Range", random.choice(["{etag}", '"x"', NOW])])
    elif random.random() < 0.5:
        fields.append(["If-None-Match", random.choice(["{etag}", '"x"', "W/{etag}", "*"])])
    return case(path, fields, **options)


def main(arguments):
    with tempfile.TemporaryDirectory() as root:
        os.mkdir(root + "/static")
        os.mkdir(root + "/static/dir")
        for path, text in FILES.items():
            with open(f"{root}/static/{path}", "w") as file:
                file.write(text)
            os.utime(f"{root}/static/{path}", (TIME, TIME))
        app = Flask("files", root_path=root, static_folder=None)

        @app.route("/")
        def send():
            case = json.loads(request.environ["case"])
            options = {
                "as_attachment": case.get("attachment", False), "download_name": case.get("download"),
                "mimetype": case.get("type"), "conditional": case.get("conditional", True),
                "etag": case.get("etag", True), "max_age": case.get("maxAge"),
            }
            if case["inFolder"]:
                return send_from_directory("static", case["path"], **options)
            return send_file(root + "/" + case["path"], **options)

        client = app.test_client()

        def ask(case, fields):
            return client.open("/", method=case["method"], headers=fields, environ_overrides={"case": json.dumps(case)})

        def answer(case):
            tag = ask({**case, "method": "GET"}, []).headers.get("ETag", "")
            response = ask(case, [(name, value.replace("{etag}", tag)) for name, value in case["fields"]])
            headers = {name: response.headers[name] for name in FIELDS if name in response.headers}
            if response.status_code in (404, 416):
                headers.pop("Content-Type", None)
            for name in ("ETag", "Expires"):
                if name in headers:
                    headers[name] = "…"
            text = response.get_data(as_text=True) if response.status_code in (200, 206) else ""
            return {"case": case, "status": response.status_code, "headers": headers, "text": text}

        cases = CASES
        if arguments:
            random.seed(arguments[0])
            cases = cases + [random_case() for _ in range(int(arguments[1]))]
        print("[" + ",\n".join(json.dumps(answer(c), ensure_ascii=False) for c in cases) + "]")


main(sys.argv[1:])
