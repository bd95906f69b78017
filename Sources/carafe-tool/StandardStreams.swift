#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writing to the process's streams.
enum StandardStreams {
    static func write(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func writeError(_ text: String) { write(text, to: STDERR_FILENO) }

    /// - Returns: whether all of it was written
    @discardableResult
    static func write(_ text: String, to descriptor: CInt) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                guard let start = part.baseAddress else { return true }
                let count = platformWrite(descriptor, start, part.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    private static let platformWrite: @Sendable (CInt, UnsafeRawPointer, Int) -> Int = { descriptor, bytes, count in
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #else
            Darwin.write(descriptor, bytes, count)
        #endif
    }
}

/// Files that are read as a whole; `-` is standard input.
enum TextFile {
    static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// - Throws: ``ToolError`` where it cannot be read
    static func bytes(of path: String) throws -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ToolError("\(path): \(String(cString: strerror(errno)))") }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var content: [UInt8] = []
        while true {
            let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
            }
            if chunk.isEmpty { return content }
            content += chunk
        }
    }

    /// - Throws: ``ToolError`` where it cannot be read or is no text
    static func text(of path: String) throws -> String {
        guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
            throw ToolError("\(path): the file is not UTF-8.")
        }
        return text
    }
}
