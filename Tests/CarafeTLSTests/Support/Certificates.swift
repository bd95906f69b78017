import CarafeTLS
import Foundation

/// Certificates for one test, made by openssl in a folder that disappears with it.
final class Certificates: Sendable {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "carafe-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// A certificate that is signed by itself, for hosts: `name.pem` and `name.key`.
    @discardableResult
    func make(_ name: String, hosts: String..., subject: String? = nil) throws -> (certificate: String, key: String) {
        let alternatives = hosts.map { "DNS:\($0)" }.joined(separator: ",")
        _ = try blockingOutput(
            of: "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", subject ?? "/CN=\(name)", "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
            ] + (alternatives.isEmpty ? [] : ["-addext", "subjectAltName=\(alternatives)"]))
        return (path("\(name).pem"), path("\(name).key"))
    }

    /// A client's certificate that the one called `authority` has signed.
    func makeClient(_ name: String, subject: String, authority: String) throws {
        try request(name, subject: subject)
        try sign(name, by: authority, days: 2)
    }

    /// A server's certificate that the one called `authority` has signed.
    ///
    /// - Parameters:
    ///   - names: the hosts that it is for, as `DNS:name` or `IP:address`
    ///   - days: how long it is valid; less than 0 for one that has expired
    func makeServer(_ name: String, names: String, authority: String, days: Int = 2) throws -> CertificateFiles {
        try request(name, subject: "/CN=\(name)")
        try "subjectAltName=\(names)".write(toFile: path("\(name).ext"), atomically: true, encoding: .utf8)
        try sign(name, by: authority, days: days, "-extfile", path("\(name).ext"))
        return CertificateFiles(certificate: path("\(name).pem"), key: path("\(name).key"))
    }

    private func request(_ name: String, subject: String) throws {
        _ = try blockingOutput(
            of: "openssl",
            [
                "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", subject,
                "-keyout", path("\(name).key"), "-out", path("\(name).csr"),
            ])
    }

    private func sign(_ name: String, by authority: String, days: Int, _ options: String...) throws {
        _ = try blockingOutput(
            of: "openssl",
            [
                "x509", "-req", "-in", path("\(name).csr"), "-CA", path("\(authority).pem"), "-CAkey",
                path("\(authority).key"), "-set_serial", "4660", "-days", "\(days)", "-out", path("\(name).pem"),
            ] + options)
    }
}
