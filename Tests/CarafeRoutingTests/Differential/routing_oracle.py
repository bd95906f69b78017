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
from converters import CUSTOM
from randomly import random_build, random_map, random_match
from repaired import RepairedMap, RepairedRule


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
    unmerged = any(not rule.merge_slashes for rule in repaired.rules_in_order)
    if ask is match and case["out"][0] == "405" and plain == ["404"] and "//" in case["path"] and unmerged:
        return "a rule that does not merge slashes hides no other rule's methods"
    sys.exit(f"Werkzeug differs for no known reason: {case}: {plain}")


def random_maps(seed, count, matches=12, builds=6):
    source = random.Random(seed)
    for _ in range(count):
        options, rules = random_map(source, lambda rule: RepairedMap([made(RepairedRule, rule)]))
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
