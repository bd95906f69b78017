#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An upload that cannot be stored, read or saved.
public struct UploadError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong. More kinds may come; compare with the ones you know.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        /// The kind's name.
        public let description: String

        /// The file system refused: a full disk, a missing folder, no permission.
        public static let storage = Kind(description: "storage")

        /// There is a file at the path already, and overwriting was not asked for.
        public static let exists = Kind(description: "exists")

        /// The path is empty or contains a NUL.
        public static let invalidPath = Kind(description: "invalidPath")
    }

    /// What went wrong.
    public let kind: Kind

    /// What happened.
    public let message: String

    /// What to do about it.
    public let hint: String

    /// The system's error number, 0 where the system was not asked.
    public let errorNumber: CInt

    /// The message and the hint.
    public var description: String { "\(message) \(hint)" }

    /// The system refused to do `action`.
    static func storage(_ action: String, _ number: CInt) -> UploadError {
        let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
        return UploadError(
            kind: number == EEXIST ? .exists : .storage, message: "Could not \(action): \(reason).",
            hint: number == EEXIST
                ? "Choose another name, or pass overwrite: true."
                : "See that the folder exists, may be written to and has space left; TMPDIR or UploadSpool.directory "
                    + "sets the one for temporary files.",
            errorNumber: number)
    }
}
