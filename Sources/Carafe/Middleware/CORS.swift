public import CarafeHTTP
import HTTPTypes

/// Lets scripts of other origins read the app's responses (CORS, as flask-cors has it).
///
/// ```swift
/// app.use(CORS())                                                                // every origin, without cookies
/// app.use(CORS(CORSPolicy(origins: ["https://shop.example", "https://*.example.org"], allowsCredentials: true)))
/// app.use(CORS(["/api/*": CORSPolicy(origins: ["https://shop.example"]), "/open/*": CORSPolicy()]))
/// ```
///
/// It answers preflight requests itself: neither routes nor hooks see them. All other responses get the fields, errors too.
/// A response that has an `Access-Control-Allow-Origin` of its own stays as it is.
public struct CORS: ConfiguredMiddleware {
    /// A policy and the paths that it is for.
    private struct Resource: Sendable {
        var pattern: String
        var paths: Wildcard
        var policy: CORSPolicy
        var origins: CORSOrigins
    }

    private var resources: [Resource]

    /// A policy for every path.
    public init(_ policy: CORSPolicy = CORSPolicy()) { self.init(["*": policy]) }

    /// Policies by the paths that they are for, in which `*` stands for any characters. A path without asterisks comes
    /// first, then the pattern with most slashes, then the longest.
    public init(_ policies: KeyValuePairs<String, CORSPolicy>) {
        resources = policies.map { pattern, policy in
            Resource(
                pattern: pattern, paths: Wildcard(pattern), policy: policy, origins: CORSOrigins(policy.origins))
        }
        resources.sort { Self.rank($0.pattern).lexicographicallyPrecedes(Self.rank($1.pattern)) }
    }

    private static func rank(_ pattern: String) -> [Int] {
        [
            Wildcard(pattern).isLiteral ? 0 : 1, -pattern.utf8.count { $0 == UInt8(ascii: "/") },
            -pattern.utf8.count,
        ]
    }

    /// Checks the origins and the paths.
    public func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware {
        for resource in resources {
            try PathPatterns.check(resource.pattern)
            try resource.policy.check()
        }
        return self
    }

    /// Answers a preflight request, and adds to what others are answered.
    public func respond(to request: Request, next: any Responder) -> Reply {
        let isFor = { (resource: Resource) in resource.paths.takesAll || resource.paths.matches(request.path) }
        guard let resource = resources.first(where: isFor) else { return next.respond(to: request) }
        let fields = resource.policy.fields(for: request, resource.origins)
        if request.method == .options, request.headers.contains(.origin),
            request.headers.contains(.accessControlRequestMethod)
        {
            return .now(fields.added(to: Response(status: .noContent)))
        }
        return next.respond(to: request).map { fields.added(to: $0) }
    }
}

/// The fields that a response gets.
struct CORSFields: Sendable {
    var fields: [(HTTPField.Name, String)] = []
    /// The fields of the request that they depend on.
    var vary: [String] = []

    mutating func set(_ name: HTTPField.Name?, _ value: String?) {
        if let name, let value, !value.utf8.isEmpty { fields.append((name, value)) }
    }

    func added(to response: Response) -> Response {
        guard !response.headers.contains(.accessControlAllowOrigin) else { return response }
        var response = response
        for (name, value) in fields { response.headers[name] = value }
        guard !vary.isEmpty else { return response }
        var names = response.headers.vary
        for name in vary { names.insert(name) }
        response.headers.vary = names
        return response
    }
}
