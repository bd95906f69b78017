"""Random maps of rules, requests and values to build from."""

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


def random_map(random, compile_rule):
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
                compile_rule(rule)
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
