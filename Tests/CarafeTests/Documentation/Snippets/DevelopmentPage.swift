import Carafe

/// The snippets of docs/development.md.
enum DevelopmentPage {
    static func shell(_ app: App, _ store: [String: String]) {
        app.shellContextProcessor { ["store": store] }
    }
}
