"""Prints forms and what Werkzeug makes of them, as JSON: form_vectors.py SEED COUNT

Each case has the Content-Type, the body (base64) and either what Werkzeug parses ("fields", "files") or "malformed":
a body that Werkzeug tolerates or drops silently, and that has to be refused. The recorded vectors are
`form_vectors.py 1 300 > ../Forms/Vectors/werkzeug.json`.
"""

import base64
import io
import json
import random
import sys

from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

NAMES = ["a", "name", "a[b]", "a[]", "a.b", "", "naïve", "日本", "with space", "e\u0301", "a;b", "a=b", "a'b", "ﬀ%41"]
FILES = ["x.txt", "", "ünï cödé.txt", "日本.pdf", "C:\\dir\\f.txt", "a;b.txt", "semi; name=x", "../../etc/passwd",
         "a'b.txt", "tab\tin.txt", "\x01ctl.txt", "🎈.png", "%0D%0A.txt", "a%20b.txt", "back\\", ".", "a, b"]
TYPES = [None, "text/plain", "text/plain; charset=utf-8", "text/plain; charset=ISO-8859-1", "text/plain;charset=us-ascii",
         "text/plain; charset=ascii", "text/plain; charset=utf-16", "application/octet-stream", 'text/x; charset="UTF-8"',
         "text/plain; charset", "", "image/png"]


def quoted(rng, text):
    """A quoted string, a quotation mark as a browser or as RFC 9110 writes it."""
    if rng.random() < 0.5 and not text.endswith("\\"):
        return '"' + text.replace('"', "%22") + '"'
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped + '"'


def content(rng, boundary):
    kind = rng.randrange(8)
    if kind == 0:
        return b""
    if kind == 1:
        return rng.randbytes(rng.randrange(300))
    if kind == 2:
        return "é日本🎈e\u0301 text\r\nmore".encode()
    if kind == 3:
        near = [b"\r\n--" + boundary[:-1], b"--" + boundary, b"\r\n-", b"\r", b"\r\r", b"\r\n\r\n", b"\r\n--"]
        # After each stands a byte that makes no delimiter of it, and no bare LF or CR before two hyphens.
        return b"x" + b"".join(rng.choice(near) + rng.choice([b"x", b"y "]) for _ in range(rng.randrange(1, 20)))
    if kind == 4:
        return b"\r\n" * rng.randrange(1, 5)
    if kind == 5:
        return rng.choice([b"\xff\xfe", b"\xe2\x82", b"\xf0\x80\x80A", b"\xed\xa0\x80", b"caf\xe9", b"\xc3\xa9\x80"])
    if kind == 6:
        return b"x" * rng.choice([1, 63, 64, 300] if rng.random() < 0.999 else [70000]) + b"\r"
    return b"value %d" % rng.randrange(100)


def multipart(rng):
    letters = "abcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=?"
    boundary = rng.choice(["----WebKitFormBoundary", "--", "", "---------------------------"])
    boundary += "".join(rng.choice(letters) for _ in range(rng.randrange(2, 40))) + "z"
    marker = boundary.encode()
    body = b""
    if rng.random() < 0.2:
        body += rng.choice([b"\r\n", b"preamble\r\n", b"--\r\n-\r\n", b"This is a message.\r\n\r\n"])
    parts = rng.choice([0, 1, 1, 2, 3, 5, 12])
    for _ in range(parts):
        body += b"--" + marker + rng.choice([b"", b"", b"", b" ", b"\t ", b"    "]) + b"\r\n"
        disposition = rng.choice(["form-data", "form-data", "Form-Data"])
        parameters = ["name=" + quoted(rng, rng.choice(NAMES))]
        if rng.random() < 0.1:
            parameters = [rng.choice(["name=token", "NAME=\"upper\"", "name=a.b-c", "name*=UTF-8''na%C3%AFve"])]
        if rng.random() < 0.5:
            filename = rng.choice(FILES)
            parameters.append(rng.choice(["filename=", "filename=", "Filename="]) + quoted(rng, filename))
            if rng.random() < 0.2:
                parameters.append(rng.choice(["filename*=UTF-8''%E6%97%A5.txt", "filename*=iso-8859-1'en'caf%E9.txt"]))
        disposition += "".join(rng.choice(["; ", ";", " ; "]) + each for each in parameters) + rng.choice(["", "", ";"])
        fold = rng.random() < 0.05
        headers = [rng.choice(["Content-Disposition", "content-disposition"]) + rng.choice([": ", ":"])
                   + (disposition.replace("; ", ";\r\n ") if fold else disposition)]
        kind = rng.choice(TYPES)
        if kind is not None:
            headers.insert(rng.randrange(2), "Content-Type: " + kind)
        if rng.random() < 0.1:
            headers.append("X-Extra: \t value ")
        body += "\r\n".join(headers).encode() + b"\r\n"
        data = content(rng, marker)
        body += b"" if data == b"" and rng.random() < 0.3 else b"\r\n" + data
        body += b"\r\n"
    body += b"--" + marker + b"--" + rng.choice([b"\r\n", b"\r\n", b"", b"\r\nepilogue", b"  \r\n"])
    return "multipart/form-data" + rng.choice(["; ", ";"]) + 'boundary="%s"' % boundary, body


