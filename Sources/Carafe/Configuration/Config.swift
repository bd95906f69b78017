/// An app's configuration: values by name, as Flask names them, with typed access to those that Carafe knows.
///
/// ```swift
/// app.config.secretKey = "dev"
/// app.config["MAIL_SERVER"] = "localhost"
/// let server = try app.config.string("MAIL_SERVER")
/// ```
///
/// The environment wins over files, and files win over what the program sets, so that one program runs everywhere:
///
/// 1. `CARAFE_NAME` in the process's environment, then `FLASK_NAME`
/// 2. the same names in the file `.env`, then in `.flaskenv`
/// 3. files loaded with ``loadJSON(_:)``, and values set in code, the last of them
///
/// Printing a configuration masks what looks like a secret.
public struct Config: Sendable {
    /// Values from the environment and `.env`.
    private var environment: [String: EnvironmentValue]
    /// Values from files and code.
    private var values: [String: JSONValue] = [:]

    /// A configuration over an environment's values.
    init(environment: [String: EnvironmentValue] = [:]) { self.environment = environment }

    /// The value of a key; keys are upper-case by convention. Setting it sets the program's value, over which the
    /// environment wins.
    public subscript(key: String) -> JSONValue? {
        get { environment[key]?.value ?? values[key] }
        set { values[key] = newValue }
    }

    /// Sets a value over which nothing wins: what the command line says.
    mutating func override(_ key: String, _ text: String) { environment[key] = EnvironmentValue(text) }

    /// Every key that has a value, sorted.
    public var keys: [String] { Set(environment.keys).union(values.keys).sorted() }

    /// Sets several values (Flask's `from_mapping`).
    public mutating func update(_ values: [String: JSONValue]) {
        self.values.merge(values) { _, new in new }
    }

    /// The values whose keys begin with `prefix`, with the rest of the key in lower case (Flask's `get_namespace`).
    public func namespace(_ prefix: String) -> [String: JSONValue] {
        var result: [String: JSONValue] = [:]
        for key in keys where key.utf8.starts(with: prefix.utf8) {
            result[String(decoding: key.utf8.dropFirst(prefix.utf8.count), as: UTF8.self).lowercased()] = self[key]
        }
        return result
    }

    // MARK: - Typed access

    /// The text of a key; nil where it has no value. Numbers from the environment are text as well.
    ///
    /// - Throws: ``ConfigurationProblem`` where the value is of another type.
    public func string(_ key: String) throws(ConfigurationProblem) -> String? {
        switch self[key] {
        case nil, .null?: return nil
        case .string(let value)?: return value
        default:
            guard let text = environment[key]?.text else { throw mismatch(key, "text") }
            return text
        }
    }

    /// The whole number of a key; nil where it has no value.
    ///
    /// - Throws: ``ConfigurationProblem`` where the value is of another type.
    public func int(_ key: String) throws(ConfigurationProblem) -> Int? {
        switch self[key] {
        case nil, .null?: nil
        case .int(let value)?: value
        default: throw mismatch(key, "a whole number")
        }
    }

    /// The number of a key; nil where it has no value.
    ///
    /// - Throws: ``ConfigurationProblem`` where the value is of another type.
    public func double(_ key: String) throws(ConfigurationProblem) -> Double? {
        switch self[key] {
        case nil, .null?: nil
        case .int(let value)?: Double(value)
        case .double(let value)?: value
        default: throw mismatch(key, "a number")
        }
    }

    /// The truth of a key; nil where it has no value. `0`, `1`, `no`, `yes`, `off`, `on` count, as they come from an
    /// environment.
    ///
    /// - Throws: ``ConfigurationProblem`` where the value is of another type.
    public func bool(_ key: String) throws(ConfigurationProblem) -> Bool? {
        switch self[key] {
        case nil, .null?: return nil
        case .bool(let value)?: return value
        case .int(0)?: return false
        case .int(1)?: return true
        case .string(let text)?:
            switch text.lowercased() {
            case "true", "yes", "on": return true
            case "false", "no", "off", "": return false
            default: throw mismatch(key, "true or false")
            }
        default: throw mismatch(key, "true or false")
        }
    }

    /// The texts of a key, from a list or one text; nil where it has no value.
    ///
    /// - Throws: ``ConfigurationProblem`` where the value is of another type.
    public func strings(_ key: String) throws(ConfigurationProblem) -> [String]? {
        switch self[key] {
        case nil, .null?: return nil
        case .string(let value)?: return [value]
        case .array(let values)?:
            var strings: [String] = []
            for value in values {
                guard case .string(let string) = value else { throw mismatch(key, "a list of texts") }
                strings.append(string)
            }
            return strings
        default: throw mismatch(key, "a list of texts")
        }
    }

    private func mismatch(_ key: String, _ expected: String) -> ConfigurationProblem {
        let origin = environment[key] != nil ? "the environment or .env (CARAFE_\(key))" : "the app's code or files"
        return ConfigurationProblem(
            "The configuration value \(key) is not \(expected).",
            hint: "It was set in \(origin); give it \(expected) or remove it.")
    }
}

extension Config: CustomStringConvertible, CustomReflectable {
    /// The keys and values, one a line; what looks like a secret is masked.
    public var description: String {
        shown.map { "\($0.key)=\((try? JSONWriter().string(from: $0.value)) ?? Secrets.mask)" }.joined(separator: "\n")
    }

    /// What `dump` and debuggers show: the same as ``description``.
    public var customMirror: Mirror {
        Mirror(self, children: shown.map { (label: $0.key, value: (try? JSONWriter().string(from: $0.value)) as Any) })
    }

    /// The keys and values, with what looks like a secret masked.
    package var shown: [(key: String, value: JSONValue)] {
        keys.map { ($0, Secrets.masked(self[$0] ?? .null, named: $0)) }
    }
}
