#if DEBUG
    import Carafe
    import CarafeHTTP
    import CarafeTemplates
    import FoundationEssentials

    /// What is to be told of one error: the one that was thrown, or one that caused it.
    struct ErrorSummary: Sendable {
        /// `PaymentFailed`, `UndefinedError`
        let type: String
        let message: String
        /// What to do about it.
        let hint: String?
        /// What the error has to tell beside it.
        let details: [DeveloperDetail]
        /// The way through templates, the innermost step first.
        let steps: [TemplateStep]
        /// Where it was thrown; nil where that is not known.
        let traceback: Traceback?

        /// How many errors in a row that caused each other are told.
        static let chainLimit = 8

        /// The error and those that caused it.
        static func chain(of error: any Error, in request: Request) -> [ErrorSummary] {
            var chain: [ErrorSummary] = []
            var next: (any Error)? = error
            while let error = next, chain.count < chainLimit {
                chain.append(ErrorSummary(error, in: request))
                next = cause(of: error)
            }
            return chain
        }

        private init(_ error: any Error, in request: Request) {
            let details = error as? any DeveloperDetails
            let mirror = Mirror(reflecting: error)
            let template = error as? TemplateError
            type = template?.kind.name ?? String(describing: Swift.type(of: error))
            message = Masked.cut(
                template?.message ?? details?.developerMessage ?? Self.message(of: error, type, mirror),
                to: Self.messageLimit)
            hint = (details?.developerHint ?? Self.text("hint", of: mirror)).flatMap { $0.isEmpty ? nil : $0 }
            self.details = details?.developerDetails(for: request) ?? []
            steps = template.map(TemplateStep.steps) ?? []
            traceback = ThrowRecorder.traceback(of: error, in: request)
        }

        /// How many bytes of a message are shown.
        private static let messageLimit = 8_000

        /// The error's own text, without its type where it begins with that.
        private static func message(of error: any Error, _ type: String, _ mirror: Mirror) -> String {
            if let text = text("message", of: mirror), !text.isEmpty { return text }
            let description = String(describing: error)
            guard description.utf8.starts(with: "\(type): ".utf8) else { return description }
            return String(decoding: description.utf8.dropFirst(type.utf8.count + 2), as: UTF8.self)
        }

        private static func text(_ name: String, of mirror: Mirror) -> String? {
            mirror.children.first { $0.label == name }.flatMap { $0.value as? String }
        }

        /// The error that caused another, by the names that errors use for it.
        private static func cause(of error: any Error) -> (any Error)? {
            if let error = error as? TemplateError { return error.underlying }
            if let error = error as? InternalServerError { return error.originalError }
            if let error = error as? DecodingError {
                switch error {
                case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                    .dataCorrupted(let context):
                    return context.underlyingError
                @unknown default: return nil
                }
            }
            let names = ["underlying", "underlyingError", "cause", "originalError"]
            for child in Mirror(reflecting: error).children where names.contains(child.label ?? "") {
                if let cause = child.value as? any Error { return cause }
            }
            return nil
        }
    }

    /// A step of the way to an error through templates.
    struct TemplateStep: Sendable {
        /// What templates call it; nil for one that was given as text.
        let template: String?
        /// Its file; nil for one that was read from none.
        let path: String?
        let line: Int
        /// In code points, counted from 1.
        let column: Int?
        /// `block 'title'`
        let function: String
        /// What could be seen there; nil where nothing ran yet.
        let scope: TemplateScope?
        private let sourceLine: String?

        /// How many steps are told: recursion has thousands.
        private static let limit = 30

        /// The steps to an error, the innermost first.
        static func steps(of error: TemplateError) -> [TemplateStep] {
            guard let line = error.line else { return [] }
            guard let last = error.trace.last else {
                return [
                    TemplateStep(
                        template: error.template, path: error.filename, line: line, column: error.column,
                        function: "template", scope: nil, sourceLine: error.sourceLine)
                ]
            }
            return error.trace.suffix(limit).reversed().map { frame in
                let isInnermost = frame == last && frame.line == line
                return TemplateStep(
                    template: frame.template, path: frame.filename, line: frame.line,
                    column: isInnermost ? error.column : nil, function: frame.function, scope: frame.scope,
                    sourceLine: isInnermost ? error.sourceLine : nil)
            }
        }

        /// What a person calls the template.
        var name: String { template ?? "a template given as text" }

        /// The source around the line, from the file or from what was compiled.
        var excerpt: SourceExcerpt? {
            // The compiler counts columns in bytes, the engine in code points.
            if let source = scope?.source { return SourceExcerpt(source: source, line: line, column: nil) }
            if let path { return SourceExcerpt(of: path, line: line, column: nil) }
            return sourceLine.flatMap { SourceExcerpt(line: $0, number: line) }
        }
    }
#endif
