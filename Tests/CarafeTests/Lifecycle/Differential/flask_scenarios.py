"""The scenarios whose outcome in Flask and in Carafe is compared."""

SCOPES = {"app": "", "parent": "/parent", "child": "/parent/child"}
EVERYWHERE = [f"{scope} {subject}" for scope in SCOPES for subject in ("404", "405", "500")]


def step(path, do=None, method="GET", **headers):
    return {"method": method, "path": path, "do": do or {}, "headers": headers}


def one(name, path, do=None, method="GET", handlers=(), **config):
    return {"name": name, "handlers": list(handlers), "config": config, "steps": [step(path, do, method)]}


def several(name, *steps, **config):
    return {"name": name, "handlers": [], "config": config, "steps": list(steps)}


def hooks():
    for scope, prefix in SCOPES.items():
        yield one(f"{scope}: nothing special", f"{prefix}/do")
        yield one(f"{scope}: the handler aborts", f"{prefix}/do", {"view": ["abort 403"]})
        yield one(f"{scope}: the handler aborts with a response", f"{prefix}/do", {"view": ["abort given"]})
        yield one(f"{scope}: the handler throws", f"{prefix}/do", {"view": ["throw Custom"]})
        yield one(f"{scope}: the handler adds actions for its response", f"{prefix}/do", {"view": ["later a", "later b"]})
        yield one(f"{scope}: no rule", f"{prefix}/nothing")
        yield one(f"{scope}: wrong method", f"{prefix}/get", method="POST")
        for hook in ("app1", "app2", "parent1", "parent2", "child1", "child2"):
            name = f"{scope}: before-request hook {hook}"
            yield one(f"{name} answers", f"{prefix}/do", {f"before {hook}": ["text early 202"]})
            yield one(f"{name} aborts", f"{prefix}/do", {f"before {hook}": ["abort 401"]})
            yield one(f"{name} throws", f"{prefix}/do", {f"before {hook}": ["throw Other"]})
    yield one("a hook answers where no rule is", "/nothing", {"before app2": ["text found"]})
    yield one("a hook answers for a wrong method", "/get", {"before app2": ["text found"]}, "POST")
    yield one("a hook aborts before 404 is known", "/nothing", {"before app1": ["abort 403"]})
    yield one("a hook adds actions for the response", "/do", {"before app1": ["later a"], "view": ["later b"]})
    yield one(
        "every after-request hook changes the response", "/parent/child/do",
        {f"after {scope}{n}": [f"header {scope}{n}"] for scope in SCOPES for n in (1, 2)})
    yield one("an after-request hook replaces the content", "/do", {"after app1": ["replace other"]})
    yield one("an after-request hook of a 404", "/nothing", {"after app1": ["header late"]})
    for hook in ("app1", "app2"):
        yield one(f"after-request hook {hook} throws", "/do", {f"after {hook}": ["throw Custom"]})
        yield one(f"after-request hook {hook} aborts", "/do", {f"after {hook}": ["abort 403"]})
        yield one(
            f"after-request hook {hook} throws and 500 is handled", "/do", {f"after {hook}": ["throw Custom"]},
            handlers=["app 500"])
        yield one(
            f"after-request hook {hook} throws for a redirect", "/slash", {f"after {hook}": ["throw Custom"]})
    yield one(
        "after-request hook throws after the handler threw", "/do", {"view": ["throw Other"], "after app2": ["throw Custom"]})
    yield one("an action for the response throws", "/do", {"view": ["laterfails a", "later b"]})


def routing():
    for scope, prefix in SCOPES.items():
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"):
            for path in ("get", "post", "many"):
                yield one(f"{scope}: {method} {path}", f"{prefix}/{path}", method=method)
        yield one(f"{scope}: a slash is missing", f"{prefix}/slash")
        yield one(f"{scope}: default values are spelled out", f"{prefix}/page/1")
    yield one("OPTIONS that the handler answers", "/options", {"view": ["text mine"]}, "OPTIONS")
    yield one("OPTIONS where no rule is", "/nothing", method="OPTIONS")
    yield one("OPTIONS that a hook answers", "/get", {"before app1": ["text mine"]}, "OPTIONS")
    yield one("automatic OPTIONS are off", "/get", method="OPTIONS", PROVIDE_AUTOMATIC_OPTIONS=False)
    yield one("HEAD of a failing handler", "/do", {"view": ["throw Custom"]}, "HEAD")
    yield one("HEAD where no rule is", "/nothing", method="HEAD")
    yield one("HEAD of a slash that is missing", "/slash", method="HEAD")
    yield one("a slash is missing, with a query", "/slash?a=1&b=%C3%A9+x")
    yield one("a slash is missing for POST", "/slashpost", method="POST")
    yield one("a slash is missing for a method that no rule has", "/slash", method="POST")
    yield one("a slash too much", "/get/")
    yield one("slashes to merge", "/int//5")
    yield one("slashes to merge, with a query", "/int///5?a=1")
    yield one("slashes to merge and one is missing", "http://localhost//parent//child/slash")
    yield one("slashes within a path variable", "/text/a/b//c", {"view": ["values"]})
    yield one("slashes to merge at the beginning", "http://localhost//get")
    yield one("default values", "/page/", {"view": ["values"]})
    yield one("other values than the default", "/page/2", {"view": ["values"]})
    yield one("default values spelled out, with a query", "/page/1?a=b")
    yield one("a hook answers before a redirect of the routing", "/slash", {"before app1": ["text early"]})
    yield one("path variables", "/text/a%20b/c/%C3%A9", {"view": ["values"]})
    yield one("an encoded slash", "/text/a%2Fb/c", {"view": ["values"]})
    yield one("a number with zeros", "/int/007", {"view": ["values"]})
    yield one("a number that is none", "/int/-5")
    yield one("a path that is not UTF-8", "/text/%ff/x", {"view": ["values"]})


