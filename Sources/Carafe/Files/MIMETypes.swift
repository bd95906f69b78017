import CarafeHTTP
import Synchronization

/// The media types of files, told by the ends of their names.
///
/// ```swift
/// MIMETypes.type(ofFile: "style.css")        // "text/css; charset=utf-8"
/// MIMETypes.register("model/x-teapot", for: "teapot")
/// ```
///
/// Types belong to the process, as those of Python's `mimetypes` do: register yours before the app starts.
public enum MIMETypes {
    /// What is sent where nothing is known of a file.
    public static let unknown = "application/octet-stream"

    /// What the end of a file's name tells.
    struct Guess: Equatable {
        /// The type with its charset, where the end is known.
        var type: String?
        /// The content coding that the file itself is in (`gzip` for `notes.txt.gz`).
        var encoding: String?
    }

    /// The types that were registered, by extension in lower case.
    private static let registered = Mutex<[[UInt8]: String]>([:])

    /// Makes `type` the type of files that end in `.ext`, also where another is known (Python's
    /// `mimetypes.add_type`). Text gets `charset=utf-8` unless the type names a charset.
    ///
    /// - Parameters:
    ///   - type: a media type, such as `model/gltf+json`
    ///   - ext: the extension, with or without its dot; case does not matter
    public static func register(_ type: String, for ext: String) {
        let key = ext.utf8.drop { $0 == UInt8(ascii: ".") }.map(lowercased)
        let type = withCharset(type)
        registered.withLock { $0[key] = type }
    }

    /// The `Content-Type` of a file of this name; ``unknown`` where its end is not known.
    ///
    /// A file that is compressed as a whole has the type of what is in it: `notes.txt.gz` is text.
    public static func type(ofFile name: String) -> String {
        guess(name).type ?? unknown
    }

    /// A type with `charset=utf-8` where it is text and names none (Werkzeug's `get_content_type`); what is no media
    /// type stays as it is.
    static func withCharset(_ type: String) -> String {
        guard let parsed = MediaType(parsing: type), parsed.parameters["charset"] == nil, parsed.isText else {
            return type
        }
        return type + "; charset=utf-8"
    }

    /// The type and the coding of a file of this name (Python's `mimetypes.guess_type`).
    static func guess(_ name: String) -> Guess {
        var name = name.utf8[...]
        if let slash = name.lastIndex(of: UInt8(ascii: "/")) { name = name[name.index(after: slash)...] }
        guard let (stem, ext) = split(name) else { return Guess() }
        // The most frequent case asks nothing else.
        if let type = type(ofExtension: ext) { return Guess(type: type) }
        if let (inner, encoding) = abbreviation(ext) {
            return Guess(type: type(ofExtension: inner), encoding: encoding)
        }
        guard let encoding = encoding(ofExtension: ext) else { return Guess() }
        return Guess(type: split(stem).flatMap { type(ofExtension: $0.ext) }, encoding: encoding)
    }

    private typealias Name = Substring.UTF8View

    /// The name before its last dot, and its extension in lower case. A name that begins with its only dot, or ends
    /// in one, has no extension; none that is known is longer than 32 bytes.
    private static func split(_ name: Name) -> (stem: Name, ext: [UInt8])? {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return nil }
        guard !name[..<dot].allSatisfy({ $0 == UInt8(ascii: ".") }) else { return nil }
        let ext = name[name.index(after: dot)...]
        guard 1...32 ~= ext.count else { return nil }
        return (name[..<dot], ext.map(lowercased))
    }

    private static func type(ofExtension ext: [UInt8]) -> String? {
        registered.withLock { $0.isEmpty ? nil : $0[ext] } ?? lookUp(ext)
    }

    /// One ending for two: `.tgz` is `.tar.gz`.
    private static func abbreviation(_ ext: [UInt8]) -> (inner: [UInt8], encoding: String)? {
        switch String(decoding: ext, as: UTF8.self) {
        case "tgz", "taz", "tz": (Array("tar".utf8), "gzip")
        case "tbz2": (Array("tar".utf8), "bzip2")
        case "txz": (Array("tar".utf8), "xz")
        case "svgz": (Array("svg".utf8), "gzip")
        default: nil
        }
    }

    private static func encoding(ofExtension ext: [UInt8]) -> String? {
        switch String(decoding: ext, as: UTF8.self) {
        case "gz": "gzip"
        case "br": "br"
        case "bz2": "bzip2"
        case "xz": "xz"
        case "z": "compress"
        default: nil
        }
    }

    /// Searches the lines of ``table`` by halves.
    private static func lookUp(_ ext: [UInt8]) -> String? {
        table.withUTF8Buffer { bytes in
            var (low, high) = (0, bytes.count)
            while low < high {
                var start = low + (high - low) / 2
                while start > low, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                guard let space = bytes[start..<end].firstIndex(of: UInt8(ascii: " ")) else { return nil }
                if ext.elementsEqual(bytes[start..<space]) {
                    return String(decoding: bytes[(space + 1)..<end], as: UTF8.self)
                }
                if ext.lexicographicallyPrecedes(bytes[start..<space]) { high = start } else { low = end + 1 }
            }
            return nil
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
