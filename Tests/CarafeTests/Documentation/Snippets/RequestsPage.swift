import Carafe
import NIOCore
import Synchronization

/// The snippets of docs/guide/requests.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum RequestsPage {
    static func handlers(_ app: App) {
        struct NewPost: Decodable {
            var title: String
            var tags: [String]?
        }

        app.put("/posts/<int:id>") { (request: Request, id: Int, body: JSONBody<NewPost>) in
            request.logger.info("replacing post \(id)")
            return "\(id): \(body.value.title)"
        }
    }

    static func blocking(_ app: App) {
        app.get("/report") { request in
            let report = try await request.blocking { slowReport() }
            return Response(report)
        }

        @Sendable func slowReport() -> String { "The report" }
    }

    static func ownParameter(_ app: App) {
        struct APIUser: HandlerParameter {
            var name: String

            static let source = ParameterSource.request

            static func extract(from input: inout HandlerInput) throws -> APIUser {
                guard case .token("opensesame")? = input.request.headers.authorization?.credentials else {
                    throw Abort(.unauthorized, headers: [.wwwAuthenticate: "Bearer"])
                }
                return APIUser(name: "Ada")
            }
        }

        app.get("/me") { (user: APIUser) in "You are \(user.name)." }
    }

    static func query(_ app: App) {
        app.get("/search") { request in
            let text = request.query["q"] ?? ""
            let page = request.query.int("page") ?? 1
            let tags = request.query[values: "tag"]
            return "\(text), page \(page), tagged \(tags.joined(separator: " and "))"
        }
    }

    static func typedQuery(_ app: App) {
        struct Search: Decodable {
            var q: String
            var page: Int?
            var tag: [String]
        }

        app.get("/find") { (query: Query<Search>) in
            "\(query.value.q), page \(query.value.page ?? 1), \(query.value.tag.count) tags"
        }
    }

    static func typedForm(_ app: App) {
        struct Login: Decodable {
            var username: String
            var password: String
            var remember: Bool
        }

        app.post("/login") { (request: Request, form: Form<Login>) in
            request.session["user"] = form.value.username
            request.session.isPermanent = form.value.remember
            return redirect(to: "/")
        }
    }

    static func form(_ app: App) {
        app.post("/contact") { (request: Request) async throws in
            let form = try await request.form()
            guard let message = form.fields["message"], !message.isEmpty else {
                throw Abort(.badRequest, "Write something.")
            }
            return "Thank you for \(message.utf8.count) bytes."
        }
    }

    static func json(_ app: App) {
        struct Point: Codable {
            var x: Double
            var y: Double
        }

        app.post("/mirror") { (point: JSONBody<Point>) in
            Point(x: -point.value.x, y: point.value.y)
        }
    }

    static func jsonValue(_ app: App) {
        app.post("/hook") { (body: JSONBody<JSONValue>) in
            body.value["sender"]?["login"]?.string ?? "nobody"
        }
    }

    static func upload(_ app: App, folder: String) {
        app.post("/photos") { (photo: Upload) async throws in
            let name = secureFilename(photo.filename)
            guard !name.isEmpty else { throw Abort(.badRequest, "The file needs a name.") }
            try await photo.save(to: "\(folder)/\(name)", overwrite: true)
            return JSON(["name": name], status: .created)
        }
    }

    static func album(_ app: App) {
        struct Album: Decodable {
            var title: String
        }

        app.post("/albums") { (form: Form<Album>) async throws in
            var total = 0
            for file in form.files where file.isChosen { total += file.size }
            let cover = form.file("cover")?.filename ?? "no cover"
            return "\(form.value.title): \(total) bytes, \(cover)"
        }
    }

    static func largeContent(_ app: App) {
        let backups = Blueprint("backups", prefix: "/backups")
        backups.beforeRequest { request in request.maxContentLength = 10 << 30 }
        backups.put("/<name>") { (request: Request, name: String) async throws in
            var size = 0
            for try await bytes in request.body { size += bytes.readableBytes }
            return "\(name): \(size) bytes"
        }
        app.register(backups)
    }

    static func parts(_ app: App) {
        app.post("/videos") { (request: Request) async throws in
            var sizes: [String: Int] = [:]
            for try await part in try request.formParts() {
                for try await bytes in part { sizes[part.name, default: 0] += bytes.readableBytes }
            }
            return sizes
        }
    }
}
