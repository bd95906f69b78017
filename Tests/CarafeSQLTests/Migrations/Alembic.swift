import Foundation
import TestSupport

/// The real Alembic, where there is a Python that has it: that of the virtual environment `.build/python`, or the system's.
enum Alembic {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of the scripts that ask it.
    static let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Differential")

    private static let python: String? = [root.appending(path: ".build/python/bin/python3").path, "python3"].first {
        guard let process = try? ChildProcess($0, ["-c", "import alembic, sqlalchemy"]) else { return false }
        _ = process.readToEnd()
        return process.wait() == 0
    }

    /// Whether it can be asked.
    static let isInstalled = python != nil

    /// What a Python program with Alembic writes.
    @discardableResult
    static func run(_ arguments: [String]) throws -> String {
        let process = try ChildProcess(python ?? "python3", ["-B"] + arguments)
        let output = String(decoding: process.readToEnd(), as: UTF8.self)
        guard process.wait() == 0 else { throw Failure(description: output) }
        return output
    }

    /// A program that failed, with what it wrote.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
