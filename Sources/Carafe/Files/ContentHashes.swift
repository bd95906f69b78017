import CarafeHTTP
import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Short hashes of what is in files, remembered for as long as the files stay as they are.
final class ContentHashes: Sendable {
    /// Files of more bytes than this are not read: reading holds up the event loop, once for each version of a file.
    static let defaultLimit = 16 * 1024 * 1024

    /// How many are remembered. Then all are forgotten, which costs reading the files in use once more.
    static let capacity = 4096

    private let limit: Int
    private let known = Mutex<[FileVersion: String]>([:])

    init(limit: Int) { self.limit = limit }

    /// The hash of a version, where it is remembered.
    func known(_ version: FileVersion) -> String? { known.withLock { $0[version] } }

    /// Sixteen hexadecimal digits: of the content, or, where the file is too large to be read, of the time of its
    /// last change and its size.
    ///
    /// - Throws: `IOError` where the file cannot be read.
    func hash(of file: borrowing OpenFile) throws -> String {
        let version = file.version
        if let hash = known(version) { return hash }
        let tag = version.size > limit ? EntityTag(hashing: Array(version.tag.utf8)) : try Self.read(file)
        let digits = tag.value.utf8.prefix { $0 != UInt8(ascii: "-") }
        let hash = String(repeating: "0", count: max(0, 16 - digits.count)) + String(Substring(digits))
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
            known[version] = hash
        }
        return hash
    }

    /// The tag of the last piece of the content, each piece beginning with the tag of the one before it.
    private static func read(_ file: borrowing OpenFile) throws -> EntityTag {
        let pieceLength = 64 * 1024
        var tag = EntityTag(hashing: [])
        var (offset, size) = (0, file.version.size)
        while offset < size {
            var piece = Array(tag.value.utf8)
            let start = piece.count
            piece.append(contentsOf: repeatElement(0, count: min(pieceLength, size - offset)))
            let count = piece.withUnsafeMutableBytes { bytes in
                pread(
                    file.descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).baseAddress,
                    bytes.count - start, off_t(offset))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw IOError(errnoCode: errno, reason: "reading a file for its hash") }
            // A file that is being cut short ends where it ends.
            if count == 0 { size = offset }
            piece.removeLast(piece.count - start - count)
            tag = EntityTag(hashing: piece)
            offset += count
        }
        return tag
    }
}
