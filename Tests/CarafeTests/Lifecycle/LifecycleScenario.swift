import Carafe
import Foundation
import TestSupport

/// Requests to the app of ``LifecycleApp``, and what Flask answered, as `flask_lifecycle.py` writes them.
struct LifecycleScenario: Decodable {
    let name: String
    /// Scopes and what their error handlers are for, such as `parent 404`.
    let handlers: [String]
    let config: [String: JSONValue]
    let steps: [Step]

    struct Step: Decodable {
        let method: String
        let path: String
        let headers: [String: String]
        /// What the hooks and handlers of these names do.
        let `do`: [String: [String]]
        let out: LifecycleAnswer
    }
}

/// What a client sees of a request, and the order in which everything ran.
struct LifecycleAnswer: Decodable, Equatable {
    var status: Int
    var fields: [String: [String]]
    var body: String
    var trace: [String]
    /// The values in the session cookie that the client then has.
    var session: [String]?
}

/// The recorded answers, and the script that gives them.
enum FlaskLifecycle {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Differential")

    static func recording() throws -> Data {
        try Data(contentsOf: folder.appending(path: "flask_lifecycle.json"))
    }

    static func scenarios() throws -> [LifecycleScenario] {
        try JSONDecoder().decode([LifecycleScenario].self, from: recording())
    }

    /// Whether Flask, of the version that answered, can be asked.
    static let isInstalled: Bool = {
        let check = """
            from importlib.metadata import version
            assert (version("flask"), version("werkzeug"), version("itsdangerous")) == ("3.1.3", "3.1.8", "2.2.0")
            """
        return (try? Python.run(["-c", check])) != nil
    }()

    /// Flask's answers, made now.
    static func answers() throws -> Data {
        try Python.run([folder.appending(path: "flask_lifecycle.py").path])
    }
}
