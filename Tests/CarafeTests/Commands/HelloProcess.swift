import Foundation
import TestSupport

/// The example `hello` in a process of its own.
final class HelloProcess {
    /// Beside the bundle of the tests.
    private static let executable = URL(filePath: CommandLine.arguments.first ?? "")
        .deletingLastPathComponent().appending(path: "hello")

    static let path = executable.path(percentEncoded: false)
    static let isBuilt = FileManager.default.isExecutableFile(atPath: path)

    private let process: ChildProcess
    private var bytes = Data()

    /// What it has printed, to either stream, as far as it was waited for.
    var output: String { String(decoding: bytes, as: UTF8.self) }

    init(_ arguments: [String], _ variables: [String: String], descriptors: [CInt] = []) throws {
        process = try ChildProcess(
            Self.path, arguments,
            environment: variables.merging(["CARAFE_SKIP_DOTENV": "1"]) { given, _ in given },
            descriptors: descriptors)
    }

    /// Where it listens, once it does; nil where it ends instead.
    private(set) lazy var address: String? = {
        while !output.contains("\n") || !output.contains(" listens on ") {
            let more = process.read()
            guard !more.isEmpty else { return nil }
            bytes += more
        }
        return output.split(separator: " listens on ").last.map { String($0.prefix { !$0.isWhitespace }) }
    }()

    /// The content at a path, asked of where it listens or of another address.
    func get(_ path: String, at other: String? = nil) throws -> String {
        guard let address = other ?? address, let url = URL(string: address + path), let host = url.host,
            let port = url.port
        else {
            throw CocoaError(.executableLoad)
        }
        let request = "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n"
        let answer = try Self.exchange(request, host, UInt16(port))
        return answer.components(separatedBy: "\r\n\r\n").last ?? ""
    }

    private static func exchange(_ request: String, _ host: String, _ port: UInt16) throws -> String {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected, write(descriptor, request, request.utf8.count) == request.utf8.count else {
            throw POSIXError(.ECONNREFUSED)
        }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { answer += chunk[..<count] }
        return String(decoding: answer, as: UTF8.self)
    }

    /// Asks it to end, and waits.
    func end() -> Int32 {
        process.terminate()
        return wait()
    }

    /// Its exit code, once it has ended.
    func wait() -> Int32 {
        bytes += process.readToEnd()
        return process.wait()
    }
}
