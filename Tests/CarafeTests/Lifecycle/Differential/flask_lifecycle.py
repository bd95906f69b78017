"""Flask's answers to the scenarios of LifecycleTests, as JSON on stdout.

One app with a parent and a child blueprint, two hooks of every kind in each, and handlers that do what a scenario's
`do` says. Each step's answer holds what a client sees and the order in which everything ran.
"""

import functools
import json
import logging
import sys

import flask
from flask import Blueprint, Flask, Response, abort, after_this_request, get_flashed_messages, redirect, request, session
from importlib.metadata import version
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

assert version("flask") == "3.1.3" and version("werkzeug") == "3.1.8"
sys.path.insert(0, __file__.rpartition("/")[0])
from flask_scenarios import scenarios  # noqa: E402


class Custom(Exception):
    pass


class Special(Custom):
    pass


class Other(Exception):
    pass


ERRORS = {"Custom": Custom, "Special": Special, "Other": Other, "HTTP": HTTPException, "Any": Exception}
FIELDS = ["Allow", "Content-Length", "Content-Type", "Location", "Set-Cookie", "Vary", "X-Hook", "X-Later"]
trace = []


def kind(error):
    if error is None:
        return "none"
    error = getattr(error, "original_exception", None) or error
    return f"HTTP {error.code}" if isinstance(error, HTTPException) else type(error).__name__


def text(body, status=200):
    return Response(body, status, mimetype="text/plain")


def raise_(error):
    raise error


def later(name, fails):
    def action(response):
        trace.append(f"later {name}")
        if fails:
            raise Other()
        response.headers.add("X-Later", name)
        return response

    after_this_request(action)


def url(endpoint, *words):
    values = {}
    for word in words:
        key, _, value = word.partition("=")
        value = {"True": True, "False": False}.get(value, int(value) if value.isdigit() else value)
        values[key] = value.split(",") if isinstance(value, str) and "," in value else value
    try:
        return text(flask.url_for(endpoint, **values))
    except BuildError:
        return text("BuildError")


def stream(*words):
    def pieces():
        for piece in ("one,", "two"):
            trace.append(f"piece {piece}")
            yield piece

    return Response(pieces(), mimetype="text/plain")


def perform(action, response=None):
    """Does one thing; a response is what the caller is to answer."""
    verb, *words = action.split(" ")
    match verb:
        case "text":
            return text(words[0], *map(int, words[1:]))
        case "html":
            return Response(words[0])
        case "abort":
            abort(text("given", 418)) if words[0] == "given" else abort(int(words[0]))
        case "throw":
            raise ERRORS[words[0]]()
        case "redirect":
            return redirect(words[0], *map(int, words[1:]))
        case "set":
            session[words[0]] = words[1]
        case "pop":
            session.pop(words[0], None)
        case "get":
            return text(str(session.get(words[0])))
        case "clear":
            session.clear()
        case "permanent":
            session.permanent = words[0] == "on"
        case "flash":
            flask.flash(*words)
        case "flashes":
            shown = get_flashed_messages(with_categories=True, category_filter=words)
            return text("|".join(f"{c}:{m}" for c, m in shown))
        case "later":
            later(words[0], False)
        case "laterfails":
            later(words[0], True)
        case "url":
            return url(*words)
        case "stream":
            return stream()
        case "header":
            response.headers.add("X-Hook", words[0])
        case "replace":
            response.data = words[0]
        case "values":
            return text(",".join(f"{k}={v}" for k, v in sorted((request.view_args or {}).items())))
        case _:
            raise ValueError(action)


def act(name, response=None):
    answer = None
    for action in json.loads(request.headers.get("X-Do", "{}")).get(name, []):
        answer = perform(action, response) or answer
    return answer


def add_hooks(scaffold, scope):
    for number in (1, 2):
        name = f"{scope}{number}"

        @scaffold.url_value_preprocessor
        def preprocess(endpoint, values, name=name):
            trace.append(f"values {name}")

        @scaffold.before_request
        def before(name=name):
            trace.append(f"before {name}")
            return act(f"before {name}")

        @scaffold.after_request
        def after(response, name=name):
            trace.append(f"after {name}")
            act(f"after {name}", response)
            return response

        @scaffold.teardown_request
        def teardown(error, name=name):
            trace.append(f"teardown {name} {kind(error)}")

        @scaffold.url_defaults
        def defaults(endpoint, values, name=name):
            trace.append(f"defaults {name}")


def view(scope, endpoint):
    def call(**values):
        trace.append(f"view {scope}.{endpoint}")
        return act("view") or text("ok")

    return call


