"""Asks Werkzeug where paths lead and how URLs are built, for random maps of rules.

    python3 routing_oracle.py record > routing.json    the cases that are checked in
    python3 routing_oracle.py SEED COUNT               COUNT random maps

Prints one JSON array of maps, each with its rules, what is asked, and the answers: those of Werkzeug with the repairs
of `repaired.py`. Where Werkzeug itself answers otherwise, that must be for a repair, and the case names it as "why".
"""

import json
import random
import sys
from importlib.metadata import version
from uuid import UUID

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BuildError, Map, RequestRedirect, Rule, WebsocketMismatch

from cases import MAPS
from repaired import CUSTOM, RepairedMap, RepairedRule

TEXTS = ["a", "b", "ab", "éa", "x.y", "1", "12", "a b", "a+b"]
PATTERNS = [
    "<{0}>", "<{0}>", "<int:{0}>", "<int(max=3):{0}>", "<int(min=2):{0}>", "<int(fixed_digits=2):{0}>",
    "<int(signed=True):{0}>", "<float:{0}>", "<float(signed=True, max=2.5):{0}>", "<string(length=2):{0}>",
    "<string(minlength=2):{0}>", "<string(maxlength=1):{0}>", "<string(minlength=2, maxlength=3):{0}>",
    '<any(a, b, "x.y"):{0}>', "<any('12', ab):{0}>", "<uuid:{0}>", "<hex:{0}>",
    "a<{0}>", "<{0}>b", "a<int:{0}>b", "<{0}>-<{1}>", "<int:{0}>.<{1}>", "<{0}>.<any(a, y):{1}>", "<{0}><int:{1}>",
    "<{0}>-<int(signed=True):{1}>", "<string(maxlength=2):{0}><{1}>", "<hex:{0}>-<float:{1}>",
]
SPANNING = [
    "<path:{0}>", "<path:{0}>", "<path:{0}>/", "<path:{0}>/edit", "<path:{0}>/<{1}>", "<path:{0}>-<int:{1}>", "a<path:{0}>",
    "<path:{0}>.a", "<path:{0}>/<path:{1}>", "<tail:{0}>", "<tail:{0}>/", "<path:{0}>/edit/", "<path:{0}>b/", "<{0}>-<path:{1}>/",
]
NAMES = ["v0", "v1", "v2", "v3", "v4", "v5"]
SUBDOMAINS = [None, "", "www", "www", "<s0>", "<any(api, www):s0>", "x-<int:s0>", "<s0>.b"]
HOSTS = [None, "example.com", "example.com", "<s0>.example.com", "a.test", "<s0>"]
UUID_TEXT = "9c01e6b0-4e1d-4F2a-8b5d-0123456789ab"
VALUES = [
    "a", "b", "ab", "éa", "x.y", "1", "2", "3", "5", "12", "05", "-3", "1.5", "-1.5", "2.75", "99999999999999999999",
    "-9223372036854775808", "9223372036854775807", "a-b-c.d.y", "1-2", "1.a", "٣", "١٢", UUID_TEXT, "a b", "a%2Fb", ".",
    "..", "a\n", "ff-1.5", "1f", "a12", "edit", "a?b#c", "&=+", "😀",
]
METHODS = [None, None, ["GET"], ["GET"], ["POST"], ["GET", "POST"], ["PUT", "DELETE"]]


def random_rule(random, options, rules):
    taken = iter(random.sample(NAMES, 6) if random.random() < 0.3 else NAMES)

    def filled(pattern):
        for place in ["{0}", "{1}"]:
            pattern = pattern.replace(place, next(taken)) if place in pattern else pattern
        return pattern

    segments = []
    for _ in range(random.choice([0, 1, 1, 2, 2, 3])):
        if random.random() < 0.45:
            segments.append(random.choice(TEXTS))
        else:
            segments.append(filled(random.choice(PATTERNS)))
        if len(segments) == 2:
            break
    if random.random() < 0.2:
        segments.append(filled(random.choice(SPANNING)))
    path = "/" + "/".join(segments) + ("/" if segments and random.random() < 0.4 else "")
    if random.random() < 0.05:
        path = path.replace("/", "//", 2)
    rule = {"path": path, "endpoint": random.choice(["index", "post", "post", "posts", "user.show"])}
    rule["methods"] = random.choice(METHODS)
    if random.random() < 0.2:
        names = random.sample(NAMES[:2], random.choice([1, 1, 2]))
        rule["defaults"] = [[name, random.choice(["i:1", "i:3", "s:a", "s:ab"])] for name in names]
    if random.random() < 0.15:
        rule["strict_slashes"] = random.random() < 0.3
    if random.random() < 0.1:
        rule["merge_slashes"] = random.random() < 0.5
    if random.random() < 0.06:
        rule["build_only"] = True
    if random.random() < 0.1 and set(rule["methods"] or []) <= {"GET"}:
        rule["websocket"] = True
    if options.get("host_matching"):
        rule["host"] = random.choice(HOSTS)
    elif options.get("subdomains"):
        rule["subdomain"] = random.choice(SUBDOMAINS)
    return rule


