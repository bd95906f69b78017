import Carafe
import NIOCore
import Synchronization

/// The snippets of docs/guide/flask.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum FlaskPage {
    static func session(_ app: App) {
        app.get("/api/me") { request in
            let id: Int? = request.session["user_id"]
            guard let id else { throw Abort(.unauthorized) }
            return ["user_id": id]
        }
    }

    static func password(_ app: App, storedHash: String) {
        app.post("/api/login") { (request: Request, form: Form<[String: String]>) async throws in
            let matches = try await checkPasswordHash(storedHash, form.value["password"] ?? "")
            guard matches else { throw Abort(.forbidden) }
            request.session["user_id"] = 1
            return HTTPResponse.Status.noContent
        }
    }

    static func token() throws -> Int? {
        let keys = try SecretKeys(current: "only-for-development")
        let serializer = try URLSafeTimedSerializer(secretKeys: keys, salt: "password-reset")
        let token = try serializer.dumps(["user": 5])
        let user = try serializer.loads(token, maxAge: .seconds(3600))["user"]?.int

        return user
    }
}
