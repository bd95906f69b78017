import CarafeHTTP
import Logging

/// What the module `CarafeDevelopment` adds to an app in debug builds.
///
/// That module depends on this one, so it cannot be called by name. It is part of the product `Carafe`, and is found by its
/// name when the app starts; where it is not linked, nothing is added.
package protocol DevelopmentTools: SendableMetatype {
    /// The app with what the tools put around it; nil where they have nothing to do.
    static func responder(around app: any Responder, logger: Logger) -> (any Responder)?
}

/// The development tools of this process.
enum Development {
    #if DEBUG
        /// The mangled name of `CarafeDevelopment.Workbench`, which a test of that module compares.
        private static let typeName = "17CarafeDevelopment9WorkbenchO"
        static let tools = _typeByName(typeName) as? any DevelopmentTools.Type
    #else
        static let tools: (any DevelopmentTools.Type)? = nil
    #endif
}
