public import CarafeHTTP
import Synchronization

extension App {
    /// Has `responder` answer, below a path, what no route of this app does: Werkzeug's `DispatcherMiddleware`, and the way to
    /// replace another server route by route.
    ///
    /// ```swift
    /// app.get("/") { "new" }
    /// app.mount("/", Proxy("http://127.0.0.1:5000"))  // everything else is still Flask's
    /// ```
    ///
    /// A route of the app comes first, for the methods that it has: of a path that the app has for GET alone, a POST goes to the
    /// responder. So do requests for static files that are not there. Of several responders, the one with the longest path answers.
    /// It sees the path below its own, which is the request's script root.
    ///
    /// The app's middleware, its access log and its trusted hosts stand around it; its hooks, sessions and error handlers do not.
    ///
    /// - Parameter prefix: the path, without variables; `/` for all paths
    public func mount(
        _ prefix: String, _ responder: any Responder, fileID: String = #fileID, line: Int = #line
    ) {
        mount(prefix, .responder(responder), DeclarationLocation(fileID: fileID, line: line))
    }

    /// Has another app answer, below a path, what no route of this app does. Its start-up and shutdown hooks run with this app's,
    /// and its middleware stands around it; where and how it is served is this app's to say.
    public func mount(_ prefix: String, _ app: App, fileID: String = #fileID, line: Int = #line) {
        mount(prefix, .app(app), DeclarationLocation(fileID: fileID, line: line))
    }

    private func mount(_ prefix: String, _ what: MountDeclaration.What, _ location: DeclarationLocation) {
        registry.declare(at: location) { _ in
            state.withLock {
                $0.mounts.append(MountDeclaration(prefix: prefix, what: what, location: location))
            }
        }
    }
}

/// A responder or an app that another app is to have below a path.
struct MountDeclaration: Sendable {
    enum What: Sendable {
        case responder(any Responder)
        case app(App)
    }

    let prefix: String
    let what: What
    let location: DeclarationLocation
}
