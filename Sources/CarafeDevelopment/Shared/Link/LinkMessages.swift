#if DEBUG || CARAFE_TOOL
    /// What an app tells `carafe dev`: each message is one packet of text.
    package enum AppMessage: Sendable, Equatable {
        /// A request is being answered; its connection may come with the message.
        case began(RunningRequest)
        /// The response to a request is made and about to be sent.
        case answered(UInt64)
        /// The last byte has left, or the client has gone.
        case ended(UInt64)

        /// The message's text.
        package var text: String {
            switch self {
            case .began(let request):
                (["began", String(request.id), request.method, request.target, request.client] + request.fields)
                    .joined(separator: "\n")
            case .answered(let id): "answered\n\(id)"
            case .ended(let id): "ended\n\(id)"
            }
        }

        /// The message that a text is; nil where it is none.
        package init?(_ text: String) {
            let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard lines.count > 1, let id = UInt64(lines[1]) else { return nil }
            switch lines[0] {
            case "began":
                guard lines.count > 4 else { return nil }
                self = .began(
                    RunningRequest(
                        id: id, method: lines[2], target: lines[3], client: lines[4], fields: Array(lines.dropFirst(5)))
                )
            case "answered": self = .answered(id)
            case "ended": self = .ended(id)
            default: return nil
            }
        }
    }

    /// A request that an app is answering.
    package struct RunningRequest: Sendable, Equatable {
        /// Its number, counted from the app's start.
        package let id: UInt64
        /// `GET`
        package let method: String
        /// The path and query as they were sent.
        package let target: String
        /// The client's address; empty where it is not known.
        package let client: String
        /// The header fields: `Accept: text/html`. What is secret has been left out.
        package let fields: [String]

        package init(id: UInt64, method: String, target: String, client: String, fields: [String]) {
            self.id = id
            self.method = method
            self.target = target
            self.client = client
            self.fields = fields
        }
    }

    /// What `carafe dev` tells an app.
    package enum ToolMessage: Sendable, Equatable {
        /// Files have changed that need no new build.
        case changed(LiveReload.Change)
        /// The app is about to be stopped: responses without an end must find one.
        case ending

        /// The message's text.
        package var text: String {
            switch self {
            case .changed(let change):
                (["changed", change.version, change.kind.rawValue] + change.paths).joined(separator: "\n")
            case .ending: "ending"
            }
        }

        /// The message that a text is; nil where it is none.
        package init?(_ text: String) {
            let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            switch lines[0] {
            case "changed":
                guard lines.count > 2, let kind = LiveReload.Change.Kind(rawValue: lines[2]) else { return nil }
                self = .changed(LiveReload.Change(version: lines[1], kind: kind, paths: Array(lines.dropFirst(3))))
            case "ending": self = .ending
            default: return nil
            }
        }
    }

    /// The variables by which `carafe dev` tells an app of the link.
    package enum LinkVariables {
        /// The number of the descriptor.
        package static let descriptor = "CARAFE_DEV_LINK"
        /// The version of the files that pages begin with.
        package static let version = "CARAFE_DEV_VERSION"
        /// What opens the console.
        package static let consoleKey = "CARAFE_DEV_CONSOLE"

        static let all = [descriptor, version, consoleKey]
    }
#endif
