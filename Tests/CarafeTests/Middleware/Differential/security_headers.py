"""What Flask-Talisman adds to responses: security_headers.py SEED COUNT writes the cases as JSON; there are no random ones."""

import json

from flask import Flask
from flask_talisman import Talisman

CASES = [
    {}, {"https": True}, {"frameOptions": None}, {"frameOptions": "DENY"},
    {"policy": {"default-src": "'self'", "img-src": "*"}}, {"policy": None}, {"referrerPolicy": "no-referrer"},
    {"permissionsPolicy": "geolocation=()"}, {"reportURI": "/reports"}, {"reportURI": "/reports", "reportsOnly": True},
    {"https": True, "maxAge": 60, "subdomains": False}, {"https": True, "maxAge": 60, "preload": True},
]
NAMES = ["X-Frame-Options", "X-Content-Type-Options", "Content-Security-Policy", "Content-Security-Policy-Report-Only",
         "Strict-Transport-Security", "Referrer-Policy", "Permissions-Policy"]


def answer(case):
    app = Flask("security_headers")
    options = {"force_https": False}
    if "frameOptions" in case:
        options["frame_options"] = case["frameOptions"]
    if "policy" in case:
        options["content_security_policy"] = case["policy"]
    if "referrerPolicy" in case:
        options["referrer_policy"] = case["referrerPolicy"]
    if "permissionsPolicy" in case:
        options["permissions_policy"] = case["permissionsPolicy"]
    options["content_security_policy_report_uri"] = case.get("reportURI")
    options["content_security_policy_report_only"] = case.get("reportsOnly", False)
    if "maxAge" in case:
        options["strict_transport_security_max_age"] = case["maxAge"]
    options["strict_transport_security_include_subdomains"] = case.get("subdomains", True)
    options["strict_transport_security_preload"] = case.get("preload", False)
    Talisman(app, **options)
    app.add_url_rule("/", view_func=lambda: "ok", endpoint="index")
    response = app.test_client().get("/", base_url="https://localhost" if case.get("https") else "http://localhost")
    return {name: response.headers[name] for name in NAMES if name in response.headers}


if __name__ == "__main__":
    print("[")
    print(",\n".join(json.dumps({**case, "given": list(case), "answer": answer(case)}) for case in CASES))
    print("]")
