"""Werkzeug's routing with the repairs on which we decided, each expressed here and nowhere else.

* A converter that rejects a value lets the next rule try, and the methods of its rule are not allowed there.
* Rules of equal weight are decided by the order of registration, whichever rules share their beginnings.
* Integers have 64 bits; one that does not fit is rejected.
* A value that a converter cannot write lets the next rule of the endpoint try; it is never an unforeseen exception.
* What is written into a URL matches again: floats without exponents, `any` percent-encoded, UUIDs that are some.
* A default is compared as what it is: True is not 1.
* A redirect's target is resolved by RFC 3986 §5.2, which keeps empty segments.
* An alias whose rule cannot be built from the values answers by itself.
"""

import re
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit, urlunsplit

from werkzeug.routing import BuildError, Map, MapAdapter, Rule, ValidationError
from werkzeug.routing.exceptions import NoMatch, RequestAliasRedirect, RequestPath

from converters import CONVERTERS


def as_text(item):
    """The order of a sorted query; Python has none between numbers and texts."""
    return item[0], str(item[1])


class RepairedRule(Rule):
    def suitable_for(self, values, method=None):
        suits = super().suitable_for(values, method)
        defaults = self.defaults or {}
        if suits and any(type(values[name]) is not type(defaults[name]) for name in defaults if name in values):
            self.map.writes_otherwise = True
            return False
        return suits

    def build(self, values, append_unknown=True):
        try:
            return super().build(values, append_unknown)
        except ValueError:
            self.map.has_unwritable = True
            return None


class RepairedMap(Map):
    # What the last `build` met: a value that cannot be written, one that Werkzeug would write otherwise.
    has_unwritable = writes_otherwise = False

    def __init__(self, rules, **options):
        super().__init__(rules, converters=CONVERTERS, sort_key=as_text, **options)
        self._matcher = RepairedMatcher(rules, self._matcher.merge_slashes, self.redirect_defaults)

    def bind(self, *arguments, **names):
        adapter = super().bind(*arguments, **names)
        adapter.__class__ = RepairedAdapter
        return adapter


def joined(base, reference):
    """Python's `urljoin`, but for the empty segments that it drops."""
    target = urlsplit(reference)
    if target.scheme or target.netloc:
        return urljoin(base, reference)
    origin = urlsplit(base)
    path = target.path if target.path.startswith("/") else origin.path + target.path
    kept = []
    segments = path.split("/")[1:]
    for place, segment in enumerate(segments):
        if segment not in (".", ".."):
            kept.append(segment)
            continue
        if segment == "..":
            del kept[-1:]
        if place == len(segments) - 1:
            kept.append("")
    return urlunsplit((origin.scheme, origin.netloc, "/" + "/".join(kept), target.query, target.fragment))


class RepairedAdapter(MapAdapter):
    def match(self, *arguments, **names):
        try:
            with patch("werkzeug.routing.map.urljoin", joined):
                return super().match(*arguments, **names)
        except BuildError:
            return self.map._matcher.chosen

    def get_default_redirect(self, rule, method, values, query_args):
        for canonical in self.map._rules_by_endpoint[rule.endpoint]:
            if canonical is rule:
                return None
            if canonical.provides_defaults_for(rule) and canonical.suitable_for(values, method):
                built = canonical.build({**values, **canonical.defaults})
                if built is not None:
                    return self.make_redirect_url(built[1], query_args, domain_part=built[0])
        return None


class RepairedMatcher:
    """Asks every rule by itself, and takes the best of those that match."""

    def __init__(self, rules, merge_slashes, redirect_defaults):
        self.rules = rules
        self.merge_slashes = merge_slashes
        self.redirect_defaults = redirect_defaults
        self.chosen = None
        # Whether a converter rejected a value, and whether rules of equal weight matched, in the last match.
        self.has_rejected = self.has_equal = False

    def update(self):
        pass

    def match(self, domain, path, method, websocket):
        self.has_rejected = self.has_equal = False
        allowed, mismatch = set(), [False]
        best = self.best(domain, path, method, websocket, allowed, mismatch)
        if best is None and self.merge_slashes:
            path = re.sub("/{2,}", "/", path)
            best = self.best(domain, path, method, websocket, allowed, mismatch)
            if best and not best[1] and best[2].merge_slashes is False:
                best = None
            elif best:
                raise RequestPath(path + "/" * best[1])
        if best is None:
            raise NoMatch(allowed, mismatch[0])
        needs_slash, rule, values = best[1:]
        if needs_slash:
            raise RequestPath(path + "/")
        values = {**values, **(rule.defaults or {})}
        self.chosen = rule, values
        if rule.alias and self.redirect_defaults:
            raise RequestAliasRedirect(values, rule.endpoint)
        return rule, values

    def best(self, domain, path, method, websocket, allowed, mismatch):
        found = []
        for index, rule in enumerate(self.rules):
            if rule.build_only:
                continue
            precedence, outcome, texts = follow(rule, [domain, *path.split("/")])
            if outcome is None:
                continue
            values = {}
            try:
                for name, text in zip(rule._converters, texts):
                    values[name] = rule._converters[name].to_python(text)
            except ValidationError:
                self.has_rejected = True
                continue
            answers = rule.methods is None or method in rule.methods
            if not answers or rule.websocket != websocket:
                if outcome == "slash":
                    continue
                if not answers:
                    allowed |= rule.methods
                else:
                    mismatch[0] = True
                continue
            needs_slash = outcome == "slash" and rule.strict_slashes
            found.append(((precedence, index), needs_slash, rule, values))
        dynamic = [entry[0][0] for entry in found]
        self.has_equal = self.has_equal or any(
            left[place] == right[place] and left[place][0] == 1
            for i, left in enumerate(dynamic) for right in dynamic[i + 1 :]
            for place in range(min(len(left), len(right)))
        )
        return min(found, key=lambda entry: entry[0]) if found else None


def follow(rule, remaining):
    """Where one rule stands, how the segments match it (None, "exact", "slash" or "extra") and its variables' texts."""
    precedence, texts = [], []
    for place, part in enumerate(rule._parts):
        precedence.append((0,) if part.static else (1, part.weight))
        if not remaining:
            missing_slash = place == len(rule._parts) - 1 and part.static and part.content == ""
            return precedence, "slash" if missing_slash else None, texts
        if part.static:
            if part.content != remaining[0]:
                return precedence, None, texts
            remaining = remaining[1:]
            continue
        target = "/".join(remaining) if part.final else remaining[0]
        match = re.match(part.content, target)
        if match is None:
            return precedence, None, texts
        remaining = [] if part.final else remaining[1:]
        if part.suffixed and match.groups()[-1] == "/":
            remaining = [""]
        texts += [text for name, text in sorted(match.groupdict().items()) if name.startswith("__werkzeug_")]
    if not remaining:
        return precedence, "exact", texts
    if remaining == [""] and not rule.strict_slashes:
        return precedence + [(2,)], "extra", texts
    return precedence, None, texts
