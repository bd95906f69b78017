import CarafeHTTP
import Logging
import Synchronization

/// Writes to the log, for unexpected errors, which of the app's calls led to them (`serve --tracebacks`).
///
/// A throw costs some microseconds more; what its addresses mean is found out on other threads, for a few errors a second.
final class TracebackLog: Sendable {
    /// How many errors of one second are told; the others are counted.
    static let limitPerSecond = 5
    /// How many calls of an error are told.
    static let frameLimit = 20

    private struct Window {
        var start: ContinuousClock.Instant?
        var count = 0
        var leftOut = 0
    }

    private let logger: Logger
    private let window = Mutex(Window())

    init(logger: Logger) {
        self.logger = logger
        ThrowRecorder.start()
    }

    func write(_ error: any Error, _ request: Request) {
        guard let leftOut = begin(), let traceback = ThrowRecorder.traceback(of: error, in: request) else { return }
        let type = String(describing: Swift.type(of: error))
        let id = request.id
        Task.detached { [logger] in
            let text = Self.text(type, await traceback.frames(), leftOut: leftOut)
            logger.error("\(LogText.lines(text))", metadata: ["request": .string(id)])
        }
    }

    /// How many errors were left out since the last that was told; nil where this one is to be.
    private func begin() -> Int? {
        let now = ContinuousClock.now
        return window.withLock { window in
            if let start = window.start, now - start < .seconds(1) {
                guard window.count < Self.limitPerSecond else {
                    window.leftOut += 1
                    return nil
                }
            } else {
                window.start = now
                window.count = 0
            }
            window.count += 1
            defer { window.leftOut = 0 }
            return window.leftOut
        }
    }

    static func text(_ type: String, _ frames: [SourceFrame], leftOut: Int) -> String {
        let own = frames.filter(\.isOfApp)
        var lines = ["The calls that led to \(type):"]
        for frame in (own.isEmpty ? frames : own).prefix(frameLimit) {
            let place = frame.path.map { "\($0):\(frame.line)" } ?? frame.image
            lines.append("\(frame.function) (\(place))")
        }
        if leftOut > 0 { lines.append("\(leftOut == 1 ? "1 error" : "\(leftOut) errors") before it came too fast.") }
        return lines.joined(separator: "\n")
    }
}
