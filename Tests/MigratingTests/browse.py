"""A browser with one jar of cookies: visits pages, follows redirects unless it stays, and writes what it sees.

    python3 browse.py < VISITS

VISITS is a JSON array of {"url": …, "form": {…} or null, "stays": true or false}; the answer one of {"status": …, "url": …, "text": …}.
"""

import json
import sys
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener


class Staying(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


cookies = HTTPCookieProcessor(CookieJar())
browser, staying = build_opener(cookies), build_opener(cookies, Staying)
seen = []
for visit in json.load(sys.stdin):
    form = visit.get("form")
    try:
        opener = staying if visit.get("stays") else browser
        answer = opener.open(visit["url"], urlencode(form).encode() if form is not None else None, timeout=30)
    except HTTPError as error:
        answer = error
    seen.append({"status": answer.status, "url": answer.url, "text": answer.read().decode()})
json.dump(seen, sys.stdout)
