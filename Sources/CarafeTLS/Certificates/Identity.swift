import Carafe
import NIOSSL

/// A certificate with those that it is signed with, its private key, and the hosts that it is for.
struct Identity: Sendable {
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey
    /// The hosts' names in lower case, as bytes; one may begin with `*.`.
    let names: [[UInt8]]

    init(chain: [NIOSSLCertificate], key: NIOSSLPrivateKey) {
        self.chain = chain
        self.key = key
        names = chain.first.map(Self.names) ?? []
    }

    /// Reads files.
    ///
    /// - Throws: ``ConfigurationProblem`` with the one to blame
    init(_ files: CertificateFiles) throws(ConfigurationProblem) {
        let keyFile = files.key ?? files.certificate
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey
        do { chain = try NIOSSLCertificate.fromPEMFile(files.certificate) } catch {
            throw Self.problem("certificate", files.certificate)
        }
        guard !chain.isEmpty else { throw Self.problem("certificate", files.certificate) }
        do { key = try NIOSSLPrivateKey(file: keyFile, format: .pem) } catch {
            throw Self.problem("private key", keyFile)
        }
        self.init(chain: chain, key: key)
    }

    private static func problem(_ kind: String, _ path: String) -> ConfigurationProblem {
        ConfigurationProblem(
            "There is no \(kind) that can be read in '\(path)'.",
            hint: "It must be a file in PEM that this process may read; a private key has no passphrase.")
    }

    /// A server's with this certificate.
    var configuration: TLSConfiguration {
        .makeServerConfiguration(certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    }

    /// Whether the certificate is for a host, whose name is in lower case.
    func isFor(_ host: [UInt8]) -> Bool {
        let parent = host.firstIndex(of: UInt8(ascii: ".")).map { host[$0...] }
        return names.contains { name in
            if name == host { return true }
            guard let parent, name.starts(with: "*.".utf8) else { return false }
            return name.dropFirst().elementsEqual(parent)
        }
    }

    /// The names of hosts; a certificate that lists none has its common name.
    private static func names(of certificate: NIOSSLCertificate) -> [[UInt8]] {
        let listed = certificate._subjectAlternativeNames().filter { $0.nameType == .dnsName }
            .map { lowercased($0.contents) }
        guard listed.isEmpty else { return listed }
        return certificate.subjectName.filter { $0.type == .commonName }.map { lowercased($0.value.utf8) }
    }

    /// A name in lower case.
    static func lowercased(_ name: some Sequence<UInt8>) -> [UInt8] {
        name.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    }
}
