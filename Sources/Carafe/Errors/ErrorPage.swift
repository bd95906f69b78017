import CarafeHTTP
import HTTPTypes
import NIOCore

/// The answer for an error that no handler of the app wrote, in the form that the client asked for: a page, or
/// `application/problem+json` (RFC 9457).
enum ErrorPage {
    /// What a problem document holds.
    private struct Problem: Encodable {
        var type = "about:blank"
        var title: String
        var status: Int
        var detail: String?
        var instance: String?
        var path: String?
    }

    /// The response.
    ///
    /// - Parameters:
    ///   - detail: what the client is told beside the status
    ///   - path: the place in the client's JSON that is to blame
    static func response(
        _ status: HTTPResponse.Status, detail: String, path: String? = nil, headers: Headers, asJSON: Bool
    ) -> Response {
        var response: Response
        if asJSON {
            var buffer = ByteBuffer()
            let problem = Problem(
                title: StatusText.name(for: status), status: status.code, detail: detail.isEmpty ? nil : detail,
                path: path)
            // A struct of texts and a number has nothing that could fail to be written.
            try? JSONWriter().encode(problem, into: &buffer)
            response = Response(
                status: status, headers: [.contentType: "application/problem+json"], body: .bytes(buffer))
        } else {
            let lines = detail.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
                .map { HTML(escaping: String(decoding: $0, as: UTF8.self)) }
            let name = StatusText.name(for: status)
            response = HTML(
                """
                <!doctype html>
                <html lang=en>
                <title>\(status.code) \(name)</title>
                <h1>\(name)</h1>
                <p>\(HTML(joining: lines, separator: "<br>"))</p>

                """
            ).status(status)
        }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { try? response.headers.append(value, for: name) }
        }
        return response
    }

    /// Whether the client wants JSON rather than HTML: it says so in `Accept`, or it sent JSON and did not ask for a
    /// page.
    static func wantsJSON(_ request: Request) -> Bool {
        let accept = request.headers.accept
        if accept.isProvided {
            let json = max(accept.quality(of: "application/problem+json"), accept.quality(of: "application/json"))
            let html = accept.quality(of: "text/html")
            if json != html { return json > html }
        }
        return request.headers.contentType?.isJSON ?? false
    }
}

extension Abort {
    /// The answer that middleware gives: no error handler of the app sees it.
    func page(for request: Request) -> Response {
        response
            ?? ErrorPage.response(status, detail: detail, headers: headers, asJSON: ErrorPage.wantsJSON(request))
    }
}
