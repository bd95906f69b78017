import CarafeHTTP

/// A time as logs write it, in UTC.
enum LogTime {
    /// `20/Nov/2026:20:11:20 +0000`
    static func common(_ time: HTTPDate = .now) -> String {
        // "Fri, 20 Nov 2026 20:11:20 GMT" has the same parts.
        let parts = time.description.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 6 else { return "-" }
        return "\(parts[1])/\(parts[2])/\(parts[3]):\(parts[4]) +0000"
    }

    /// `2026-11-20T20:11:20Z`
    static func iso8601(_ time: HTTPDate = .now) -> String {
        let parts = time.description.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, let month = months.firstIndex(of: parts[2]) else { return "-" }
        return "\(parts[3])-\(month < 9 ? "0" : "")\(month + 1)-\(parts[1])T\(parts[4])Z"
    }
}
