import Carafe
import CarafeSQL
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the environment and the files `.env` and `.flaskenv` say: what the app's own code sets is not known without running
/// it.
struct ConfigurationCheck {
    private static let subject = "configuration"

    private let root: String
    private let config: Config
    private let problems: [ConfigurationProblem]

    init(root: String, process: [String: String] = ProcessInfo.processInfo.environment) {
        self.root = root
        (config, problems) = Config.load(process: process, root: root)
    }

    /// The port that it names.
    var port: Int? { try? config.int("RUN_PORT") }

    var findings: [Finding] {
        let mistakes = (problems + config.problems()).map { problem in
            Finding(.error, Self.subject, problem.message, hint: problem.hint)
        }
        let all = mistakes + [debug, rights].compactMap { $0 } + databases
        let head = all.isEmpty ? [Finding(.fine, Self.subject, keys)] : all
        return head + secretKeys
    }

    private var keys: String {
        config.keys.isEmpty ? "nothing is set outside of the app" : "sets \(config.keys.joined(separator: ", "))"
    }

    private var debug: Finding? {
        guard config.debug else { return nil }
        return Finding(
            .warning, Self.subject, "DEBUG is on: whoever reaches the app sees its errors and sources.",
            hint: "carafe dev turns it on by itself. Leave it out of what goes into production.")
    }

    /// Whether others on the machine can read `.env`.
    private var rights: Finding? {
        var status = stat()
        guard stat(root + "/.env", &status) == 0, status.st_mode & 0o004 != 0 else { return nil }
        return Finding(
            .warning, Self.subject, "Every user of this machine can read the secrets in .env.", hint: "chmod 600 .env",
            file: ".env")
    }

    // MARK: - Databases

    private var databases: [Finding] {
        config.keys.filter { $0.utf8.suffix(12).elementsEqual("DATABASE_URL".utf8) || $0 == "SQLALCHEMY_DATABASE_URI" }
            .compactMap { key in
                guard let text = try? config.string(key), !text.isEmpty else { return nil }
                return DatabaseAddress.finding(text, named: key, subject: Self.subject)
            }
    }

    // MARK: - Secret keys

    private var secretKeys: [Finding] {
        let subject = "secret key"
        guard let key = config.secretKey else {
            return [
                Finding(
                    .note, subject, "No SECRET_KEY is set outside of the app's code.",
                    hint: "Sessions need one: CARAFE_SECRET_KEY=… in .env, from: openssl rand -hex 32")
            ]
        }
        let fallbacks = config.secretKeyFallbacks.map { ("A key of SECRET_KEY_FALLBACKS", $0) }
        return ([("SECRET_KEY", key)] + fallbacks).map { name, key in
            guard let weakness = SecretStrength.weakness(of: key) else {
                return Finding(.fine, subject, "\(name) has \(key.utf8.count) bytes and looks random")
            }
            return Finding(
                .error, subject, "\(name) \(weakness): whoever knows it can sign in as anybody.",
                hint: "Make a new one: openssl rand -hex 32")
        }
    }
}

/// The address of a database, and whether Carafe has a driver for it.
enum DatabaseAddress {
    static func finding(
        _ text: String, named name: String, subject: String, file: String? = nil, line: Int? = nil
    ) -> Finding {
        do throws(DatabaseError) {
            let url = try DatabaseURL(text)
            switch url.scheme {
            case "sqlite", "postgresql", "postgres":
                let product = url.scheme == "sqlite" ? "CarafeSQLite" : "CarafePostgreSQL"
                return Finding(
                    .fine, subject, "\(name) is an address of \(url.scheme): \(product) reads it", file: file,
                    line: line)
            default:
                return Finding(
                    .error, subject, "\(name) is an address of \(url.scheme), for which Carafe has no driver.",
                    hint: "There are SQLite and PostgreSQL.", file: file, line: line)
            }
        } catch {
            return Finding(
                .error, subject, "\(name) is no database's address: \(error.message)", hint: error.hint, file: file,
                line: line)
        }
    }
}
