#if DEBUG
    import Carafe
    import CarafeHTTP
    import Logging

    /// Passes log lines on, and keeps those of each request in its record.
    struct RecordingLogHandler: LogHandler {
        private var handler: any LogHandler
        private let records: RequestRecords

        init(_ handler: any LogHandler, records: RequestRecords) {
            self.handler = handler
            self.records = records
        }

        var logLevel: Logger.Level {
            get { handler.logLevel }
            set { handler.logLevel = newValue }
        }

        var metadata: Logger.Metadata {
            get { handler.metadata }
            set { handler.metadata = newValue }
        }

        var metadataProvider: Logger.MetadataProvider? {
            get { handler.metadataProvider }
            set { handler.metadataProvider = newValue }
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { handler[metadataKey: key] }
            set { handler[metadataKey: key] = newValue }
        }

        func log(event: LogEvent) {
            handler.log(event: event)
            guard let record = record(of: event) else { return }
            let bytes = event.message.description.utf8.prefix(RequestRecord.messageLimit)
            record.add(
                RequestRecord.LogLine(
                    time: record.elapsed, level: event.level, message: String(decoding: bytes, as: UTF8.self),
                    source: event.source, place: "\(event.file):\(event.line)"))
        }

        /// The record of the request that is being handled, or of the one that the line names.
        private func record(of event: LogEvent) -> RequestRecord? {
            if let request = Request.current { return records.record(of: request) }
            guard let id = event.metadata?["request"] ?? handler[metadataKey: "request"] else { return nil }
            return records["\(id)"]
        }
    }
#endif
