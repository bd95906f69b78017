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
        let listing = RouteListing(of: try app.compile(), filter: filter)
        StandardStream.output.write(json ? try JSONWriter().string(from: rows(of: listing)) + "\n" : text(of: listing))
    }

    // MARK: - JSON

    /// A route as JSON shows it.
    private struct Row: Encodable {
        var endpoint: String
        var methods: [String]
        var host: String?
        var subdomain: String?
        var rule: String
        var variables: [String]
        /// What is mounted in the app and has the route; nil for the app's own.
        var mounted: String?
    }

    /// The app's own routes, in the order that was asked for, then those of each thing that is mounted.
    private func rows(of listing: RouteListing) -> [Row] {
        var rows = listing.rules.map { rule in
            Row(
                endpoint: rule.endpoint,
                methods: (rule.methods ?? []).filter { allMethods || ($0 != "HEAD" && $0 != "OPTIONS") },
                host: rule.rule.host, subdomain: rule.rule.subdomain, rule: listing.prefix + rule.path,
                variables: rule.variables.map(\.name), mounted: listing.mounted)
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
        return rows
            + listing.others.flatMap { other -> [Row] in
                guard other.hasRules else {
                    return [Row(endpoint: "", methods: [], rule: other.path, variables: [], mounted: other.mounted)]
                }
                return self.rows(of: other)
            }
    }

    // MARK: - Text

    /// The tables as text: the app's own byte for byte as `flask routes` writes it, where every column is as wide as its widest
    /// cell, the last one too; then those of what is mounted.
    private func text(of listing: RouteListing) -> String {
        let mounted = self.mounted(in: listing)
        var own = table(of: listing)
        if listing.rules.isEmpty {
            own = filter.map { "No route has '\($0)' in it.\n" } ?? "No routes were registered.\n"
            if filter != nil, !mounted.isEmpty { return mounted.joined(separator: "\n") }
        }
        return ([own] + mounted).joined(separator: "\n")
    }

    /// Each thing that is mounted, with a heading.
    private func mounted(in listing: RouteListing) -> [String] {
        listing.others.flatMap { other in
            let heading = "Mounted at \(other.path): \(other.mounted ?? "")\n"
            return [heading + (other.rules.isEmpty ? "" : "\n" + table(of: other))] + mounted(in: other)
        }
    }

    private func table(of listing: RouteListing) -> String {
        let rules = listing.rules
        let domain: @Sendable (BoundRule) -> String
        let domainTitle: String
        if listing.matchesHosts {
            (domain, domainTitle) = ({ $0.rule.host ?? "" }, "Host")
        } else {
            (domain, domainTitle) = ({ $0.rule.subdomain ?? "" }, "Subdomain")
        }
        var columns: [(order: Order, title: String, cell: @Sendable (BoundRule) -> String)] = [
            (.endpoint, "Endpoint", \.endpoint),
            (.methods, "Methods", { [allMethods] in Self.methods(of: $0, all: allMethods) }),
            (.domain, domainTitle, domain),
            (.rule, "Rule", { listing.prefix + $0.path }),
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
