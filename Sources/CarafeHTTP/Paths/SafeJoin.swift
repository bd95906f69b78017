/// A path inside `directory` made of parts that came with a request; nil where it would lead out of it (Werkzeug's
/// `safe_join`).
///
/// ```swift
/// safeJoin("static", "css/site.css")        // "static/css/site.css"
/// safeJoin("static", "../secret")           // nil
/// safeJoin("static", "css/../../secret")    // nil
/// ```
///
/// Parts are joined by slashes, and `.` and `..` within a part are resolved first. Absolute parts, backslashes, NUL
/// and the names of Windows devices are refused on every system. The file system is not asked: a symbolic link in
/// the directory may still lead elsewhere.
public func safeJoin(_ directory: String, _ parts: String...) -> String? {
    var path = directory.utf8.isEmpty ? "." : directory
    for part in parts where !part.utf8.isEmpty {
        guard let normalized = normalizedPath(part) else { return nil }
        if path.utf8.last != 0x2F { path += "/" }
        path += normalized
    }
    return path
}

/// The relative path without empty, `.` and `..` segments; nil where it is absolute, leads out, or contains what no
/// path may.
private func normalizedPath(_ part: String) -> String? {
    let bytes = Array(part.utf8)
    guard bytes.first != 0x2F, !bytes.contains(where: { $0 == 0 || $0 == 0x5C }) else { return nil }
    var segments: [ArraySlice<UInt8>] = []
    for segment in bytes.split(separator: 0x2F) where !segment.elementsEqual([0x2E]) {
        if segment.elementsEqual([0x2E, 0x2E]) {
            guard segments.popLast() != nil else { return nil }
        } else {
            segments.append(segment)
        }
    }
    guard !segments.contains(where: { WindowsDevices.contain($0) }) else { return nil }
    return segments.isEmpty ? "." : String(decoding: Array(segments.joined(separator: [0x2F])), as: UTF8.self)
}