def add_routes(scaffold, scope):
    for rule, endpoint, methods, defaults in [
        ("/do", "do", ["GET", "POST"], None),
        ("/int/<int:n>", "int", ["GET"], None),
        ("/text/<s>/<path:p>", "text", ["GET"], None),
        ("/slash/", "slash", ["GET"], None),
        ("/slashpost/", "slashpost", ["GET", "POST"], None),
        ("/get", "get", ["GET"], None),
        ("/post", "post", ["POST"], None),
        ("/options", "options", ["GET", "OPTIONS"], None),
        ("/many", "read", ["GET"], None),
        ("/many", "write", ["PUT", "DELETE"], None),
        ("/page/", "page", ["GET"], {"n": 1}),
        ("/page/<int:n>", "page", ["GET"], None),
    ]:
        functions = scaffold.__dict__.setdefault("views", {})
        call = functions.setdefault(endpoint, view(scope, endpoint))
        options = {"defaults": defaults} if defaults else {}
        scaffold.add_url_rule(rule, endpoint, call, methods=methods, **options)


def add_handlers(scaffolds, handlers):
    for handler in handlers:
        scope, subject = handler.split(" ")

        def handle(error, scope=scope, subject=subject):
            trace.append(f"handle {scope} {subject} {kind(error)}")
            status = getattr(error, "code", 500)
            return act(f"handle {scope} {subject}") or text(f"{scope}/{subject}", status)

        key = int(subject) if subject.isdigit() else ERRORS[subject]
        scaffolds[scope].register_error_handler(key, handle)


class Log(logging.Handler):
    def emit(self, record):
        trace.append("log " + record.levelname.lower())


@functools.cache
def make_app(handlers, config):
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY="secret", **dict(config))
    app.logger.handlers = [Log()]
    app.logger.propagate = False
    parent = Blueprint("parent", __name__, url_prefix="/parent")
    child = Blueprint("child", __name__, url_prefix="/child")
    for scaffold, scope in ((app, "app"), (parent, "parent"), (child, "child")):
        add_hooks(scaffold, scope)
        add_routes(scaffold, scope)
    add_handlers({"app": app, "parent": parent, "child": child}, handlers)
    parent.register_blueprint(child)
    app.register_blueprint(parent)
    flask.request_started.connect(lambda *_: trace.append("started"), app, weak=False)
    flask.request_finished.connect(lambda *_, response: trace.append(f"finished {response.status_code}"), app, weak=False)
    flask.got_request_exception.connect(lambda *_, exception: trace.append(f"exception {kind(exception)}"), app, weak=False)
    flask.request_tearing_down.connect(lambda *_, exc: trace.append(f"tearing {kind(exc)}"), app, weak=False)
    flask.message_flashed.connect(
        lambda *_, message, category: trace.append(f"flashed {category}:{message}"), app, weak=False)
    return app


def without_value(cookie):
    """A Set-Cookie without what changes from second to second."""
    pair, *attributes = cookie.split("; ")
    name, _, value = pair.partition("=")
    attributes = ["Expires=*" if a.startswith("Expires=") and "1970" not in a else a for a in attributes]
    return "; ".join([f"{name}={'*' if value else ''}", *attributes])


def field(name, response):
    values = response.headers.getlist(name)
    if name == "Allow":
        values = [", ".join(sorted(value.split(", "))) for value in values]
    if name == "Set-Cookie":
        values = [without_value(value) for value in values]
    return values


def remembered(app, client):
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    if cookie is None:
        return None
    with app.app_context():
        values = app.session_interface.get_signing_serializer(app).loads(cookie.value)
    return [f"{key}={json.dumps(value)}" for key, value in sorted(values.items())]


def answer(app, client, step):
    trace.clear()
    headers = {**step.get("headers", {}), "X-Do": json.dumps(step.get("do", {}))}
    path = step["path"].removeprefix("http://localhost")
    # The client would take two slashes at the beginning for those of a host.
    override = {"PATH_INFO": path} if path.startswith("//") else {}
    response = client.open("/" if override else path, method=step["method"], headers=headers, environ_overrides=override)
    body = response.get_data(as_text=True)
    response.close()
    return {
        "status": response.status_code,
        "fields": {name: field(name, response) for name in FIELDS if response.headers.getlist(name)},
        "body": body,
        "trace": list(trace),
        "session": remembered(app, client),
    }


def run(scenario):
    app = make_app(tuple(scenario["handlers"]), tuple(scenario["config"].items()))
    client = app.test_client()
    steps = [{**step, "out": answer(app, client, step)} for step in scenario["steps"]]
    return {**scenario, "steps": steps}


answers = [json.dumps(run(scenario), sort_keys=True) for scenario in scenarios()]
print("[\n" + ",\n".join(answers) + "\n]")
