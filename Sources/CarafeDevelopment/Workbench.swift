import Carafe
import CarafeHTTP
import Logging

/// What `carafe dev` needs of the app that it runs: reports of the requests that are being answered, and pages that reload
/// themselves. Without `carafe dev` it does nothing.
///
/// Carafe looks this type up by its name when an app in debug mode starts.
package enum Workbench: DevelopmentTools {
    package static func responder(around app: any Responder, logger: Logger) -> (any Responder)? {
        guard let (link, version) = ToolLink.take() else { return nil }
        let liveReload = LiveReload(version: version)
        link.listen { message in
            switch message {
            case .changed(let change): liveReload.announce(change)
            case .ending: liveReload.end()
            }
        }
        return DevelopedApp(app: app, link: link, liveReload: liveReload)
    }
}

/// An app as `carafe dev` runs it.
struct DevelopedApp: Responder {
    let app: any Responder
    let link: ToolLink
    let liveReload: LiveReload

    func respond(to request: Request) -> Reply {
        if let reply = liveReload.respond(to: request) { return reply }
        let id = link.begin(request)
        return app.respond(to: request).map { response in
            link.tell(.answered(id))
            var response = liveReload.addScript(to: response)
            response.onClose { _ in link.tell(.ended(id)) }
            return response
        }
    }
}
