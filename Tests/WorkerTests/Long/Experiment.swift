import Foundation

/// An experiment of `make chaos`: how long it takes, and the line that it leaves for docs/reliability.md.
enum Experiment {
    /// How long each experiment of `make chaos` takes; zero where it does not run.
    static let seconds = number("CARAFE_CHAOS_SECONDS")

    /// How long `make soak` takes; zero where it does not run.
    static let soakSeconds = number("CARAFE_SOAK_SECONDS")

    private static func number(_ variable: String) -> Double {
        Double(ProcessInfo.processInfo.environment[variable] ?? "") ?? 0
    }

    /// Does something again and again for as long as the experiment takes.
    static func repeating(_ body: () throws -> Void) throws {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end { try body() }
    }

    /// A line of the table: what was done, how often, and what became of the requests beside it.
    static func report(_ what: String, _ note: String, _ counts: Load.Counts) {
        let times = [0.5, 0.99, 1].map { String(format: "%.0f", counts.quantile($0)) }.joined(separator: " / ")
        print(
            """
            | \(what) | \(note) | \(counts.answered) | \(counts.lost) | \(counts.refused) | \(counts.failed) | \(times) ms |
            """)
    }

    static func mebibytes(_ bytes: Int) -> String { String(format: "%.1f MiB", Double(bytes) / 1_048_576) }
}
