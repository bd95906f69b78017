/// Whether Carafe reads a Flask project's sessions, and tokens.
struct FlaskSessions {
    private static let subject = "sessions"

    private let project: FlaskProject

    init(_ project: FlaskProject) { self.project = project }

    var findings: [Finding] {
        let obstacles = serverSide + ownInterfaces + ownTags
        let outcome =
            obstacles.isEmpty
            ? [
                Finding(
                    .fine, Self.subject, "Flask's own cookie: each app reads what the other writes",
                    hint: settings.isEmpty ? nil : "Give Carafe the same values of \(settings.joined(separator: ", "))."
                )
            ] : obstacles
        return outcome + secretKeys + tokens
    }

    /// What the project sets of the session's cookie.
    private var settings: [String] {
        let names = project.each { source in
            source.settings { $0.utf8.starts(with: "SESSION_COOKIE_".utf8) || $0 == "PERMANENT_SESSION_LIFETIME" }
        }
        return Set(names.map(\.value.name)).sorted()
    }

    private var serverSide: [Finding] {
        guard let place = project.use(of: ["flask_session", "flask_kvsession"]) else { return [] }
        return [
            Finding(
                .error, Self.subject, "Flask-Session keeps sessions on the server, where Carafe does not read them.",
                hint: "Write a SessionStore for the same database: docs/guide/sessions.md.", file: place.file,
                line: place.line)
        ]
    }

    private var ownInterfaces: [Finding] {
        let classes = project.each { source in
            source.classes.filter { type in
                type.bases.contains { $0 == "SessionInterface" || $0 == "SecureCookieSessionInterface" }
            }
        }
        return classes.map { file, type in
            Finding(
                .error, Self.subject, "\(type.name) is a session interface of the project's own.",
                hint: "Carafe reads Flask's cookie: salt 'cookie-session', SHA-1, TaggedJSONSerializer.", file: file,
                line: type.line)
        }
    }

    private var ownTags: [Finding] {
        let tags = project.each { source in source.classes.filter { $0.bases.contains("JSONTag") } }
        return tags.map { file, type in
            Finding(
                .error, Self.subject, "\(type.name) puts values of its own into sessions, which Carafe does not know.",
                hint: "Keep what JSON has, and Flask's own: tuples, bytes, Markup, UUIDs, dates.", file: file,
                line: type.line)
        }
    }

    // MARK: - Keys

    private var secretKeys: [Finding] {
        let subject = "secret key"
        let keys = project.each { source in
            source.settings { $0 == "SECRET_KEY" || $0 == "secret_key" }.filter { !$0.value.isEmpty }
        }
        guard !keys.isEmpty else {
            return [
                Finding(
                    .note, subject, "SECRET_KEY is not set in the sources.",
                    hint: "Give Carafe the same value: FLASK_SECRET_KEY or CARAFE_SECRET_KEY.")
            ]
        }
        return keys.map { file, key in
            let isRead = key.value.isRead
            let text = isRead ? key.value.fallback : key.value.constant
            guard let text else {
                return Finding(
                    .fine, subject, "SECRET_KEY comes from outside of the sources", file: file, line: key.line)
            }
            let weakness = SecretStrength.weakness(of: text)
            let what = isRead ? "What stands in for SECRET_KEY" : "SECRET_KEY"
            return Finding(
                weakness == nil || isRead ? .warning : .error, subject,
                "\(what) is written in the source\(weakness.map { ", and \($0)" } ?? "").",
                hint: "Make one with openssl rand -hex 32, and give it to both apps in their environment.", file: file,
                line: key.line)
        }
    }

    // MARK: - Tokens

    private var tokens: [Finding] {
        let names = project.each {
            $0.names(importedFrom: "itsdangerous") + $0.names(importedFrom: "itsdangerous.url_safe")
        }
        return names.compactMap { file, imported -> Finding? in
            switch imported.name {
            case "Signer", "TimestampSigner", "URLSafeSerializer", "URLSafeTimedSerializer":
                Finding(
                    .fine, "tokens", "\(imported.name) is in Carafe under the same name", file: file,
                    line: imported.line)
            case _ where imported.name.contains("JSONWebSignature"):
                Finding(
                    .error, "tokens", "\(imported.name) is no part of ItsDangerous any more, and none of Carafe's.",
                    hint: "Use URLSafeTimedSerializer in both.", file: file, line: imported.line)
            case "Serializer", "TimedSerializer":
                Finding(
                    .warning, "tokens", "\(imported.name) has no counterpart in Carafe.",
                    hint: "Use URLSafeSerializer or URLSafeTimedSerializer in both.", file: file, line: imported.line)
            default: nil
            }
        }
    }
}
