import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("Mistakes with blueprints")
struct BlueprintProblemTests {
    private let file = "CarafeTests/BlueprintProblemTests.swift"

    @Test("a name that is taken")
    func clash() async throws {
        let (app, _) = smallApp()
        app.register(Blueprint("blog", prefix: "/a")); let first = #line
        app.register(Blueprint("blog", prefix: "/b"))
        let problem = try #require(await app.problems().first)
        #expect(
            problem.message == "The blueprint name 'blog' is already taken, by the registration at \(file):\(first).")
        #expect(problem.hint == "Use register(…, name:) to give this one a name of its own.")
        #expect(problem.place == "\(file):\(first + 1)")
    }

    @Test("a name that is empty or has a dot", arguments: ["", "a.b", "."])
    func dot(name: String) async throws {
        let (app, _) = smallApp()
        app.register(Blueprint(name)); let line = #line
        let problem = try #require(await app.problems().first)
        #expect(problem.message == "The blueprint name '\(name)' is empty or contains a dot.")
        #expect(problem.hint == "Choose another name.")
        #expect(problem.place == "\(file):\(line)")
    }

    @Test("a blueprint within itself", .timeLimit(.minutes(5)))
    func itself() async throws {
        let (app, _) = smallApp()
        let blog = Blueprint("blog")
        blog.register(blog); let line = #line
        app.register(blog)
        let problems = await app.problems()
        #expect(problems.map(\.message) == ["The blueprint 'blog' is registered within itself, as 'blog.blog'."])
        #expect(problems.first?.hint == "Register it on its app or on a blueprint that it does not hold.")
        #expect(problems.first?.place == "\(file):\(line)")
    }

    @Test("blueprints in a circle, under whatever names", .timeLimit(.minutes(5)))
    func circle() async throws {
        let (app, _) = smallApp()
        let (inner, outer) = (Blueprint("inner"), Blueprint("outer"))
        outer.register(inner)
        inner.register(outer, name: "one")
        inner.register(outer, name: "two")
        app.register(outer)
        #expect(
            await app.problems().map(\.message) == [
                "The blueprint 'one' is registered within itself, as 'outer.inner.one'.",
                "The blueprint 'two' is registered within itself, as 'outer.inner.two'.",
            ])
    }

    @Test("a mistake in a blueprint's route names the route's place, and its whole rule")
    func route() async throws {
        let (app, _) = smallApp()
        let blog = Blueprint("blog", prefix: "/<lang>/blog")
        blog.get("/<int:id>") { (id: Int) in "\(id)" }; let line = #line
        app.register(blog)
        let problem = try #require(await app.problems().first)
        #expect(problem.place == "\(file):\(line)")
        #expect(
            problem.message
                == "The rule '/<lang>/blog/<int:id>' has 2 variables (<lang>, <id>), but its handler takes 1.")
    }

    @Test("what a blueprint declares for the app is declared once, however often it is registered")
    func onApp() async throws {
        let (app, _) = smallApp()
        let starts = Mutex(0)
        let blog = Blueprint("blog", prefix: "/a")
        blog.onApp { app in
            app.get("/from-blueprint", name: "extra") { "extra" }
            app.onStartup { starts.withLock { $0 += 1 } }
        }
        app.register(blog)
        app.register(blog, prefix: "/b", name: "again")
        try await app.test { client async throws in
            #expect(try await client.get("/from-blueprint").text == "extra")
            #expect(starts.withLock { $0 } == 1)
        }
    }
}
