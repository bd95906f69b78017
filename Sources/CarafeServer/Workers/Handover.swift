#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a supervisor leaves to the one that takes its place in the same process: sockets and workers stay what they are.
package struct Handover: Equatable {
    /// The variable in which it is told.
    static let variable = "CARAFE_HANDOVER"
    /// The first word of the text: another form of it is another supervisor's.
    private static let form = "handover-1"

    /// A listening socket.
    struct Socket: Equatable {
        let descriptor: CInt
        /// The file that goes with it; nil for none.
        let path: String?
    }

    /// A worker's process.
    struct Worker: Equatable {
        let number: Int
        let process: pid_t
        let link: CInt
        /// Whether it serves, and has not been told to end.
        let isServing: Bool
    }

    var sockets: [Socket] = []
    var workers: [Worker] = []
    /// The control socket.
    var control: CInt?
    /// The signals that have come and were not taken yet.
    var signals: [CInt] = []
    /// How many workers are wanted.
    package var wanted: Int

    /// The text that a new supervisor reads.
    var text: String {
        var lines = [Self.form, "wanted \(wanted)"]
        if let control { lines.append("control \(control)") }
        lines += signals.map { "signal \($0)" }
        lines += sockets.map { "socket \($0.descriptor) \($0.path ?? "")" }
        lines += workers.map { "worker \($0.number) \($0.process) \($0.link) \($0.isServing ? "serving" : "leaving")" }
        return lines.joined(separator: "\n")
    }

    init(wanted: Int) { self.wanted = wanted }

    /// What a text tells; nil where it is none of this form.
    init?(_ text: String) {
        let lines = text.utf8.split(separator: 0x0A, maxSplits: Int.max)
        guard let first = lines.first, first.elementsEqual(Self.form.utf8) else { return nil }
        self.init(wanted: 0)
        for line in lines.dropFirst() {
            let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard words.count > 1, let number = Int(words[1]), number >= 0 else { return nil }
            switch (words[0], words.count) {
            case ("wanted", 2): wanted = number
            case ("control", 2): control = CInt(clamping: number)
            case ("signal", 2): signals.append(CInt(clamping: number))
            case ("socket", 3...):
                // A path may have spaces.
                let path = words.dropFirst(2).joined(separator: " ")
                sockets.append(Socket(descriptor: CInt(clamping: number), path: path.isEmpty ? nil : path))
            case ("worker", 5):
                guard let process = pid_t(words[2]), process > 0, let link = CInt(words[3]), link > 2 else {
                    return nil
                }
                workers.append(
                    Worker(number: number, process: process, link: link, isServing: words[4] == "serving"))
            default: return nil
            }
        }
        guard wanted > 0, !sockets.isEmpty else { return nil }
    }

    /// What another supervisor has left to this process; nil where none has. The variable is taken out of the environment.
    package static func take() -> Handover? {
        guard let text = ProcessEnvironment.take(variable), let handover = Handover(text) else { return nil }
        for descriptor in handover.descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        ProcessName.restore()
        return handover
    }

    /// The listening sockets, as a supervisor takes them.
    package var listeningSockets: [ListeningSocket] {
        sockets.map { ListeningSocket(descriptor: $0.descriptor, path: $0.path) }
    }

    /// Everything that has to stay open while one supervisor becomes the other.
    var descriptors: [CInt] { sockets.map(\.descriptor) + workers.map(\.link) + (control.map { [$0] } ?? []) }
}
