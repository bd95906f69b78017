import CarafeRouting

/// What may be said of a route beside its rule, its methods and its handler.
struct RouteOptions: Sendable {
    var name: String?
    var defaults: [String: RoutingValue] = [:]
    var host: String?
    var subdomain: String?
    var strictSlashes: Bool?
    var maxContentLength: Int?
    var alias = false
    var isWebSocket = false
}

/// Where in the app's source something was declared, for messages about mistakes.
public struct DeclarationLocation: Sendable, CustomStringConvertible {
    /// The file, as `#fileID` writes it.
    public let fileID: String
    /// The line in the file.
    public let line: Int

    /// A place in the source.
    public init(fileID: String, line: Int) {
        self.fileID = fileID
        self.line = line
    }

    /// `Module/File.swift:12`
    public var description: String { "\(fileID):\(line)" }
}
