#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that the tool writes into a project.
struct GeneratedFile: Sendable {
    /// Its place within the project.
    let path: String
    let text: String
    /// Who may do what with it.
    var mode: mode_t = 0o666

    /// What became of it.
    enum Outcome: Equatable {
        case written
        case replaced
        /// It was there with the same text.
        case unchanged
        /// Another one was there, and still is.
        case kept
    }

    /// Writes it below a folder: as a whole or not at all.
    ///
    /// - Parameter replaces: whether another file in its place gives way
    /// - Throws: ``ToolError`` where it cannot be written
    @discardableResult
    func write(to folder: String, replaces: Bool = false) throws -> Outcome {
        let place = folder + "/" + path
        let isThere = FilePath.exists(place)
        if isThere {
            if let bytes = try? TextFile.bytes(of: place), bytes.elementsEqual(text.utf8) { return .unchanged }
            guard !TextFile.isFolder(place) else { throw ToolError("\(place) is a folder.") }
            guard replaces else { return .kept }
        }
        try Folder.make(FilePath.parent(of: place))
        let draft = place + ".\(getpid()).new"
        do {
            try TextFile.write(text, to: draft, mode: mode)
            guard rename(draft, place) == 0 else { throw ToolError("\(place): \(String(cString: strerror(errno)))") }
        } catch {
            unlink(draft)
            throw error
        }
        return isThere ? .replaced : .written
    }
}
