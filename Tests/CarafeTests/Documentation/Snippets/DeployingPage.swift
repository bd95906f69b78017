import Carafe

/// The snippets of docs/deploying.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum DeployingPage {
    static func compression(_ app: App) {
        app.use(BodyDigest())
        app.use(Compression())
    }

    static func health(_ app: App) {
        @Sendable func pingSearch() async throws {}
        app.install(Health())
        app.addReadinessCheck("search") { try await pingSearch() }
    }

    static func limits(_ app: App) {
        app.serverConfiguration.keepAliveTimeout = .seconds(15)
        app.serverConfiguration.limits.target = 16 * 1024
        app.formLimits.files = 10
    }
}
