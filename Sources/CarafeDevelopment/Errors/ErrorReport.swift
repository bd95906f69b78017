#if DEBUG
    import Carafe
    import CarafeHTTP
    import CarafeTemplates
    import Synchronization

    /// An error that nobody expected, with all that a developer may want to know of it.
    final class ErrorReport: Sendable {
        /// Its part of the address at which it stays.
        let id: String
        let date = HTTPDate.now
        /// The error, and those that caused it.
        let errors: [ErrorSummary]
        let record: RequestRecord
        /// What the request was and what the app knew, as it was then.
        private let tabsThen: [ReportTab]
        /// What expressions can look at, as it was then.
        let values: [(name: String, value: TemplateValue)]
        /// Where relative places count from.
        let root: String

        init(_ error: any Error, record: RequestRecord, root: String) {
            id = generateSecretKey(byteCount: 8)
            errors = ErrorSummary.chain(of: error, in: record.request)
            self.record = record
            tabsThen = ReportTab.tabs(of: record)
            values = record.request.inspectedValues()
            self.root = root
        }

        /// What was thrown in the end.
        var error: ErrorSummary { errors[0] }

        /// `PaymentFailed: The payment was refused.`
        var title: String { error.message.isEmpty ? error.type : "\(error.type): \(error.message)" }

        var tabs: [ReportTab] { [tabsThen[0]] + ReportTab.happenings(of: record) + tabsThen.dropFirst() }

        /// The way through templates, of all errors, the innermost step first.
        var steps: [TemplateStep] { errors.flatMap(\.steps) }

        /// The calls that led to each error, the innermost first.
        func frames() async -> [[SourceFrame]] {
            var frames: [[SourceFrame]] = []
            for error in errors { frames.append(await error.traceback?.frames() ?? []) }
            return frames
        }

        /// The address at which it stays, as long as it is among the latest.
        var path: String { ErrorReports.path + id }
    }

    /// The latest errors of an app.
    final class ErrorReports: Sendable {
        /// Below this path they are found by their ids.
        static let path = "/__carafe/errors/"
        /// How many are kept.
        static let limit = 20

        private let reports = Mutex<[ErrorReport]>([])

        func add(_ report: ErrorReport) {
            let forgotten = reports.withLock { reports in
                reports.append(report)
                return reports.count > Self.limit ? reports.removeFirst() : nil
            }
            // Freed outside of the lock: with it go values of the app.
            _ = forgotten
        }

        subscript(id: String) -> ErrorReport? {
            reports.withLock { $0.last { $0.id.utf8.elementsEqual(id.utf8) } }
        }

        /// The newest first.
        var latest: [ErrorReport] { reports.withLock { $0.reversed() } }
    }
#endif
