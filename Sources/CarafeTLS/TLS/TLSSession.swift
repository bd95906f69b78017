public import CarafeHTTP
import Crypto
import NIOSSL

/// What was agreed on with the client in the handshake.
public struct TLSSession: Sendable {
    /// The version of TLS.
    public let version: TLSVersion

    /// What is spoken, as ALPN names it (`h2`, `http/1.1`); nil where the client did not ask.
    public let applicationProtocol: String?

    /// The certificate that the client has shown, and that one of the authorities has signed; nil where it has shown none,
    /// or was not asked for one.
    public let clientCertificate: ClientCertificate?

    init(_ handler: NIOSSLServerHandler, applicationProtocol: String?) {
        version = handler.tlsVersion == .tlsv13 ? .tls13 : .tls12
        self.applicationProtocol = applicationProtocol
        clientCertificate = handler.peerCertificate.flatMap { ClientCertificate($0) }
    }
}

extension Request {
    /// What was agreed on in the TLS handshake of the request's connection; nil where there is no TLS, or a proxy speaks it.
    ///
    /// ```swift
    /// app.get("/me") { request in request.tls?.clientCertificate?.commonName ?? "nobody" }
    /// ```
    public var tls: TLSSession? { connection.security as? TLSSession }
}

/// A client's certificate. It was checked in the handshake: one of the authorities has signed it, and it is in time.
public struct ClientCertificate: Sendable {
    /// The subject's common name (CN).
    public let commonName: String?
    /// The subject's organizations (O).
    public let organizations: [String]
    /// The subject's organizational units (OU).
    public let organizationalUnits: [String]
    /// The subject's e-mail addresses, those of the alternative names first.
    public let emailAddresses: [String]
    /// The hosts' names among the alternative names.
    public let hosts: [String]
    /// The URIs among the alternative names, such as SPIFFE's.
    public let uris: [String]
    /// The common name of the authority that has signed it.
    public let issuer: String?
    /// The serial number in hexadecimal digits.
    public let serialNumber: String
    /// The end of its validity, in seconds since 1970.
    public let expires: Int
    /// The SHA-256 of the certificate in hexadecimal digits.
    public let fingerprint: String
    /// The certificate in DER.
    public let bytes: [UInt8]

    init?(_ certificate: NIOSSLCertificate) {
        guard let bytes = try? certificate.toDERBytes() else { return nil }
        self.bytes = bytes
        let subject = certificate.subjectName
        func values(_ type: SSLCertificateNameType) -> [String] { subject.filter { $0.type == type }.map(\.value) }
        var alternatives: [(kind: _SubjectAlternativeName.NameType, value: String)] = []
        for name in certificate._subjectAlternativeNames() {
            alternatives.append((name.nameType, String(decoding: name.contents, as: UTF8.self)))
        }
        commonName = values(.commonName).first
        organizations = values(.organization)
        organizationalUnits = values(.organizationalUnit)
        emailAddresses = alternatives.filter { $0.kind == .email }.map(\.value) + values(.emailAddress)
        hosts = alternatives.filter { $0.kind == .dnsName }.map(\.value)
        uris = alternatives.filter { $0.kind == .uri }.map(\.value)
        issuer = certificate.issuerName.first { $0.type == .commonName }?.value
        serialNumber = Self.hexadecimal(certificate.serialNumber)
        expires = Int(certificate.notValidAfter)
        fingerprint = Self.hexadecimal(SHA256.hash(data: bytes))
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
