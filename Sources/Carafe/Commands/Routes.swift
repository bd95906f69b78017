import ArgumentParser
import CarafeRouting

/// Prints the app's routes as `flask routes` does.
struct Routes: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the routes of the app.")

    /// What the rows are sorted by.
    enum Order: String, ExpressibleByArgument, CaseIterable {
        case endpoint, methods, domain, rule, match
    }

    @Option(name: .shortAndLong, help: "Sort by this column; 'match' is the order of registration.")
    var sort = Order.endpoint

    @Flag(help: "Show HEAD and OPTIONS as well.")
    var allMethods = false

    @Option(help: ArgumentHelp("Show only routes with this in their rule or endpoint.", valueName: "text"))
    var filter: String?

    @Option(help: ArgumentHelp("Show which route answers 'GET /post/7', and why not the others.", valueName: "request"))
    var match: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        guard let app = App.current else { return }
        if let match {
            let explanation = try RouteExplanation(match, in: app, try app.compile())
            return StandardStream.output.write(json ? try explanation.json : explanation.text)
        }
        StandardStream.output.write(json ? try list(of: app) : try table(of: app))
    }

    /// The rules that were asked for.
    private func rules(of app: App) throws -> [BoundRule] {
        let rules = try app.compile().router.rules
        guard let filter else { return rules }
        return rules.filter { $0.path.contains(filter) || $0.endpoint.contains(filter) }
    }

    /// A route as JSON shows it.
    private struct Row: Encodable {
        var endpoint: String
        var methods: [String]
        var host: String?
        var subdomain: String?
        var rule: String
        var variables: [String]
    }

    private func list(of app: App) throws -> String {
        var rows = try rules(of: app).map { rule in
            Row(
                endpoint: rule.endpoint,
                methods: (rule.methods ?? []).filter { allMethods || ($0 != "HEAD" && $0 != "OPTIONS") },
                host: rule.rule.host, subdomain: rule.rule.subdomain, rule: rule.path,
                variables: rule.variables.map(\.name))
        }
        let key: ((Row) -> String)? =
            switch sort {
            case .endpoint: \.endpoint
            case .methods: { $0.methods.joined(separator: ", ") }
            case .domain: { $0.host ?? $0.subdomain ?? "" }
            case .rule: \.rule
            case .match: nil
            }
        if let key {
            rows.sort { key($0).unicodeScalars.lexicographicallyPrecedes(key($1).unicodeScalars) }
        }
        return try JSONWriter().string(from: rows) + "\n"
    }

    /// The table's text, byte for byte as `flask routes` writes it: every column is as wide as its widest cell, the
    /// last one too.
    func table(of app: App) throws -> String {
        let rules = try self.rules(of: app)
        guard !rules.isEmpty else {
            return filter == nil ? "No routes were registered.\n" : "No route has '\(filter ?? "")' in it.\n"
        }
        let domain: @Sendable (BoundRule) -> String
        let domainTitle: String
        if app.hostMatching {
            (domain, domainTitle) = ({ $0.rule.host ?? "" }, "Host")
        } else {
            (domain, domainTitle) = ({ $0.rule.subdomain ?? "" }, "Subdomain")
        }
        var columns: [(order: Order, title: String, cell: @Sendable (BoundRule) -> String)] = [
            (.endpoint, "Endpoint", \.endpoint),
            (.methods, "Methods", { [allMethods] in Self.methods(of: $0, all: allMethods) }),
            (.domain, domainTitle, domain),
            (.rule, "Rule", \.path),
        ]
        if !rules.contains(where: { !domain($0).isEmpty }) { columns.remove(at: 2) }
        var rows = rules.map { rule in columns.map { $0.cell(rule) } }
        if let column = columns.firstIndex(where: { $0.order == sort }) {
            rows.sort { $0[column].unicodeScalars.lexicographicallyPrecedes($1[column].unicodeScalars) }
        }
        return Self.lines([columns.map(\.title)] + rows)
    }

    private static func methods(of rule: BoundRule, all: Bool) -> String {
        (rule.methods ?? []).filter { all || ($0 != "HEAD" && $0 != "OPTIONS") }.joined(separator: ", ")
    }

    /// The rows with their columns aligned, and a line below the first.
    private static func lines(_ rows: [[String]]) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        let underlines = widths.map { String(repeating: "-", count: $0) }
        return ([rows[0], underlines] + rows.dropFirst()).map { row in
            zip(row, widths)
                .map { $0 + String(repeating: " ", count: $1 - $0.unicodeScalars.count) }
                .joined(separator: "  ") + "\n"
        }
        .joined()
    }
}
