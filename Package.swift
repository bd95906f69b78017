// swift-tools-version:6.2
import PackageDescription

// Swift 6 language mode is the default of this tools version: strict concurrency throughout.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "carafe",
    platforms: [.macOS(.v26)],
    products: [
        // The development tools are found by name while an app runs in debug; no app imports them.
        .library(name: "Carafe", targets: ["Carafe", "CarafeDevelopment"]),
        .library(name: "CarafeHTTP", targets: ["CarafeHTTP"]),
        .library(name: "CarafeProxy", targets: ["CarafeProxy"]),
        .library(name: "CarafeRouting", targets: ["CarafeRouting"]),
        .library(name: "CarafePostgreSQL", targets: ["CarafePostgreSQL"]),
        .library(name: "CarafeServer", targets: ["CarafeServer"]),
        .library(name: "CarafeSigning", targets: ["CarafeSigning"]),
        .library(name: "CarafeSQL", targets: ["CarafeSQL"]),
        .library(name: "CarafeSQLite", targets: ["CarafeSQLite"]),
        .library(name: "CarafeTemplates", targets: ["CarafeTemplates"]),
        .library(name: "CarafeTesting", targets: ["CarafeTesting"]),
        .library(name: "CarafeTLS", targets: ["CarafeTLS"]),
        .plugin(name: "EmbedMigrations", targets: ["EmbedMigrations"]),
        .plugin(name: "EmbedTemplates", targets: ["EmbedTemplates"]),
        .executable(name: "carafe", targets: ["carafe-tool"]),
        .executable(name: "hello", targets: ["hello"]),
        .executable(name: "blog", targets: ["blog"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    ],
    targets: [
        // The rooms, from the ground up.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "CarafeHTTP",
            dependencies: [
                "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(name: "CarafeRouting", swiftSettings: settings),
        .target(
            name: "CarafeSigning",
            dependencies: [
                "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: settings
        ),
        .target(name: "CarafeTemplates", swiftSettings: settings),
        .plugin(name: "EmbedTemplates", capability: .buildTool(), dependencies: ["EmbedTool"]),
        .plugin(name: "EmbedMigrations", capability: .buildTool(), dependencies: ["EmbedTool"]),
        .executableTarget(
            name: "EmbedTool", path: "Plugins/EmbedTool", swiftSettings: settings),
        .target(
            name: "CarafeServer",
            dependencies: [
                "CarafeHTTP",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        // Where errors are thrown.
        .target(name: "CTraceback"),
        .target(
            name: "Carafe",
            dependencies: [
                "CTraceback",
                "CarafeHTTP",
                "CarafeRouting",
                "CarafeServer",
                "CarafeSigning",
                "CarafeTemplates",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),

        // Requests that another server answers.
        .target(
            name: "CarafeProxy",
            dependencies: [
                "CarafeHTTP",
                "CarafeServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),

        // TLS and HTTP/2, for apps that stand before the internet themselves.
        .target(
            name: "CarafeTLS",
            dependencies: [
                "Carafe",
                "CarafeHTTP",
                "CarafeProxy",
                "CarafeServer",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),

        // Databases. An app links the driver that it imports.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CarafeSQL", dependencies: ["Carafe"], swiftSettings: settings),
        .target(name: "CarafeSQLite", dependencies: ["CarafeSQL", "CSQLite"], swiftSettings: settings),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "CarafePostgreSQL", dependencies: ["CarafeSQL", "CPostgreSQL"], swiftSettings: settings),

        .target(
            name: "CarafeDevelopment",
            dependencies: [
                "CTraceback",
                "Carafe",
                "CarafeHTTP",
                "CarafeServer",
                "CarafeSigning",
                "CarafeTemplates",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "CarafeTesting",
            dependencies: [
                "Carafe",
                "CarafeHTTP",
                "CarafeServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),

        // The developer's tool. Its module is carafe_tool, which no file system confuses with Carafe. It shares sources with
        // CarafeDevelopment, by a link: of that module there is nothing in release builds.
        .executableTarget(
            name: "carafe-tool",
            dependencies: [
                "Carafe",
                "CarafeHTTP",
                "CarafeSQL",
                "CarafeServer",
                "CarafeSigning",
                "CarafeTemplates",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["templates"], swiftSettings: settings + [.define("CARAFE_TOOL")], plugins: ["EmbedTemplates"]),

        // The examples.
        .executableTarget(
            name: "hello", dependencies: ["Carafe", "CarafeDevelopment"], path: "Examples/Hello",
            swiftSettings: settings),
        .executableTarget(
            name: "blog",
            dependencies: ["Carafe", "CarafeDevelopment", "CarafePostgreSQL", "CarafeSQL", "CarafeSQLite"],
            path: "Examples/Blog",
            exclude: ["migrations", "static", "templates"], swiftSettings: settings,
            plugins: ["EmbedMigrations", "EmbedTemplates"]),

        .executableTarget(
            name: "migrating", dependencies: ["Carafe", "CarafePostgreSQL", "CarafeSQL", "CarafeSQLite"],
            path: "Examples/Migrating", exclude: ["README.md", "flask", "static", "templates"], sources: ["carafe"],
            swiftSettings: settings),

        // The benchmarks of single modules, which `make bench` runs.
        .executableTarget(
            name: "http1-benchmark",
            dependencies: [
                "CarafeHTTP",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Benchmarks/HTTP1", swiftSettings: settings),
        .executableTarget(
            name: "routing-benchmark", dependencies: ["CarafeRouting", "CountingMalloc"],
            path: "Benchmarks/Routing", swiftSettings: settings),
        .executableTarget(
            name: "templates-benchmark", dependencies: ["CarafeTemplates"], path: "Benchmarks/Templates",
            swiftSettings: settings),
        .executableTarget(
            name: "pages", dependencies: ["Carafe", "CarafePostgreSQL", "CarafeSQL", "CarafeSQLite"],
            path: "Benchmarks/Pages",
            exclude: ["compare.py", "flask_app.py", "fastapi_app.py", "seed.py", "templates"],
            swiftSettings: settings),
        .executableTarget(
            name: "bench-app", dependencies: ["Carafe", "CarafeTLS"], path: "Benchmarks/Services/App",
            swiftSettings: settings),
        .executableTarget(
            name: "postgresql-benchmark",
            dependencies: ["CarafePostgreSQL", "CarafeSQL", "CPostgreSQL"],
            path: "Benchmarks/PostgreSQL", swiftSettings: settings),
        .executableTarget(
            name: "sql-benchmark", dependencies: ["CarafeSQL", "CarafeSQLite", "CSQLite"], path: "Benchmarks/SQL",
            swiftSettings: settings),
        .target(name: "CountingMalloc", path: "Benchmarks/CountingMalloc"),

        // The parsers that `make fuzz` runs, and `make test` in short.
        .target(
            name: "FuzzEntries",
            dependencies: [
                "Carafe",
                "CarafeHTTP",
                "CarafeRouting",
                "CarafeSigning",
                "CarafeTemplates",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Fuzz/Entries", swiftSettings: settings),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzEntries"], path: "Fuzz/Tests", swiftSettings: settings),

        // The tests, one target for each room, and what they share.
        .target(
            name: "TestSupport", dependencies: [.product(name: "Logging", package: "swift-log")],
            path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "TemplateCases", dependencies: ["CarafeTemplates"], path: "Tests/TemplateCases",
            swiftSettings: settings),
        // Answers for Carafe in `make templates-corpus`.
        .executableTarget(
            name: "templates-corpus", dependencies: ["CarafeTemplates", "TemplateCases"], path: "Tests/TemplatesCorpus",
            swiftSettings: settings),
        .testTarget(
            name: "CarafeHTTPTests",
            dependencies: [
                "CarafeHTTP",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            exclude: ["Differential", "Forms/Vectors"], swiftSettings: settings),
        .testTarget(
            name: "CarafeRoutingTests", dependencies: ["CarafeRouting", "TestSupport"], exclude: ["Differential"],
            swiftSettings: settings),
        .testTarget(
            name: "CarafeSigningTests", dependencies: ["CarafeSigning", "TestSupport"], exclude: ["Differential"],
            swiftSettings: settings),
        // What every database does in the same way, for the tests of each driver.
        .target(
            name: "SQLSuites", dependencies: ["CarafeSQL", "TestSupport"], path: "Tests/SQLSuites",
            exclude: ["alembic_commands.py"], swiftSettings: settings),
        .testTarget(
            name: "CarafeSQLTests", dependencies: ["CarafeSQL", "CarafeSQLite", "SQLSuites", "TestSupport"],
            exclude: ["Migrations/Differential"], swiftSettings: settings),
        .testTarget(
            name: "CarafeSQLFrameworkTests",
            dependencies: ["Carafe", "CarafeSQL", "CarafeSQLite", "CarafeTesting", "TestSupport"],
            exclude: ["migrations"],
            swiftSettings: settings, plugins: ["EmbedMigrations"]),
        .testTarget(
            name: "CarafeSQLiteTests",
            dependencies: ["CarafeSQL", "CarafeSQLite", "CSQLite", "SQLSuites", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "CarafePostgreSQLTests", dependencies: ["CarafePostgreSQL", "CarafeSQL", "SQLSuites", "TestSupport"],
            exclude: ["Differential"], swiftSettings: settings),
        .testTarget(
            name: "CarafeTemplatesTests", dependencies: ["CarafeTemplates", "TemplateCases", "TestSupport"],
            exclude: ["Differential", "templates", "Vectors"], swiftSettings: settings, plugins: ["EmbedTemplates"]),
        .testTarget(
            name: "CarafeServerTests",
            dependencies: [
                "CarafeHTTP",
                "CarafeServer",
                "CarafeTesting",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CarafeProxyTests",
            dependencies: [
                "Carafe",
                "CarafeHTTP",
                "CarafeProxy",
                "CarafeServer",
                "CarafeTesting",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["Servers/flask_server.py"], swiftSettings: settings),
        .testTarget(
            name: "CarafeTLSTests",
            dependencies: [
                "Carafe",
                "CarafeHTTP",
                "CarafeProxy",
                "CarafeServer",
                "CarafeTLS",
                "CarafeTesting",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            exclude: ["HTTP2/clients"], swiftSettings: settings),
        .testTarget(
            name: "CarafeTests",
            dependencies: [
                "Carafe",
                "CarafeHTTP",
                "CarafePostgreSQL",
                "CarafeProxy",
                "CarafeSQL",
                "CarafeSQLite",
                "CarafeServer",
                "CarafeTLS",
                "CarafeTesting",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: [
                "Commands/Differential", "Commands/Shell/shell_pty.py", "Configuration/Differential",
                "Files/Differential", "JSON/Differential",
                "Lifecycle/Differential", "Middleware/Differential", "Sessions/Differential", "WebSockets/Differential",
            ],
            swiftSettings: settings),
        // An app whose handlers do what none should, for the tests of workers.
        .executableTarget(
            name: "chaos-app", dependencies: ["Carafe"], path: "Tests/ChaosApp", swiftSettings: settings),
        .testTarget(
            name: "WorkerTests", dependencies: ["chaos-app", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "BlogTests",
            dependencies: [
                "blog", "Carafe", "CarafeTesting", "TestSupport", .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MigratingTests", dependencies: ["migrating", "TestSupport"], exclude: ["browse.py", "serve.py"],
            swiftSettings: settings),
        // The app that the development server's tests serve.
        .executableTarget(
            name: "developed-app", dependencies: ["Carafe", "CarafeDevelopment"], path: "Tests/DevelopedApp",
            swiftSettings: settings),
        .testTarget(
            name: "CarafeToolTests",
            dependencies: [
                "Carafe",
                "carafe-tool",
                "CarafeServer",
                "developed-app",
                "CarafeTemplates",
                "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Deploy/validate.py", "Deploy/validated.txt"], swiftSettings: settings),
        .testTarget(
            name: "CarafeDevelopmentTests",
            dependencies: [
                "Carafe",
                "CarafeDevelopment",
                "CarafeHTTP",
                "CarafeServer",
                "CarafeSQL",
                "CarafeSQLite",
                "CarafeTemplates",
                "CarafeTesting",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .testTarget(name: "CarafeTestingTests", dependencies: ["CarafeTesting"], swiftSettings: settings),
    ]
)
