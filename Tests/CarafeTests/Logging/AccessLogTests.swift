import CarafeHTTP
import CarafeServer
import HTTPTypes
import Logging
import NIOCore
import Testing

@testable import Carafe

@Suite("The access log")
struct AccessLogTests {
    @Test("a line in the common format is Apache's %h %l %u %t \"%r\" %>s %b")
    func common() throws {
        let line = try Self.line(.common, Request.parsed("GET /a%20b?x=1&y"))
        let parts = line.split(separator: " ", maxSplits: 5).map(String.init)
        #expect(parts[0...2] == ["192.0.2.7", "-", "-"])
        #expect(try /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d/.wholeMatch(in: parts[3]) != nil)
        #expect(parts[4] == "+0000]")
        #expect(parts[5] == "\"GET /a%20b?x=1&y HTTP/1.1\" 200 1234")
    }

    @Test("times are written in UTC as Apache and ISO 8601 write them")
    func times() {
        let time = HTTPDate(secondsSinceEpoch: 1_700_000_000)
        #expect(LogTime.common(time) == "14/Nov/2023:22:13:20 +0000")
        #expect(LogTime.iso8601(time) == "2023-11-14T22:13:20Z")
        #expect(LogTime.iso8601(HTTPDate(secondsSinceEpoch: 951_782_400)) == "2000-02-29T00:00:00Z")
    }

    @Test(
        "no content is a dash",
        arguments: [
            (HTTPRequest.Method.get, 0 as Int?, "-"), (.get, nil, "-"), (.head, 0, "-"), (.get, 1, "1"),
        ])
    func sizes(method: HTTPRequest.Method, bytes: Int?, size: String) throws {
        #expect(try Self.line(.common, Request.unchecked(method, path: "/"), bytes: bytes).hasSuffix("200 \(size)"))
    }

    @Test("a line in JSON has the names of the Elastic Common Schema for what is known of the request")
    func json() throws {
        let request = try Request.parsed("GET /a?x=1", ["User-Agent: curl/8", "Referer: http://a/?b=c"])
        let line = try Self.line(.json, request)
        let entry = try JSONReader().decode([String: JSONValue].self, from: .init(string: line))
        #expect(entry["http.request.id"] == .string(request.id) && request.id != "-")
        #expect(entry["client.ip"] == "192.0.2.7" && entry["http.request.method"] == "GET")
        #expect(entry["url.original"] == "/a?x=1" && entry["url.scheme"] == "http" && entry["http.version"] == "1.1")
        #expect(entry["http.response.status_code"] == 200 && entry["http.response.body.bytes"] == 1234)
        #expect(entry["user_agent.original"] == "curl/8" && entry["http.request.referrer"] == "http://a/?b=c")
        #expect(entry["event.duration"] == 1_234_567_000 && entry["event.outcome"] == "success")
        #expect(entry["message"] == "GET /a?x=1 HTTP/1.1 200" && entry["event.dataset"] == "carafe.access")
        #expect(entry["@timestamp"] != nil && entry["ecs.version"] != nil && entry.count == 16)
    }

    @Test("the log sees what middleware and mounts answer, and how much of a stream was sent")
    func outermost() async throws {
        struct Refusing: Middleware {
            func respond(to request: Request, next: any Responder) -> Reply {
                request.head.target.rawPath == "/refused"
                    ? .now(Response("no", status: .forbidden)) : next.respond(to: request)
            }
        }
        struct Streaming: Responder {
            func respond(to request: Request) -> Reply {
                .now(Response(body: .stream { for piece in ["one", "two"] { try await $0.write(piece) } }))
            }
        }
        let app = App("log", staticFolder: nil, environment: .none)
        app.use(Refusing())
        app.mount("/mounted", Streaming())
        let log = CollectedLog()
        let logged = LoggedResponder(
            next: (try app.compile()).wrapped(in: [Refusing()]),
            log: try AccessLog(.pattern("%(U)s %(s)s %(b)s"), logger: log.logger))
        for path in ["/refused", "/mounted/x", "/missing"] {
            let response = await logged.respond(to: try Request.parsed("GET \(path)")).response
            _ = try await response.body.collect()
            response.close()
        }
        #expect(log.lines[0...1] == ["/refused 403 2", "/mounted/x 200 6"])
        #expect(log.lines.last?.hasPrefix("/missing 404 ") == true && log.lines.count == 3)
    }

