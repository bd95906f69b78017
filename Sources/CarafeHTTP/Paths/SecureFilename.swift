/// A name for a file that came with a request, fit to be stored: ASCII, without slashes, and not hidden (Werkzeug's
/// `secure_filename`).
///
/// ```swift
/// secureFilename("../../../etc/passwd")   // "etc_passwd"
/// secureFilename("My cool movié.mov")     // "My_cool_movie.mov"
/// secureFilename("日本")                   // ""
/// ```
///
/// The result may be empty, and two names may become one: give the file a name of your own then. The names of
/// Windows devices get an underscore in front on every system, where Werkzeug does so on Windows alone.
public func secureFilename(_ filename: String) -> String {
    let allowed = ByteSet.alphanumerics.union(ByteSet("_.-"))
    let words = ASCIIFolding.fold(filename).utf8.split { byte in
        byte == 0x2F || FieldSyntax.isWhitespace(byte) || 0x1C...0x1F ~= byte
    }
    let joined = Array(words.joined(separator: [0x5F])).filter { allowed.contains($0) }
    let isEdge = { (byte: UInt8) in byte == 0x2E || byte == 0x5F }
    let start = joined.firstIndex { !isEdge($0) } ?? joined.endIndex
    let end = joined.lastIndex { !isEdge($0) }.map { $0 + 1 } ?? start
    let name = joined[start..<end]
    return (WindowsDevices.contain(name) ? "_" : "") + String(decoding: name, as: UTF8.self)
}
