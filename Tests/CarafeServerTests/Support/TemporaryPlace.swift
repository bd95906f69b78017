import CarafeServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A path that nothing has yet.
func temporaryPath() -> String { "/tmp/carafe-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))" }

/// A unix socket's address that nothing has yet.
func temporarySocket() -> ServerConfiguration.Address { .unixSocket(path: temporaryPath()) }

/// A new file that has lost its name already.
///
/// - Returns: its descriptor
func temporaryFile(_ bytes: [UInt8]) -> CInt {
    let path = temporaryPath()
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    unlink(path)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    return descriptor
}
