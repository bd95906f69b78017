import Foundation

@testable import carafe_tool

/// Apps that differ in all that the files depend on.
enum DeploymentSample: String, CaseIterable {
    /// A service without a database.
    case api
    /// PostgreSQL, migrations and files beside the executable, packages of this machine; behind nginx.
    case shop
    /// SQLite and TLS, nobody before it.
    case blog

    var parts: Set<DeploymentPart> {
        Set(Deployment.order).subtracting(self == .blog ? [.nginx] : [])
    }

    var deployment: Deployment {
        get throws {
            switch self {
            case .api: return Deployment(app: try DeployedApp(name: "Api2"))
            case .shop:
                var app = try DeployedApp(name: "web_shop")
                app.modules = ["Carafe", "CarafeSQL", "CarafePostgreSQL", "CarafeSQLite"]
                app.folders = [
                    .init(name: "static", source: "Sources/web_shop/static"),
                    .init(name: "migrations", source: "Sources/web_shop/migrations"),
                ]
                app.bundles = ["web_shop_web_shop.resources"]
                app.packages = [
                    try .init(folder: "/src/my carafe", root: "/src/shop"),
                    try .init(folder: "/src/shop/Packages/words", root: "/src/shop"),
                ]
                (app.hasMigrations, app.readsProxyHeaders) = (true, true)
                return Deployment(
                    app: app, host: "shop.test", image: ImageName("registry.test:5000/shop/web:1.2.3"))
            case .blog:
                var app = try DeployedApp(name: "blog")
                app.modules = ["Carafe", "CarafeSQL", "CarafeSQLite", "CarafeTLS"]
                app.folders = [.init(name: "templates", source: "templates")]
                (app.hasMigrations, app.hasTLS, app.port) = (true, true, 8001)
                return Deployment(app: app, host: "123", image: nil)
            }
        }
    }

    var files: [GeneratedFile] { get throws { try deployment.files(for: parts) } }

    /// The text of one of them.
    func text(_ path: String) throws -> String {
        try files.first { $0.path == path }?.text ?? "(there is no \(path))"
    }

    /// All of them in a folder of their own.
    func written() throws -> ToolFixture {
        let fixture = try ToolFixture([:])
        for file in try files { try file.write(to: fixture.folder) }
        return fixture
    }
}
