/// A folder of files that an app or blueprint serves, as declared.
struct StaticFolder: Sendable {
    /// The folder, relative to the app's root unless it begins with a slash.
    var folder: String
    /// The path below which its files are served; by default the folder's last name.
    var path: String?
    var location: DeclarationLocation

    init(folder: String, path: String?, location: DeclarationLocation) {
        self.folder = folder
        self.path = path
        self.location = location
    }

    /// The path without a slash at its end, as rules for it begin.
    var urlPath: String {
        var path = (path ?? "/" + (folder.utf8.split(separator: UInt8(ascii: "/")).last.map { String($0) ?? "" } ?? ""))
            .utf8[...]
        while path.last == UInt8(ascii: "/") { path.removeLast() }
        let text = String(decoding: path, as: UTF8.self)
        return text.isEmpty || text.utf8.first == UInt8(ascii: "/") ? text : "/" + text
    }

    /// The folder's place.
    func resolved(root: String) -> String {
        folder.utf8.first == UInt8(ascii: "/") ? folder : root + "/" + folder
    }
}
