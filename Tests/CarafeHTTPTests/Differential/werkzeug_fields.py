"""Asks Werkzeug what it makes of header fields, queries, cookies and paths.

    python3 werkzeug_fields.py record       > werkzeug_fields.json    the vectors that are checked in
    python3 werkzeug_fields.py SEED COUNT                             COUNT random inputs for each function

Prints one JSON array of {"f": function, "in": [strings], "out": [strings] or null}. Where Werkzeug has None inside
a result, "∅" stands for it.
"""

import json
import random
import sys
import warnings
from datetime import datetime, timezone
from importlib.metadata import version
from urllib.parse import parse_qsl

import werkzeug.http as http
from werkzeug import datastructures as ds
from werkzeug.sansio import http as sansio
from werkzeug.security import safe_join
from werkzeug.urls import _urlencode, iri_to_uri, uri_to_iri
from werkzeug.utils import secure_filename

NONE = "∅"
NOW = 1_700_000_000


class FrozenClock(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.fromtimestamp(NOW, tz)


http.datetime = FrozenClock
warnings.simplefilter("ignore")


def number(text):
    return int(text) if text else None


def quality(items):
    return [f"{value} {q:.3f}" for value, q in items]


def accept(cls):
    def items(header):
        return quality(http.parse_accept_header(header, cls))

    def best(header, *offers):
        return [http.parse_accept_header(header, cls).best_match(list(offers)) or NONE]

    return items, best


def dump_cookie(key, value, max_age, expires, path, domain, flags, samesite):
    return [
        http.dump_cookie(
            key, value, max_age=number(max_age), expires=number(expires), path=None if path == NONE else path,
            domain=domain or None, secure="s" in flags, httponly="h" in flags, partitioned="p" in flags,
            samesite=samesite or None,
        )
    ]


def parse_range(header, length):
    ranges = http.parse_range_header(header)
    if ranges is None or ranges.units != "bytes":
        return None
    return [str(ranges), str(ranges.to_content_range_header(int(length)) or NONE) if len(ranges.ranges) == 1 else "many"]


def content_range(header):
    parsed = http.parse_content_range_header(header)
    return None if parsed is None else [str(parsed)]


def parse_date(value):
    parsed = http.parse_date(value)
    return None if parsed is None else [str(int(parsed.timestamp()))]


def modified(etag, last_modified, none_match, modified_since, match, if_range):
    return [
        str(
            sansio.is_resource_modified(
                http_range="bytes=0-1" if if_range else None, http_if_range=if_range or None,
                http_if_modified_since=modified_since or None, http_if_none_match=none_match or None,
                http_if_match=match or None, etag=etag or None,
                last_modified=datetime.fromtimestamp(int(last_modified), timezone.utc) if last_modified else None,
                ignore_if_range=not if_range,
            )
        )
    ]


def etags(header):
    parsed = http.parse_etags(header)
    if parsed.star_tag:
        return ["*"]
    return sorted({f'"{tag}"' for tag in parsed._strong} | {f'W/"{tag}"' for tag in parsed._weak})


def authorization(header):
    parsed = ds.Authorization.from_header(header)
    if parsed is None:
        return None
    if parsed.token is not None:
        return [parsed.type, parsed.token]
    return [parsed.type] + [x for k, v in sorted(parsed.parameters.items()) if v is not None for x in (k, v)]


def flat(pairs):
    return [NONE if x is None else x for pair in pairs for x in pair]


def response_cache_control(header):
    cc = http.parse_cache_control_header(header, None, ds.ResponseCacheControl)
    flags = [cc.public, cc.private is not None, cc.no_cache is not None, cc.no_store, cc.must_revalidate, cc.immutable]
    return [str(flag) for flag in flags] + [str(cc.max_age), str(cc.s_maxage), str(cc.stale_while_revalidate)]


def request_cache_control(header):
    cc = http.parse_cache_control_header(header)
    return [str(x) for x in (cc.no_cache, cc.no_store, cc.only_if_cached, cc.max_age, cc.max_stale, cc.min_fresh)]


def options(header):
    value, parameters = http.parse_options_header(header)
    return [value] + flat(parameters.items())


mime_items, mime_best = accept(ds.MIMEAccept)
language_items, language_best = accept(ds.LanguageAccept)
charset_items, charset_best = accept(ds.CharsetAccept)

FUNCTIONS = {
    "parse_cookie": lambda header: flat(sansio.parse_cookie(header).items(multi=True)),
    "dump_cookie": dump_cookie,
    "parse_options": options,
    "parse_list": lambda header: http.parse_list_header(header),
    "parse_dict": lambda header: flat(http.parse_dict_header(header).items()),
    "parse_set": lambda header: list(ds.HeaderSet(http.parse_list_header(header))),
    "quote": lambda text: [http.quote_header_value(text)],
    "mime_items": mime_items, "mime_best": mime_best,
    "language_items": language_items, "language_best": language_best,
    "charset_items": charset_items, "charset_best": charset_best,
    "parse_range": parse_range, "content_range": content_range,
    "parse_date": parse_date, "http_date": lambda seconds: [http.http_date(int(seconds))],
    "is_resource_modified": modified, "parse_etags": etags,
    "authorization": authorization,
    "response_cache_control": response_cache_control, "request_cache_control": request_cache_control,
    "parse_query": lambda query: flat(parse_qsl(query, keep_blank_values=True, errors="werkzeug.url_quote")),
    "urlencode": lambda *pairs: [_urlencode(list(zip(pairs[::2], pairs[1::2])))],
    "iri_to_uri": lambda iri: [iri_to_uri(iri)], "uri_to_iri": lambda uri: [uri_to_iri(uri)],
    "secure_filename": lambda name: [secure_filename(name)],
    "safe_join": lambda directory, *parts: (lambda path: None if path is None else [path])(safe_join(directory, *parts)),
}

CHOSEN = {
    "parse_cookie": [
        "a=1; b=2", "a=1;b=2;;c", "a", "a=", "=v", "=__Host-x=1; b=2", "a==b", "a=b=c", " a = 1 ; b = 2 ", "a=1; a=2",
        'a="b;c"; d=e', 'a="b; c=d', 'a="b"x; c=d', 'a="x\\073y"', 'a="\\303\\251"', 'a="\\377"', 'a="\\"\\\\"', 'a="\\400"',
        'a="', 'a="""', "a=%20%3B", "é=ü", "a=1, b=2", "__Host-s=1", "", ";", ";;;=;", "a=b; =c; d", 'a= "q" ;b',
        'a="\\012"', "a\t=\tb", 'a="\\"', 'a="x" ; b="y"', "a=\u037eb", "a=b\u0301;c=d", 'x="1;y="2;z=3', "a=b;c=d;",
    ],
    "dump_cookie": [
        ["session", "v", "", "", "/", "", "h", ""], ["a", "b", "60", "", "/", "", "s", "Lax"],
        ["a", "b", "", "1700000000", "/x", "example.com", "sh", "Strict"], ["a", "", "0", "0", "/", "", "", ""],
        ["a", "b c", "", "", "/", "", "", ""], ["a", 'q"q', "", "", "/", "", "", ""], ["a", "b\\c", "", "", "/", "", "", ""],
        ["a", "x;y,z", "", "", "/", "", "", ""], ["a", "é☃", "", "", "/", "", "", ""], ["a", "l\r\nn\0", "", "", "/", "", "", ""],
        ["a", "b", "", "", NONE, "", "", ""], ["a", "b", "", "", "/é x", "", "", ""], ["a", "b", "", "", "/%20", "", "", ""],
        ["a", "b", "", "", "/", ".example.com:80", "", ""], ["a", "b", "", "", "/", "localhost", "", "none"],
        ["a", "b", "", "", "/", "", "p", ""], ["a", "b", "-5", "", "/", "", "shp", "None"], ["a", "{}[]()<>@?=/", "", "", "/", "", "", ""],
        ["a", "\x7f", "", "", "/", "", "", ""], ["a", "eyJhIjoxfQ.ZVPxAA.x_y-z", "2678400", "", "/", "", "h", ""],
    ],
    "parse_options": [
        "text/html; charset=UTF-8", "", "text/html", "text/html;", ";a=b", 'form-data; name="a"; filename="b c.txt"',
        'form-data; name="a\\"b"', 'form-data; name="a%22b"', 'form-data; name="a\\\\"', "a; b", "a; b=", "a; =c", "a; b=c d=e",
        'a; b="c', 'a; b="c; d=e', "a; b=c; b=d", "A; B=C", "attachment; filename*=UTF-8''caf%C3%A9.txt",
        "attachment; filename*=iso-8859-1'en'%A3%20rates", "attachment; filename*=latin9''%A3", "a; f*0=x; f*1=y",
        "a; f*0*=UTF-8''%e2%82; f*1*=%ac; f*2=z", "a; f*=''x", "a; f*=x", "a; f*=utf-8''%ff", "a; f*=us-ascii''%ff", "a; *=x",
        "a; f=1; f*=utf-8''2", "a; f*=utf-8''2; f=1", 'a; f*="utf-8\'\'x"', "a ; b = c", "a;b=c;;d=e", "a; b=c,d=e", "text/html; charset=\u212a",
        'a; b="\\x"', 'a; b="%22"', "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW", 'a; b="é"', "a; b=é",
        "a; g*=utf-8''%41; h*=%42", "a; f*1=b; f*0=a", 'a; b=""',
    ],
    "parse_list": [
        "a, b", 'a, "b, c"', "", ",,a,,", '"a" b "c"', 'a "b, c" d', '"a', 'a, "b', '"a\\"b"', '"a\\,b", c', "a\t,\tb", '""', 'a;q="1,2", b',
        'x"y, z"', "\\,a", '"\\\\", b', "10.0.0.1, 10.0.0.2", 'for="[::1]", for=b',
    ],
    "parse_dict": [
        "a=b", 'a=b, c="d, e", f', "=v", "a=", "a = b", "a=b=c", 'a="b\\"c"', "a=1, a=2", "f*=utf-8''%C3%A9", "f*=latin9''x", "f*=x", '"a=b"', 'a="',
        "f*=iso-8859-1''%E9", "realm=x, qop=\"auth,auth-int\"", "*=x", "a=b c",
    ],
    "parse_set": ["a, B, a, b", "Cookie, cookie, Accept-Encoding", "", 'x, "y z"'],
    "quote": ["a", "", "a b", 'a"b', "a\\b", "é", "a/b", "a,b", "t*k'n"],
    "mime_items": [
        "text/html", "text/html;q=0.5, application/json", "*/*;q=0.1, text/*;q=0.5, text/html", "text/html;level=1;q=0.4, text/html",
        "a/b;q=2", "a/b;q=-1", "a/b;q=x", "a/b;q=0", "a/b;q=", "a/b;q=0.1234", "a/b; q=0.5 ; x=y", "", ",", "text/html, text/html;q=0.5",
        "application/json;q=0.5, text/*", 'a/b;x="y z"', "a/b;q=.5", "a/b;q=1.", "a/b;q=1.0", "*", "text/html;Q=0.3",
    ],
    "mime_best": [
        ["text/html, application/json;q=0.5", "application/json", "text/html"], ["*/*", "a/b", "c/d"], ["text/*;q=0.5, */*;q=0.1", "application/json", "text/plain"],
        ["application/json;q=0", "application/json"], ["a/b", "c/d"], ["", "a/b"], ["a/b;q=0.5, c/d;q=0.5", "c/d", "a/b"],
        ["text/html;level=1", "text/html"], ["text/html;level=1", "text/html;level=1"], ["text/*, text/html;q=0", "text/html", "text/plain"],
        ["*/json", "application/json"], ["garbage", "a/b"], ["A/B", "a/b"], ["*/*;q=0.5, text/html;q=0.5", "a/b", "text/html"],
        ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json", "text/html"],
        ["text/html", "text/html; charset=utf-8"],
    ],
    "language_items": ["de-AT, en;q=0.5", "*", "en-US,en;q=0.9,de;q=0.8", "en_GB;q=0"],
    "language_best": [
        ["de-AT, en;q=0.5", "en", "de"], ["de", "de-AT", "en"], ["de_AT", "de"], ["de", "de_AT"], ["fr", "de"], ["*", "fr", "de"],
        ["en-US,en;q=0.9", "en", "en-US"], ["de;q=0", "de"], ["zh-Hant-TW", "zh", "zh-Hant"], ["EN", "en-gb"], ["en-GB, fr", "en-US", "fr"], ["", "en"],
    ],
    "charset_items": ["utf-8, iso-8859-1;q=0.5", "*;q=0.1"],
    "charset_best": [["utf8", "utf-8"], ["latin1", "ISO-8859-1"], ["utf-7", "utf-8"], ["*", "utf-8"], ["ISO-8859-1, utf-8;q=0.7", "utf-8", "latin1"]],
    "parse_range": [
        [h, l] for l in ("0", "100", "10000") for h in (
            "bytes=0-499", "bytes=500-999", "bytes=-500", "bytes=9500-", "bytes=0-0", "bytes=0-0,-1", "bytes=500-600,601-999",
            "bytes=500-700,601-999", "bytes=99-", "bytes=5-4", "bytes=a-b", "bytes=", "bytes", "bytes=-", "bytes=0-", "items=0-1", "BYTES=0-1",
            " bytes = 0 - 1 ", "bytes=0-1,", "bytes=+0-1", "bytes=-0", "bytes=1-2,0-0", "bytes=-5,0-1", "bytes=0-,5-6", "bytes=--5", "bytes=0x1-2",
            "bytes=0-99999999999999999999999", "bytes=99999999999999999999-", "bytes=1_0-20", "bytes=\u0661-2", "",
        )
    ],
    "content_range": [
        "bytes 0-499/1234", "bytes 0-499/*", "bytes */1234", "bytes */*", "bytes 5-4/10", "bytes 0-10/5", "bytes 10-11/10", "bytes", "", "bytes 0-1", "bytes  0-1/2",
        "bytes 0-1/x", "bytes -1-2/3", "bytes 0-99/50", "bytes 0 - 1 / 2",
    ],
    "parse_date": [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Thu, 01 Jan 1970 00:00:00 GMT", "", "x",
        "Sun, 31 Feb 2021 00:00:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Wed, 29 Feb 2024 12:00:00 GMT",
        "Wed, 29 Feb 2023 12:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Sun, 06 Nov 1994 08:49:37 +0100", "Sun, 06 Nov 1994 08:49:37", "06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT", "Thu, 01-Jan-1970 00:00:00 GMT", "sun, 06 nov 1994 08:49:37 gmt", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 99999 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT", "Saturday, 01-Jan-00 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 PST", "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:60 GMT", "Sun, 06 Nov -994 08:49:37 GMT", "Thu, 01-Jan-60 00:00:00 GMT", "Thu, 01-Jan-72 00:00:00 GMT",
    ],
    "http_date": ["0", "1", "784111777", "1700000000", "951782400", "951868800", "4102444800", "253402300799", "-1", "-86400", "-2208988800", "68169600", "1709164800", "1709251199", "1709251200"],
    "is_resource_modified": [
        ['"a"', "", '"a"', "", "", ""], ['"a"', "", '"b"', "", "", ""], ['"a"', "", "*", "", "", ""], ['"a"', "", 'W/"a"', "", "", ""], ['W/"a"', "", '"a"', "", "", ""],
        ["", "1700000000", "", "Tue, 14 Nov 2023 22:13:20 GMT", "", ""], ["", "1700000001", "", "Tue, 14 Nov 2023 22:13:20 GMT", "", ""], ["", "1700000000", "", "x", "", ""],
        ['"a"', "", "", "", '"a"', ""], ['"a"', "", "", "", '"b"', ""], ['"a"', "", "", "", "*", ""], ['"a"', "", "", "", 'W/"a"', ""], ['"a"', "", '"a"', "", '"a"', ""],
        ['"a"', "1700000000", '"b"', "Tue, 14 Nov 2023 22:13:20 GMT", "", ""], ["", "", "", "", "", ""], ['"a"', "1700000000", '"a", "b"', "Mon, 13 Nov 2023 22:13:20 GMT", "", ""],
        ['"a"', "", "", "", "", '"a"'], ['"a"', "", "", "", "", '"b"'], ["", "1700000000", "", "", "", "Tue, 14 Nov 2023 22:13:20 GMT"],
    ],
    "parse_etags": ['"a"', 'W/"a", "b"', "*", "a, b", "", '"a,b"', ' "a" , w/"b" ', '"a', '"a" "b"', ",,", '"", "x"'],
    "authorization": [
        "Basic dXNlcjpwYXNz", "basic dXNlcjpwYTpzcw==", "Basic !!!!", "Basic dXNlcjpwYXNz=", "Basic dXNlcg==", "Basic /////w==", "Bearer abc", "Bearer abc==", "Bearer", "",
        'Digest username="a", realm="b", nc=00000001', "Basic", "Basic dXNl cjpwYXNz", "Negotiate YII=", "Token a=b", "  ", "Basic w6k6w7w=",
    ],
    "response_cache_control": [
        "public, max-age=3600", "no-store", 'no-cache="Set-Cookie", private', "max-age=x", "max-age", "s-maxage=5, immutable", "MAX-AGE=5", "", "max-age=-1", "max-age=\"7\"",
        "stale-while-revalidate=30, must-revalidate", "max-age=1, max-age=2", "private=\"a, b\"", "max-age=+5",
    ],
    "request_cache_control": ["no-cache", "max-stale", "max-stale=5", "min-fresh=3, only-if-cached", "max-age=0", "no-store, x=y", "max-stale=x"],
    "parse_query": [
        "a=1&b=2", "a=1;b=2", "", "a", "a=", "=v", "&&a=1&", "a=b=c", "a+b=c+d", "%61=%62", "a=%ff", "a=%e2%82", "a=%E2%82%AC", "a=%", "a=%4", "a=%zz", "é=ü", "a=1&a=2", "a=%00",
        "a=%26%3D", "q=%F0%9F%98%80", "a=%ED%A0%80", "a=%C0%80", "a=%F5%80", "a=%e2%28%a1", "%=%", "a=%2B+%20", "a\u0301=%CC%81", "=&=", "a=%41%ff%42",
    ],
    "urlencode": [["a", "1"], ["a b", "c&d"], ["é", "ü"], ["a", "+=?/:@!$'()*,;"], ["", ""], ["a", "~._-"], ["a", "%\"<>[]{}|\\^`#"], ["a", "1", "a", "2"], ["x", "\r\n\0"]],
    "iri_to_uri": [
        "/n?x=<é>", "/a b", "http://example.com/é?ü#ö", "/%20%zz", "//host/p", "?q=a b", "#f g", "/a[b]", "/a|b\\c", "/a?b=c&d=e+f", "http://h:8000/", "http://u:p@h/", "mailto:a@b",
        "", "/a;b=c,d", "/a#b#c", "/x^y`z{|}", "relative/p", "http://[::1]/",
    ],
    "uri_to_iri": ["/p%C3%A5th?q=%C3%A8ry%DF", "/a%2Fb%3F%23", "?a=%26%3D%2B%23", "/%20%25%7F", "#%41%20", "/%zz%4", "http://h/%E2%82%AC", "/%e2%82", "", "/%E2%82%2F%AC", "/a%5B%5D", "/%C3%A9%41"],
    "secure_filename": [
        "My cool movie.mov", "../../../etc/passwd", "i contain cool \xfcml\xe4uts.txt", "日本.txt", "..", "", ".", "a/b\\c", ".hidden", "__init__.py", "a  b", "a\tb\nc", "con", "NUL.txt", "ﬁle①.txt",
        "Ｆｕｌｌ．ｔｘｔ", "x" * 300, "a\0b", "e\u0301.txt", "½.txt", "$%&.x", "C:\\dir\\f.txt", "/abs", "…/x", "Å℃K™", "lpt1.doc", "ǆǇ", "a\u00a0b", "-rf", "a..b", "\u2024\u2025",
    ],
    "safe_join": [
        ["d", "a"], ["d", "a/b"], ["d", "../a"], ["d", "a/../b"], ["d", "a/../../b"], ["d", "/a"], ["d", ""], ["", "a"], ["d", "."], ["d", ".."], ["d", "a//b"], ["d/", "a"], ["d", "a", "b"],
        ["d", "a", "../b"], ["d", "./a"], ["d", "a/"], ["d", "//a"], ["d", "..a"], ["d", "a/.."], ["d", "..."], ["/", "a"], ["d", "é"], ["d", "a\\b"], ["d", "..\\a"], ["d", "con"], ["d", "x/NUL.txt"],
        ["d", "a\0"], ["d", "aux .c"], ["d", "./.."], ["d", "a/./b"], ["", "/a"], ["", ".."], ["d", "~"], ["d", "C:a"], ["d", "COM¹"], ["d", "cons"],
    ],
}

ALPHABETS = {
    "parse_cookie": ["a", "b", "=", ";", " ", '"', "\\", "\\073", "\\377", "x", "é", ",", "%20"],
    "parse_options": ["a", "b", "=", ";", "; ", '"', "\\", "*", "*0", "*1", "utf-8''", "%41", "%ff", " ", "text/html", "'", "é", ","],
    "parse_list": ["a", "b", ",", ", ", '"', "\\", " ", "é", "="],
    "parse_dict": ["a", "b", ",", ", ", '"', "\\", " ", "=", "*", "utf-8''", "%41"],
    "quote": ["a", '"', "\\", " ", ",", "é"],
    "parse_query": ["a", "b", "=", "&", "+", "%", "%41", "%ff", "%e2%82", "%ac", ";", "é", "4"],
    "secure_filename": ["a", ".", "/", "..", " ", "_", "é", "ﬁ", "日", "\\", "\0", "-", "\t", "½", "\u3000"],
}


MEDIA_RANGES = ["text/html", "a/b", "*/*", "text/*", "A/B", "text/html;x=y", "c/d", "text/plain"]
LANGUAGES = ["de", "en", "de-AT", "en_US", "*", "fr", "EN-gb", "zh-Hant"]
WEIGHTS = ["", "", ";q=0.5", ";q=1", ";q=0", ";q=0.25", "; q=0.125", ";q=2", ";q=x"]


def preferences(source, values):
    items = [source.choice(values) + source.choice(WEIGHTS) for _ in range(source.randint(1, 6))]
    return source.choice([", ", ","]).join(items)


def address(source, pieces):
    """With nothing empty after its delimiters: Python drops a "?" or "#" that nothing follows."""
    part = lambda: "a" + "".join(source.choices(pieces, k=source.randint(0, 6)))
    return "/" + part() + source.choice(["", "?" + part()]) + source.choice(["", "#" + part()])


def generated(source, count):
    for function, alphabet in ALPHABETS.items():
        for _ in range(count):
            yield function, ["".join(source.choices(alphabet, k=source.randint(1, 12)))]
    for _ in range(count):
        yield "mime_items", [preferences(source, MEDIA_RANGES)]
        yield "mime_best", [preferences(source, MEDIA_RANGES), "text/html", "a/b", "text/plain", "c/d"]
        yield "language_items", [preferences(source, LANGUAGES)]
        yield "language_best", [preferences(source, LANGUAGES), "en", "de-at", "fr", "en-us"]
        yield "iri_to_uri", [address(source, ["/", "a", "%41", "%", "é", "&", "=", " ", "<", "|", "+"])]
        yield "uri_to_iri", [address(source, ["/", "a", "%41", "%2f", "%C3%A9", "%ff", "%20", "%", "é", "&", "=", "%26", "%e2", "%82", "%ac"])]
        yield "http_date", [str(source.randint(-62135596800, 253402300799))]
        yield "parse_date", [http.http_date(source.randint(0, 4102444800))]
        points = sorted(source.randint(0, 200) for _ in range(source.choice([1, 2, 2, 2, 4])))
        parts = [f"{a}-{b}" for a, b in zip(points[::2], points[1::2])] or [source.choice(["-7", "5-", f"{points[0]}-"])]
        yield "parse_range", ["bytes=" + ",".join(source.sample(parts, len(parts))), "100"]
        value = "".join(source.choices("ab \"\\;,é\r\n\0=%{}~\x7f☃", k=source.randint(0, 8)))
        yield "dump_cookie", ["k", value, source.choice(["", "0", "60"]), "", source.choice(["/", "/é", "/a b%20"]), "", source.choice(["", "s", "h", "p"]), source.choice(["", "lax"])]
        yield "urlencode", ["".join(source.choices("ab &=+é%/?~\r", k=4)) for _ in range(4)]
        yield "safe_join", ["d"] + ["/".join(source.choices(["a", "b", ".", "..", "", "é"], k=source.randint(1, 5))) for _ in range(source.randint(1, 2))]


def main():
    if version("werkzeug") != "3.1.8":
        sys.exit("the vectors are those of Werkzeug 3.1.8")
    if sys.argv[1:] == ["record"]:
        cases = [(f, case if isinstance(case, list) else [case]) for f, cases in CHOSEN.items() for case in cases]
        cases += generated(random.Random(1), 12)
    else:
        cases = generated(random.Random(int(sys.argv[1])), int(sys.argv[2]))
    vectors = [{"f": f, "in": case, "out": FUNCTIONS[f](*case)} for f, case in cases]
    print("[\n" + ",\n".join(json.dumps(vector) for vector in vectors) + "\n]")


main()
