public import CarafeHTTP
import HTTPTypes
import NIOCore

/// Makes a PUT, PATCH or DELETE of a POST that says so, for clients and forms that can send no other method.
///
/// ```swift
/// app.use(MethodOverride(inForms: true))
/// // <form method="post"><input type="hidden" name="_method" value="DELETE">…
/// ```
///
/// The field `X-HTTP-Method-Override` counts first. Only a POST is changed, and only into one of the three: nothing that is
/// safe becomes something that is not.
public struct MethodOverride: ConfiguredMiddleware {
    /// The name of a form's field.
    public static let formField = "_method"

    private let readsHeader: Bool
    private let readsForms: Bool
    private var formLimit = FormLimits().fieldBytes

    /// - Parameters:
    ///   - inHeader: whether `X-HTTP-Method-Override` counts
    ///   - inForms: whether the field `_method` of an urlencoded form counts; such forms are then read before the app
    ///     begins. A multipart form has to use the header.
    public init(inHeader: Bool = true, inForms: Bool = false) {
        readsHeader = inHeader
        readsForms = inForms
    }

    /// Takes the limit for forms from the configuration.
    public func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware {
        var configured = self
        configured.formLimit = config.maxFormMemorySize
        return configured
    }

    /// Passes the request on, with the method that it asks for.
    public func respond(to request: Request, next: any Responder) -> Reply {
        guard request.method == .post else { return next.respond(to: request) }
        if readsHeader, let name = Self.header, let method = Self.method(request.headers[name]) {
            return next.respond(to: Self.request(request, method))
        }
        guard readsForms, request.head.framing != .none,
            request.headers.contentType?.essence.utf8.elementsEqual("application/x-www-form-urlencoded".utf8) ?? false
        else { return next.respond(to: request) }
        // What is too large for a form is the app's to refuse.
        if let length = request.body.contentLength, length > formLimit { return next.respond(to: request) }
        if let content = request.body.buffered { return next.respond(to: changed(request, by: content)) }
        return .later { [self] in
            do {
                let content = try await request.body.collect(upTo: formLimit)
                return await next.respond(to: changed(request, by: content)).response
            } catch let error as any HTTPError {
                return Abort(error.status, error.detail).page(for: request)
            } catch {
                return Abort(.badRequest).page(for: request)
            }
        }
    }

    private func changed(_ request: Request, by content: ByteBuffer) -> Request {
        let form = try? Parameters(urlEncoded: String(buffer: content))
        return Self.method(form?[Self.formField]).map { Self.request(request, $0) } ?? request
    }

    private static func request(_ request: Request, _ method: HTTPRequest.Method) -> Request {
        request.replacing(head: request.head.replacing(method: method))
    }

    private static func method(_ text: String?) -> HTTPRequest.Method? {
        guard let text else { return nil }
        return switch HostNames.lowercased(text) {
        case "put": .put
        case "patch": .patch
        case "delete": .delete
        default: nil
        }
    }

    private static let header = HTTPField.Name("X-HTTP-Method-Override")
}
