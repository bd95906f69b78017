#if DEBUG
    import FoundationEssentials

    /// Paths as a developer reads them.
    enum SourcePath {
        private static let folder = FileManager.default.currentDirectoryPath

        /// The path from the current folder or the app's, where it is below one; else the whole.
        static func shown(_ path: String, root: String) -> String {
            for base in [folder, root] where base.utf8.count > 1 && path.utf8.starts(with: "\(base)/".utf8) {
                return String(decoding: path.utf8.dropFirst(base.utf8.count + 1), as: UTF8.self)
            }
            return path
        }
    }
#endif