def responses():
    yield one("a text and a status", "/do", {"view": ["text made 201"]})
    yield one("no content", "/do", {"view": ["text x 204"]})
    yield one("not modified", "/do", {"view": ["text x 304"]})
    yield one("HEAD keeps the length", "/do", {"view": ["text four"]}, "HEAD")
    yield one("a page", "/do", {"view": ["html <p>hi</p>"]})
    yield one("a redirect", "/do", {"view": ["redirect /next"]})
    yield one("a redirect after a POST", "/do", {"view": ["redirect /next"]}, "POST")
    for status in (301, 303, 307, 308):
        yield one(f"a redirect with {status}", "/do", {"view": [f"redirect /next {status}"]}, "POST")
    yield one("a redirect elsewhere", "/do", {"view": ["redirect https://example.com/a?b=c&d=<e>"]})
    yield one("a redirect to an IRI", "/do", {"view": ["redirect /grüße?q=é%20"]})
    yield one("a stream", "/parent/child/do", {"view": ["stream"]})
    yield one("HEAD of a stream", "/do", {"view": ["stream"]}, "HEAD")
    for hook in ("view", "before app1"):
        for status in (400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418,
                       421, 422, 423, 424, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505):
            if hook == "view" or status % 10 == 4:
                yield one(f"{hook} aborts with {status}", "/do", {hook: [f"abort {status}"]})


def urls():
    for scope, prefix in SCOPES.items():
        for words in (".get", "get", "int n=5", ".int n=5 q=a q2=é&", "parent.child.get", "parent.get _anchor=a", ".page",
                      ".page n=1", ".page n=2", ".text s=a/b p=c/d", ".text s=ü p=%25", "nothing", ".nothing",
                      ".int", "get x=1,2,3", "get _external=True", "get _scheme=https", "get _external=True _anchor=b",
                      ".many", ".write _method=PUT", ".read _method=PUT", ".slash", "get q=a_b-c.d~e!f*g"):
            yield one(f"{scope}: URL for {words}", f"{prefix}/do", {"view": [f"url {words}"]})


def errors():
    def handled(name, path, do=None, handlers=(), method="GET"):
        return one(f"handlers {', '.join(handlers)}: {name}", path, do, method, handlers)

    for scope, prefix in SCOPES.items():
        for do in ("abort 404", "abort 403", "abort given", "throw Custom", "throw Special", "throw Other", "abort 500"):
            view = {"view": [do]}
            path = f"{prefix}/do"
            name = f"{scope} does {do}"
            yield handled(name, path, view, EVERYWHERE)
            yield handled(name, path, view, ["app 404", "child HTTP"])
            yield handled(name, path, view, ["app Special", "child Custom", "parent Any"])
            yield handled(name, path, view, ["app Custom", "app Special", "parent 403", "app 500"])
            yield handled(name, path, view, ["app Any"])
            yield handled(name, path, view, ["app HTTP"])
        yield handled(f"{scope}: no rule", f"{prefix}/nothing", None, EVERYWHERE)
        yield handled(f"{scope}: wrong method", f"{prefix}/get", None, EVERYWHERE, "POST")
        yield handled(f"{scope}: a slash is missing", f"{prefix}/slash", None, ["app Any", "app HTTP", "child HTTP"])
        for hook in ("app1", "parent2", "child1"):
            yield handled(
                f"{scope}: hook {hook} throws", f"{prefix}/do", {f"before {hook}": ["throw Custom"]},
                ["app 500", "child Custom"])
    failing = {"view": ["throw Custom"], "handle app Custom": ["throw Other"]}
    yield handled("the error handler throws", "/do", failing, ["app Custom"])
    yield handled("the error handler throws and 500 is handled", "/do", failing, ["app Custom", "app 500"])
    yield handled("the error handler throws what another takes", "/do", failing, ["app Custom", "app Other"])
    failing = {"view": ["throw Custom"], "handle app Custom": ["abort 403"]}
    yield handled("the error handler aborts", "/do", failing, ["app Custom"])
    yield handled("the error handler aborts and the status is handled", "/do", failing, ["app Custom", "app 403"])
    failing = {"view": ["abort 404"], "handle app 404": ["throw Custom"]}
    yield handled("the handler for 404 throws", "/do", failing, ["app 404"])
    yield handled("the handler for 404 throws what another takes", "/do", failing, ["app 404", "app Custom"])
    yield handled("the handler for 404 redirects", "/nothing", {"handle app 404": ["redirect /"]}, ["app 404"])
    yield handled(
        "after-request hooks see what the handler for 404 made", "/nothing", {"after app1": ["header seen"]}, ["app 404"])
    yield handled(
        "a hook answers although 404 is handled", "/nothing", {"before app1": ["text early"]}, ["app 404"])


