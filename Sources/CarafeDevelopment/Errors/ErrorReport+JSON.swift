#if DEBUG
    import Carafe
    import CarafeHTTP

    extension ErrorReport {
        /// The problem details (RFC 9457) of the error: the usual members, and what a program may want to show of it.
        func problem(_ frames: [[SourceFrame]]) -> JSONValue {
            var object = JSONObject()
            object["type"] = "about:blank"
            object["title"] = "Internal Server Error"
            object["status"] = 500
            object["detail"] = .string(title)
            object["instance"] = .string(path)
            object["errors"] = .array(
                errors.enumerated().map { index, error in
                    member(of: error, index < frames.count ? frames[index] : [])
                })
            return .object(object)
        }

        private func member(of error: ErrorSummary, _ frames: [SourceFrame]) -> JSONValue {
            var object = JSONObject()
            object["type"] = .string(error.type)
            object["message"] = .string(error.message)
            object["hint"] = error.hint.map(JSONValue.string)
            if !error.steps.isEmpty {
                object["templates"] = .array(
                    error.steps.map { step in
                        [
                            "template": step.template.map(JSONValue.string) ?? .null,
                            "path": step.path.map(JSONValue.string) ?? .null, "line": .int(step.line),
                            "function": .string(step.function),
                        ]
                    })
            }
            object["frames"] = .array(
                frames.map { frame in
                    [
                        "function": .string(frame.function), "path": frame.path.map(JSONValue.string) ?? .null,
                        "line": frame.path == nil ? .null : .int(frame.line), "application": .bool(frame.isOfApp),
                        "waiting": .bool(frame.isWaiting),
                    ]
                })
            return .object(object)
        }
    }
#endif
