import CarafeRouting

extension RouteExplanation {
    /// The explanation as a person reads it.
    var text: String {
        var lines = ["\(method) \(path) → \(outcome)"]
        if mounted == nil, case .match(let match) = result {
            lines.append("  rule \(match.rule.path)")
            for (name, value) in zip(match.rule.arguments, match.values) { lines.append("  \(name) = \(value.text)") }
        }
        if case .app(_, let inner) = mounted {
            lines += ["", "There:"] + inner.text.split(separator: "\n").map { "  " + $0 }
        }
        if !others.isEmpty {
            lines += ["", others.count == 1 ? "Why not the other:" : "Why not the others:"]
            let width = others.map { $0.rule.path.unicodeScalars.count }.max() ?? 0
            for other in others {
                let blanks = String(repeating: " ", count: width - other.rule.path.unicodeScalars.count)
                lines.append("  \(other.rule.path)\(blanks)  \(other.reason)  (\(other.rule.endpoint))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var outcome: String {
        switch mounted {
        case .responder(let responder), .app(let responder, _):
            return "\(responder.summary), mounted at \(responder.path)"
        case nil: return ownOutcome
        }
    }

    private var ownOutcome: String {
        switch result {
        case .match(let match): match.rule.endpoint
        case .redirect(let redirect): "308, a redirect to \(redirect.url(in: URLBinding(host: "…")))"
        case .methodNotAllowed(let methods): "405, the path answers \(methods.joined(separator: ", "))"
        case .websocketMismatch: "400, the path is for WebSockets"
        case .notFound: "404, no rule matches"
        }
    }

    /// The explanation for other programs.
    var json: String {
        get throws {
            try JSONWriter().string(from: document) + "\n"
        }
    }

    private var document: Document {
        var document = Document(method: method, path: path, outcome: outcome)
        if case .app(_, let inner) = mounted { document.mounted = [inner.document] }
        if mounted == nil, case .match(let match) = result {
            document.endpoint = match.rule.endpoint
            document.rule = match.rule.path
            document.values = Dictionary(
                zip(match.rule.arguments, match.values.map(\.text)), uniquingKeysWith: { first, _ in first })
        }
        document.others = others.map {
            Document.Other(endpoint: $0.rule.endpoint, rule: $0.rule.path, reason: $0.reason)
        }
        return document
    }

    private struct Document: Encodable {
        struct Other: Encodable {
            var endpoint: String
            var rule: String
            var reason: String
        }

        var method: String
        var path: String
        var outcome: String
        var endpoint: String?
        var rule: String?
        var values: [String: String] = [:]
        var others: [Other] = []
        /// What a mounted app makes of the request.
        var mounted: [Document]?
    }
}
