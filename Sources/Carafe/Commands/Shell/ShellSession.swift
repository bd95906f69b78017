import CarafeHTTP
import CarafeTemplates
import NIOCore
import NIOPosix
import Synchronization

/// What one console knows, and how it answers. Neither the app's start-up hooks nor its shutdown hooks run for it.
final class ShellSession: Sendable {
    /// What a line leads to.
    enum Answer: Equatable {
        case nothing
        case value(String)
        case failure(String)
        /// The person wants to go.
        case end
    }

    /// The longest answer that is printed.
    static let longestAnswer = 64 * 1024
    /// The longest line that is read.
    static let longestLine = 16 * 1024

    private let app: CompiledApp
    private let request: Request
    private let environment: TemplateEnvironment
    private let globals: RequestGlobals
    /// What the person has named, and extensions.
    private let variables: Mutex<[String: TemplateValue]>

    /// - Throws: ``ConfigurationError`` where the app is put together wrongly; what an extension's values throw
    init(_ app: App) throws {
        self.app = try app.compile()
        environment = try self.app.templates.environment
        request = ShellSession.request(for: app.config.serverName ?? "localhost")
        request.attach(self.app.router.match(request, in: self.app))
        globals = RequestGlobals(app: self.app, request: request)
        var given: [String: TemplateValue] = [:]
        for processor in app.state.withLock({ $0.shellContext }) {
            given.merge(try processor().mapValues { try TemplateValue(converting: $0) }) { $1 }
        }
        variables = Mutex(given)
    }

    /// `GET /`, so that `url_for` makes paths and `request` is there.
    private static func request(for host: String) -> Request {
        let path = ByteBuffer(string: "/")
        let target = RequestTarget(
            form: .origin, bytes: path, pathStart: 0, pathLength: 1, queryStart: -1, isPathEncoded: false)
        let head = RequestHead(
            method: .get, target: target, version: .http11, headers: Headers(), authority: host, framing: .none,
            keepsAlive: false, expectsContinue: false)
        let connection = ConnectionInfo(
            remoteAddress: nil, localAddress: nil, scheme: "http",
            eventLoop: MultiThreadedEventLoopGroup.singleton.any())
        return Request(head: head, body: RequestBody(), connection: connection)
    }

    // MARK: - A line

    func answer(_ line: String) async -> Answer {
        let line = Self.trimmed(line)
        guard line.utf8.count <= Self.longestLine else { return .failure("The line is too long.") }
        switch line {
        case "": return .nothing
        case "exit", "quit", "exit()", "quit()": return .end
        case "help", "help()": return .value(help)
        default: break
        }
        let (name, expression) = Self.assignment(in: line)
        do {
            let value = try await evaluate(expression)
            if let name {
                variables.withLock { $0[name] = value }
                return .nothing
            }
            if case .undefined(let undefined) = value { return .failure(undefined.message) }
            variables.withLock { $0["_"] = value }
            if case .none = value { return .nothing }
            return .value(Self.shown(try ShellTable(value)?.text ?? value.representation))
        } catch {
            return .failure(Self.message(error))
        }
    }

    private func evaluate(_ expression: String) async throws -> TemplateValue {
        try await environment.expression(expression, undefinedIsNone: false).seeing(globals)
            .evaluateAsync(values: variables.withLock { $0 })
    }

    private static func message(_ error: any Error) -> String {
        switch error {
        case is CancellationError: "Interrupted."
        case let error as TemplateError:
            if error.underlying is CancellationError {
                "Interrupted."
            } else {
                shown("\(error.kind.name): \(error.message)")
            }
        default: shown("\(type(of: error)): \(error)")
        }
    }

    /// `("x", "1 + 1")` of `x = 1 + 1`; what is no assignment has no name.
    private static func assignment(in line: String) -> (name: String?, expression: String) {
        let bytes = Array(line.utf8)
        let name = bytes.prefix { isWord($0) }
        let rest = bytes[name.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
        guard let first = name.first, !(0x30...0x39).contains(first), rest.first == UInt8(ascii: "="),
            rest.dropFirst().first != UInt8(ascii: "=")
        else { return (nil, line) }
        return (String(decoding: name, as: UTF8.self), String(decoding: rest.dropFirst(), as: UTF8.self))
    }

    static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func trimmed(_ line: String) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = Array(line.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Text for a terminal: of a size that can be read, and without signs that would command it.
    static func shown(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count == longestAnswer { return String(result) + "…" }
            let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
            result.append(isControl ? "\u{FFFD}" : scalar)
        }
        return String(result)
    }

    // MARK: - What there is

    private var names: [String] {
        Set(globals.names + variables.withLock { Array($0.keys) } + environment.globalNames).sorted()
    }

    private var help: String {
        """
        Expressions of the template language: \(names.joined(separator: ", "))
        name = expression    keeps a value; _ is the last one
        value|filter         as in templates
        exit, Ctrl-D         ends
        """
    }

    /// What may stand at the end of a line.
    func complete(_ line: String) -> ShellCompletion {
        ShellCompletion(
            of: line,
            ShellCompletion.Vocabulary(
                names: names, filters: environment.filterNames, tests: environment.testNames,
                endpoints: Set(app.router.rules.map(\.endpoint)).sorted(), members: members))
    }

    /// The names in a value that is named by a path of names.
    private func members(of path: String) -> [String] {
        guard path.utf8.allSatisfy({ Self.isWord($0) || $0 == UInt8(ascii: ".") }),
            let value = try? environment.expression(path).seeing(globals).evaluate(values: variables.withLock { $0 })
        else { return [] }
        switch value {
        case .dict(let dict): return dict.entries.compactMap { $0.key.string }
        case .object(let object as any ListsMembers): return object.members
        case .object(let object) where object.isMapping: return (try? value.elements().compactMap(\.string)) ?? []
        default: return []
        }
    }
}

/// An object that tells the console what it offers.
package protocol ListsMembers {
    /// The names of its attributes.
    var members: [String] { get }
}
