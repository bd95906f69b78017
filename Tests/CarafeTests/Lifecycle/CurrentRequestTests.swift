import Carafe
import CarafeTesting
import Testing

@Suite("The current request, and what belongs to it, in several tasks", .timeLimit(.minutes(5)))
struct CurrentRequestTests {
    @Test("there is none outside a request")
    func outside() { #expect(Request.current == nil) }

    @Test(
        "handlers, hooks, actions, error handlers and streams see their own",
        arguments: [TestTransport.inMemory, .server])
    func steps(transport: TestTransport) async throws {
        let (app, _) = recordedApp()
        app.urlValuePreprocessor { request, _ in #expect(Request.current === request) }
        app.beforeRequest { (request: Request) in #expect(Request.current === request) }
        app.afterRequest { request, _ in #expect(Request.current === request) }
        app.onError(.notFound) { request, _ in "\(Request.current === request)" }
        app.signals.requestStarted.connect { #expect(Request.current === $0) }
        app.get("/now") { (request: Request) in
            request.afterThisRequest { request, _ in #expect(Request.current === request) }
            return "\(Request.current === request)"
        }
        app.get("/later") { (request: Request) async in
            await Task.yield()
            return "\(Request.current === request)"
        }
        app.get("/stream") { (request: Request) in
            Stream { writer in try await writer.write("\(Request.current === request)") }
        }
        try await app.test(transport) { client in
            for path in ["/now", "/later", "/stream", "/nothing"] {
                let response = try await client.get(path)
                #expect(response.text == "true", "\(path)")
            }
        }
    }

    @Test("tasks that a handler starts see its request; detached ones see none")
    func children() async throws {
        let (app, _) = recordedApp()
        app.get("/") { (request: Request) async in
            async let bound = Request.current === request
            let task = Task { Request.current === request }
            let group = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { Request.current === request } }
                return await group.reduce(true) { $0 && $1 }
            }
            let detached = Task.detached { Request.current == nil }
            return "\(await bound) \(await task.value) \(group) \(await detached.value)"
        }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.text == "true true true true")
        }
    }

    @Test("requests at the same time have each their own", arguments: [TestTransport.inMemory, .server])
    func concurrent(transport: TestTransport) async throws {
        let (app, _) = recordedApp()
        app.beforeRequest { (request: Request) in request.g["number"] = request.query["n"] }
        app.get("/") { (request: Request) async throws in
            var seen: Set<String> = []
            for _ in 0..<20 {
                await Task.yield()
                let number: String? = Request.current?.g["number"]
                seen.insert(number ?? "none")
            }
            return seen.sorted().joined(separator: ",")
        }
        try await app.test(transport) { client in
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<50 {
                    group.addTask { (number, try await client.get("/?n=\(number)").text) }
                }
                for try await (number, text) in group { #expect(text == "\(number)") }
            }
        }
    }

    @Test("g and the session may be used from several tasks at once")
    func shared() async throws {
        let (app, _) = recordedApp()
        app.get("/") { (request: Request) async in
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask { @concurrent in
                        request.g["g\(number)"] = number
                        request.session["s\(number)"] = number
                        _ = request.session.keys
                        request.flash("\(number)")
                    }
                }
            }
            let kept = (0..<100).count { number in
                let value: Int? = request.g["g\(number)"]
                return value == number && request.session["s\(number)"] == number
            }
            return "\(kept) \(request.flashedMessages().count)"
        }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.text == "100 100")
        }
    }

    @Test("actions for the response that several tasks add all run once")
    func actions() async throws {
        let (app, _) = recordedApp()
        let ran = LifecycleTrace()
        app.get("/") { (request: Request) async in
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask { @concurrent in
                        request.afterThisRequest { _, _ in ran.add("\(number)") }
                    }
                }
            }
            return "ok"
        }
        try await app.test { client in _ = try await client.get("/") }
        #expect(Set(ran.events).count == 50 && ran.events.count == 50)
    }
}
