#if DEBUG
    import Carafe
    import CarafeHTTP
    import HTTPTypes
    import Logging

    /// The development tools of one app: records of its requests, the error page with its console, and what `carafe dev` needs:
    /// reports of the requests that are being answered, and pages that reload themselves.
    ///
    /// Carafe looks this type up by its name when an app in debug mode is put together.
    package final class Workbench: DevelopmentTools {
        let app: DevelopmentSubject
        /// The latest requests.
        package let records = RequestRecords()
        /// The latest errors.
        let reports = ErrorReports()
        /// What opens the console.
        package let consoleKey: ConsoleKey
        private let console: Console
        let profiles = Profiles()
        private let toolbar: Toolbar
        private let editor = EditorLink()
        private let supervision: Supervision?

        package init(for app: DevelopmentSubject) {
            self.app = app
            supervision = Supervision.take()
            consoleKey = supervision?.consoleKey ?? ConsoleKey()
            console = Console(key: consoleKey, reports: reports, config: app.config)
            toolbar = Toolbar(records: records, profiles: profiles, config: app.config)
            ThrowRecorder.start()
            records.listen(to: app.signals)
        }

        package func recording(_ logger: Logger) -> Logger {
            var logger = logger
            logger.handler = RecordingLogHandler(logger.handler, records: records)
            return logger
        }

        package func responder(around app: any Responder) -> any Responder {
            DevelopedApp(app: app, workbench: self, supervision: supervision)
        }

        package var isSupervised: Bool { supervision != nil }

        package func announce() {
            StandardStream.error.write("The console of error pages asks for this PIN: \(consoleKey.shownPIN)\n")
        }

        package func handlerBegins(for request: Request) { records.record(of: request)?.pass(.hooksBefore) }

        package func handlerEnds(for request: Request) { records.record(of: request)?.pass(.handler) }

        /// The response with what pages show of the tools.
        func add(to response: Response, of record: RequestRecord) -> Response { toolbar.add(to: response, of: record) }

        // MARK: - Errors

        package func page(for error: any Error, _ request: Request) -> Response {
            let record = records.record(of: request) ?? RequestRecord(request)
            let report = ErrorReport(error, record: record, root: app.root)
            record.errorID = report.id
            reports.add(report)
            let response = report.response(for: request, status: .internalServerError, editor: editor)
            record.errorPolicy = response.headers[.contentSecurityPolicy]
            return response
        }

        /// The answer to a request for the tools themselves; nil for one to the app.
        func respond(to request: Request) -> Reply? {
            guard request.head.target.rawPath.utf8.starts(with: "/__carafe/".utf8) else { return nil }
            if let reply = supervision?.liveReload.respond(to: request) ?? console.respond(to: request) { return reply }
            if let reply = toolbar.respond(to: request) { return reply }
            return .now(
                reports.respond(to: request, editor: editor)
                    ?? Response("The development tools have no such page.\n", status: .notFound))
        }
    }

    /// An app in debug mode, with the development tools around it. Everything below `/__carafe/` is theirs.
    struct DevelopedApp: Responder {
        let app: any Responder
        let workbench: Workbench
        let supervision: Supervision?

        func respond(to request: Request) -> Reply {
            if let reply = workbench.respond(to: request) { return reply }
            let records = workbench.records
            let record = records.begin(request)
            let number = supervision?.link.begin(request)
            let reply = workbench.profiles.answering(request) { app.respond(to: request) }
            return reply.map { [supervision, workbench] response in
                record.answered(response.status.code)
                var response = response
                // A hook of the app may have set the policy of its own pages.
                if let policy = record.errorPolicy, response.status == .internalServerError {
                    response.headers[.contentSecurityPolicy] = policy
                }
                response = workbench.add(to: response, of: record)
                if let supervision, let number {
                    supervision.link.tell(.answered(number))
                    response = supervision.liveReload.addScript(to: response)
                    response.onClose { _ in supervision.link.tell(.ended(number)) }
                }
                response.onClose { _ in records.end(record) }
                return response
            }
        }
    }
#endif
