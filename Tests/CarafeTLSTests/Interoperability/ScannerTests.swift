import Carafe
import CarafeTLS
import Foundation
import TestSupport
import Testing

/// `make scan`: takes minutes, and needs testssl.sh.
@Suite(
    .enabled(if: ProcessInfo.processInfo.environment["CARAFE_SCAN"] != nil, "runs by `make scan`"),
    .enabled(if: ChildProcess.path(of: "testssl") != nil, "testssl.sh is not installed"))
struct ScannerTests {
    /// One of testssl's findings.
    private struct Finding: Decodable, CustomStringConvertible {
        let id: String
        let severity: String
        let finding: String

        var description: String { "\(severity) \(id): \(finding)" }
    }

    /// What is no weakness: the test's authority tells nothing of revocation; of ciphers that are all strong, clients choose, as
    /// Mozilla's configurations have it, since they know what they are quick at; the scanner's own openssl is not complete.
    private static let accepted: Set = ["cert_revocation", "cipher_order", "engine_problem"]

    @Test("testssl.sh finds nothing of more than low severity, but what is no weakness")
    func testssl() async throws {
        let authority = try Authority()
        let files = try authority.sign("server", names: "DNS:localhost,IP:127.0.0.1", days: 90)
        try await serve {
            var tls = TLS(certificate: files.certificate, key: files.key)
            tls.strictTransportSecurity = StrictTransportSecurity()
            $0.install(tls)
            $0.use(SecurityHeaders())
        } then: { app in
            let report = NSTemporaryDirectory() + "carafe-scan-\(UUID().uuidString).json"
            defer { try? FileManager.default.removeItem(atPath: report) }
            _ = try await output(
                of: "testssl",
                [
                    "--quiet", "--warnings", "off", "--color", "0", "--add-ca", authority.file, "--jsonfile", report,
                    "https://localhost:\(app.port)",
                ])
            let findings = try JSONDecoder().decode([Finding].self, from: Data(contentsOf: URL(filePath: report)))
            for finding in findings where finding.severity != "INFO" { print(finding) }
            let grave = findings.filter {
                !["OK", "INFO", "LOW"].contains($0.severity) && !Self.accepted.contains($0.id)
            }
            #expect(findings.contains { $0.id == "CCS" }, "the scan did not come to its end")
            #expect(grave.isEmpty)
        }
    }
}
