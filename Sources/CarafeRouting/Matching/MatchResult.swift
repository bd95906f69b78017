/// What a path and a method lead to.
public enum MatchResult: Sendable {
    /// A rule answers.
    case match(Match)
    /// The client should ask for another URL: status 308.
    case redirect(Redirect)
    /// Rules match the path but none by this method: status 405 with these methods in `Allow`, sorted.
    case methodNotAllowed([String])
    /// Only WebSocket rules match and the request is none, or the other way round: status 400.
    case websocketMismatch
    /// No rule matches: status 404.
    case notFound
}

/// A rule that answers, with the values of its variables.
public struct Match: Sendable {
    /// The rule.
    public let rule: BoundRule
    /// The values in the order of `rule.arguments`: the variables', then the defaults'.
    public let values: [RoutingValue]

    /// The value of a name, or nil where the rule has no such argument.
    public subscript(name: String) -> RoutingValue? {
        for (argument, value) in zip(rule.arguments, values) where argument == name { return value }
        return nil
    }
}
