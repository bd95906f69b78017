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

    func run() throws {
        guard let app = App.current else { return }
        StandardStream.output.write(try table(of: app))
    }

    /// The table's text.
    func table(of app: App) throws -> String {
        let rules = try app.compile().router.rules
        guard !rules.isEmpty else { return "No routes were registered.\n" }
        let hasDomains = rules.contains { $0.rule.host != nil || $0.rule.subdomain != nil }
        let titles = ["Endpoint", "Methods"] + (hasDomains ? ["Domain"] : []) + ["Rule"]
        var rows = rules.map { rule in
            let methods = (rule.methods ?? []).filter { allMethods || ($0 != "HEAD" && $0 != "OPTIONS") }
            return Row(
                endpoint: rule.endpoint, methods: methods.joined(separator: ", "),
                domain: rule.rule.host ?? rule.rule.subdomain ?? "", rule: rule.path)
        }
        switch sort {
        case .match: break
        case .endpoint: rows.sort { $0.endpoint < $1.endpoint }
        case .methods: rows.sort { $0.methods < $1.methods }
        case .domain: rows.sort { $0.domain < $1.domain }
        case .rule: rows.sort { $0.rule < $1.rule }
        }
        let cells = rows.map { [$0.endpoint, $0.methods] + (hasDomains ? [$0.domain] : []) + [$0.rule] }
        let widths = titles.indices.map { column in
            ([titles] + cells).map { $0[column].unicodeScalars.count }.max() ?? 0
        }
        let underlines = widths.map { String(repeating: "-", count: $0) }
        return ([titles, underlines] + cells).map { line($0, widths) + "\n" }.joined()
    }

    private struct Row {
        var endpoint: String
        var methods: String
        var domain: String
        var rule: String
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (cell, width) in zip(cells, widths) {
            line += cell + String(repeating: " ", count: max(0, width - cell.unicodeScalars.count) + 2)
        }
        while line.utf8.last == 0x20 { line.removeLast() }
        return line
    }
}
