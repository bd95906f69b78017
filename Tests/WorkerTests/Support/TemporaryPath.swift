import Foundation

/// A path where nothing is yet, and nothing is left when the test ends.
final class TemporaryPath {
    /// Short enough for a socket.
    let path = "/tmp/cw-\(UUID().uuidString.prefix(8))"

    deinit { remove() }

    /// Makes an empty file there.
    func makeFile() { _ = FileManager.default.createFile(atPath: path, contents: nil) }

    /// Makes an empty folder there.
    func makeFolder() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    /// Removes what is there.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
