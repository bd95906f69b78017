"""A browser with one jar of cookies: visits pages, follows redirects, and writes what it sees.

    python3 browse.py < VISITS

VISITS is a JSON array of {"url": …, "form": {…} or null}; the answer one of {"status": …, "url": …, "text": …}.
"""

import json
import sys
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

browser = build_opener(HTTPCookieProcessor(CookieJar()))
seen = []
for visit in json.load(sys.stdin):
    form = visit.get("form")
    try:
        answer = browser.open(visit["url"], urlencode(form).encode() if form is not None else None, timeout=30)
    except HTTPError as error:
        answer = error
    seen.append({"status": answer.status, "url": answer.url, "text": answer.read().decode()})
json.dump(seen, sys.stdout)
