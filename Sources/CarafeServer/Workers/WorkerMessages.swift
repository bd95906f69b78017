/// What a worker tells its supervisor: each message is one packet of text.
enum WorkerReport: Sendable, Equatable {
    /// It serves.
    case ready
    /// It lives, and this is what it does. It is told once a second.
    case alive(WorkerVitals)
    /// It asks to be replaced.
    case leaving(Reason)

    /// Why a worker asks to be replaced.
    enum Reason: String, Sendable {
        /// It has answered as many requests as it should.
        case requests
        /// Somebody has sent it SIGTERM.
        case signal
    }

    /// The message's text.
    var text: String {
        switch self {
        case .ready: "ready"
        case .alive(let vitals):
            "alive \(vitals.silence) \(vitals.connections) \(vitals.requests) \(vitals.served)"
        case .leaving(let reason): "leaving \(reason.rawValue)"
        }
    }

    /// The message that a text is; nil where it is none.
    init?(_ text: String) {
        let words = text.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        switch (words.first, words.count) {
        case ("ready", 1): self = .ready
        case ("alive", 5):
            let numbers = words.dropFirst().compactMap { Int($0) }.filter { $0 >= 0 }
            guard numbers.count == 4 else { return nil }
            self = .alive(
                WorkerVitals(
                    silence: numbers[0], connections: numbers[1], requests: numbers[2], served: numbers[3]))
        case ("leaving", 2):
            guard let reason = Reason(rawValue: words[1]) else { return nil }
            self = .leaving(reason)
        default: return nil
        }
    }
}

/// What a worker does at the moment.
struct WorkerVitals: Sendable, Equatable {
    /// How many milliseconds ago the event loop that has been silent for longest was alive.
    var silence = 0
    /// The connections that are open.
    var connections = 0
    /// The requests that are being answered asynchronously.
    var requests = 0
    /// The requests that it has begun to answer since it started.
    var served = 0
}

/// What a supervisor tells a worker.
enum WorkerOrder: Sendable, Equatable {
    /// To serve on for so many milliseconds though it is no longer ready, to finish what is under way, and to end.
    case drain(after: Int)
    /// To break off what is under way, and to end.
    case stop
    /// To open its log files anew.
    case reopenLogs

    /// The message's text.
    var text: String {
        switch self {
        case .drain(let delay): "drain \(delay)"
        case .stop: "stop"
        case .reopenLogs: "reopen-logs"
        }
    }

    /// The message that a text is; nil where it is none.
    init?(_ text: String) {
        let words = text.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        switch (words.first, words.count) {
        case ("drain", 2):
            guard let delay = Int(words[1]), delay >= 0 else { return nil }
            self = .drain(after: delay)
        case ("stop", 1): self = .stop
        case ("reopen-logs", 1): self = .reopenLogs
        default: return nil
        }
    }
}
