import Carafe
import CarafeTesting
import Testing

@Suite("Declaring after the start")
struct LateRegistrationTests {
    @Test("a late route is ignored and logged as critical with its place")
    func route() async throws {
        let (app, log) = smallApp()
        app.get("/") { "on time" }
        try await app.test { client async throws in
            app.get("/late") { "late" }; let line = #line
            #expect(try await client.get("/late").status == .notFound)
            #expect(try await client.get("/").text == "on time")
            #expect(
                log.containing("critical") == [
                    """
                    critical: The declaration at CarafeTests/LateRegistrationTests.swift:\(line) came after the app had \
                    started and was ignored: requests would be answered inconsistently. Declare routes, hooks and error \
                    handlers before main() or test().
                    """
                ])
        }
    }

    static let declarations: [@Sendable (App, Blueprint) -> Void] = [
        { app, _ in app.beforeRequest { _ in Response("late") } },
        { app, _ in app.afterRequest { _, response in response = Response("late") } },
        { app, _ in app.teardownRequest { _, _ in } },
        { app, _ in app.onError(.notFound) { _, _ in "late" } },
        { app, _ in app.register(Blueprint("late")) },
        { app, _ in app.onStartup {} },
        { app, _ in app.onShutdown {} },
        { app, _ in app.onURLBuildError { _, _, _ in "/late" } },
        { app, _ in app.converter("late") { _ in throw Abort(.gone) } },
        { app, _ in app.config.maxContentLength = 1 },
        { app, _ in app.serverConfiguration.keepAliveTimeout = .seconds(1) },
        { app, _ in app.formLimits.parts = 1 },
        { _, blueprint in blueprint.get("/late") { "late" } },
        { _, blueprint in blueprint.beforeRequest { _ in Response("late") } },
    ]

    @Test("so is everything else, on the app and on its blueprints", arguments: declarations.indices)
    func others(index: Int) async throws {
        let (app, log) = smallApp()
        app.get("/") { "on time" }
        let blueprint = Blueprint("blog", prefix: "/blog")
        blueprint.get("/") { "on time" }
        app.register(blueprint)
        try await app.test { client async throws in
            Self.declarations[index](app, blueprint)
            #expect(log.containing("critical").count == 1)
            for path in ["/", "/blog/"] { #expect(try await client.get(path).text == "on time") }
        }
    }
}
