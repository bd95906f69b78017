import Carafe
import CarafeTesting
import Testing

@Suite("Mistakes in how an app is put together")
struct RegistrationProblemTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var message: String
        var hint: String
        /// Declares the mistake on an app and returns its line.
        var declare: @Sendable (App) -> Int?
    }

    private static let parameterHint =
        "Give the handler one parameter for each variable, in the rule's order, or take the Request and read "
        + "request.pathValues."
    private static let typeHint = "Change the converter in the rule or the type of the parameter."

    static let rules: [Case] = [
        Case(
            testDescription: "too few parameters",
            message: "The rule '/<a>/<int:b>' has 2 variables (<a>, <b>), but its handler takes 1.",
            hint: parameterHint
        ) { app in
            app.get("/<a>/<int:b>") { (a: String) in a }; return #line
        },
        Case(
            testDescription: "too many parameters", message: "The rule '/x' has 0 variables, but its handler takes 1.",
            hint: parameterHint
        ) { app in
            app.get("/x") { (request: Request, a: String) in a }; return #line
        },
        Case(
            testDescription: "none for a variable",
            message: "The rule '/<a>' has 1 variable (<a>), but its handler takes 0.", hint: parameterHint
        ) { app in
            app.get("/<a>") { "" }; return #line
        },
        Case(
            testDescription: "another type",
            message:
                "The variable <a> of the rule '/<a>' is text, but parameter 1 of its handler takes a whole "
                + "number.", hint: typeHint
        ) { app in
            app.get("/<a>") { (a: Int) in "\(a)" }; return #line
        },
        Case(
            testDescription: "another type behind other parameters",
            message: "The variable <uuid:b> of the rule '/<int:a>/<uuid:b>' is a UUID, but parameter 2 of its handler "
                + "takes a number or a whole number.", hint: typeHint
        ) { app in
            app.get("/<int:a>/<uuid:b>") { (a: Int, request: Request, b: Double) async in "\(a)\(b)" }; return #line
        },
        Case(
            testDescription: "a default of another type",
            message:
                "The variable <page> of the rule '/x' is text, but parameter 1 of its handler takes a whole number.",
            hint: typeHint
        ) { app in
            app.get("/x", defaults: ["page": .string("1")]) { (page: Int) in "\(page)" }; return #line
        },
        Case(
            testDescription: "an unknown converter",
            message: "the converter 'itn' does not exist (in '/<itn:a>').",
            hint: "Did you mean 'int' instead?"
        ) { app in
            app.get("/<itn:a>") { (a: Int) in "\(a)" }; return #line
        },
        Case(
            testDescription: "a malformed rule",
            message: "malformed url rule: '/<int:a': the variable at '<int:a' cannot be read.",
            hint: "Write <name> or <converter(arguments):name>, names being ASCII letters, digits and underscores."
        ) { app in
            app.get("/<int:a") { "" }; return #line
        },
        Case(
            testDescription: "a rule without a slash", message: "URL rule 'page' must start with a slash.",
            hint: "Write '/page'."
        ) { app in
            app.get("page") { "" }; return #line
        },
        Case(
            testDescription: "a variable that occurs twice",
            message: "variable name 'a' is used more than once in '/<a>/<a>'.",
            hint: "Give each variable a name of its own."
        ) { app in
            app.get("/<a>/<a>") { (a: String, b: String) in a + b }; return #line
        },
        Case(
            testDescription: "a converter's wrong argument",
            message: "the converter 'int' of '/<int(nonsense=1):a>': it has no argument 'nonsense'.",
            hint: "It takes: fixed_digits, min, max, signed."
        ) { app in
            app.get("/<int(nonsense=1):a>") { (a: Int) in "\(a)" }; return #line
        },
        Case(
            testDescription: "a dot in a name",
            message: "The endpoint name 'a.b' is empty or contains a dot.",
            hint: "Dots separate the names of blueprints from those of their endpoints; choose another name."
        ) { app in
            app.get("/", name: "a.b") { "" }; return #line
        },
        Case(
            testDescription: "an empty name",
            message: "The endpoint name '' is empty or contains a dot.",
            hint: "Dots separate the names of blueprints from those of their endpoints; choose another name."
        ) { app in
            app.get("/", name: "") { "" }; return #line
        },
        Case(
            testDescription: "methods twice", message: "'/' names its methods twice.",
            hint: "Use route(_:methods:) for several methods, or leave methods: away."
        ) { app in
            app.get("/", methods: [.post]) { "" }; return #line
        },
    ]

    @Test("each is told with its place and what to do", arguments: rules)
    func rule(_ mistake: Case) async throws {
        let (app, _) = smallApp()
        let line = mistake.declare(app)
        let problems = await app.problems()
        let problem = try #require(problems.first)
        #expect(problems.count == 1)
        #expect(problem.place == "CarafeTests/RegistrationProblemTests.swift:\(line ?? 0)")
        #expect(problem.message == mistake.message)
        #expect(problem.hint == mistake.hint)
    }

    @Test("two routes of one endpoint name each other's places")
    func duplicateEndpoint() async throws {
        let (app, _) = smallApp()
        app.get("/a", name: "same") { "" }; let first = #line
        app.get("/b", name: "same") { "" }
        let problem = try #require(await app.problems().first)
        #expect(
            problem.message == "Two routes have the endpoint 'same': this one and the one at "
                + "CarafeTests/RegistrationProblemTests.swift:\(first).")
        #expect(problem.place == "CarafeTests/RegistrationProblemTests.swift:\(first + 1)")
        #expect(problem.hint == "Give one of them another name with name: \"…\".")
    }

    @Test("a handler that takes the session needs a secret key")
    func secretKey() async throws {
        let (app, _) = smallApp()
        app.config.secretKey = nil
        app.get("/") { (session: Session) in "\(session.count)" }; let line = #line
        let problem = try #require(await app.problems().first)
        #expect(problem.message == "Sessions are used but no secret key is set.")
        #expect(problem.place == "CarafeTests/RegistrationProblemTests.swift:\(line)")
        #expect(
            problem.hint.hasPrefix(
                "Set app.config.secretKey or CARAFE_SECRET_KEY to something long, random and secret, such as "))
    }

    @Test(
        "a configuration value of a wrong type is told with where it comes from",
        arguments: [
            ("MAX_CONTENT_LENGTH", "large", "a whole number"), ("DEBUG", "perhaps", "true or false"),
            ("TRUSTED_HOSTS", "[1]", "a list of texts"), ("PERMANENT_SESSION_LIFETIME", "1.5", "a whole number"),
        ])
    func configuration(key: String, text: String, expected: String) async throws {
        let (app, _) = smallApp(["CARAFE_\(key)": text])
        let problem = try #require(await app.problems().first)
        #expect(problem.message == "The configuration value \(key) is not \(expected).")
        #expect(
            problem.hint
                == "It was set in the environment or .env (CARAFE_\(key)); give it \(expected) or remove it.")
    }

    @Test("SameSite has three values")
    func sameSite() async throws {
        let (app, _) = smallApp()
        app.config.sessionCookieSameSite = "Loose"
        let problem = try #require(await app.problems().first)
        #expect(problem.message == "SESSION_COOKIE_SAMESITE is 'Loose'.")
        #expect(problem.hint == "Use Lax, Strict or None.")
    }

    @Test("an extension's mistake is told with the others")
    func installation() async throws {
        struct Mail: Extension {
            func install(in app: App) throws {
                throw ConfigurationProblem("No mail server is named.", hint: "Set MAIL_SERVER.")
            }
        }
        struct Broken: Extension {
            struct Reason: Error {}
            func install(in app: App) throws { throw Reason() }
        }
        let (app, _) = smallApp()
        app.install(Mail())
        app.install(Broken())
        let messages = await app.problems().map(\.message)
        #expect(
            messages == ["No mail server is named.", "The extension Broken could not be installed: Reason()"])
    }

    @Test("all of them are reported together, as a person reads them")
    func together() async throws {
        let (app, _) = smallApp(["CARAFE_DEBUG": "perhaps"])
        app.get("/a", name: "same") { "" }; let first = #line
        app.get("/b/<x>", name: "same") { (x: Int) in "\(x)" }
        app.get("/<itn:x>") { (x: Int) in "\(x)" }
        let file = "CarafeTests/RegistrationProblemTests.swift"
        let error = await #expect(throws: ConfigurationError.self) { _ = try await app.start() }
        let description = try #require(error?.description)
        #expect(description.hasPrefix("The app cannot start: 4 problems.\n  - The configuration value DEBUG"))
        for line in [first + 1, first + 2] { #expect(description.contains("\n  - \(file):\(line): ")) }
        #expect(description.contains("this one and the one at \(file):\(first)."))
        #expect(description.contains("\n    Change the converter"))
    }

    @Test("the report of one mistake")
    func one() {
        let error = ConfigurationError([
            ConfigurationProblem("Wrong.", hint: "Right it.", at: DeclarationLocation(fileID: "A/B.swift", line: 3))
        ])
        #expect(error.description == "The app cannot start: 1 problem.\n  - A/B.swift:3: Wrong.\n    Right it.")
    }
}