def sessions():
    put = {"view": ["set a 1"]}
    get = {"view": ["get a"]}
    yield several("a session is not touched", step("/do"), step("/do"))
    yield several("a session is written and read", step("/do", put), step("/do", get), step("/do"))
    yield several("a session that is not there is read", step("/do", get))
    yield several("a session is written by an after-request hook", step("/do", {"after app1": ["set b 2"]}), step("/do"))
    yield several("a session is written by a before-request hook", step("/do", {"before app1": ["set b 2"]}))
    yield several("a session is written before a 404", step("/nothing", {"before app1": ["set b 2"]}))
    yield several("a session is written before an error", step("/do", {"view": ["set a 1", "throw Custom"]}), step("/do", get))
    yield several("a session is cleared", step("/do", put), step("/do", {"view": ["clear"]}), step("/do", get))
    yield several("an empty session is cleared", step("/do", {"view": ["clear"]}))
    yield several("a session's only value is taken out", step("/do", put), step("/do", {"view": ["pop a"]}))
    yield several("a value that is not there is taken out", step("/do", put), step("/do", {"view": ["pop b"]}))
    lasting = {"view": ["set a 1", "permanent on"]}
    for refresh in (True, False):
        yield several(
            f"a permanent session, refreshed: {refresh}", step("/do", lasting), step("/do"), step("/do", get),
            step("/do", {"view": ["permanent off"]}), step("/do"), SESSION_REFRESH_EACH_REQUEST=refresh)
        yield several(
            f"a permanent session and nothing there, refreshed: {refresh}", step("/nothing"),
            step("/do", {"view": ["permanent on"]}), step("/nothing"), SESSION_REFRESH_EACH_REQUEST=refresh)
    settings = dict(
        SESSION_COOKIE_NAME="carafe", SESSION_COOKIE_PATH="/parent", SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=False, SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_PARTITIONED=True)
    for key, value in settings.items():
        yield several(f"{key} is {value}", step("/do", put), step("/do", {"view": ["clear"]}), **{key: value})
    yield several("APPLICATION_ROOT is /parent", step("/do", put), APPLICATION_ROOT="/parent")
    yield several("SESSION_COOKIE_DOMAIN is example.com", step("/do", put), step("/do", {"view": ["clear"]}),
                  SESSION_COOKIE_DOMAIN="example.com")
    for value in ("Strict", "None"):
        yield several(f"SESSION_COOKIE_SAMESITE is {value}", step("/do", put), SESSION_COOKIE_SAMESITE=value)
    yield several("every setting of the cookie", step("/do", lasting), step("/do", {"view": ["clear"]}), **settings)
    for cookie in ("session=nonsense", "session=e30.ZVPxAA.G9CsbqNauYyuVcGETViEUblgw6A", "session=", "session=a.b.c"):
        yield several(f"the cookie is {cookie}", step("/do", get, Cookie=cookie), step("/do", put, Cookie=cookie))


def flashes():
    show = {"view": ["flashes"]}
    yield several("a message is shown once", step("/do", {"view": ["flash hi"]}), step("/do", show), step("/do", show))
    yield several(
        "messages keep their order and categories",
        step("/do", {"view": ["flash a error", "flash b", "flash c error"]}), step("/do", show))
    yield several("a message is shown at once", step("/do", {"view": ["flash hi", "flashes"]}), step("/do", show))
    yield several(
        "messages are asked for twice", step("/do", {"view": ["flash a", "flash b error"]}),
        step("/do", {"before app1": ["flashes"]}), step("/do", show))
    yield several(
        "messages of one category take the others along", step("/do", {"view": ["flash a x", "flash b y"]}),
        step("/do", {"view": ["flashes y"]}), step("/do", show))
    yield several("no messages", step("/do", show))
    yield several(
        "messages of two requests", step("/do", {"view": ["flash a"]}), step("/parent/child/do", {"view": ["flash b"]}),
        step("/do", show))


def scenarios():
    found = [*hooks(), *routing(), *responses(), *urls(), *errors(), *sessions(), *flashes()]
    names = [scenario["name"] for scenario in found]
    assert len(set(names)) == len(names), [name for name in names if names.count(name) > 1]
    return found
