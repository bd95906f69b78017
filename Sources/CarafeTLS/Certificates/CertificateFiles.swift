/// Where a certificate and its private key are.
public struct CertificateFiles: Sendable, Hashable {
    /// The file of the certificate and of those that it is signed with, in PEM.
    public var certificate: String

    /// The file of its private key, in PEM; nil where it is in the certificate's file.
    public var key: String?

    /// Files; relative paths count from the app's root.
    public init(certificate: String, key: String? = nil) {
        self.certificate = certificate
        self.key = key
    }

    /// The same with paths that count from a folder.
    func below(_ folder: String) -> CertificateFiles {
        func place(_ path: String) -> String {
            path.utf8.first == UInt8(ascii: "/") || path.utf8.elementsEqual(Self.adHoc.utf8)
                ? path : folder + "/" + path
        }
        return CertificateFiles(certificate: place(certificate), key: key.map(place))
    }

    /// What stands for a throw-away certificate in the place of a file.
    static let adHoc = "adhoc"
}
