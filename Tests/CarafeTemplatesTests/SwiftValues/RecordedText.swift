import Foundation
import TestSupport

@testable import CarafeTemplates

/// A text and what Python made of it, as the scripts in `Differential` write it.
struct RecordedText: Decodable, CustomStringConvertible {
    let text: String
    let repr: String?
    let error: String?
    let message: String?

    /// The representation of the value, or what the error says.
    var expected: String { repr ?? message ?? "" }

    var description: String { text.debugDescription }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    static func recorded(_ name: String) throws -> [RecordedText] {
        try decode(Data(contentsOf: folder.appending(path: "Vectors/\(name).jsonl")))
    }

    static func random(_ name: String, seed: UInt32, count: Int) throws -> [RecordedText] {
        let script = folder.appending(path: "Differential/\(name).py").path
        return try decode(Python.run([script, String(seed), String(count)]))
    }

    private static func decode(_ lines: Data) throws -> [RecordedText] {
        let decoder = JSONDecoder()
        return try lines.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(RecordedText.self, from: $0) }
    }

    /// What we make of the text.
    func answer(_ read: (String) throws -> TemplateValue) -> String {
        do {
            return try read(text).representation
        } catch let error as TemplateError {
            return error.message
        } catch {
            return "\(error)"
        }
    }
}