def random_map(random):
    options = {}
    if random.random() < 0.2:
        options["host_matching"] = True
    elif random.random() < 0.25:
        options["subdomains"] = True
        options["default_subdomain"] = random.choice(["", "www"])
    for name, odds in [("strict_slashes", 0.1), ("merge_slashes", 0.15), ("redirect_defaults", 0.15)]:
        if random.random() < odds:
            options[name] = False
    if random.random() < 0.2:
        options["sort_parameters"] = True
    rules = []
    while len(rules) < random.choice([4, 8, 12]):
        rule = random_rule(random, options, rules)
        try:
            if rule.get("defaults"):
                RepairedMap([made(RepairedRule, rule)])
        except ValueError:
            continue  # a default that the converter cannot write
        if random.random() < 0.06 and not rule.get("build_only"):
            alias = dict(rule, path="/old" + rule["path"], alias=True)
            rules.append(alias)
        if random.random() < 0.06:
            names = [name for name in NAMES if f"{name}>" in rule["path"]]
            target = random.choice(["t/", "/t/", "https://h.test/", "../", "?q="])
            rule["redirect_to"] = target + (f"<{random.choice(names)}>" if names else "")
        rules.append(rule)
    return options, rules


def random_text(random, variable):
    if random.random() < 0.35:
        return random.choice(VALUES)
    if "int" in variable:
        return random.choice(["1", "2", "3", "5", "12", "05", "-3"])
    if "float" in variable:
        return random.choice(["1.5", "-1.5", "2.75"])
    if "uuid" in variable:
        return UUID_TEXT
    if "path" in variable or "tail" in variable:
        return random.choice(VALUES) + random.choice(["", "/", "//"]) + random.choice(VALUES)
    return random.choice(["a", "ab", "x.y", "éa", "a b", "1"])


def random_path(random, rules):
    path = random.choice(rules)["path"]
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        path = path[:start] + random_text(random, path[start:end]) + path[end + 1 :]
    change = random.random()
    if change < 0.1:
        path = path.rstrip("/")
    elif change < 0.2:
        path += "/"
    elif change < 0.28:
        path = path.replace("/", "//", random.choice([1, 2, 9]))
    elif change < 0.31:
        path += "/" + random.choice(VALUES)
    elif change < 0.34:
        path = path[: random.randrange(len(path) + 1)]
    return path


def random_domain(random, options):
    if options.get("host_matching"):
        return random.choice(["example.com", "example.com", "www.example.com", "a.test", "other.test:8080"])
    if options.get("subdomains"):
        return random.choice(["", "www", "www", "api", "x-5", "x-y", "a.b"])
    return ""


def random_binding(random, options):
    return {
        "domain": random_domain(random, options),
        "scheme": random.choice(["http", "http", "https", "ws", "wss", ""]),
        "root": random.choice(["", "", "/", "/app", "/app/"]),
    }


def random_match(random, options, rules):
    return random_binding(random, options) | {
        "path": random_path(random, rules),
        "method": random.choice(["GET", "GET", "GET", "GET", "POST", "PUT", "HEAD", "OPTIONS", "GET-IT"]),
        "websocket": random.random() < 0.1,
        "query": random.choice(["", "", "q=a+b&x=%C3%A9"]),
    }


def random_value(random):
    return random.choice([
        "i:1", "i:3", "i:5", "i:-3", "i:123456789", "f:1.5", "f:1e-05", "f:1e+22", "f:0.1", "b:True", "b:False", "s:a",
        "s:ab", "s:x.y", "s:12", "s:a b/c?d#e%", "s:é&=+", "s:", "s:" + UUID_TEXT, "u:" + UUID_TEXT.lower(), None,
        ["s:a", "i:2"], ["s:ab"], [],
    ])


def random_build(random, options, rules):
    rule = random.choice(rules)
    names = [name for name in [*NAMES, "s0"] if f"{name}>" in rule["path"] + str(rule.get("subdomain")) + str(rule.get("host"))]
    if random.random() < 0.1 and names:
        names.pop()
    values = [[name, random_value(random)] for name in names + [name for name in NAMES[:2] if random.random() < 0.1]]
    values += [[name, random_value(random)] for name in ["q", "z y", "é"] if random.random() < 0.3]
    random.shuffle(values)
    return random_binding(random, options) | {
        "endpoint": random.choice(["indx", "user", "x"]) if random.random() < 0.1 else rule["endpoint"],
        "values": [list(pair) for pair in {name: value for name, value in values}.items()],
        "method": random.choice([None, None, None, "GET", "POST", "DELETE"]),
        "external": random.random() < 0.2,
    }


def value(text):
    if text is None or isinstance(text, list):
        return text and [value(item) for item in text]
    kind, text = text[0], text[2:]
    return {"i": int, "f": float, "s": str, "u": UUID, "b": lambda text: text == "True"}[kind](text)


