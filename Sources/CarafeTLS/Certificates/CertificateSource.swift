import Carafe
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a certificate comes from, so that it can be read again.
enum CertificateSource: Sendable {
    case files(CertificateFiles)
    /// One that was made for this process.
    case made(Identity)

    /// The sources of all of these, the throw-away one made.
    static func all(_ files: [CertificateFiles]) throws -> [CertificateSource] {
        try files.map { files in
            guard files.certificate.utf8.elementsEqual(CertificateFiles.adHoc.utf8) else { return .files(files) }
            return .made(try AdHocCertificate.make())
        }
    }

    /// Reads the certificate.
    ///
    /// - Throws: ``ConfigurationProblem`` with the file to blame
    func load() throws(ConfigurationProblem) -> Identity {
        switch self {
        case .made(let identity): identity
        case .files(let files): try Identity(files)
        }
    }

    /// What tells one state of the files from the next; empty where there are none.
    var state: [FileState] {
        guard case .files(let files) = self else { return [] }
        return [FileState(files.certificate), FileState(files.key ?? files.certificate)]
    }
}

/// What changes when a file is written or replaced.
struct FileState: Hashable, Sendable {
    private var device: UInt64 = 0
    private var file: UInt64 = 0
    private var size: Int64 = 0
    private var seconds = 0
    private var nanoseconds = 0

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        file = UInt64(truncatingIfNeeded: status.st_ino)
        size = Int64(truncatingIfNeeded: status.st_size)
        #if canImport(Darwin)
            (seconds, nanoseconds) = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
        #else
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        #endif
    }
}
