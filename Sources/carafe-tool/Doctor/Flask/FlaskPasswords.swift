import CarafeSigning

/// Whether Carafe checks a Flask project's password hashes.
struct FlaskPasswords {
    private static let subject = "passwords"

    private let project: FlaskProject

    init(_ project: FlaskProject) { self.project = project }

    var findings: [Finding] { werkzeug + others }

    private var werkzeug: [Finding] {
        let calls = project.each { $0.calls(of: ["generate_password_hash"]).filter { !$0.isDecorator } }
        return calls.map { file, call in
            // Flask-Bcrypt has a function of the same name.
            if call.path.first == "bcrypt" { return bcrypt(file, call.line) }
            guard let argument = call.argument("method", at: 1) else {
                return Finding(
                    .fine, Self.subject, "Werkzeug's scrypt: each app checks what the other made", file: file,
                    line: call.line)
            }
            guard let method = argument.constant else {
                return Finding(
                    .note, Self.subject, "The method is known only when the program runs.",
                    hint: "Carafe checks scrypt and pbkdf2.", file: file, line: call.line)
            }
            guard PasswordMethod(method) != nil else {
                return Finding(
                    .warning, Self.subject, "'\(method)' is a method that Werkzeug 3 refuses.",
                    hint: "checkLegacyPasswordHash checks such hashes; make a new one when it matches.", file: file,
                    line: call.line)
            }
            return Finding(
                .fine, Self.subject, "Werkzeug's \(method): each app checks what the other made", file: file,
                line: call.line)
        }
    }

    private func bcrypt(_ file: String, _ line: Int) -> Finding {
        Finding(
            .error, Self.subject, "bcrypt's hashes are none that Carafe checks.",
            hint: "Let Flask make Werkzeug's at each login before those routes move.", file: file, line: line)
    }

    /// Libraries whose hashes are not Werkzeug's.
    private var others: [Finding] {
        var findings: [Finding] = []
        if werkzeug.allSatisfy({ $0.state != .error }), let place = project.use(of: ["flask_bcrypt", "bcrypt"]) {
            findings.append(bcrypt(place.file, place.line))
        }
        for (module, name) in [("passlib", "Passlib"), ("argon2", "Argon2"), ("pwdlib", "pwdlib")] {
            guard let place = project.use(of: [module]) else { continue }
            findings.append(
                Finding(
                    .error, Self.subject, "\(name)'s hashes are none that Carafe checks.",
                    hint: "Let Flask make Werkzeug's at each login before those routes move.", file: place.file,
                    line: place.line))
        }
        return findings
    }
}
