import Carafe

/// An app with something of everything that the client reaches.
func sampleApp() -> App {
    let app = App("sample", root: "/nonexistent", environment: .none)
    app.config.secretKey = "for tests"
    app.get("/") { "Hello, World!" }
    app.post("/echo") { (request: Request) async throws in
        Response(
            headers: [.contentType: request.headers[.contentType] ?? "none"],
            body: .bytes(try await request.data()))
    }
    app.get("/query") { request in request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";") }
    app.get("/host") { request in "\(request.scheme) \(request.host)" }
    app.get("/once") { redirect(to: "/") }
    app.get("/loop") { redirect(to: "/loop") }
    app.get("/away") { redirect(to: "https://example.com/") }
    app.route("/keep", methods: [.get, .post]) { (request: Request) in
        redirect(to: "/kept", status: .temporaryRedirect)
    }
    app.route("/kept", methods: [.get, .post]) { (request: Request) async throws in
        "\(request.method.rawValue) \(try await request.text())"
    }
    app.post("/form") { (request: Request) async throws in
        let form = try await request.form()
        return form.fields.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
            + form.files.map { "|\($0.name):\($0.filename):\($0.contentType ?? "")" }.joined()
    }
    app.get("/count") { request in
        let count = (request.session["count"] ?? 0) + 1
        request.session["count"] = count
        return "\(count)"
    }
    app.get("/flash") { request in
        request.flash("Saved.", category: "good")
        return "ok"
    }
    app.get("/cookie") { request in
        var response = Response("ok")
        try response.headers.setCookie(SetCookie("taste", "sweet"))
        return response
    }
    app.get("/taste") { request in request.cookies["taste"] ?? "none" }
    app.get("/stream") { request in
        Stream { writer in for number in 1...3 { try await writer.write("line \(number)\n") } }
    }
    app.get("/endless") { request in
        Stream { writer in while true { try await writer.write(String(repeating: "x", count: 1024)) } }
    }
    app.get("/broken") { request in
        Stream { writer in
            try await writer.write("half")
            throw Broken()
        }
    }
    app.get("/fail") { (request: Request) throws -> String in throw Broken() }
    return app
}

struct Broken: Error {}
