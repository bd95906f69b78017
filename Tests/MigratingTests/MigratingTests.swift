import Foundation
import TestSupport
import Testing

@Suite("The example of a migration", .timeLimit(.minutes(5)), .enabled(if: GuestbookServer.areInstalled))
struct MigratingTests {
    private struct Visit: Encodable {
        var url: String
        var form: [String: String]?
        /// Whether a redirect is not followed.
        var stays = false
    }

    private struct Page: Decodable {
        var status: Int
        var url: String
        var text: String
    }

    /// The pages that one browser sees, one after the other.
    private func browse(_ visits: [Visit]) throws -> [Page] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "browse.py")
        let answer = try Python.run([script.path(percentEncoded: false)], input: JSONEncoder().encode(visits))
        return try JSONDecoder().decode([Page].self, from: answer)
    }

    private static let ada = ["name": "ada", "password": "lovelace é"]

    /// Both apps on one database, whose tables Flask's makes.
    private func withServers(_ body: (_ flask: String, _ carafe: String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "guestbook-\(UUID()).db")
            .path(percentEncoded: false)
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) } }
        let flask = try GuestbookServer.flask(database: "sqlite:///\(file)")
        let carafe = try GuestbookServer.carafe(database: "sqlite:///\(file)")
        try body(flask.url, carafe.url)
    }

    @Test("who registers and logs in at one is known to the other, whichever of them it is", arguments: [true, false])
    func accounts(startsAtFlask: Bool) throws {
        try withServers { flask, carafe in
            let (first, second) = startsAtFlask ? (flask, carafe) : (carafe, flask)
            let pages = try browse([
                Visit(url: first + "/register", form: Self.ada),
                Visit(url: second + "/register", form: Self.ada),
                Visit(url: second + "/login", form: ["name": "ada", "password": "wrong"]),
                Visit(url: second + "/login", form: Self.ada),
                Visit(url: first + "/"),
                Visit(url: first + "/logout", form: [:]),
                Visit(url: second + "/"),
            ])
            #expect(pages.allSatisfy { $0.status == 200 })
            #expect(pages[0].url == first + "/login" && pages[0].text.contains("You can log in now."))
            #expect(pages[1].text.contains("That name is taken."))
            #expect(pages[2].text.contains("The name or the password is wrong."))
            #expect(pages[3].url == second + "/" && pages[3].text.contains("Welcome back, ada."))
            #expect(pages[4].text.contains("ada <button>Log out</button>"))
            #expect(pages[6].text.contains("Log in</a>"))
        }
    }

    @Test("what is written at one is read at the other, on the same pages")
    func entries() throws {
        try withServers { flask, carafe in
            let pages = try browse([
                Visit(url: flask + "/write", form: ["text": "too early"]),
                Visit(url: flask + "/register", form: Self.ada),
                Visit(url: carafe + "/login", form: Self.ada),
                Visit(url: flask + "/write", form: ["text": "From <Flask>"]),
                Visit(url: carafe + "/write", form: ["text": "From Carafe & Swift"]),
                Visit(url: carafe + "/"),
                Visit(url: flask + "/"),
                Visit(url: carafe + "/?page=2"),
            ])
            #expect(pages[0].url == flask + "/login" && pages[0].text.contains("Log in first."))
            #expect(pages[5].text.contains("From &lt;Flask&gt;") && pages[5].text.contains("From Carafe &amp; Swift"))
            // But for the name of the server, and the versions in URLs of static files, the pages are the same to the byte.
            let page = pages[5].text.replacing("from Carafe<", with: "from Flask<")
            #expect(page.replacing(/\?v=[0-9a-f]+/, with: "") == pages[6].text)
            #expect(pages[7].status == 404)
        }
    }

    @Test("a message that one flashes is shown by the other", arguments: [true, false])
    func flashes(startsAtFlask: Bool) throws {
        try withServers { flask, carafe in
            let (first, second) = startsAtFlask ? (flask, carafe) : (carafe, flask)
            let pages = try browse([
                Visit(url: first + "/register", form: Self.ada),
                Visit(url: first + "/login", form: Self.ada, stays: true),
                Visit(url: second + "/"),
            ])
            #expect(pages[1].status == 303)
            #expect(pages[2].text.contains("Welcome back, ada."))
        }
    }
}
