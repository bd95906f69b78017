import Carafe
import Foundation

/// A folder of templates for one test, gone with it.
final class TemplateFixture: Sendable {
    let root: String

    /// - Parameter files: texts by their paths below the root, such as `templates/index.html`
    init(_ files: [String: String]) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "carafe-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        root = url.resolvingSymlinksInPath().path(percentEncoded: false)
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ name: String, _ text: String) throws {
        let url = URL(filePath: root + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// An app with this root, and what it logs.
    func app(_ configuration: [String: String] = [:]) -> (app: App, log: LogLines) {
        let app = App("site", root: root, staticFolder: nil, environment: .variables(configuration))
        app.config.secretKey = "for tests"
        app.config["ACCESS_LOG"] = "off"
        let log = LogLines()
        app.logger = Logger(label: "site") { _ in log.handler }
        return (app, log)
    }
}

/// A value that templates read through its coding.
struct Article: Codable, Sendable, Equatable {
    var id: Int
    var title: String
}
