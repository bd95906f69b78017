import Carafe
import CarafeProxy
import CarafeTLS
import CarafeTesting
import Foundation
import TestSupport

/// Serves an app that passes everything on, while `body` runs.
func withProxy(_ proxy: Proxy, _ body: (TestClient, LogRecorder) async throws -> Void) async throws {
    let log = LogRecorder()
    var proxy = proxy
    proxy.logger = log.logger
    let app = App("proxying", root: "/tmp", staticFolder: nil, templateFolder: nil, environment: .none)
    app.mount("/", proxy)
    try await app.test(.server) { try await body($0, log) }
}

/// An authority, and servers' certificates that it has signed.
final class Authority: Sendable {
    private let certificates: Certificates

    init() throws {
        certificates = try Certificates()
        try certificates.make("authority")
    }

    /// The file of its certificate.
    var file: String { certificates.path("authority.pem") }

    /// A server's certificate.
    func sign(_ name: String, names: String, days: Int = 2) throws -> CertificateFiles {
        try certificates.makeServer(name, names: names, authority: "authority", days: days)
    }
}

/// A server in Python, in a process of its own; the script prints its port.
final class PythonServer {
    let port: Int
    private let process: ChildProcess

    init(_ script: String, _ arguments: String...) throws {
        process = try ChildProcess(Python.interpreter, ["-B", "-c", script] + arguments, errors: "/dev/null")
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let more = process.read()
            if more.isEmpty { break }
            line += more
        }
        port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    deinit {
        process.terminate()
        _ = process.wait()
    }
}
