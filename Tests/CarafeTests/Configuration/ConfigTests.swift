import Testing

@testable import Carafe

@Suite("Configuration values")
struct ConfigTests {
    @Test("what is not configured has Flask's defaults, but for the limit of content and the order of JSON's keys")
    func defaults() {
        let config = Config()
        #expect(config.secretKey == nil && config.secretKeyFallbacks.isEmpty && !config.debug)
        #expect(config.permanentSessionLifetime == 2_678_400 && config.sessionRefreshEachRequest)
        #expect(config.sessionCookieName == "session" && config.sessionCookieHTTPOnly)
        #expect(!config.sessionCookieSecure && !config.sessionCookiePartitioned)
        #expect(
            config.sessionCookieDomain == nil && config.sessionCookiePath == nil && config.sessionCookieSameSite == nil)
        #expect(config.maxContentLength == 16_777_216 && config.maxFormMemorySize == 500_000)
        #expect(config.maxFormParts == 1_000 && config.maxCookieSize == 4093 && config.sendFileMaxAge == nil)
        #expect(config.serverName == nil && config.applicationRoot == "/" && config.preferredURLScheme == "http")
        #expect(config.trustedHosts == nil && config.provideAutomaticOptions && !config.jsonSortKeys)
        #expect(config.accessLog == nil && config.keys.isEmpty)
    }

    @Test("what is set in code is read back, by property and by name")
    func setting() throws {
        var config = Config()
        config.secretKey = "dev"
        config.sessionCookieSecure = true
        config.trustedHosts = ["a.example", ".b.example"]
        config["MAIL_SERVER"] = "localhost"
        config.update(["MAIL_SERVER": "mail", "MAIL_PORT": 25])
        #expect(try config.string("SECRET_KEY") == "dev" && config.bool("SESSION_COOKIE_SECURE") == true)
        #expect(config.trustedHosts == ["a.example", ".b.example"])
        #expect(try config.string("MAIL_SERVER") == "mail" && config.int("MAIL_PORT") == 25)
        config.secretKey = nil
        #expect(config.keys == ["MAIL_PORT", "MAIL_SERVER", "SESSION_COOKIE_SECURE", "TRUSTED_HOSTS"])
    }

    @Test("a namespace has the rest of each key in lower case")
    func namespace() {
        var config = Config(environment: ["MAIL_PORT": EnvironmentValue("25")])
        config.update(["MAIL_SERVER": "mail", "MAILER": "no", "OTHER": "no"])
        #expect(config.namespace("MAIL_") == ["port": 25, "server": "mail"])
    }

    @Test(
        "truth is written in several ways",
        arguments: [
            ("1", true), ("true", true), ("True", true), ("YES", true), ("on", true), ("0", false), ("false", false),
            ("False", false), ("no", false), ("OFF", false), ("", false),
        ])
    func truth(text: String, value: Bool) throws {
        #expect(try Config(environment: ["X": EnvironmentValue(text)]).bool("X") == value)
    }

    @Test("numbers may be asked for as such; whole ones as both")
    func numbers() throws {
        let config = Config(environment: ["A": EnvironmentValue("25"), "B": EnvironmentValue("2.5")])
        #expect(try config.int("A") == 25 && config.double("A") == 25 && config.double("B") == 2.5)
        #expect(try config.string("A") == "25" && config.string("B") == "2.5")
    }

    @Test("one text counts as a list of it")
    func lists() throws {
        let config = Config(environment: ["A": EnvironmentValue("a"), "B": EnvironmentValue("[\"a\", \"b\"]")])
        #expect(try config.strings("A") == ["a"] && config.strings("B") == ["a", "b"])
    }

    @Test(
        "a value of another type is a problem that says where it was set",
        arguments: [
            ("whole number", "ten"), ("number", "ten"), ("true or false", "maybe"), ("list of texts", "[1]"),
            ("text", "[1]"),
        ])
    func mismatches(type: String, text: String) {
        var config = Config(environment: ["OUTER": EnvironmentValue(text)])
        config["INNER"] = EnvironmentValue(text).value
        let (inner, outer) = (Self.problem(config, "INNER", type), Self.problem(config, "OUTER", type))
        #expect(inner?.message.hasPrefix("The configuration value INNER is not ") == true)
        #expect(inner?.message.hasSuffix("\(type).") == true)
        #expect(inner?.hint.hasPrefix("It was set in the app's code or files; give it ") == true)
        // From the environment, everything is text as well.
        #expect(type == "text" || outer?.hint.hasPrefix("It was set in the environment or .env (CARAFE_OUTER)") == true)
    }

    private static func problem(_ config: Config, _ key: String, _ type: String) -> ConfigurationProblem? {
        do throws(ConfigurationProblem) {
            switch type {
            case "whole number": _ = try config.int(key)
            case "number": _ = try config.double(key)
            case "true or false": _ = try config.bool(key)
            case "list of texts": _ = try config.strings(key)
            default: _ = try config.string(key)
            }
            return nil
        } catch {
            return error
        }
    }
}
