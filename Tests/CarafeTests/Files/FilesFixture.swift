import CarafeHTTP
import Foundation
import HTTPTypes
import NIOCore
import NIOPosix

@testable import Carafe

/// A folder of its own for a test, gone with it: `root/static` is what an app serves, `root` is outside of it.
final class FilesFixture: Sendable {
    let root: String
    var folder: String { root + "/static" }

    /// A time that no file system rounds: 2023-11-14 22:13:20.
    static let time = 1_700_000_000
    static let date = "Tue, 14 Nov 2023 22:13:20 GMT"

    /// - Parameter files: contents by their paths in `static`
    init(_ files: [String: String] = [:]) throws {
        let name = FileManager.default.temporaryDirectory.appending(path: "carafe-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: name.appending(path: "static"), withIntermediateDirectories: true)
        root = name.resolvingSymlinksInPath().path(percentEncoded: false)
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// Writes a file of `static`, last changed at `time`; `../name` lies outside.
    func write(_ name: String, _ text: String, time: Int = FilesFixture.time) throws {
        let url = URL(filePath: folder + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(time))],
            ofItemAtPath: url.path(percentEncoded: false))
    }

    /// Makes `static/name` a symbolic link.
    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: target)
    }

    /// An app that serves `static`.
    func app(_ configuration: [String: String] = [:]) -> App {
        App("files", root: root, environment: .variables(configuration))
    }

    /// How often the process has a file of the folder open.
    var openFiles: Int {
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return descriptors.filter {
            ((try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)) ?? "").hasPrefix(root)
        }.count
    }
}

/// A response as a client sees it, but for what only a server adds.
struct Answer {
    var status: Int
    var headers: Headers
    /// The content; empty for HEAD.
    var text: String
    var body: ResponseBody

    subscript(name: HTTPField.Name) -> String? { headers[name] }
}

extension App {
    /// The app's answer to a request of these lines, without a socket.
    func answer(_ line: String, _ fields: String...) async throws -> Answer {
        try await answer(try Request.parsed(line, fields))
    }

    /// The app's answer to a request, without a socket.
    func answer(_ request: Request) async throws -> Answer {
        let response = await (try compile()).respond(to: request).response
        let content = request.method == .head ? ByteBuffer() : try await response.body.collect()
        response.close()
        return Answer(
            status: response.status.code, headers: response.headers, text: String(buffer: content),
            body: response.body)
    }
}

extension Request {
    /// A request out of its first line (without the version) and its fields.
    static func parsed(_ line: String, _ fields: [String] = []) throws -> Request {
        var parser = HTTP1Parser()
        let head = (["\(line) HTTP/1.1", "Host: example.com"] + fields).joined(separator: "\r\n")
        parser.append(ByteBuffer(string: head + "\r\n\r\n"))
        guard case .head(let head) = try parser.next() else { throw CocoaError(.coderInvalidValue) }
        return Request(head: head, body: RequestBody(), connection: try connection())
    }

    /// A request as no server lets it through, with any bytes in its target.
    static func unchecked(_ method: HTTPRequest.Method = .get, path: String, query: String? = nil) throws -> Request {
        let bytes = ByteBuffer(string: path + (query.map { "?" + $0 } ?? ""))
        let target = RequestTarget(
            form: .origin, bytes: bytes, pathStart: 0, pathLength: path.utf8.count,
            queryStart: query == nil ? -1 : path.utf8.count + 1, isPathEncoded: path.utf8.contains(0x25))
        let head = RequestHead(
            method: method, target: target, version: .http11, headers: Headers(), authority: "example.com",
            framing: .none, keepsAlive: true, expectsContinue: false)
        return Request(head: head, body: RequestBody(), connection: try connection())
    }

    private static func connection() throws -> ConnectionInfo {
        ConnectionInfo(
            remoteAddress: try SocketAddress(ipAddress: "192.0.2.7", port: 50_000), localAddress: nil, scheme: "http",
            eventLoop: MultiThreadedEventLoopGroup.singleton.any())
    }
}
