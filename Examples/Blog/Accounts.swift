import Carafe
import CarafeSQL

/// What the register and login forms send.
struct Credentials: Decodable {
    var username: String
    var password: String
}

/// Registering, logging in and out.
func accounts() -> Blueprint {
    let accounts = Blueprint("accounts", prefix: "/account")

    accounts.get("/register", name: "register") { try accountPage("Register") }

    accounts.post("/register", name: "create") {
        (request: Request, db: Database, form: Form<Credentials>) async throws -> Response in
        let name = form.value.username
        if let problem = problem(with: form.value) {
            request.flash(problem, category: "error")
        } else if try await Account.add(name, passwordHash: generatePasswordHash(form.value.password), to: db) == nil {
            request.flash("The name \(name) is already taken.", category: "error")
        } else {
            request.flash("Welcome, \(name). You can log in now.")
            return redirect(to: try request.url(for: "accounts.login"))
        }
        return try accountPage("Register")
    }

    accounts.get("/login", name: "login") { try accountPage("Log in") }

    accounts.post("/login", name: "authenticate") {
        (request: Request, db: Database, form: Form<Credentials>) async throws -> Response in
        let name = form.value.username
        let account = name.isStorable ? try await Account.named(name, in: db) : nil
        // A hash is checked for unknown names as well, so that the answer takes as long.
        let matches = try await checkPasswordHash(account?.passwordHash ?? unknownHash, form.value.password)
        guard let account, matches else {
            request.flash("The name or the password is wrong.", category: "error")
            return try accountPage("Log in")
        }
        request.session.clear()
        request.session["user_id"] = account.id
        request.flash("Welcome back, \(account.name).")
        return redirect(to: try request.url(for: "posts.index"))
    }

    accounts.post("/logout", name: "logout") { request in
        request.session.clear()
        request.flash("You are logged out.")
        return redirect(to: try request.url(for: "posts.index"))
    }

    return accounts
}

extension Request {
    /// Who is logged in.
    var account: Account? { g["user"] }

    /// Who is logged in; others are sent to log in.
    var writer: Account {
        get throws {
            if let account { return account }
            flash("Log in first.", category: "error")
            throw Abort(redirect(to: try url(for: "accounts.login")))
        }
    }
}

/// The hash of a password that nobody knows.
private let unknownHash = """
    scrypt:32768:8:1$eGpvCjKXH2Aa3AE4$8f0bdfa6904a3c754a7163ff1f5b396f7ed6\
    43b4ca4ce2582493a1900915e93d1be095a87e24ebd377c6b36569c7989ce9de1064033a06e94786f9a2c622a31f
    """

private func problem(with credentials: Credentials) -> String? {
    let name = credentials.username
    if name.isEmpty || name.unicodeScalars.count > 40 || !name.isStorable {
        return "Choose a name of 1 to 40 letters."
    }
    if credentials.password.utf8.count < 8 { return "Choose a password of at least 8 characters." }
    return nil
}

private func accountPage(_ title: String) throws -> Response { try render("accounts/form.html", ["title": title]) }
