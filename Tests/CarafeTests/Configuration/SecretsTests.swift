import Testing

@testable import Carafe

@Suite("Secrets in a configuration")
struct SecretsTests {
    @Test(
        "a key whose name sounds secret is one, in whatever case",
        arguments: [
            "SECRET_KEY", "SECRET_KEY_FALLBACKS", "API_KEY", "stripe_api", "AccessToken", "MAIL_PASSWORD", "DB_PASS",
            "Authorization", "Cookie", "DATABASE_URL", "SENTRY_DSN", "AWS_CREDENTIALS", "jwt",
        ])
    func secret(name: String) {
        #expect(Secrets.isSecret(name))
    }

    @Test("other keys are none", arguments: ["DEBUG", "MAIL_SERVER", "MAX_CONTENT_LENGTH", "", "SERVER_NAME", "ÄPI"])
    func open(name: String) {
        #expect(!Secrets.isSecret(name))
    }

    @Test("no way of printing a configuration shows a secret, wherever it came from")
    func printing() {
        var config = Config(environment: ["SECRET_KEY": EnvironmentValue("hunter2"), "PORT": EnvironmentValue("25")])
        config.update(["MAIL_PASSWORD": "hunter2", "MAIL_SERVER": "mail", "SECRET_KEY_FALLBACKS": ["hunter2"]])
        config["MAIL"] = .object(Self.object("PASSWORD", "hunter2"))
        config["SERVERS"] = .array([.object(Self.object("token", "hunter2"))])
        config["BROKER"] = "amqp://ann:hunter2@mail/queue"
        var dumped = ""
        dump(config, to: &dumped)
        for text in [
            config.description, String(reflecting: config), "\(config)", dumped, "\([config])", "\(config as Any)",
        ] {
            #expect(!text.contains("hunter2"))
            #expect(text.contains("mail") && text.contains("********"))
        }
    }

    @Test("a printed configuration has one line for each key, with its value in JSON")
    func description() {
        var config = Config()
        config.update(["B": "a\nSECRET=1", "A": 1, "SECRET_KEY": "x", "C": .null])
        #expect(config.description == "A=1\nB=\"a\\nSECRET=1\"\nC=null\nSECRET_KEY=\"********\"")
    }

    @Test(
        "the password of an address is masked, and nothing else of it",
        arguments: [
            ("postgres://ann:pw@db:5432/app", "postgres://ann:********@db:5432/app"),
            ("redis://:pw@db", "redis://:********@db"), ("a://u:p@w@db/x", "a://u:********@db/x"),
            ("a://u:p/w@db/x", "a://u:********@db/x"), ("http://a.example:80/b", "http://a.example:80/b"),
            ("http://ann@a.example/", "http://ann@a.example/"), ("ann:pw@db", "ann:pw@db"), ("://", "://"), ("", ""),
        ])
    func addresses(text: String, shown: String) {
        #expect(Secrets.masked(.string(text), named: "ADDRESS") == .string(shown))
    }

    private static func object(_ key: String, _ value: JSONValue) -> JSONObject {
        var object = JSONObject()
        object[key] = value
        return object
    }
}
