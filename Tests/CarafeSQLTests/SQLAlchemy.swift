import Foundation
import TestSupport

/// SQLAlchemy itself, where Python has it.
enum SQLAlchemy {
    /// Whether it is installed.
    static let isInstalled = Python.has("sqlalchemy")

    /// Whether Flask-SQLAlchemy is installed.
    static let hasFlask = Python.has("flask_sqlalchemy")

    /// What a script writes to its output.
    static func run(_ script: String, input: Data = Data()) throws -> Data {
        try Python.run(["-c", script], input: input)
    }
}
