import Foundation
import TestSupport

/// nginx or HAProxy before a server of a test, with a folder of its own; it ends with the value.
final class Front {
    let folder: String
    private let process: ChildProcess

    /// Starts it.
    ///
    /// - Parameters:
    ///   - arguments: what comes before the name of the file with the configuration
    ///   - configuration: made of the folder's path; it has it listen at `front.sock` there
    init(_ path: String, arguments: (String) -> [String] = { _ in [] }, _ configuration: (String) -> String) throws {
        folder = NSTemporaryDirectory() + "carafe-front-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/front.conf"
        try configuration(folder).write(toFile: file, atomically: true, encoding: .utf8)
        process = try ChildProcess(path, arguments(folder) + [file], errors: folder + "/errors")
    }

    deinit {
        process.terminate()
        _ = process.wait()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var socket: String { folder + "/front.sock" }

    /// Whether it comes to listen.
    func listens() async -> Bool { await eventually { FileManager.default.fileExists(atPath: self.socket) } }

    /// What it has complained about.
    var errors: String { (try? String(contentsOfFile: folder + "/errors", encoding: .utf8)) ?? "" }
}

/// What Python's websockets gets back of `/ws`.
///
/// - Parameter connection: an expression for the connection
func echoes(over connection: String) async throws -> String {
    let script = """
        import asyncio, ssl, websockets
        from websockets.asyncio.client import connect, unix_connect
        trusting = ssl.create_default_context(); trusting.check_hostname = False; trusting.verify_mode = ssl.CERT_NONE
        async def main():
            async with \(connection) as socket:
                for message in ["hello", "\u{e9}" * 100_000, b"\\0" * 300_000, ""]:
                    await socket.send(message)
                    assert await socket.recv() == message
                await (await socket.ping())
            print(socket.close_code)
        asyncio.run(main())
        """
    return String(decoding: try await Python.run(["-c", script]), as: UTF8.self)
}
