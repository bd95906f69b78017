import CarafeHTTP
import Testing

@testable import Carafe

@Suite("The access log's patterns")
struct AccessLogPatternTests {
    @Test(
        "gunicorn's names have gunicorn's meaning",
        arguments: [
            ("%(h)s %(l)s %(u)s", "192.0.2.7 - ann"), ("%(r)s", "GET /a%20b?x=1 HTTP/1.1"),
            ("%(m)s %(U)s %(q)s %(H)s", "GET /a%20b x=1 HTTP/1.1"),
            ("%(s)s %(b)s %(B)s", "200 1234 1234"), ("%(f)s|%(a)s", "http://a/|curl/8"),
            ("%(T)s %(M)s %(D)s %(L)s", "1 1234 1234567 1.234567"), ("%(D)d", "1234567"),
            ("%({user-agent}i)s %({X-None}i)s", "curl/8 -"), ("%({Content-Type}o)s", "text/plain"),
            ("%({REMOTE_ADDR}e)s %({HTTP_USER_AGENT}e)s %({wsgi.url_scheme}e)s", "192.0.2.7 curl/8 http"),
            ("%({SCRIPT_NAME}e)s%({PATH_INFO}e)s?%({QUERY_STRING}e)s", "/a%20b?x=1"), ("100%% %(s)s%%", "100% 200%"),
            ("plain", "plain"), ("", ""),
        ])
    func gunicorn(pattern: String, text: String) throws {
        let fields = ["Authorization: Basic YW5uOnNlY3JldA==", "User-Agent: curl/8", "Referer: http://a/"]
        let request = try Request.parsed("GET /a%20b?x=1", fields)
        #expect(try AccessLogTests.line(.pattern(pattern), request) == text)
    }

    @Test("gunicorn's process is in angle brackets and its time in square ones")
    func gunicornProcess() throws {
        let line = try AccessLogTests.line(.pattern("%(p)s %(t)s"), Request.parsed("GET /"))
        #expect(try /<\d+> \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000\]/.wholeMatch(in: line) != nil)
    }

    @Test(
        "a pattern with an unknown name is refused at the start",
        arguments: [
            ("%(x)s", "%(x)s"), ("%(h)", "no s"), ("%(h)x", "no s"), ("%h", "percent sign"),
            ("50% off", "percent sign"),
            ("%(h", "percent sign"), ("%", "percent sign"), ("%({}i)s", "%({}i)s"), ("%({a b}i)s", "%({a b}i)s"),
            ("%({HOME}e)s", "%({HOME}e)s"), ("%({a}x)s", "%({a}x)s"), ("%(h)s\n%(r)s", "line break"),
        ])
    func unknown(pattern: String, part: String) throws {
        let app = App("log", environment: .variables(["CARAFE_ACCESS_LOG": pattern]))
        let error = #expect(throws: ConfigurationError.self) { try app.compile() }
        #expect(error?.description.contains(part) == true)
        #expect(throws: (any Error).self) { try LogOptions.parse(["--access-log", pattern]).validate() }
    }
}
