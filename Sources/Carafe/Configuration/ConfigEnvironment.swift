import CarafeHTTP
import FoundationEssentials
import NIOCore

/// Where a configuration's outer values come from.
public enum ConfigEnvironment: Sendable {
    /// The process's environment, and the file `.env` in the app's root beneath it.
    case process
    /// These variables alone, as tests want it.
    case variables([String: String])
    /// None.
    case none
}

/// A value from the environment: its text, and what the text says when it is read as JSON.
struct EnvironmentValue: Sendable {
    var text: String
    var value: JSONValue

    init(_ text: String) {
        self.text = text
        var buffer = ByteBuffer()
        buffer.writeString(text)
        value = (try? JSONReader().decode(JSONValue.self, from: buffer)) ?? .string(text)
    }

    init(_ value: JSONValue) {
        text = ""
        self.value = value
    }
}

extension Config {
    /// Reads the outer values; what cannot be read is a problem that the start reports.
    static func load(from environment: ConfigEnvironment, root: String) -> (Config, [ConfigurationProblem]) {
        var variables: [String: String]
        var problems: [ConfigurationProblem] = []
        switch environment {
        case .none: return (Config(), [])
        case .variables(let given): variables = given
        case .process:
            let process = ProcessInfo.processInfo.environment
            variables = process
            let path = root + "/.env"
            if process["CARAFE_SKIP_DOTENV"] == nil, FileManager.default.fileExists(atPath: path) {
                do throws(ConfigurationProblem) {
                    let file = try DotEnv(parsing: try read(path), file: path, environment: process)
                    variables.merge(file.values) { outer, _ in outer }
                } catch {
                    problems.append(error)
                }
            }
        }
        return (Config(environment: prefixed(variables)), problems)
    }

    private static func read(_ path: String) throws(ConfigurationProblem) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationProblem(
                "The file \(path) is there but cannot be read.",
                hint: "Give the user who runs the app the right to read it, or remove it.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationProblem("The file \(path) is not UTF-8.", hint: "Save it as UTF-8.")
        }
        return text
    }

    /// The values of `CARAFE_…` and `FLASK_…` variables by their keys; two underscores lead into an object
    /// (`CARAFE_MAIL__PORT=25` is the member `PORT` of `MAIL`).
    private static func prefixed(_ variables: [String: String]) -> [String: EnvironmentValue] {
        var values: [String: EnvironmentValue] = [:]
        for prefix in ["FLASK_", "CARAFE_"] {
            for name in variables.keys.sorted() where name.utf8.starts(with: prefix.utf8) {
                let key = String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
                let text = variables[name] ?? ""
                var path = key.split(separator: "__", omittingEmptySubsequences: false).map(String.init)
                guard path.count > 1, !path[0].isEmpty else {
                    values[key] = EnvironmentValue(text)
                    continue
                }
                let first = path.removeFirst()
                let base = values[first]?.value ?? .object(JSONObject())
                values[first] = EnvironmentValue(base.setting(EnvironmentValue(text).value, at: path[...]))
            }
        }
        return values
    }

    /// Loads an object of values from a JSON file (Flask's `from_file`).
    ///
    /// - Throws: ``ConfigurationProblem`` that says why the file cannot be used.
    public mutating func loadJSON(_ path: String) throws(ConfigurationProblem) {
        let text = try Self.read(path)
        let value: JSONValue
        do {
            value = try JSONReader().decode(JSONValue.self, from: ByteBuffer(string: text))
        } catch {
            throw ConfigurationProblem("The file \(path) is not JSON: \(error)", hint: "Correct it.")
        }
        guard case .object(let object) = value else {
            throw ConfigurationProblem(
                "The file \(path) holds no object.", hint: "Write {\"NAME\": value, …}.")
        }
        for (key, value) in object { self[key] = value }
    }
}

extension JSONValue {
    /// The same value with a member set, making objects on the way; a value that is no object is replaced by one.
    fileprivate func setting(_ value: JSONValue, at path: ArraySlice<String>) -> JSONValue {
        guard let key = path.first else { return value }
        var object = JSONObject()
        if case .object(let existing) = self { object = existing }
        object[key] = (object[key] ?? .object(JSONObject())).setting(value, at: path.dropFirst())
        return .object(object)
    }
}
