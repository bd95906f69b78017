public import CarafeHTTP
public import HTTPTypes

/// A redirect to another address.
///
/// After a POST it is 303 (the browser then asks with GET), otherwise 302, unless a status is given.
///
/// ```swift
/// app.post("/logout") { request in
///     request.session.clear()
///     return redirect(to: try request.url(for: "index"))
/// }
/// ```
///
/// - Parameters:
///   - location: the address; what may not stand in one is percent-encoded, and a line break ends the process of
///     making one: the response then has no Location.
///   - status: 301, 302, 303, 307 or 308
public func redirect(to location: String, status: HTTPResponse.Status? = nil) -> Response {
    let status = status ?? (Request.current?.method == .post ? .seeOther : .found)
    let location = IRI.toURI(location)
    let page = HTML(
        """
        <!doctype html>
        <html lang=en>
        <title>Redirecting...</title>
        <h1>Redirecting...</h1>
        <p>You should be redirected automatically to the target URL: <a href="\(location)">\(location)</a>. If not, \
        click the link.

        """)
    return Response(
        status: status, headers: [.contentType: "text/html; charset=utf-8", .location: location],
        body: .string(page.description))
}
