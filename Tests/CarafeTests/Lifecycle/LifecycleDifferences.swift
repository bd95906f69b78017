import Foundation

/// Where a request's way differs from Flask's on purpose.
struct LifecycleDifference: Sendable {
    typealias Change = @Sendable (LifecycleScenario, LifecycleScenario.Step, inout LifecycleAnswer) -> Void

    let reason: String
    /// Makes our answer of Flask's, where it differs for this reason.
    let change: Change

    init(_ reason: String, _ change: @escaping Change) {
        self.reason = reason
        self.change = change
    }

    /// A difference of some scenarios.
    private init(_ reason: String, in names: Set<String>, _ change: @escaping @Sendable (inout LifecycleAnswer) -> Void)
    {
        self.init(reason) { scenario, _, answer in if names.contains(scenario.name) { change(&answer) } }
    }

    static let all: [LifecycleDifference] = [
        LifecycleDifference(
            "teardown hooks run after the last byte; Flask runs them before a stream begins", in: ["a stream"]
        ) { answer in
            let isEnd = { (event: String) in event.hasPrefix("teardown") || event.hasPrefix("tearing") }
            answer.trace = answer.trace.filter { !isEnd($0) } + answer.trace.filter(isEnd)
        },
        LifecycleDifference(
            "the 404 and 405 of a path below a blueprint's prefix reach its error handlers; Flask's reach the app's"
        ) { scenario, step, answer in
            guard scenario.handlers.contains("child 404"), step.do.isEmpty else { return }
            let scope =
                step.path.hasPrefix("/parent/child/") ? "child" : step.path.hasPrefix("/parent/") ? "parent" : "app"
            answer.replace("app/", "\(scope)/")
            answer.trace = answer.trace.map { $0.replacingOccurrences(of: "handle app", with: "handle \(scope)") }
        },
        LifecycleDifference("an answer without content names no content type") { _, step, answer in
            guard step.method == "OPTIONS", answer.status == 200, answer.body.isEmpty else { return }
            answer.fields["Content-Type"] = nil
        },
        LifecycleDifference("the fields of a handler's own 304 are sent as they are", in: ["not modified"]) { answer in
            answer.fields["Content-Type"] = ["text/plain; charset=utf-8"]
        },
        LifecycleDifference(
            "a redirect after a POST is 303 unless told otherwise; Flask's becomes so in 3.2",
            in: ["a redirect after a POST"]
        ) { answer in
            answer.status = 303
            answer.trace = answer.trace.map { $0 == "finished 302" ? "finished 303" : $0 }
        },
        LifecycleDifference(
            "a redirect's page shows the address as it is sent; Werkzeug's as it was given",
            in: ["a redirect elsewhere", "a redirect to an IRI"]
        ) { answer in
            answer.replace("&lt;e&gt;", "%3Ce%3E")
            answer.replace("/grüße?q=é%20", "/gr%C3%BC%C3%9Fe?q=%C3%A9%20")
        },
        LifecycleDifference("every registered status can be aborted with; Werkzeug does not know all") {
            scenario, _, answer in
            let details = [
                402: ("Payment Required", "Payment is required before this request can be fulfilled."),
                407: ("Proxy Authentication Required", "You have to authenticate with the proxy first."),
                426: (
                    "Upgrade Required", "The server refuses to perform the request using the current protocol."
                ),
            ]
            guard let code = Int(scenario.name.suffix(3)), scenario.name.hasPrefix("view aborts with"),
                let (name, detail) = details[code]
            else { return }
            answer.status = code
            answer.body = page(code, name, detail)
            answer.trace = answer.trace.filter { !$0.hasPrefix("exception") && !$0.hasPrefix("log") }
                .map { $0.replacingOccurrences(of: "LookupError", with: "none") }
                .map { $0 == "finished 500" ? "finished \(code)" : $0 }
        },
        LifecycleDifference("statuses have the names of RFC 9110; Werkzeug keeps some older ones") { _, _, answer in
            answer.replace("Request Entity Too Large", "Content Too Large")
            answer.replace("Request URI Too Long", "URI Too Long")
            answer.replace("Requested Range Not Satisfiable", "Range Not Satisfiable")
            answer.replace("a teapot</", "a Teapot</")
            answer.replace("Unprocessable Entity", "Unprocessable Content")
        },
        LifecycleDifference("an explanation is text; Werkzeug's for 411 has markup that it then escapes") {
            _, _, answer in
            answer.replace("&lt;code&gt;Content-Length&lt;/code&gt;", "Content-Length")
        },
        LifecycleDifference(
            "an action for the response runs once; Flask runs it again for the 500 that it has caused",
            in: ["an action for the response throws"]
        ) { answer in
            guard let again = answer.trace.lastIndex(of: "later a") else { return }
            answer.trace.replaceSubrange(again...again + 1, with: ["after app2", "after app1", "finished 500"])
        },
    ]

    /// The page of an error.
    private static func page(_ code: Int, _ name: String, _ detail: String) -> String {
        "<!doctype html>\n<html lang=en>\n<title>\(code) \(name)</title>\n<h1>\(name)</h1>\n<p>\(detail)</p>\n"
    }
}

extension LifecycleAnswer {
    /// Replaces a part of the content.
    fileprivate mutating func replace(_ part: String, _ other: String) {
        body = body.replacingOccurrences(of: part, with: other)
    }

    /// The same with the length that the content has; HEAD has that of the content that GET would get.
    var withMeasuredLength: LifecycleAnswer {
        var answer = self
        if !body.isEmpty, fields["Content-Length"] != nil { answer.fields["Content-Length"] = ["\(body.utf8.count)"] }
        return answer
    }
}
