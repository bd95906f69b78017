import CarafeRouting
import CountingMalloc

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The processor's nanoseconds and allocations for each match among 1,000 rules of three to five segments, the best of several runs:
// `routing-benchmark [rounds]`.

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000

/// Prints what a step costs. Short runs are timed and the best counts, so that other work on the machine does not.
func measure(_ name: String, rounds: Int = rounds, _ step: () -> Int) {
    var best = Double.infinity
    var check = 0
    let times = min(rounds, 1000)
    for _ in 0..<max(rounds / 1000, 9) {
        let start = processorNanoseconds()
        for _ in 0..<times { check &+= step() }
        best = min(best, (processorNanoseconds() - start) / Double(times))
    }
    let before = counted_allocations()
    for _ in 0..<times { check &+= step() }
    let allocations = Double(counted_allocations() - before) / Double(times)
    // The check keeps the work from being optimised away.
    let ended = check == 0 ? " (nothing done)" : ""
    print("\(name): \((best * 10).rounded() / 10) ns, \(allocations) allocations\(ended)")
}

func processorNanoseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
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

/// A rule with several variables in a segment has to find out which takes what, in a path that makes it hard.
var mixed = RouteMap()
try mixed.add(Rule("/<a>-<b>.<c>", endpoint: "mixed"))
let mixedMatcher = try mixed.matcher()
measureMatching("several variables", "/report-2024.pdf", by: mixedMatcher)
let long = Array(("/" + String(repeating: "a-", count: 4095) + ".").utf8)
measure("match several variables in a path of 8 KiB", rounds: rounds / 1000) {
    long.withUnsafeBytes { bytes in
        if case .match = mixedMatcher.match(path: bytes, method: "GET") { 1 } else { 2 }
    }
}

let binding = URLBinding(host: "example.com")
measure("build a URL with an int and a query") {
    (try? matcher.url(for: "item117", ["id": 4711, "page": 2], in: binding).utf8.count) ?? 0
}
