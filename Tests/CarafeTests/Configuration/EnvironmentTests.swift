import Foundation
import Testing

@testable import Carafe

@Suite("Configuration from the environment")
struct EnvironmentTests {
    @Test("each known key is read by its CARAFE_ and its FLASK_ name", arguments: ["CARAFE_", "FLASK_"])
    func known(prefix: String) {
        func config(_ key: String, _ text: String) -> Config { load([prefix + key: text]) }
        #expect(config("SECRET_KEY", "s").secretKey == "s")
        #expect(config("SECRET_KEY_FALLBACKS", "[\"a\",\"b\"]").secretKeyFallbacks == ["a", "b"])
        #expect(config("DEBUG", "1").debug)
        #expect(config("PERMANENT_SESSION_LIFETIME", "60").permanentSessionLifetime == 60)
        #expect(!config("SESSION_REFRESH_EACH_REQUEST", "false").sessionRefreshEachRequest)
        #expect(config("SESSION_COOKIE_NAME", "sid").sessionCookieName == "sid")
        #expect(config("SESSION_COOKIE_DOMAIN", "a.example").sessionCookieDomain == "a.example")
        #expect(config("SESSION_COOKIE_PATH", "/a").sessionCookiePath == "/a")
        #expect(!config("SESSION_COOKIE_HTTPONLY", "off").sessionCookieHTTPOnly)
        #expect(config("SESSION_COOKIE_SECURE", "true").sessionCookieSecure)
        #expect(config("SESSION_COOKIE_PARTITIONED", "yes").sessionCookiePartitioned)
        #expect(config("SESSION_COOKIE_SAMESITE", "Lax").sessionCookieSameSite == "Lax")
        #expect(config("MAX_CONTENT_LENGTH", "1").maxContentLength == 1)
        #expect(config("MAX_FORM_MEMORY_SIZE", "2").maxFormMemorySize == 2)
        #expect(config("MAX_FORM_PARTS", "3").maxFormParts == 3)
        #expect(config("MAX_COOKIE_SIZE", "0").maxCookieSize == 0)
        #expect(config("SEND_FILE_MAX_AGE_DEFAULT", "60").sendFileMaxAge == 60)
        #expect(config("SERVER_NAME", "a.example:80").serverName == "a.example:80")
        #expect(config("APPLICATION_ROOT", "/app").applicationRoot == "/app")
        #expect(config("PREFERRED_URL_SCHEME", "https").preferredURLScheme == "https")
        #expect(config("TRUSTED_HOSTS", "[\"a.example\"]").trustedHosts == ["a.example"])
        #expect(!config("PROVIDE_AUTOMATIC_OPTIONS", "0").provideAutomaticOptions)
        #expect(config("JSON_SORT_KEYS", "1").jsonSortKeys)
        #expect(config("ACCESS_LOG", "json").accessLog == .json)
    }

    @Test("the access log is on in debug mode, and off where it is told so")
    func accessLog() {
        #expect(load(["CARAFE_DEBUG": "1"]).accessLog == .common)
        #expect(load(["CARAFE_DEBUG": "1", "CARAFE_ACCESS_LOG": "off"]).accessLog == nil)
    }

    @Test(
        "values are JSON where they can be, as Flask's from_prefixed_env has it",
        arguments: [
            ("25", JSONValue.int(25)), ("true", .bool(true)), ("null", .null), ("\"a\"", .string("a")),
            ("True", .string("True")),
            ("[1]", .array([.int(1)])), ("{", .string("{")), ("", .string("")), (" 1 ", .int(1)), ("01", .string("01")),
        ])
    func json(text: String, value: JSONValue) {
        #expect(load(["FLASK_X": text])["X"] == value)
    }

    @Test("text that is written as JSON loses its quotes, and null is no value")
    func quotedText() throws {
        #expect(load(["FLASK_SECRET_KEY": "\"s\""]).secretKey == "s")
        #expect(load(["FLASK_SECRET_KEY": "null"]).secretKey == nil)
        #expect(load(["FLASK_SECRET_KEY": "0012"]).secretKey == "0012")
        #expect(load(["FLASK_SECRET_KEY": "12"]).secretKey == "12")
    }

    @Test("two underscores lead into an object, of both prefixes together")
    func nested() throws {
        let config = load([
            "FLASK_MAIL": "{\"HOST\": \"a\"}", "FLASK_MAIL__PORT": "25", "CARAFE_MAIL__LOGIN__USER": "ann",
        ])
        var mail = JSONObject()
        mail["HOST"] = "a"
        mail["PORT"] = 25
        var login = JSONObject()
        login["USER"] = "ann"
        mail["LOGIN"] = .object(login)
        #expect(config["MAIL"] == .object(mail))
        #expect(throws: ConfigurationProblem.self) { try config.string("MAIL") }
    }

