/// A JSON service that keeps its items in memory.
extension Project {
    var apiFiles: [(String, String)] {
        [
            ("Sources/\(name)/main.swift", Self.main),
            ("Sources/\(name)/App.swift", apiApp),
            ("Sources/\(name)/NoteStore.swift", Self.apiStore),
            ("Tests/\(name)Tests/AppTests.swift", apiTests),
        ]
    }

    private var apiApp: String {
        """
        import Carafe

        /// The app: what it answers, and how it is configured.
        func makeApp(environment: ConfigEnvironment = .process) -> App {
            let app = App("\(name)", environment: environment)
            let notes = NoteStore()

            app.get("/health") { ["status": "ok"] }

            app.get("/notes") { notes.all }

            app.get("/notes/<int:id>", name: "note") { (id: Int) in notes[id] }

            app.post("/notes") { (body: JSONBody<Draft>) in
                JSON(notes.add(body.value), status: .created)
            }

            return app
        }

        """
    }

    private static var apiStore: String {
        """
        import Synchronization

        /// What clients send.
        struct Draft: Codable {
            var text: String
        }

        /// What they get.
        struct Note: Codable, Equatable {
            var id: Int
            var text: String
        }

        /// The notes, in memory: they end with the process.
        final class NoteStore: Sendable {
            private let notes = Mutex<[Note]>([])

            var all: [Note] { notes.withLock { $0 } }

            subscript(id: Int) -> Note? { notes.withLock { $0.first { $0.id == id } } }

            func add(_ draft: Draft) -> Note {
                notes.withLock { notes in
                    let note = Note(id: notes.count + 1, text: draft.text)
                    notes.append(note)
                    return note
                }
            }
        }

        """
    }

    private var apiTests: String {
        """
        import Carafe
        import CarafeTesting
        import Testing

        @testable import \(name)

        @Suite("The service")
        struct AppTests {
            @Test("gives back the notes that it is sent")
            func notes() async throws {
                try await makeApp(environment: .none).test { client in
                    let response = try await client.post("/notes", .json(Draft(text: "Buy milk")))
                    #expect(response.status == .created)
                    let note: Note = try await client.get("/notes/1").json()
                    #expect(note == Note(id: 1, text: "Buy milk"))
                    #expect(try await client.get("/notes/2").status == .notFound)
                }
            }

            @Test("tells what is wrong with a note", arguments: ["{}", "{\\"text\\": 1}", "["])
            func malformed(content: String) async throws {
                try await makeApp(environment: .none).test { client in
                    let response = try await client.post(
                        "/notes", .text(content), headers: [.contentType: "application/json"])
                    #expect(response.status == .badRequest)
                }
            }
        }

        """
    }
}
