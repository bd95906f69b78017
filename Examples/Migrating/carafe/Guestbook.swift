import Carafe
import CarafePostgreSQL
import CarafeSQL
import CarafeSQLite
import FoundationEssentials

struct Member: Codable, Sendable {
    let id: Int
    let name: String
    let password: String
}

struct Entry: Decodable, Sendable {
    let text: String
    let created: Date
    let member: String
}

/// The templates were written for SQLAlchemy's objects: `entry.member.name`.
extension Entry: TemplateValueConvertible {
    var templateValue: TemplateValue {
        get throws {
            ["text": .string(text), "created": try created.templateValue, "member": ["name": .string(member)]]
        }
    }
    func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }
}

struct Credentials: Decodable {
    let name: String
    let password: String
}

struct Text: Decodable {
    let text: String
}

/// The guestbook of `flask/app.py` once more: the same pages, the same database, the same sessions.
func makeGuestbook(environment: ConfigEnvironment = .process) -> App {
    let app = App(environment: environment)
    app.config.secretKey = "only-for-development"
    app.install(Databases("sqlite:///guestbook.db", drivers: .sqlite, .postgresql))

    app.beforeRequest { request async throws in
        guard let id: Int = request.session["member_id"] else { return }
        request.g["member"] = try await request.database.first(
            "SELECT id, name, password FROM member WHERE id = \(id)", as: Member.self)
    }

    app.get("/", name: "index") { (request: Request, db: Database) async throws in
        let entries: SQL = """
            SELECT entry.text, entry.created, member.name AS member
            FROM entry JOIN member ON member.id = entry.member_id ORDER BY entry.id DESC
            """
        let page = try await db.paginate(entries, for: request, perPage: 10, as: Entry.self)
        return try request.render("index.html", ["page": page, "server": "Carafe"])
    }

    app.post("/write", name: "write") { (request: Request, db: Database, form: Form<Text>) async throws in
        guard let member: Member = request.g["member"] else {
            request.flash("Log in first.")
            return redirect(to: try request.url(for: "login"))
        }
        if !form.value.text.isEmpty {
            try await db.execute(
                """
                INSERT INTO entry (member_id, text, created)
                VALUES (\(member.id), \(form.value.text), \(Date()))
                """)
            request.flash("Thank you.")
        }
        return redirect(to: try request.url(for: "index"))
    }

    app.get("/login", name: "login") { try form("Log in") }

    app.post("/login", name: "authenticate") {
        (request: Request, db: Database, credentials: Form<Credentials>) async throws in
        let member = try await db.first(
            "SELECT id, name, password FROM member WHERE name = \(credentials.value.name)", as: Member.self)
        guard let member, try await checkPasswordHash(member.password, credentials.value.password) else {
            request.flash("The name or the password is wrong.")
            return try form("Log in")
        }
        request.session["member_id"] = member.id
        request.flash("Welcome back, \(member.name).")
        return redirect(to: try request.url(for: "index"))
    }

    app.get("/register", name: "register") { try form("Register") }

    app.post("/register", name: "create") {
        (request: Request, db: Database, credentials: Form<Credentials>) async throws in
        let hash = try await generatePasswordHash(credentials.value.password)
        do {
            try await db.execute("INSERT INTO member (name, password) VALUES (\(credentials.value.name), \(hash))")
        } catch let error as DatabaseError where error.kind == .uniqueViolation {
            request.flash("That name is taken.")
            return try form("Register")
        }
        request.flash("You can log in now.")
        return redirect(to: try request.url(for: "login"))
    }

    app.post("/logout", name: "logout") { request in
        request.session["member_id"] = nil as Int?
        return redirect(to: try request.url(for: "index"))
    }

    return app
}

private func form(_ title: String) throws -> Response {
    try render("login.html", ["title": title, "server": "Carafe"])
}
