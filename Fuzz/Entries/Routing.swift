import CarafeRouting

extension FuzzEntry {
    /// Rules, which are the programmer's; each matches the path that it is.
    static let routingRules = FuzzEntry(
        text: "routing-rules",
        seeds: [
            "/", "/a/<b>/c", "/<int(min=1, max=5):a>.<any(b, \"c\"):d>/", "/<path:a>/<uuid:b>",
            "/<float(signed=True):a>",
            "/<string(length=2):a>", "a", "/<a:b:c>", "/<<a>>",
        ]
    ) { text in
        var map = RouteMap()
        guard (try? map.add(Rule(text, endpoint: "a"))) != nil, let matcher = try? map.matcher() else { return nil }
        _ = matcher.match(text, method: "GET")
        return nil
    }

    /// Paths and what leads to their rules; a match can be built again.
    static let routingPaths = FuzzEntry(
        "routing-paths",
        seeds: [
            "/", "/posts/5", "/posts//5/", "/files/a.png", "/wiki/a/b/edit", "/-1.5", "/a\u{FF}b",
            "/posts/99999999999999999999",
        ]
    ) { bytes in
        for method in ["GET", "POST", "X"] {
            bytes.withUnsafeBytes { _ = matcher.match(path: $0, method: method) }
        }
        _ = matcher.allowedMethods(String(decoding: bytes, as: UTF8.self))
        return nil
    }

    private static let matcher: Matcher = {
        var map = RouteMap()
        for (path, endpoint) in [
            ("/", "index"), ("/posts/<int(min=1):id>", "post"), ("/posts/", "posts"),
            ("/files/<name>.<any(png, jpg):format>", "file"), ("/wiki/<path:page>/edit", "edit"),
            ("/<float(signed=True):number>", "number"), ("/u/<uuid:id>/", "user"), ("/<string(length=2):code>", "code"),
        ] {
            guard (try? map.add(Rule(path, endpoint: endpoint, methods: ["GET"]))) != nil else {
                fatalError("The rule \(path) is refused.")
            }
        }
        guard let matcher = try? map.matcher() else { fatalError("The rules are refused.") }
        return matcher
    }()
}