def tagged(value):
    kind = {int: "i", float: "f", str: "s", UUID: "u", bool: "b"}[type(value)]
    return f"{kind}:{value}"


def made(kind, rule):
    names = [
        "endpoint", "methods", "strict_slashes", "merge_slashes", "build_only", "websocket", "alias", "host", "subdomain",
        "redirect_to",
    ]
    options = {name: rule[name] for name in names if name in rule}
    defaults = {name: value(text) for name, text in rule.get("defaults", [])} or None
    return kind(rule["path"], defaults=defaults, **options)


def bind(routes, case, options):
    host = {"server_name": case["domain"]} if options.get("host_matching") else {
        "server_name": "example.com", "subdomain": case["domain"],
    }
    return routes.bind(script_name=case["root"], url_scheme=case["scheme"], **host)


def match(routes, case, options):
    try:
        rule, values = bind(routes, case, options).match(
            case["path"], case["method"], return_rule=True, query_args=case["query"], websocket=case["websocket"]
        )
        index = next(number for number, other in enumerate(routes.rules_in_order) if other is rule)
        return [f"rule {index}"] + sorted(f"{name}={tagged(value)}" for name, value in values.items())
    except RequestRedirect as redirect:
        return ["redirect", redirect.new_url]
    except MethodNotAllowed as error:
        return ["405", *sorted(error.valid_methods)]
    except WebsocketMismatch:
        return ["400"]
    except NotFound:
        return ["404"]


def build(routes, case, options):
    values = MultiDict()
    for name, given in case["values"]:
        if given is not None:
            values.setlist(name, [value(item) for item in (given if isinstance(given, list) else [given])])
    routes.has_unwritable = routes.writes_otherwise = False
    try:
        return [
            "url",
            bind(routes, case, options).build(
                case["endpoint"], values, case["method"], force_external=case["external"]
            ),
        ]
    except BuildError as error:
        return ["unwritable"] if routes.has_unwritable else ["error", str(error)]


def plainly(ask, *arguments):
    """Werkzeug's own answer; a text for what it does not foresee."""
    try:
        return ask(*arguments)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def mapped(kind, rule_kind, rules, **options):
    rules = [made(rule_kind, rule) for rule in rules]
    routes = kind(rules, **options)
    routes.rules_in_order = rules
    return routes


def answered(options, rules, asked):
    """The map with the answers, and the cases with what they differ for."""
    names = {name: value for name, value in options.items() if name != "subdomains"}
    werkzeug = mapped(Map, Rule, rules, converters=CUSTOM, **names)
    repaired = mapped(RepairedMap, RepairedRule, rules, **names)
    cases = []
    for case in asked:
        ask = match if "path" in case else build
        case = dict(case, out=ask(repaired, case, options))
        plain = plainly(ask, werkzeug, case, options)
        if plain != case["out"]:
            case["why"] = reason(repaired, ask, case, plain)
        cases.append(case)
    return {"options": names, "rules": rules, "cases": cases}


def reason(repaired, ask, case, plain):
    unforeseen = ("ValueError", "TypeError", "BuildError", "OverflowError", "AttributeError")
    if plain[0].startswith(unforeseen):
        return "Werkzeug raises " + plain[0]
    if ask is build and repaired.writes_otherwise:
        return f"what is written matches again: {plain[-1]}"
    if ask is match and repaired._matcher.has_rejected:
        return "a converter rejects a value"
    if ask is match and repaired._matcher.has_equal:
        return "rules of equal weight"
    if ask is match and case["out"][0] == plain[0] == "redirect" and "//" in case["path"]:
        return "a redirect keeps empty segments"
    sys.exit(f"Werkzeug differs for no known reason: {case}: {plain}")


def random_maps(seed, count, matches=12, builds=6):
    source = random.Random(seed)
    for _ in range(count):
        options, rules = random_map(source)
        asked = [random_match(source, options, rules) for _ in range(matches)]
        asked += [random_build(source, options, rules) for _ in range(builds)]
        yield answered(options, rules, asked)


def chosen_maps():
    """The cases that show one thing each."""
    for options, rules, asked in MAPS:
        yield answered(options, rules, [
            {"domain": "", "scheme": "http", "root": ""} | (
                {"method": "GET", "websocket": False, "query": ""} if "path" in case
                else {"values": [], "method": None, "external": False}
            ) | case for case in asked
        ])


if __name__ == "__main__":
    if version("werkzeug") != "3.1.8":
        sys.exit("The answers are those of Werkzeug 3.1.8.")
    if sys.argv[1] == "record":
        maps = [*chosen_maps(), *random_maps(1, 16)]
    else:
        maps = list(random_maps(int(sys.argv[1]), int(sys.argv[2])))
    print("[\n" + ",\n".join(json.dumps(entry, ensure_ascii=True) for entry in maps) + "\n]")
