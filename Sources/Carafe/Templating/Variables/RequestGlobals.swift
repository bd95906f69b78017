import CarafeHTTP
import CarafeTemplates

/// What every template sees of the app and the request, imported ones too: `request`, `session`, `g`, `config`,
/// `url_for`, `get_flashed_messages`, `csp_nonce`. Each is made when a template asks for it.
final class RequestGlobals: TemplateGlobals {
    private let app: CompiledApp
    private let request: Request?

    init(app: CompiledApp, request: Request?) {
        self.app = app
        self.request = request
    }

    let names = ["config", "csp_nonce", "g", "get_flashed_messages", "request", "session", "url_for"]

    func value(of name: String) -> TemplateValue? {
        switch name {
        case "config": .object(ConfigVariable(app.config))
        case "url_for": .object(URLForFunction(app: app, request: request))
        case "request": request.map { .object(RequestVariable($0)) }
        case "session": request.map { .object(SessionVariable($0)) }
        case "g": request.map { .object(GVariable($0)) }
        case "get_flashed_messages": request.map { .object(FlashedMessagesFunction($0)) }
        case "csp_nonce": request.map { request in .method(name) { _ in .string(request.cspNonce) } }
        default: nil
        }
    }

    /// Functions of the app that templates call find the request by `Request.current`, also on another thread.
    func rendering(_ render: () throws -> Void) throws {
        guard let request, CurrentRequest.request !== request else { return try render() }
        try CurrentRequest.$request.withValue(request) { try render() }
    }
}
