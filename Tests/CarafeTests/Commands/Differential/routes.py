"""Prints apps with what `flask routes` says of them, as a JSON list: routes.json beside it is its recording.

    python3 routes.py > routes.json
"""

import json

from flask import Blueprint, Flask
from flask.cli import cli


def route(rule, endpoint, methods=None, host=None, subdomain=None, blueprint=None):
    return {
        "rule": rule, "endpoint": endpoint, "methods": methods or ["GET"], "host": host, "subdomain": subdomain,
        "blueprint": blueprint,
    }


PLAIN = [
    route("/", "index"),
    route("/posts/<int:id>", "post", ["GET", "POST", "DELETE"]),
    route("/posts", "Posts", ["POST"]),
    route("/files/<path:name>", "file", ["PUT", "PATCH"]),
    route("/", "show", blueprint="blog"),
    route("/<int(min=1):id>/edit", "edit", ["GET", "POST"], blueprint="blog"),
    route("/a very long rule that makes the column wide/<name>", "z"),
    route("/ü", "ümlaut", ["DELETE"]),
    route("/options", "own", ["OPTIONS"]),
]
SUBDOMAINS = PLAIN + [
    route("/", "api", subdomain="api"),
    route("/users", "users", ["GET", "POST"], subdomain="<account>"),
]
HOSTS = [
    route("/", "first", host="b.example.com"),
    route("/", "second", ["POST"], host="<name>.example.com"),
    route("/shared", "shared"),
]
OPTIONS = [[]] + [["--sort", order] for order in ("endpoint", "methods", "domain", "rule", "match")] + [
    ["-s", "rule", "--all-methods"], ["--all-methods"],
]


def output(routes, matching, arguments):
    app = Flask(
        "small", static_folder=None, host_matching=matching == "host", subdomain_matching=matching == "subdomain")
    app.config["SERVER_NAME"] = "example.com" if matching == "subdomain" else None
    blueprints = {}
    for item in routes:
        target = app
        if item["blueprint"]:
            name = item["blueprint"]
            target = blueprints.setdefault(name, Blueprint(name, __name__, url_prefix="/" + name))
        options = {key: item[key] for key in ("host", "subdomain") if item[key] is not None}
        target.add_url_rule(
            item["rule"], item["endpoint"], lambda **values: "", methods=item["methods"], **options)
    for blueprint in blueprints.values():
        app.register_blueprint(blueprint)
    result = app.test_cli_runner().invoke(cli, args=["routes", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


CASES = [
    {"routes": routes, "matching": matching, "arguments": arguments, "output": output(routes, matching, arguments)}
    for routes, matching in ((PLAIN, "none"), (SUBDOMAINS, "subdomain"), (SUBDOMAINS, "none"), (HOSTS, "host"), ([], "none"))
    for arguments in OPTIONS
]
print(json.dumps(CASES, indent=1, ensure_ascii=False))
