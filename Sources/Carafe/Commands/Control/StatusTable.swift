import CarafeServer

/// How a service fares, for people.
struct StatusTable {
    private let status: SupervisorStatus
    private let isBrief: Bool

    /// - Parameter isBrief: whether it has the workers alone
    init(_ status: SupervisorStatus, isBrief: Bool) {
        self.status = status
        self.isBrief = isBrief
    }

    var text: String { (isBrief ? [] : summary + [""]).map { $0 + "\n" }.joined() + table }

    private var summary: [String] {
        [
            "\(status.state) for \(Self.duration(status.uptime)), process \(status.process)",
            "\(status.wanted) workers wanted, \(status.reloads) reloads, \(status.deaths) deaths",
        ] + status.addresses
    }

    private var table: String {
        let heads = ["worker", "process", "state", "for", "connections", "requests", "served", "memory"]
        let rows = status.workers.map { worker in
            [
                "\(worker.number)", worker.process.map { "\($0)" } ?? "-", worker.state,
                worker.seconds.map(Self.duration) ?? "-", "\(worker.connections)", "\(worker.requests)",
                "\(worker.served)", worker.memory.map { "\($0 / 1024 / 1024) MiB" } ?? "-",
            ]
        }
        let widths = heads.indices.map { column in ([heads] + rows).map { $0[column].utf8.count }.max() ?? 0 }
        return ([heads] + rows).map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.utf8.count) }.joined(separator: "  ")
                .trimmedAtTheEnd + "\n"
        }.joined()
    }

    /// `3 s`, `5 min`, `7 h`, `12 d`
    private static func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: "\(Int(seconds)) s"
        case ..<7200: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(min(seconds / 86_400, 1_000_000))) d"
        }
    }
}

extension String {
    fileprivate var trimmedAtTheEnd: String {
        String(decoding: utf8.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
    }
}
