import CarafeRouting

/// The routes of an app, and what is mounted in it, as far as they were asked for.
struct RouteListing {
    let rules: [BoundRule]
    let matchesHosts: Bool
    /// The path that the app is mounted at, which its rules begin with; empty for the outermost app.
    let prefix: String
    /// What is mounted; nil for the outermost app.
    let mounted: String?
    /// Whether what is mounted is an app: of everything else no routes are known.
    let hasRules: Bool
    /// What is mounted in it, the longest path first, as it is asked.
    let others: [RouteListing]

    /// - Parameter filter: what routes must have in their rule or endpoint, or mounts in their path or name
    init(of app: CompiledApp, filter: String?) {
        self.init(of: app, at: "", mounted: nil, filter)
    }

    private init(of app: CompiledApp, at prefix: String, mounted: String?, _ filter: String?) {
        self.prefix = prefix
        self.mounted = mounted
        hasRules = true
        matchesHosts = app.router.options.hostMatching
        rules = app.router.rules.filter { rule in
            filter.map { (prefix + rule.path).contains($0) || rule.endpoint.contains($0) } ?? true
        }
        others = app.router.mounted.map { Self.listing(of: $0, below: prefix, filter) }
            .filter { filter.map($0.isNamed) ?? true || !$0.rules.isEmpty || !$0.others.isEmpty }
    }

    /// What is no app.
    private init(of responder: MountedResponder, at path: String) {
        prefix = path
        mounted = responder.summary
        (rules, matchesHosts, others, hasRules) = ([], false, [], false)
    }

    private static func listing(of responder: MountedResponder, below prefix: String, _ filter: String?) -> RouteListing
    {
        let path = prefix + String(decoding: responder.prefix, as: UTF8.self)
        guard let app = responder.app?.compiled else { return RouteListing(of: responder, at: path) }
        return RouteListing(of: app, at: path, mounted: responder.summary, filter)
    }

    /// The path that it is mounted at.
    var path: String { prefix.isEmpty ? "/" : prefix }

    private func isNamed(_ text: String) -> Bool { path.contains(text) || mounted?.contains(text) == true }
}
