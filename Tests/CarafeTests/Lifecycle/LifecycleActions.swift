import Carafe
import Foundation

/// Does what the request's scenario says for `name`; a response is what the caller is to answer.
func act(_ name: String, _ trace: LifecycleTrace, _ request: Request) throws -> Response? {
    var unused = Response()
    return try act(name, trace, request, &unused)
}

/// The same in a hook that has a response, which actions may change.
@discardableResult
func act(
    _ name: String, _ trace: LifecycleTrace, _ request: Request, _ response: inout Response
) throws -> Response? {
    var answer: Response?
    let script = Data((request.headers[.script] ?? "{}").utf8)
    for action in try JSONDecoder().decode([String: [String]].self, from: script)[name] ?? [] {
        answer = try LifecycleAction(action, trace).perform(request, &response) ?? answer
    }
    return answer
}

/// One thing that a hook or handler does, as the function `perform` of `flask_lifecycle.py` does it.
struct LifecycleAction {
    private let verb: String
    private let words: [String]
    private let trace: LifecycleTrace

    struct Unknown: Error { let action: String }

    init(_ action: String, _ trace: LifecycleTrace) {
        let parts = action.components(separatedBy: " ")
        (verb, words) = (parts[0], Array(parts.dropFirst()))
        self.trace = trace
    }

    private func word(_ index: Int) -> String { words.indices.contains(index) ? words[index] : "" }
    private var status: HTTPResponse.Status? { Int(word(1)).map { HTTPResponse.Status(code: $0) } }

    func perform(_ request: Request, _ response: inout Response) throws -> Response? {
        switch verb {
        case "text": return Response(word(0), status: status ?? .ok)
        case "html": return HTML(raw: word(0)).response(for: request)
        case "abort" where word(0) == "given":
            throw Abort(Response("given", status: HTTPResponse.Status(code: 418)))
        case "abort": throw Abort(HTTPResponse.Status(code: Int(word(0)) ?? 0))
        case "throw": throw try error()
        case "redirect": return redirect(to: word(0), status: status)
        case "header": try response.headers.append(word(0), for: .hook)
        case "replace": response.body = .string(word(0))
        case "later": later(request, fails: false)
        case "laterfails": later(request, fails: true)
        case "url": return try url(request)
        case "stream":
            return try Stream { [trace] writer in
                for piece in ["one,", "two"] {
                    trace.add("piece \(piece)")
                    try await writer.write(piece)
                }
            }.response(for: request)
        case "values":
            let values = ["n", "p", "s"].compactMap { name in request.pathValues[name].map { "\(name)=\($0.text)" } }
            return Response(values.joined(separator: ","))
        default: return try performOnSession(request)
        }
        return nil
    }

    private func performOnSession(_ request: Request) throws -> Response? {
        switch verb {
        case "set": request.session[word(0)] = word(1)
        case "pop": request.session.remove(word(0))
        case "get": return Response(request.session[word(0)] ?? "None")
        case "clear": request.session.clear()
        case "permanent": request.session.isPermanent = word(0) == "on"
        case "flash": request.flash(word(0), category: words.count > 1 ? word(1) : "message")
        case "flashes":
            let shown = request.flashedMessages(categories: words)
            return Response(shown.map { "\($0.category):\($0.text)" }.joined(separator: "|"))
        default: throw Unknown(action: verb)
        }
        return nil
    }

    private func error() throws -> any Error {
        switch word(0) {
        case "Custom": LifecycleApp.Custom()
        case "Special": LifecycleApp.Special()
        case "Other": LifecycleApp.Other()
        default: throw Unknown(action: verb)
        }
    }

    private func later(_ request: Request, fails: Bool) {
        request.afterThisRequest { [trace] _, response in
            trace.add("later \(word(0))")
            if fails { throw LifecycleApp.Other() }
            try response.headers.append(word(0), for: .later)
        }
    }

    private func url(_ request: Request) throws -> Response {
        var values = URLValues()
        var options: [String: String] = [:]
        for word in words.dropFirst() {
            let parts = word.components(separatedBy: "=")
            let (name, value) = (parts[0], parts[1])
            if name.hasPrefix("_") {
                options[name] = value
            } else if value.contains(",") {
                values[name] = .many(value.components(separatedBy: ",").map { .string($0) })
            } else {
                values[name] = .one(Int(value).map { .int($0) } ?? .string(value))
            }
        }
        do {
            return Response(
                try request.url(
                    for: word(0), values, anchor: options["_anchor"],
                    method: options["_method"].flatMap(HTTPRequest.Method.init(rawValue:)),
                    scheme: options["_scheme"], external: options["_external"].map { $0 == "True" }))
        } catch is BuildError {
            return Response("BuildError")
        }
    }
}

extension HTTPField.Name {
    /// Holds what a scenario says that hooks and handlers do.
    static let script = HTTPField.Name("X-Do") ?? .eTag
    /// Tells which after-request hooks saw the response.
    static let hook = HTTPField.Name("X-Hook") ?? .eTag
    /// Tells which actions for this response ran.
    static let later = HTTPField.Name("X-Later") ?? .eTag
}
