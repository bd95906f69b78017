import Foundation
import Testing

@testable import carafe_tool

@Suite("What carafe deploy init finds out of an app")
struct DeployedAppTests {
    private func app(
        _ target: String, files: [String: String] = [:], others: String = "", dependencies: String = "",
        environment: [String: String] = [:]
    ) throws -> DeployedApp {
        let fixture = try ToolFixture(files)
        let json = """
            {"name": "pack", "products": [], "dependencies": [\(dependencies.replacing("ROOT", with: fixture.folder))],
             "targets": [{"name": "web", "type": "executable", \(target)}\(others)]}
            """
        let package = try JSONDecoder().decode(DescribedPackage.self, from: Data(json.utf8))
        return try DeployedApp(package, product: "web", root: fixture.folder, environment: environment)
    }

    private static func products(_ names: String...) -> String {
        "\"dependencies\": ["
            + names.map { "{\"product\": [\"\($0)\", \"carafe\", null, null]}" }.joined(separator: ", ")
            + "]"
    }

    @Test(
        "the database is what it links: PostgreSQL before SQLite",
        arguments: [
            (["Carafe"], false, false, ["zlib1g"]), (["CarafeSQLite"], false, true, ["zlib1g", "libsqlite3-0"]),
            (["CarafePostgreSQL", "CarafeSQLite"], true, false, ["zlib1g", "libsqlite3-0", "libpq5"]),
        ])
    func databases(products: [String], postgreSQL: Bool, sqlite: Bool, packages: [String]) throws {
        let app = try app(
            "\"dependencies\": [" + products.map { "{\"product\": [\"\($0)\"]}" }.joined(separator: ",") + "]")
        #expect(app.hasPostgreSQL == postgreSQL && app.hasSQLite == sqlite)
        #expect(app.libraries.map(\.runtimePackage) == packages)
    }

    @Test("what its own libraries link counts too, and what tests link does not")
    func libraries() throws {
        let app = try app(
            "\"dependencies\": [{\"byName\": [\"Core\", null]}]",
            others: """
                , {"name": "Core", "type": "regular", \(Self.products("CarafePostgreSQL")), "resources": [{"path": "a"}]},
                {"name": "webTests", "type": "test", \(Self.products("CarafeSQLite"))}
                """)
        #expect(app.hasPostgreSQL && !app.modules.contains("CarafeSQLite"))
        #expect(app.bundles == ["pack_Core.resources"])
    }

    @Test(
        "folders are those that the app finds: the first place with static or templates",
        arguments: [
            (["static/a", "templates/a", "migrations/versions/a"], ["static", "templates", "migrations"]),
            (["Sources/web/static/a", "templates/a"], ["Sources/web/static"]),
            (["Sources/templates/a", "static/a"], ["Sources/templates"]), (["migrations/a"], ["migrations"]), ([], []),
        ])
    func folders(files: [String], expected: [String]) throws {
        let files = Dictionary(uniqueKeysWithValues: files.map { ($0, "") })
        let app = try app(Self.products("CarafeSQLite"), files: files)
        #expect(app.folders.map(\.source) == expected)
        #expect(app.hasMigrations == expected.contains("migrations"))
    }

    @Test("migrations of an app without a database are somebody else's")
    func foreignMigrations() throws {
        let app = try app(Self.products("Carafe"), files: ["migrations/versions/a.py": ""])
        #expect(!app.hasMigrations && app.folders.isEmpty)
    }

    @Test("what plugins make part of the executable is no folder beside it")
    func embedded() throws {
        let app = try app(
            Self.products("CarafeSQLite")
                + ", \"pluginUsages\": [{\"plugin\": [\"EmbedTemplates\", \"carafe\"]}, {\"plugin\": [\"EmbedMigrations\", null]}]",
            files: ["Sources/web/templates/a": "", "Sources/web/static/a": "", "Sources/web/migrations/a": ""])
        #expect(app.folders.map(\.source) == ["Sources/web/static"] && app.hasMigrations)
    }

    @Test(
        "TLS and what proxies say are seen in the sources",
        arguments: [
            ("app.install(TLS(certificate: \"a\"))", true, false), ("// app.install(TLS())", false, false),
            ("app.install(MyTLS())", false, false), ("app.install(HTTP2())", false, false),
            ("var tls = TLS()", true, false), ("app.use(ProxyHeaders(for: 2))", false, true),
        ])
    func sources(source: String, tls: Bool, proxy: Bool) throws {
        let app = try app(Self.products("Carafe", "CarafeTLS"), files: ["Sources/web/App.swift": source])
        #expect(app.hasTLS == tls && app.readsProxyHeaders == proxy)
    }

    @Test("an app that does not link TLS speaks none, whatever it calls TLS")
    func otherTLS() throws {
        let app = try app(Self.products("Carafe"), files: ["Sources/web/App.swift": "let a = TLS()"])
        #expect(!app.hasTLS)
    }

    @Test(
        "the port is the configured one, unless it needs privileges",
        arguments: [([:], 8000), (["CARAFE_RUN_PORT": "9000"], 9000), (["CARAFE_RUN_PORT": "80"], 8000)])
    func port(environment: [String: String], port: Int) throws {
        #expect(try app(Self.products("Carafe"), environment: environment).port == port)
    }

    @Test("packages of this machine are told apart: within the app's, and elsewhere")
    func packages() throws {
        let app = try app(
            Self.products("Carafe"),
            dependencies: """
                {"fileSystem": [{"path": "ROOT/Packages/Words"}]}, {"fileSystem": [{"path": "/src/My Carafe"}]}
                """)
        #expect(app.packages.map(\.path) == ["Packages/Words", "/src/My Carafe"])
        #expect(app.outerPackages.map(\.buildContext) == ["--build-context my-carafe=\"/src/My Carafe\""])
    }

    @Test(
        "names become names of services, databases and users",
        arguments: [
            ("guest_book", "guest-book", "guest_book"), ("Blog2", "blog2", "blog2"), ("_2x.y_", "x-y", "x_y"),
            ("on", "on-app", "on_app"),
            (
                "a_very_long_name_that_no_user_of_linux_could_have", "a-very-long-name-that-no-user-o",
                "a_very_long_name_that_no_user_o"
            ),
        ])
    func names(name: String, slug: String, identifier: String) throws {
        let app = try DeployedApp(name: name)
        #expect(app.slug == slug && app.identifier == identifier)
    }

    @Test("names that no file can hold are refused", arguments: ["", "a b", "a\"b", "größe", "123"])
    func refused(name: String) { #expect(throws: ToolError.self) { try DeployedApp(name: name) } }

    @Test("folders that no file can hold are refused", arguments: ["/a\"b", "/a$b", "/a\nb", "/a`b", "/a\\b"])
    func refusedFolder(folder: String) {
        #expect(throws: ToolError.self) { try DeployedApp.LocalPackage(folder: folder, root: nil) }
    }
}
