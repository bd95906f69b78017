import Foundation
import Testing

@testable import Carafe

@Suite("Configuration from JSON files")
struct ConfigFileTests {
    @Test("an object's members are values, the last file's win, and the environment wins over them")
    func values() throws {
        let files = try FilesFixture([
            "a.json": #"{"A": 1, "B": {"C": [true, null]}, "D": "a"}"#, "b.json": #"{"D": "b"}"#,
        ])
        var config = Config.load(from: .variables(["CARAFE_A": "2"]), root: files.root).0
        try config.loadJSON(files.folder + "/a.json")
        try config.loadJSON(files.folder + "/b.json")
        #expect(config["A"] == 2 && config["D"] == "b")
        var inner = JSONObject()
        inner["C"] = .array([.bool(true), .null])
        #expect(config["B"] == .object(inner))
    }

    @Test(
        "what is no object in JSON is told with the file's name",
        arguments: [
            ("[1]", "holds no object."), ("1", "holds no object."), ("{", "is not JSON"), ("", "is not JSON"),
            ("{\"SECRET_KEY\": hunter2}", "is not JSON"), ("{\"A\": 1} x", "is not JSON"),
        ])
    func problems(text: String, message: String) throws {
        let files = try FilesFixture(["a.json": text])
        var config = Config()
        let problem = #expect(throws: ConfigurationProblem.self) { try config.loadJSON(files.folder + "/a.json") }
        #expect(problem?.message.hasPrefix("The file \(files.folder)/a.json \(message)") == true)
        #expect(problem?.hint.isEmpty == false && problem?.message.contains("hunter2") == false)
    }

    @Test("a file that is not there is told, with what to do")
    func missing() throws {
        var config = Config()
        let problem = #expect(throws: ConfigurationProblem.self) { try config.loadJSON("/nowhere/a.json") }
        #expect(problem?.message == "The file /nowhere/a.json does not exist.")
        #expect(problem?.hint == "Create it, or correct its path.")
    }
}
