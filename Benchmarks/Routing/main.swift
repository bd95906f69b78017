import CarafeRouting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// Nanoseconds and allocations for each match among 1,000 rules of three to five segments, the best of several runs:
// `routing-benchmark [rounds]`.

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200_000

func measure(_ name: String, _ step: () -> Int) {
    let clock = ContinuousClock()
    var best = Duration.seconds(3600)
    var check = 0
    for _ in 0..<9 {
        let start = clock.now
        for _ in 0..<rounds { check &+= step() }
        best = min(best, clock.now - start)
    }
    let nanoseconds = (Double(best.components.attoseconds) / 1e8 / Double(rounds)).rounded() / 10
    let counted = allocations(in: step).map { "\($0) allocations" } ?? "allocations not counted"
    // The check keeps the work from being optimised away.
    print("\(name): \(nanoseconds) ns, \(counted)", check == 0 ? "(nothing done)" : "")
}

/// Rules like those of a large application: each resource has texts, numbers, strings and files below it.
func makeMatcher(resources: Int) throws -> Matcher {
    var map = RouteMap()
    for number in 0..<resources {
        let base = "/api/v\(number % 4)/resource\(number)"
        try map.add(Rule(base + "/recent", endpoint: "recent\(number)", methods: ["GET"]))
        try map.add(Rule(base + "/<int:id>", endpoint: "item\(number)", methods: ["GET", "PUT", "DELETE"]))
        try map.add(Rule(base + "/by-name/<name>", endpoint: "name\(number)", methods: ["GET"]))
        try map.add(Rule(base + "/files/<path:file>", endpoint: "file\(number)", methods: ["GET"]))
        try map.add(Rule(base + "/<int:id>/edit", endpoint: "edit\(number)", methods: ["GET", "POST"]))
    }
    return try map.matcher()
}

func measureMatching(_ name: String, _ path: String, method: String = "GET", by matcher: Matcher) {
    Array(path.utf8).withUnsafeBytes { bytes in
        measure("match \(name), \(path)") {
            switch matcher.match(path: bytes, method: method) {
            case .match(let match): match.rule.index &+ match.values.count
            case .redirect, .methodNotAllowed, .websocketMismatch, .notFound: 1
            }
        }
    }
}

let matcher = try makeMatcher(resources: 200)
measureMatching("a static route", "/api/v1/resource117/recent", by: matcher)
measureMatching("an int", "/api/v1/resource117/4711", by: matcher)
measureMatching("a string", "/api/v1/resource117/by-name/ada", by: matcher)
measureMatching("a path", "/api/v1/resource117/files/2024/11/report.pdf", by: matcher)
measureMatching("an int and a text", "/api/v1/resource117/4711/edit", method: "POST", by: matcher)
measureMatching("nothing", "/api/v1/resource117/by-name/ada/more", by: matcher)
measureMatching("another method's", "/api/v1/resource117/recent", method: "POST", by: matcher)

let small = try makeMatcher(resources: 2)
measureMatching("a static route among 10 rules", "/api/v1/resource1/recent", by: small)
measureMatching("an int among 10 rules", "/api/v1/resource1/4711", by: small)

let binding = URLBinding(host: "example.com")
measure("build a URL with an int and a query") {
    (try? matcher.url(for: "item117", ["id": 4711, "page": 2], in: binding).utf8.count) ?? 0
}
