import CarafeHTTP
import Synchronization

/// Answers the probes of load balancers and orchestrators: `/livez` while the app runs, `/readyz` while it wants requests and its
/// checks pass.
///
/// ```swift
/// app.install(Health())
/// app.addReadinessCheck("search") { try await search.ping() }
/// ```
///
/// They are answered on a port of their own, which `--health-port` or `HEALTH_PORT` names, and on the app's own where
/// ``isPublic`` says so; neither middleware nor the access log sees them. A service that drains is not ready. `/readyz?verbose`
/// tells in JSON which check failed, but not why: that is logged.
public struct Health: Extension {
    /// Whether the probes are answered where the app is served, too; false.
    public var isPublic = false

    /// Where it is told that the process lives.
    public var livePath = "/livez"

    /// Where it is told that the app wants requests.
    public var readyPath = "/readyz"

    /// How long a check may take; 2 s. One that takes longer has failed.
    public var checkTimeout = Duration.seconds(2)

    /// How long the results of the checks count; 1 s. Probes in between do not run them again.
    public var cacheTime = Duration.seconds(1)

    /// Probes with the defaults.
    ///
    /// - Parameter isPublic: whether they are answered where the app is served, too
    public init(isPublic: Bool = false) { self.isPublic = isPublic }

    /// Has the probes answered when the app starts.
    public func install(in app: App) throws {
        for path in [livePath, readyPath] where path.utf8.first != UInt8(ascii: "/") {
            throw ConfigurationProblem(
                "The path '\(path)' of a health probe does not begin with a slash.", hint: "Name it '/\(path)'.")
        }
        app.state.withLock { $0.health = self }
    }
}

extension App {
    /// Has `/readyz` of ``Health`` fail while `check` throws. Checks run side by side.
    ///
    /// - Parameter name: what the check is called where its failure is told
    public func addReadinessCheck(
        _ name: String, fileID: String = #fileID, line: Int = #line,
        _ check: @escaping @Sendable () async throws -> Void
    ) {
        declare(fileID, line) { $0.readinessChecks.append(ReadinessCheck(name: name, run: check)) }
    }
}

/// What must hold for an app to be ready.
struct ReadinessCheck: Sendable {
    let name: String
    let run: @Sendable () async throws -> Void
}