    @Test("what the server itself refuses is in the log as well")
    func refusals() async throws {
        let log = CollectedLog()
        let request = try Request.parsed("GET /")
        let refusal = RefusedRequest(
            head: nil, connection: request.connection, answer: .refusal(.badRequest, "RFC 9112"))
        try AccessLog(.common, logger: log.logger).write(refusal)
        #expect(
            log.lines.first?.hasSuffix("\"-\" 400 25") == true && log.lines.first?.hasPrefix("192.0.2.7 - - [") == true)
    }

    @Test("other logs are JSON with the schema's names where the configuration says so")
    func jsonLog() throws {
        let app = App("shop", environment: .variables(["CARAFE_LOG_FORMAT": "json"]))
        app.logger.logLevel = .debug
        #expect(try app.compile().logger.handler is JSONLogHandler && app.logger.logLevel == .debug)
        let handler = JSONLogHandler(label: "shop", level: .info)
        let event = LogEvent(
            level: .warning, message: "a\nb", metadata: ["request": "r-1", "token": "hunter2", "path": "/"], source: "",
            file: "", function: "", line: 1)
        let line = try #require(handler.line(for: event))
        let entry = try JSONReader().decode([String: JSONValue].self, from: .init(string: line))
        #expect(!line.contains("\n") && !line.contains("hunter2"))
        #expect(entry["message"] == "a\nb" && entry["log.level"] == "warning" && entry["log.logger"] == "shop")
        #expect(entry["http.request.id"] == "r-1" && entry["labels.path"] == "/" && entry["@timestamp"] != nil)
    }

    @Test("each request has its own id")
    func ids() throws {
        let app = App("log", environment: .none)
        let ids = try (0..<3).map { _ in
            let request = try Request.parsed("GET /")
            _ = try app.compile().respond(to: request)
            return request.id
        }
        #expect(Set(ids).count == 3)
    }

    @Test("each request, answered or refused, writes one line to standard output", arguments: formats)
    func output(format: AccessLogFormat) async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            [name = format.text as String] in
            let app = App("log", environment: .variables(["CARAFE_ACCESS_LOG": name]))
            app.get("/") { "hello" }
            let responder = try app.compile().responder
            for line in ["GET /?a=1", "GET /missing?token=hunter2"] {
                await responder.respond(to: try Request.parsed(line)).response.close()
            }
        }
        let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        let lines = output.split(separator: "\n").filter { $0.contains("192.0.2.7") }
        #expect(lines.count == 2 && !output.contains("hunter2"))
        #expect(
            lines.first?.contains(
                format == .json ? "\"http.response.status_code\":200" : "\"GET /?a=1 HTTP/1.1\" 200 5") == true)
    }

    @Test("what a handler logs carries the request's id")
    func handlerLog() async throws {
        let (app, log) = (App("log", environment: .none), CollectedLog())
        app.logger = log.logger
        app.get("/") { (request: Request) in
            request.logger.info("hello")
            return request.id
        }
        let id = try await app.answer("GET /").text
        #expect(log.lines == ["hello request=\(id)"])
    }

    // MARK: - Injection

    @Test(
        "nothing in a path or query ends the line, moves a cursor or closes the quotes",
        arguments: [
            "\r\n192.0.2.1 - - ", "\n", "\r", "\u{1B}[2J", "\u{7}\u{8}\u{B}\u{C}\0", "\u{7F}\u{85}\u{9B}",
            "\u{2028}\u{2029}",
            "\" 200 1\n", "\"", "\\", "\\\"", "\t", "é", "\u{202E}",
        ])
    func injection(text: String) throws {
        for request in [
            try Request.unchecked(path: "/" + text), try .unchecked(path: "/", query: "a=\(text)&\(text)=b"),
        ] {
            let common = try Self.line(.common, request)
            #expect(common.utf8.allSatisfy { 0x20...0x7E ~= $0 }, "\(common)")
            #expect(Self.unescapedQuotes(common) == 2, "\(common)")
            let json = try Self.line(.json, request)
            #expect(
                json.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F ~= $0.value) && $0 != "\u{2028}" })
            #expect(throws: Never.self) { try JSONReader().decode(JSONValue.self, from: .init(string: json)) }
        }
    }

    @Test(
        "escapes are Apache's",
        arguments: [
            ("/\"", "/\\\""), ("/\\", "/\\\\"), ("/\n\r\t\u{8}\u{B}", "/\\n\\r\\t\\b\\v"),
            ("/\u{1B}\u{1}", "/\\x1b\\x01"),
            ("/é", "/\\xc3\\xa9"), ("/%22", "/%22"),
        ])
    func escapes(path: String, written: String) throws {
        #expect(try Self.line(.common, Request.unchecked(path: path)).contains("\"GET \(written) HTTP/1.1\""))
    }

    @Test("a request that a client can really send cannot close the quotes")
    func quotes() throws {
        let line = try Self.line(.common, Request.parsed("GET /\"?\"200"))
        #expect(line.contains(#""GET /\"?\"200 HTTP/1.1" 200 1234"#))
    }

    @Test("text of other log lines has no control characters either")
    func text() {
        #expect(LogText.line("a\r\nb\u{1B}[0m\u{85}\u{2028}é\"") == "a\\r\\nb\\u{1B}[0m\\u{0085}\\u{2028}é\"")
    }

    // MARK: - Secrets

    @Test(
        "values of the query whose names sound secret are masked, however they are written",
        arguments: [
            ("token=hunter2", "token=********"), ("a=1&api_key=hunter2&b=2", "a=1&api_key=********&b=2"),
            ("PassWord=hunter2", "PassWord=********"), ("p%61ssword=hunter2", "p%61ssword=********"),
            ("token=hunter2=hunter2", "token=********"), ("reset[token]=hunter2", "reset[token]=********"),
            ("&&token=hunter2&&", "&&token=********&&"), ("token", "token"), ("", ""),
        ])
    func querySecrets(query: String, shown: String) throws {
        for format in Self.formats {
            let line = try Self.line(format, Request.unchecked(path: "/", query: query))
            #expect(line.contains("/?\(shown)") && !line.contains("hunter2"))
        }
    }

    @Test(
        "cookies, credentials and secrets in the referring page's address are not logged, even where a pattern asks for them",
        arguments: formats + [
            .pattern("%({cookie}i)s %({authorization}i)s %({HTTP_COOKIE}e)s %({set-cookie}o)s %(f)s %(q)s %(u)s"),
            .pattern("%({HTTP_AUTHORIZATION}e)s %({RAW_URI}e)s %({QUERY_STRING}e)s"),
        ])
    func fields(format: AccessLogFormat) throws {
        let fields = [
            "Cookie: session=hunter2", "Authorization: Bearer hunter2", "X-A: hunter2",
            "Referer: http://a:hunter2@b/?token=hunter2",
        ]
        #expect(try !Self.line(format, Request.parsed("GET /", fields)).contains("hunter2"))
    }

    @Test("the user and password of an absolute target are not logged")
    func userinfo() throws {
        let request = try? Request.parsed("GET http://ann:hunter2@example.com/a")
        #expect(try request.map { try !Self.line(.common, $0).contains("hunter2") } ?? true)
    }

    @Test("an unexpected error is logged with the request's path and id, without control characters or the query")
    func errors() async throws {
        struct Failure: Error, CustomStringConvertible { var description: String { "broken\r\nINFO forged" } }
        let app = App("log", environment: .none)
        let log = CollectedLog()
        app.logger = log.logger
        app.get("/<path:p>") { (_: String) throws -> String in throw Failure() }
        let request = try Request.parsed("GET /a%1b?token=hunter2", ["Cookie: session=hunter2"])
        _ = try await app.answer(request)
        let lines = log.lines
        #expect(lines.count == 1 && lines.first?.contains(request.id) == true, "\(lines)")
        #expect(lines.allSatisfy { !$0.contains("hunter2") && $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
    }

    // MARK: - A line

    private static let formats: [AccessLogFormat] = [.common, .combined, .json]

    static func line(
        _ format: AccessLogFormat, _ request: Request, status: Int = 200, bytes: Int? = 1234
    ) throws -> String {
        let app = try App("log", environment: .none).compile()
        request.attach(app.router.match(request, in: app))
        let log = CollectedLog()
        try AccessLog(format, logger: log.logger).write(
            AccessRecord(
                request: request, client: request.connection, status: status,
                headers: [.contentType: "text/plain", .setCookie: "session=hunter2"], bytes: bytes,
                duration: .microseconds(1_234_567)))
        return try #require(log.lines.first)
    }

    /// How many quotation marks no backslash stands before.
    private static func unescapedQuotes(_ line: String) -> Int {
        var (count, isEscaped) = (0, false)
        for byte in line.utf8 {
            if byte == UInt8(ascii: "\""), !isEscaped { count += 1 }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return count
    }
}
