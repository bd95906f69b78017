import Testing

@testable import carafe_tool

@Suite("A changed file")
struct ChangeSorterTests {
    private let sorter = ChangeSorter(roots: ["/p", "/lib"], targetFolders: ["/p/Sources/site"])

    @Test(
        "asks for what it takes to show",
        arguments: [
            ("/p/Sources/site/App.swift", "source"), ("/p/Package.swift", "source"), ("/p/Sources/C/a.c", "source"),
            ("/p/Sources/site/data.json", "source"), ("/lib/Sources/Lib/A.swift", "source"), ("/p", "source"),
            ("/p/templates/index.html", "page"), ("/p/templates/mail.txt", "page"), ("/p/static/app.js", "page"),
            ("/p/Sources/site/templates/a.xml", "page"), ("/p/assets/logo.svg", "page"), ("/p/templates", "page"),
            ("/p/static/style.css", "style"), ("/p/Sources/site/static/a.css", "style"), ("/p/.env", "environment"),
            ("/p/.flaskenv", "environment"),
        ])
    func use(path: String, use: String) {
        let changes = sorter.sort([path])
        let found = [
            ("source", changes.sources), ("page", changes.pages), ("style", changes.styles),
            ("environment", changes.environment),
        ].filter { !$0.1.isEmpty }.map(\.0)
        #expect(found == [use])
    }

    @Test(
        "is left alone where it shows nowhere",
        arguments: [
            "/p/README.md", "/p/Tests/siteTests/A.swift", "/p/.build/x.swift", "/p/.git/index", "/p/Package.resolved",
            "/p/Sources/site/.App.swift.swp", "/p/Sources/site/App.swift~", "/p/templates/4913",
            "/p/templates/#a.html#",
            "/p/node_modules/x/a.js", "/elsewhere/A.swift", "/p/sub/.env", "/p/Sources/site/App.swift___jb_tmp___",
        ])
    func ignored(path: String) { #expect(sorter.sort([path]).isEmpty) }
}