    @Test("names without a prefix, and of other programs, are not taken")
    func others() {
        #expect(load(["SECRET_KEY": "a", "XCARAFE_A": "b", "carafe_a": "c", "CARAFE": "d"]).keys.isEmpty)
    }

    @Test("CARAFE_ wins over FLASK_, and the environment over what the program sets")
    func precedence() {
        var config = load(["CARAFE_A": "carafe", "FLASK_A": "flask", "FLASK_B": "flask"])
        config.update(["A": "code", "B": "code", "C": "code"])
        #expect(config["A"] == "carafe" && config["B"] == "flask" && config["C"] == "code")
    }

    // MARK: - Files

    @Test("the environment wins over .env, whatever the prefix, and .env over .flaskenv")
    func files() throws {
        let files = try FilesFixture([
            "../.env": "CARAFE_A=env\nFLASK_B=env\nC=env\nCARAFE_D=${HOME}/x",
            "../.flaskenv": "CARAFE_B=old\nFLASK_E=old",
        ])
        let (config, problems) = Config.load(process: ["FLASK_A": "process", "HOME": "/h"], root: files.root)
        #expect(config.keys == ["A", "B", "D", "E"] && problems.isEmpty)
        #expect(config["A"] == "process" && config["B"] == "env" && config["D"] == "/h/x" && config["E"] == "old")
    }

    @Test(
        ".env can be passed over",
        arguments: [
            ("CARAFE_SKIP_DOTENV", "1", true), ("FLASK_SKIP_DOTENV", "true", true), ("FLASK_SKIP_DOTENV", "0", false),
            ("CARAFE_SKIP_DOTENV", "No", false), ("FLASK_SKIP_DOTENV", "", false),
        ])
    func skipped(name: String, value: String, isSkipped: Bool) throws {
        let files = try FilesFixture(["../.env": "CARAFE_A=env"])
        #expect((Config.load(process: [name: value], root: files.root).0["A"] == nil) == isSkipped)
    }

    @Test("no .env is no problem, and neither is a folder of that name")
    func noFile() throws {
        let files = try FilesFixture()
        #expect(Config.load(process: [:], root: files.root).1.isEmpty)
        try FileManager.default.createDirectory(atPath: files.root + "/.env", withIntermediateDirectories: false)
        #expect(Config.load(process: [:], root: files.root).1.isEmpty)
    }

    @Test(
        "a .env that cannot be read stops the start with what to do",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/mem")))
    func unreadable() throws {
        let files = try FilesFixture()
        try FileManager.default.createSymbolicLink(atPath: files.root + "/.env", withDestinationPath: "/proc/self/mem")
        let problem = Config.load(process: [:], root: files.root).1.first
        #expect(problem?.message == "The file \(files.root)/.env is there but cannot be read.")
        #expect(problem?.hint == "Give the user who runs the app the right to read it, or remove it.")
    }

    @Test("a .env that is no UTF-8 stops the start with what to do")
    func notText() throws {
        let files = try FilesFixture()
        try Data([0x41, 0x3D, 0xFF]).write(to: URL(filePath: files.root + "/.env"))
        let problem = Config.load(process: [:], root: files.root).1.first
        #expect(problem?.message == "The file \(files.root)/.env is not UTF-8." && problem?.hint == "Save it as UTF-8.")
    }

    @Test("a broken .env and every wrong value are reported together at the start, none of them quoted")
    func start() throws {
        let app = App("config", environment: .variables(["CARAFE_DEBUG": "maybe", "CARAFE_MAX_FORM_PARTS": "hunter2"]))
        app.config["TRUSTED_HOSTS"] = 5
        let error = #expect(throws: ConfigurationError.self) { try app.compile() }
        let messages = error?.problems.map(\.message) ?? []
        #expect(messages.contains("The configuration value DEBUG is not true or false."))
        #expect(messages.contains("The configuration value MAX_FORM_PARTS is not a whole number."))
        #expect(messages.contains("The configuration value TRUSTED_HOSTS is not a list of texts."))
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(
        "a word that is none of the choices, and a negative size, are reported",
        arguments: [
            ("ACCESS_LOG", "verbose", "ACCESS_LOG is 'verbose'.", "Use common, combined, json or off."),
            ("SESSION_COOKIE_SAMESITE", "Some", "SESSION_COOKIE_SAMESITE is 'Some'.", "Use Lax, Strict or None."),
            ("MAX_CONTENT_LENGTH", "-1", "MAX_CONTENT_LENGTH is -1.", "Give it 0 or more."),
        ])
    func choices(key: String, text: String, message: String, hint: String) {
        let problems = load(["CARAFE_" + key: text]).problems()
        #expect(problems.map(\.message) == [message] && problems.map(\.hint) == [hint])
    }

    private func load(_ variables: [String: String]) -> Config {
        Config.load(from: .variables(variables), root: "/nowhere").0
    }
}
