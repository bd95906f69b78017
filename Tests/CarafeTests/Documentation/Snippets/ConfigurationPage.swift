import Carafe
import NIOCore
import Synchronization

/// The snippets of docs/guide/configuration.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum ConfigurationPage {
    static func values(_ app: App) {
        app.config.secretKey = "only-for-development"
        app.config.maxContentLength = 1 << 20
        app.config["MAIL_SERVER"] = "localhost"
        app.config["MAIL_PORT"] = 25

        app.get("/mail") { request in
            let server = try request.config.string("MAIL_SERVER") ?? "nowhere"
            let port = try request.config.int("MAIL_PORT") ?? 0
            return "\(server):\(port)"
        }
    }

    static func jsonFile(_ app: App) throws {
        try app.config.loadJSON("\(app.root)/config.json")
    }

    static func logging(_ app: App) {
        app.logger.logLevel = .debug
        app.get("/work") { request in
            request.logger.debug("working", metadata: ["path": .string(request.path)])
            return "done"
        }
    }

    static func command(_ app: App) {
        struct Seed: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Fill the database with examples.")

            @Argument(help: "How many posts.")
            var count = 10

            func run() async throws {
                guard let app = App.current else { return }
                print("\(app.name): \(count) posts")
            }
        }

        app.command(Seed.self)
    }

    static func ownExtension(_ app: App) {
        struct Health: Extension {
            var path = "/health"

            func install(in app: App) throws {
                app.get(path, name: "health") { "ok" }
            }
        }

        app.install(Health())
    }
}
