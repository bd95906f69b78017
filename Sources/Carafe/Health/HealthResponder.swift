import CarafeHTTP
import CarafeServer
import HTTPTypes
import NIOCore

/// A responder with health probes around it: all that there is on their own port, and beside the app where they are public.
struct HealthResponder: Responder {
    let next: any Responder
    let health: Health
    /// The probes' own port; nil for none.
    let port: Int?
    let checks: ReadinessChecks
    let readiness: Readiness

    func respond(to request: Request) -> Reply {
        let isOwnPort = port != nil && request.connection.localAddress?.port == port
        guard isOwnPort || health.isPublic else { return next.respond(to: request) }
        let path = request.head.target.rawPath
        guard path == health.livePath || path == health.readyPath else {
            return isOwnPort ? .now(Self.response(.notFound, "404 Not Found\n")) : next.respond(to: request)
        }
        guard request.method == .get || request.method == .head else {
            var response = Self.response(.methodNotAllowed, "405 Method Not Allowed\n")
            response.headers[.allow] = "GET, HEAD"
            return .now(response)
        }
        if path == health.livePath { return .now(Self.response(.ok, "ok\n")) }
        let isVerbose = request.head.target.rawQuery?.utf8.elementsEqual("verbose".utf8) ?? false
        return .later { await readinessAnswer(isVerbose: isVerbose) }
    }

    private nonisolated(nonsending) func readinessAnswer(isVerbose: Bool) async -> Response {
        // Whoever drains asks nobody.
        let results = readiness.isReady ? await checks.results() : []
        let isReady = readiness.isReady && results.allSatisfy(\.hasPassed)
        let status: HTTPResponse.Status = isReady ? .ok : .serviceUnavailable
        let word = !readiness.isReady ? "stopping" : isReady ? "ready" : "failing"
        guard isVerbose else { return Self.response(status, word + "\n") }
        let report = HealthReport(status: word, checks: results.map { HealthReport.Check($0) })
        let text = (try? JSONWriter().string(from: report)) ?? "{}"
        var response = Self.response(status, text)
        response.headers[.contentType] = "application/json"
        return response
    }

    private static func response(_ status: HTTPResponse.Status, _ text: String) -> Response {
        var response = Response(text, status: status)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

/// What `/readyz?verbose` tells. Why a check failed may name what is nobody else's business; the log has it.
private struct HealthReport: Encodable {
    struct Check: Encodable {
        var name: String
        var status: String
        var milliseconds: Double

        init(_ result: ReadinessChecks.Result) {
            name = result.name
            status =
                switch result.outcome {
                case .passed: "passed"
                case .failed: "failed"
                case .tookTooLong, .stuck: "too slow"
                }
            milliseconds = Double(result.duration.microseconds) / 1000
        }
    }

    var status: String
    var checks: [Check]
}
