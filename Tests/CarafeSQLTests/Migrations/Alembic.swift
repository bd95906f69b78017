import Foundation
import TestSupport

/// The real Alembic, where Python has it.
enum Alembic {
    /// The folder of the scripts that ask it.
    static let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Differential")

    /// Whether it can be asked.
    static let isInstalled = Python.has("alembic", "sqlalchemy")

    /// What a Python program with Alembic writes.
    @discardableResult
    static func run(_ arguments: [String]) throws -> String {
        let process = try ChildProcess(Python.interpreter, ["-B"] + arguments)
        let output = String(decoding: process.readToEnd(), as: UTF8.self)
        guard process.wait() == 0 else { throw Failure(description: output) }
        return output
    }

    /// A program that failed, with what it wrote.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
