import CarafeHTTP
public import HTTPTypes

/// What scripts of other origins may do.
public struct CORSPolicy: Sendable {
    /// The origins, as `https://example.com`, as a pattern in which `*` stands for any characters (`https://*.example.com`,
    /// `http://localhost:*`), as `null` for pages without one, or `*` for all.
    public var origins: [String]
    /// The methods that preflight requests are told.
    public var methods: [HTTPRequest.Method]
    /// The fields that requests may have, in which `*` stands for any characters.
    public var allowedHeaders: [String]
    /// The fields of a response that scripts may read, beside the usual ones.
    public var exposedHeaders: [String]
    /// Whether requests may have cookies and other credentials. Not together with all origins: every page that a user visits
    /// could act as the user.
    public var allowsCredentials: Bool
    /// For how long browsers may keep the answer to a preflight request; nil says nothing, which is 5 s.
    public var maxAge: Duration?
    /// Whether all origins are told as `*` instead of the one that asks; the response is then the same for all.
    public var sendsWildcard: Bool
    /// Whether pages of public addresses may send requests to this one in a private network.
    public var allowsPrivateNetwork: Bool

    /// A policy; unless told, that every origin may send every request without credentials.
    public init(
        origins: [String] = ["*"],
        methods: [HTTPRequest.Method] = [.delete, .get, .head, .options, .patch, .post, .put],
        allowedHeaders: [String] = ["*"], exposedHeaders: [String] = [], allowsCredentials: Bool = false,
        maxAge: Duration? = nil, sendsWildcard: Bool = false, allowsPrivateNetwork: Bool = false
    ) {
        self.origins = origins
        self.methods = methods
        self.allowedHeaders = allowedHeaders
        self.exposedHeaders = exposedHeaders
        self.allowsCredentials = allowsCredentials
        self.maxAge = maxAge
        self.sendsWildcard = sendsWildcard
        self.allowsPrivateNetwork = allowsPrivateNetwork
    }

    /// - Throws: ``ConfigurationProblem`` where browsers would refuse it, or no origin could match
    func check() throws(ConfigurationProblem) {
        for origin in origins where !CORSOrigins.isReadable(origin) {
            throw ConfigurationProblem(
                "'\(origin)' is no origin, and no page would match it.",
                hint: "Write a scheme and a host without a path, such as https://example.com or https://*.example.com.")
        }
        if allowsCredentials, let origin = origins.first(where: { CORSOrigins.takesAll($0) }) {
            throw ConfigurationProblem(
                "CORS lets every origin ('\(origin)') send credentials: any page could act as its visitor.",
                hint:
                    "List the origins that may, such as origins: [\"https://example.com\"], or leave allowsCredentials."
            )
        }
    }

    // MARK: - The fields

    func fields(for request: Request, _ known: CORSOrigins) -> CORSFields {
        var fields = CORSFields()
        let isConstant = known.takesAll && sendsWildcard
        if !isConstant { fields.vary.append("Origin") }
        guard let origin = allowedOrigin(for: request, known) else { return fields }
        fields.set(.accessControlAllowOrigin, origin)
        fields.set(.accessControlExposeHeaders, exposedHeaders.sorted().joined(separator: ", "))
        if allowsCredentials { fields.set(.accessControlAllowCredentials, "true") }
        if Self.asksForPrivateNetwork.map({ request.headers[$0]?.utf8.elementsEqual("true".utf8) ?? false }) ?? false {
            fields.set(Self.allowPrivateNetwork, allowsPrivateNetwork ? "true" : "false")
        }
        if request.method == .options { addPreflight(to: &fields, request) }
        return fields
    }

    /// The origin that the response is told to be for; nil where it is for none.
    private func allowedOrigin(for request: Request, _ known: CORSOrigins) -> String? {
        let origins = request.headers[values: .origin]
        // Without the field it is no page of another origin; the answer may be cached for one.
        guard let origin = origins.first else {
            if known.takesAll { return "*" }
            return known.only
        }
        if known.takesAll, sendsWildcard { return "*" }
        return origins.count == 1 && known.contains(origin) ? origin : nil
    }

    /// What a preflight request asks for, as far as it is allowed.
    private func addPreflight(to fields: inout CORSFields, _ request: Request) {
        fields.vary += ["Access-Control-Request-Method", "Access-Control-Request-Headers"]
        guard let method = request.headers[.accessControlRequestMethod],
            methods.contains(where: {
                HostNames.lowercased($0.rawValue).utf8.elementsEqual(HostNames.lowercased(method).utf8)
            })
        else { return }
        let allowed = allowedHeaders.map { Wildcard(HostNames.lowercased($0)) }
        let asked = HeaderValue.parseList(request.headers.combined(.accessControlRequestHeaders) ?? "")
        let headers = asked.filter { name in
            HTTPField.Name(name) != nil && allowed.contains { $0.matches(HostNames.lowercased(name)) }
        }
        fields.set(.accessControlAllowHeaders, headers.sorted().joined(separator: ", "))
        fields.set(.accessControlMaxAge, maxAge.map { String($0.components.seconds) })
        fields.set(.accessControlAllowMethods, methods.map(\.rawValue).sorted().joined(separator: ", "))
    }

    private static let asksForPrivateNetwork = HTTPField.Name("Access-Control-Request-Private-Network")
    private static let allowPrivateNetwork = HTTPField.Name("Access-Control-Allow-Private-Network")
}
