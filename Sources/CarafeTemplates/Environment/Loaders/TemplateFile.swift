import Glibc

/// A file that holds a template, opened for reading.
struct TemplateFile: ~Copyable {
    /// What tells one state of a file from another: an editor that saves changes at least one of these.
    struct Version: Equatable {
        var device: UInt
        var inode: UInt
        var size: Int
        var seconds: Int
        var nanoseconds: Int

        fileprivate init(_ status: stat) {
            device = UInt(truncatingIfNeeded: status.st_dev)
            inode = UInt(truncatingIfNeeded: status.st_ino)
            size = Int(truncatingIfNeeded: status.st_size)
            seconds = Int(truncatingIfNeeded: status.st_mtim.tv_sec)
            nanoseconds = Int(truncatingIfNeeded: status.st_mtim.tv_nsec)
        }
    }

    let version: Version
    private let path: String
    private let descriptor: CInt

    /// The regular file at `path`, or nil where there is none.
    ///
    /// - Parameter folder: where the file must be once all symbolic links are followed
    init?(path: String, inside folder: String?) {
        var target = path
        if let folder {
            guard let root = Self.resolve(folder), let file = Self.resolve(path), Self.is(file, inside: root) else {
                return nil
            }
            target = file
        }
        // Without O_NONBLOCK a named pipe would wait for its writer.
        let descriptor = open(target, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        self.path = path
        self.descriptor = descriptor
        version = Version(status)
    }

    deinit { close(descriptor) }

    /// The state of the file that is at `path` now.
    static func version(ofPath path: String) -> Version? {
        var status = stat()
        return stat(path, &status) == 0 ? Version(status) : nil
    }

    /// What the file says.
    ///
    /// - Throws: `UnicodeDecodeError` with the line where it is not UTF-8; `OSError` where it cannot be read.
    func text(name: String) throws -> String {
        let bytes = try contents(name: name)
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var error = InvalidUTF8(bytes).error
        error.template = name
        error.filename = path
        throw error
    }

    private func contents(name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var room = max(version.size, 0) + 1
        while true {
            // Room that is not cleared: that alone took 17 ms of a debug build.
            var count = 0
            let piece = [UInt8](unsafeUninitializedCapacity: room) { buffer, initializedCount in
                count = read(descriptor, buffer.baseAddress, room)
                initializedCount = max(count, 0)
            }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                var error = TemplateError(
                    TemplateError.Kind("OSError"), "\(path) cannot be read: \(String(cString: strerror(errno)))")
                error.template = name
                error.filename = path
                throw error
            }
            bytes += piece
            room = 64 << 10
        }
    }

    /// The absolute path of `path` without symbolic links, or nil where there is nothing.
    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path.isEmpty ? "." : path, nil) else { return nil }
        defer { free(resolved) }
        return String(validatingCString: resolved)
    }

    private static func `is`(_ file: String, inside folder: String) -> Bool {
        let folder = folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
        return file.utf8.starts(with: folder.utf8)
    }
}

/// The first place at which bytes are not UTF-8, told in Python's words.
struct InvalidUTF8 {
    let error: TemplateError

    /// - Precondition: `bytes` are not UTF-8.
    init(_ bytes: [UInt8]) {
        var position = 0
        var line = 1
        var decoder = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        scan: while true {
            switch decoder.parseScalar(from: &rest) {
            case .valid(let scalar):
                if scalar.count == 1, scalar.first == UInt8(ascii: "\n") { line += 1 }
                position += scalar.count
            case .error, .emptyInput: break scan
            }
        }
        let byte = position < bytes.count ? bytes[position] : 0
        let digits = String(byte, radix: 16)
        let reason =
            switch byte {
            case 0xC2...0xF4: Self.isCut(bytes[position...]) ? "unexpected end of data" : "invalid continuation byte"
            default: "invalid start byte"
            }
        error = TemplateError(
            TemplateError.Kind("UnicodeDecodeError"),
            "'utf-8' codec can't decode byte 0x\(digits.utf8.count == 1 ? "0" : "")\(digits) in position \(position): "
                + reason,
            line: line)
    }

    /// Whether the bytes are the beginning of a scalar whose rest is missing.
    private static func isCut(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        return bytes.count < length && bytes.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    }
}
