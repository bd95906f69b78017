public import CarafeHTTP
import CarafeServer

/// Middleware that has to know its app's configuration, or that checks its own before the app serves.
///
/// ```swift
/// struct Quota: ConfiguredMiddleware {
///     var limit: Int
///
///     func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware {
///         guard limit > 0 else { throw ConfigurationProblem("The quota is \(limit).", hint: "Give at least 1.") }
///         return self
///     }
///
///     func respond(to request: Request, next: any Responder) -> Reply { next.respond(to: request) }
/// }
/// ```
public protocol ConfiguredMiddleware: Middleware {
    /// The middleware as it stands around an app; called once, when everything else of the app has been declared.
    ///
    /// - Parameter config: the app's configuration, which it may complete
    /// - Throws: ``ConfigurationProblem``, which is reported with the app's others at the place of ``App/use(_:fileID:line:)``
    func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware
}

extension PeerList {
    /// The peers that middleware is told of.
    ///
    /// - Throws: ``ConfigurationProblem`` where one of them is no peer
    init(configured peers: [String]) throws(ConfigurationProblem) {
        do throws(ServerError) {
            try self.init(peers)
        } catch {
            throw ConfigurationProblem(error.message, hint: error.hint)
        }
    }
}

/// Middleware and where it was put around its app.
struct PlacedMiddleware: Sendable {
    var middleware: any Middleware
    var location: DeclarationLocation
}

extension App.State {
    /// Has the middleware see the configuration; what is wrong joins the app's problems.
    mutating func configureMiddleware() {
        for index in middleware.indices {
            guard let configurable = middleware[index].middleware as? any ConfiguredMiddleware else { continue }
            do throws(ConfigurationProblem) {
                middleware[index].middleware = try configurable.configured(by: &config)
            } catch {
                var problem = error
                problem.location = problem.location ?? middleware[index].location
                problems.append(problem)
            }
        }
    }
}
