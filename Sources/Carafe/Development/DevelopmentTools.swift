package import CarafeHTTP
package import Logging

/// What the module `CarafeDevelopment` adds to an app in debug builds: one object for each app.
///
/// That module depends on this one, so it cannot be called by name. It is part of the product `Carafe`, and is found by its
/// name when an app in debug mode is put together; where it is not linked, nothing is added.
package protocol DevelopmentTools: Sendable {
    /// The tools of an app.
    init(for app: DevelopmentSubject)

    /// The app's logger, with the lines of each request remembered.
    func recording(_ logger: Logger) -> Logger

    /// The app with what the tools put around it.
    func responder(around app: any Responder) -> any Responder

    /// The hooks before a request's handler have run, and it is about to be called.
    func handlerBegins(for request: Request)

    /// The handler has returned or thrown.
    func handlerEnds(for request: Request)

    /// The answer for an error that nobody expected.
    func page(for error: any Error, _ request: Request) -> Response

    /// Whether somebody else tells where the app is served, and what it takes to use the tools.
    var isSupervised: Bool { get }

    /// Tells on the terminal, where nobody else does, what it takes to use the tools.
    func announce()
}

/// What the development tools know of their app.
package struct DevelopmentSubject: Sendable {
    package let name: String
    package let root: String
    package let config: Config
    package let signals: Signals
}

/// The development tools of this process.
enum Development {
    #if DEBUG
        /// The mangled name of `CarafeDevelopment.Workbench`, which a test of that module compares.
        private static let typeName = "17CarafeDevelopment9WorkbenchC"
        private static let type = _typeByName(typeName) as? any DevelopmentTools.Type
    #endif

    /// The tools of an app; nil in release builds, and where they are not linked.
    static func tools(for app: DevelopmentSubject) -> (any DevelopmentTools)? {
        #if DEBUG
            type?.init(for: app)
        #else
            nil
        #endif
    }
}
