import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("Templates that are rendered while they are sent, or that wait", .timeLimit(.minutes(1)))
struct TemplateStreamTests {
    @Test("a stream has the whole page, over a socket too", arguments: [TestTransport.inMemory, .server])
    func whole(transport: TestTransport) async throws {
        let (app, _) = smallApp()
        app.get("/") {
            try renderStream(
                string: "{% for n in range(20000) %}{{ n }} {{ request.path }}\n{% endfor %}")
        }
        try await app.test(transport) { client in
            let response = try await client.get("/")
            #expect(response.headers[.contentType] == "text/html; charset=utf-8")
            #expect(response.text == (0..<20_000).map { "\($0) /\n" }.joined())
        }
    }

    @Test("rows are taken only as far as the client reads") func backPressure() async throws {
        let taken = Mutex(0)
        let (app, _) = smallApp()
        app.get("/") {
            return try renderStream(
                string: "{% for row in rows %}{{ row }}{{ '.' * 1000 }}\n{% endfor %}",
                [
                    "rows": TemplateSequence(
                        sequence(first: 0) { number in
                            taken.withLock { $0 += 1 }
                            return number < 1_000_000 ? number + 1 : nil
                        })
                ])
        }
        try await app.test { client in
            try await client.stream(.get, "/") { response in
                for try await line in response.lines where line.utf8.starts(with: "10.".utf8) { break }
            }
        }
        #expect(taken.withLock { $0 } < 10_000)
    }

    @Test("functions of the app find the request on the thread that renders") func current() async throws {
        let (app, _) = smallApp()
        app.templateGlobal("here") { () in Request.current?.path ?? "none" }
        app.get("/now") { try render(string: "{{ here() }}") }
        app.get("/stream") { try renderStream(string: "{{ here() }}") }
        try await app.test { client in
            for path in ["/now", "/stream"] {
                let response = try await client.get(path)
                #expect(response.text == path)
            }
        }
    }

    @Test("asynchronous functions are waited for by renderAsync, and refused by render") func asynchronous()
        async throws
    {
        let site = try TemplateFixture(["templates/a.html": "{{ slow(20) }} {{ request.path }}"])
        let (app, log) = site.app()
        app.templateGlobal(
            "slow",
            TemplateFunction(
                "slow",
                async: { (number: Int) in
                    await Task.yield()
                    return number + 1
                }))
        app.get("/later") { (_: Request) async throws in try await renderAsync("a.html") }
        app.get("/now") { try render("a.html") }
        try await app.test { client in
            let later = try await client.get("/later")
            #expect(later.text == "21 /later")
            let now = try await client.get("/now")
            #expect(now.status == .internalServerError)
            #expect(log.containing("slow() is asynchronous").count == 1)
        }
    }
}
