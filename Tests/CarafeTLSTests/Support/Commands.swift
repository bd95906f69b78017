import Foundation
import TestSupport

/// What a command writes, standard error included.
func output(of command: String, _ arguments: String...) async throws -> String {
    try await output(of: command, arguments)
}

func output(of command: String, _ arguments: [String], input: String? = nil) async throws -> String {
    try await onOwnThread { try blockingOutput(of: command, arguments, input: input) }
}

/// The same for functions that cannot wait: of commands that take no time.
func blockingOutput(of command: String, _ arguments: [String], input: String? = nil) throws -> String {
    let process = try ChildProcess(command, arguments, input: input)
    let text = String(decoding: process.readToEnd(), as: UTF8.self)
    _ = process.wait()
    return text
}

/// What curl gets, in `format` of its `--write-out`.
func curl(_ arguments: String...) async throws -> String {
    try await output(of: "curl", ["--silent", "--show-error", "--max-time", "60"] + arguments)
}

/// The results of a Python script beside the tests: one line of JSON for each case.
func results(of script: String, port: Int, _ arguments: String...) async throws -> [CaseResult] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = folder.appending(path: "HTTP2/clients/\(script)").path(percentEncoded: false)
    let lines = try await Python.run([path, "\(port)"] + arguments)
    return try lines.split(separator: UInt8(ascii: "\n")).map {
        try JSONDecoder().decode(CaseResult.self, from: Data($0))
    }
}

/// How one case of a script went.
struct CaseResult: Decodable, CustomStringConvertible {
    let name: String
    let ok: Bool
    let outcome: String

    var description: String { "\(name): \(outcome)" }
}

/// The folder of the clients that are written in Python.
let clients = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "HTTP2/clients").path(percentEncoded: false)
