import Carafe
import CarafeTesting
import Foundation
import TestSupport
import Testing

@Suite("The routes command", .serialized)
struct RoutesCommandTests {
    /// An app and what `flask routes` says of it.
    struct Case: Decodable {
        struct Route: Decodable {
            var rule: String
            var endpoint: String
            var methods: [String]
            var host: String?
            var subdomain: String?
            var blueprint: String?
        }

        var routes: [Route]
        var matching: String
        var arguments: [String]
        var output: String

        /// The same app.
        var app: App {
            let (app, _) = smallApp()
            app.hostMatching = matching == "host"
            app.subdomainMatching = matching == "subdomain"
            var blueprints: [String: Blueprint] = [:]
            for route in routes {
                var target: any Scaffold = app
                if let name = route.blueprint {
                    let blueprint = blueprints[name] ?? Blueprint(name, prefix: "/\(name)")
                    blueprints[name] = blueprint
                    target = blueprint
                }
                target.route(
                    route.rule, methods: route.methods.compactMap { HTTPRequest.Method(rawValue: $0) },
                    name: route.endpoint, host: route.host, subdomain: route.subdomain
                ) { (request: Request) in "" }
            }
            for blueprint in blueprints.values { app.register(blueprint) }
            return app
        }
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Differential")

    private static func compare(_ cases: [Case]) async throws {
        #expect(cases.count >= 40)
        for example in cases {
            let result = try await example.app.runCommand(["routes"] + example.arguments)
            #expect(result.exitCode == 0)
            #expect(Array(result.output.utf8) == Array(example.output.utf8), "\(example.matching) \(example.arguments)")
        }
    }

    @Test("prints what flask routes prints, byte for byte, as recorded")
    func recorded() async throws {
        let recording = try Data(contentsOf: Self.folder.appending(path: "routes.json"))
        try await Self.compare(JSONDecoder().decode([Case].self, from: recording))
    }

    private static let hasFlask = (try? Python.run(["-c", "import flask"])) != nil

    @Test("prints what the installed flask prints", .enabled(if: hasFlask))
    func live() async throws {
        let answer = try await Python.run([Self.folder.appending(path: "routes.py").path(percentEncoded: false)])
        try await Self.compare(JSONDecoder().decode([Case].self, from: answer))
    }

    @Test("an order that there is not is wrong usage")
    func unknownOrder() async throws {
        let (app, _) = smallApp()
        let result = try await app.runCommand(["routes", "--sort", "color"])
        #expect(result.exitCode == 64)
        #expect(result.errorOutput.contains("color") && result.errorOutput.contains("endpoint"))
    }

    @Test("an app with mistakes has no routes, but a report and the status 78")
    func mistakes() async throws {
        let (app, _) = smallApp()
        app.get("/<itn:x>") { (x: Int) in "\(x)" }
        let result = try await app.runCommand(["routes"])
        #expect(result.exitCode == 78 && result.output.isEmpty)
        #expect(result.errorOutput.contains("The app cannot start: 1 problem."))
    }
}
