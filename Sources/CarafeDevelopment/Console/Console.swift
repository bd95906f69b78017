#if DEBUG
    import Carafe
    import CarafeHTTP
    import CarafeTemplates
    import HTTPTypes
    import NIOCore
    import NIOPosix
    import Synchronization

    /// Evaluates expressions of the template language against a request that failed.
    ///
    /// They look and change nothing: they are sandboxed, and call none of the program's functions. It answers to those alone who
    /// have given the PIN, on hosts that are trusted, and to no page but the app's own.
    package final class Console: Sendable {
        static let path = "/__carafe/console"
        static let unlockPath = "/__carafe/console/unlock"
        /// How long an expression may be, in bytes.
        static let expressionLimit = 2_000
        /// How many bytes of a value are shown.
        static let valueLimit = 20_000
        /// How many bytes a question may have.
        private static let contentLimit = 16_384

        private let lock: ConsoleLock
        private let reports: ErrorReports
        private let trustedHosts: HostList
        private let environment: TemplateEnvironment
        /// One expression at a time: values of a render are not made for several threads.
        private let evaluating = Mutex(())

        init(key: ConsoleKey, reports: ErrorReports, config: Config) {
            lock = ConsoleLock(key)
            self.reports = reports
            // As Werkzeug's debugger: a name that someone else controls must not lead here.
            trustedHosts = HostList([".localhost", "127.0.0.1", "[::1]"] + (config.trustedHosts ?? []))
            var options = TemplateOptions()
            options.sandbox = .inspecting
            options.limits.loopIterations = 100_000
            options.limits.outputSize = 1 << 20
            options.limits.rangeLength = 10_000
            options.limits.valueSize = 1 << 20
            options.limits.nestingDepth = 50
            environment = TemplateEnvironment(options: options)
        }

        // MARK: - Requests

        /// The answer to a request for the console; nil for every other.
        func respond(to request: Request) -> Reply? {
            let isUnlocking: Bool
            switch request.head.target.rawPath {
            case Self.path: isUnlocking = false
            case Self.unlockPath: isUnlocking = true
            default: return nil
            }
            if let refusal = refusal(of: request) { return .now(refusal) }
            return .later { [self] in
                guard let content = try? await request.body.collect(upTo: Self.contentLimit) else {
                    return Self.failure(.contentTooLarge, "That is too long.")
                }
                return isUnlocking ? unlock(content) : await evaluate(content)
            }
        }

        /// Why a request is not even looked at.
        private func refusal(of request: Request) -> Response? {
            guard trustedHosts.contains(request.head.authority) else {
                return Self.failure(.forbidden, "The console is not for this host; TRUSTED_HOSTS may name it.")
            }
            guard WebSocketOrigins.same.allow(request) else {
                return Self.failure(.forbidden, "The console is not for pages of other sites.")
            }
            guard request.method == .post else {
                return Self.failure(.methodNotAllowed, "The console takes POST alone.")
            }
            guard request.headers.contentType?.isJSON == true else {
                return Self.failure(.unsupportedMediaType, "The console takes JSON alone.")
            }
            guard request.head.target.rawPath == Self.unlockPath || lock.letsIn(request) else {
                return Self.failure(.unauthorized, "The console asks for the PIN first.")
            }
            return nil
        }

        private func unlock(_ content: ByteBuffer) -> Response {
            struct Key: Decodable { var pin: String }
            guard let key = try? JSONReader().decode(Key.self, from: content) else {
                return Self.failure(.badRequest, "There is no PIN.")
            }
            switch lock.check(key.pin) {
            case .right(let cookie):
                var response = Self.answer(.ok, [:])
                try? response.headers.setCookie(cookie)
                return response
            case .wrong(let left):
                return Self.failure(
                    .forbidden, "That is not the PIN. \(left == 1 ? "1 try is" : "\(left) tries are") left.")
            case .locked:
                return Self.failure(
                    HTTPResponse.Status(code: 423, reasonPhrase: "Locked"),
                    "\(ConsoleLock.tryLimit) wrong PINs: the console is locked until the app starts again.")
            }
        }

        // MARK: - Expressions

        private struct Question: Decodable, Sendable {
            var error: String
            /// Which step of the way through templates; nil for the request.
            var scope: Int?
            var expression: String
        }

        private func evaluate(_ content: ByteBuffer) async -> Response {
            guard let question = try? JSONReader().decode(Question.self, from: content),
                question.expression.utf8.count <= Self.expressionLimit
            else { return Self.failure(.badRequest, "That is no question.") }
            guard let report = reports[question.error] else {
                return Self.failure(.notFound, "The error is not among the last \(ErrorReports.limit) any more.")
            }
            return await withCheckedContinuation { continuation in
                NIOThreadPool.singleton.submit { [self] _ in
                    continuation.resume(returning: answer(to: question, report))
                }
            }
        }

        private func answer(to question: Question, _ report: ErrorReport) -> Response {
            do {
                let text = try value(of: question.expression, in: report, scope: question.scope)
                return Self.answer(.ok, ["value": .string(Masked.cut(text, to: Self.valueLimit))])
            } catch let error as TemplateError {
                return Self.failure(.ok, "\(error.kind.name): \(error.message)")
            } catch {
                return Self.failure(.ok, "\(error)")
            }
        }

        /// The value of an expression as text.
        ///
        /// - Throws: `TemplateError`, also for what it may not do
        func value(of expression: String, in report: ErrorReport, scope: Int?) throws -> String {
            var values: [String: TemplateValue] = [:]
            for (name, value) in report.values { values[name] = value }
            if let scope, report.steps.indices.contains(scope) {
                for (name, value) in report.steps[scope].scope?.variables ?? [] { values[name] = value }
            }
            return try evaluating.withLock { [values] _ in
                let value = try environment.expression(expression, undefinedIsNone: false).evaluate(values: values)
                if case .undefined = value { return "undefined" }
                let context = TemplateContext(environment: environment)
                let laidOut = try environment.filter(named: "pprint")?(value, TemplateArguments([]), context)
                return try laidOut?.text ?? value.representation
            }
        }

        // MARK: - Answers

        private static func failure(_ status: HTTPResponse.Status, _ text: String) -> Response {
            answer(status, ["error": .string(text)])
        }

        private static func answer(_ status: HTTPResponse.Status, _ members: [String: JSONValue]) -> Response {
            var object = JSONObject()
            for (name, value) in members { object[name] = value }
            let text = (try? JSONWriter().string(from: JSONValue.object(object))) ?? "{}"
            return Response(
                status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
                body: .string(text))
        }
    }
#endif
