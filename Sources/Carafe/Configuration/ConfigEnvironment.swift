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
    /// Nil where the value was put together from several variables.
    var text: String?
    var value: JSONValue

    init(_ text: String) {
        self.text = text
        var buffer = ByteBuffer()
        buffer.writeString(text)
        value = (try? JSONReader().decode(JSONValue.self, from: buffer)) ?? .string(text)
    }

    /// Text that is nothing else, whatever it looks like.
    init(text: String) {
        self.text = text
        value = .string(text)
    }

    init(_ value: JSONValue) {
        text = nil
        self.value = value
    }
}

extension Config {
    /// Reads the outer values; what cannot be read is a problem that the start reports.
    static func load(from environment: ConfigEnvironment, root: String) -> (Config, [ConfigurationProblem]) {
        switch environment {
        case .none: (Config(), [])
        case .variables(let variables): (Config(environment: values(of: [variables])), [])
        case .process: load(process: ProcessInfo.processInfo.environment, root: root)
        }
    }

    /// Reads the outer values of a process with these variables.
    package static func load(process: [String: String], root: String) -> (Config, [ConfigurationProblem]) {
        var sources: [[String: String]] = []
        var problems: [ConfigurationProblem] = []
        for name in skipsDotEnv(process) ? [] : [".flaskenv", ".env"] {
            let path = root + "/" + name
            var isFolder = false
            // A folder of this name is a virtual environment of Python's.
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder else { continue }
            do throws(ConfigurationProblem) {
                sources.append(try DotEnv(parsing: try read(path), file: path, environment: process).values)
            } catch {
                problems.append(error)
            }
        }
        return (Config(environment: values(of: sources + [process])), problems)
    }

    /// Whether `CARAFE_SKIP_DOTENV` (or Flask's `FLASK_SKIP_DOTENV`) is set to anything but nothing, 0, false or no.
    private static func skipsDotEnv(_ process: [String: String]) -> Bool {
        guard let text = process["CARAFE_SKIP_DOTENV"] ?? process["FLASK_SKIP_DOTENV"] else { return false }
        return !["", "0", "false", "no"].contains(text.lowercased())
    }

    private static func read(_ path: String) throws(ConfigurationProblem) -> String {
        guard FileManager.default.fileExists(atPath: path) else {
            throw ConfigurationProblem("The file \(path) does not exist.", hint: "Create it, or correct its path.")
        }
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

    /// The values of `CARAFE_…` and `FLASK_…` variables by their keys, the later sources over the earlier ones, and of those whose
    /// name every platform agrees on: `DATABASE_URL` and, for further databases, `STATS_DATABASE_URL`. Two underscores lead into an object (`CARAFE_MAIL__PORT=25` is the member `PORT` of `MAIL`).
    private static func values(of sources: [[String: String]]) -> [String: EnvironmentValue] {
        var values: [String: EnvironmentValue] = [:]
        for variables in sources {
            for (name, text) in variables where isDatabaseURL(name) { values[name] = EnvironmentValue(text: text) }
            for prefix in ["FLASK_", "CARAFE_"] {
                for name in variables.keys.sorted() where name.utf8.starts(with: prefix.utf8) {
                    let key = String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
                    set(key, to: variables[name] ?? "", in: &values)
                }
            }
        }
        return values
    }

    private static func isDatabaseURL(_ name: String) -> Bool {
        guard name.utf8.suffix(12).elementsEqual("DATABASE_URL".utf8) else { return false }
        let prefix = name.utf8.dropLast(12)
        return prefix.isEmpty
            || (prefix.last == UInt8(ascii: "_") && !prefix.starts(with: "CARAFE_".utf8)
                && !prefix.starts(with: "FLASK_".utf8))
    }

    private static func set(_ key: String, to text: String, in values: inout [String: EnvironmentValue]) {
        var path = key.split(separator: "__", omittingEmptySubsequences: false).map(String.init)
        guard path.count > 1, !path[0].isEmpty else { return values[key] = EnvironmentValue(text) }
        let first = path.removeFirst()
        let base = values[first]?.value ?? .object(JSONObject())
        values[first] = EnvironmentValue(base.setting(EnvironmentValue(text).value, at: path[...]))
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