def urlencoded(rng):
    atoms = ["a", "b", "=", "=", "&", "&", "+", "%20", "%26", "%3D", "%ff", "%FE", "%C3%A9", "%E2%82", "%", "%4", "%zz",
             ";", "é", "日本", "e\u0301", "[", "]", "%00", "%2B", "\r\n", "%F0%9F%8E%88", "%ED%A0%80", "%F0%80", "🎈"]
    body = "".join(rng.choice(atoms) for _ in range(rng.randrange(0, 60))).encode()
    return rng.choice(["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
                       "application/x-www-form-urlencoded;charset=latin1"]), body


def broken(rng):
    """A form that is not one, or not clearly."""
    good = (b'--zz\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n'
            b'--zz\r\nContent-Disposition: form-data; name="f"; filename="x"\r\nContent-Type: text/plain\r\n\r\ntwo\r\n--zz--\r\n')
    kind = "multipart/form-data; boundary=zz"
    changes = [
        lambda: (kind, good.replace(b"\r\n", b"\n")),
        lambda: (kind, good.replace(b"\r\n", b"\r")),
        lambda: (kind, good[:rng.randrange(0, len(good) - 4)]),
        lambda: (kind, good.replace(b"--zz--", b"--zz")),
        lambda: (kind, good.replace(b"one", b"one\r\n--zzz\r\n")),
        lambda: (kind, good.replace(b"one", b"one\r\n--zz-\r\n")),
        lambda: (kind, good.replace(b"one", b"one\r\n--zz\n")),
        lambda: (kind, good.replace(b'; name="a"', b"")),
        lambda: (kind, good.replace(b'name="a"', b'name="a')),
        lambda: (kind, good.replace(b'name="a"', b'name="a"b')),
        lambda: (kind, good.replace(b'name="a"', b'name="a"; name="b"')),
        lambda: (kind, good.replace(b'name="a"', b'name="a"; filename*0="b"; filename*1="c"')),
        lambda: (kind, good.replace(b'filename="x"', b"filename*=utf-7''x")),
        lambda: (kind, good.replace(b'filename="x"', b"filename*=x")),
        lambda: (kind, good.replace(b"form-data", b"attachment")),
        lambda: (kind, good.replace(b"Content-Disposition", b"Content-Type", 1)),
        lambda: (kind, good.replace(b"Content-Disposition", b"Content-Disposition ", 1)),
        lambda: (kind, good.replace(b"Content-Type: text/plain", b"Content-Type text/plain")),
        lambda: (kind, good.replace(b"Content-Type: text/plain", b"\xff: x")),
        lambda: (kind, good.replace(b"text/plain", b"text/\xffplain")),
        lambda: (kind, good.replace(b"text/plain", b"text/\x00plain")),
        lambda: (kind, good.replace(b"text/plain", b"text/plain\nX: y")),
        lambda: (kind, good.replace(b'Content-Disposition', b' Content-Disposition', 1)),
        lambda: (kind, good.replace(b"Content-Type: text/plain", b'Content-Disposition: form-data; name="g"')),
        lambda: ("multipart/form-data", good),
        lambda: ("multipart/form-data; boundary=", good),
        lambda: ('multipart/form-data; boundary="zz', good),
        lambda: ("multipart/form-data; boundary=zz; boundary=yy", good),
        lambda: ("multipart/form-data; boundary=yy", good),
        lambda: ("multipart/form-data; boundary=" + "z" * 71, good),
        lambda: (kind, b""),
    ]
    return changes[rng.randrange(len(changes))]()


def parse(content_type, body):
    mimetype, options = parse_options_header(content_type)
    parser = FormDataParser(cls=list, silent=False)
    _, fields, files = parser.parse(io.BytesIO(body), mimetype.lower(), len(body), options)
    return fields, [[f.name, f.filename, f.headers.get("Content-Type"), base64.b64encode(f.stream.read()).decode()]
                    for _, f in files]


def case(rng):
    draw = rng.random()
    if draw < 0.15:
        content_type, body = broken(rng)
        return {"contentType": content_type, "body": base64.b64encode(body).decode(), "malformed": True}
    content_type, body = multipart(rng) if draw < 0.75 else urlencoded(rng)
    fields, files = parse(content_type, body)
    return {"contentType": content_type, "body": base64.b64encode(body).decode(), "malformed": False,
            "fields": fields, "files": files}


if __name__ == "__main__":
    rng = random.Random(int(sys.argv[1]))
    cases = [case(rng) for _ in range(int(sys.argv[2]))]
    print("[\n" + ",\n".join(json.dumps(each, ensure_ascii=True) for each in cases) + "\n]")
