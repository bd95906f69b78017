/// A part of an app: routes below a prefix, with hooks, error handlers and static files of their own.
///
/// ```swift
/// let blog = Blueprint("blog", prefix: "/blog")
/// blog.get("/<int:id>", name: "show") { (id: Int) in "Post \(id)" }     // endpoint "blog.show"
/// app.register(blog)
/// ```
///
/// A blueprint may hold others; the prefixes and names join: `admin` within `blog` makes endpoints `blog.admin.…`.
/// The same blueprint may be registered several times under different names.
public final class Blueprint: Scaffold {
    /// The name, which begins the names of its endpoints. It contains no dot.
    public let name: String
    /// The path that its rules are below; empty for none.
    public let prefix: String
    /// The subdomain that its rules are for, where the app matches subdomains.
    public let subdomain: String?
    /// The folder of its templates, relative to the app's root; nil for none.
    public let templateFolder: String?
    /// Where the declarations are kept until the app starts.
    public let registry = Registry()

    let location: DeclarationLocation

    /// A blueprint.
    ///
    /// - Parameters:
    ///   - name: the name, which begins the names of its endpoints
    ///   - prefix: the path that its rules are below, such as `/blog`
    ///   - subdomain: the subdomain that its rules are for
    ///   - staticFolder: a folder of files served below the prefix, relative to the app's root
    ///   - staticPath: where below the prefix they are served; by default the folder's last name
    ///   - templateFolder: the folder of its templates, relative to the app's root
    public init(
        _ name: String, prefix: String = "", subdomain: String? = nil, staticFolder: String? = nil,
        staticPath: String? = nil, templateFolder: String? = nil, fileID: String = #fileID, line: Int = #line
    ) {
        self.name = name
        self.prefix = prefix
        self.subdomain = subdomain
        self.templateFolder = templateFolder
        location = DeclarationLocation(fileID: fileID, line: line)
        if let staticFolder {
            registry.declare(at: location) {
                $0.staticFolders.append(StaticFolder(folder: staticFolder, path: staticPath, location: location))
            }
        }
    }

    /// Runs `declare` on the app that this blueprint is registered on: for hooks, error handlers and routes of the
    /// whole app that the blueprint brings with it (Flask's `before_app_request`, `app_errorhandler`, …).
    ///
    /// ```swift
    /// blog.onApp { app in app.onError(.notFound) { _, _ in HTML("<h1>Nothing here</h1>").status(.notFound) } }
    /// ```
    public func onApp(fileID: String = #fileID, line: Int = #line, _ declare: @escaping @Sendable (App) -> Void) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) { $0.appWide.append(declare) }
    }
}

extension Scaffold {
    /// Adds a blueprint's routes to this app or blueprint.
    ///
    /// - Parameters:
    ///   - blueprint: the blueprint
    ///   - prefix: the path below which it goes, instead of its own
    ///   - subdomain: the subdomain that it is for, instead of its own
    ///   - name: the name that begins its endpoints, instead of its own; needed where it is registered twice
    public func register(
        _ blueprint: Blueprint, prefix: String? = nil, subdomain: String? = nil, name: String? = nil,
        fileID: String = #fileID, line: Int = #line
    ) {
        let location = DeclarationLocation(fileID: fileID, line: line)
        registry.declare(at: location) {
            $0.children.append(
                Declarations.Child(
                    blueprint: blueprint, name: name ?? blueprint.name, prefix: prefix ?? blueprint.prefix,
                    subdomain: subdomain ?? blueprint.subdomain, location: location))
        }
    }
}
