/// What a burst of changed files asks for.
struct Changes: Equatable {
    /// Sources: the app is built anew.
    var sources: [String] = []
    /// The environment: the app starts anew.
    var environment: [String] = []
    /// Templates, scripts, images: pages reload.
    var pages: [String] = []
    /// Style sheets: pages take them anew.
    var styles: [String] = []

    var isEmpty: Bool { sources.isEmpty && environment.isEmpty && pages.isEmpty && styles.isEmpty }

    /// All of them, to be named.
    var all: [String] { sources + environment + pages + styles }
}

/// Tells what a changed file asks for.
struct ChangeSorter: Sendable {
    /// The package's folder, and those of the packages that it depends on by their paths.
    let roots: [String]
    /// The folders of the package's targets, absolute; those of tests are left out.
    let targetFolders: [String]

    func sort(_ paths: Set<String>) -> Changes {
        var changes = Changes()
        for path in paths.sorted() {
            guard let root = roots.first(where: { $0 == path || FilePath.relative(path, to: $0) != nil }) else {
                continue
            }
            let relative = FilePath.relative(path, to: root) ?? ""
            switch use(of: relative, at: path) {
            case .source: changes.sources.append(relative.isEmpty ? path : relative)
            case .environment: changes.environment.append(relative)
            case .page: changes.pages.append(relative)
            case .style: changes.styles.append(relative)
            case nil: continue
            }
        }
        return changes
    }

    private enum Use { case source, environment, page, style }

    private func use(of relative: String, at path: String) -> Use? {
        // The system lost count: anything may have changed.
        guard !relative.isEmpty else { return .source }
        let parts = relative.split(separator: "/").map(String.init)
        guard let name = parts.last, let first = parts.first else { return nil }
        if parts.count == 1, [".env", ".flaskenv"].contains(name) { return .environment }
        if parts.contains(where: WatchedFolder.isIgnored) || Self.isScratch(name) || first == "Tests" { return nil }
        if name == "Package.swift" || (name.hasPrefix("Package@swift-") && name.hasSuffix(".swift")) {
            return parts.count == 1 ? .source : nil
        }
        let fileExtension = name.split(separator: ".").dropFirst().last.map(String.init) ?? ""
        if Self.sourceExtensions.contains(fileExtension) { return .source }
        if fileExtension == "css" { return .style }
        if parts.dropLast().contains(where: { ["templates", "static"].contains($0) }) { return .page }
        // The folders themselves, renamed or removed.
        if ["templates", "static"].contains(name) { return .page }
        if Self.pageExtensions.contains(fileExtension) { return .page }
        // Resources and whatever else a target is built of.
        return targetFolders.contains { FilePath.relative(path, to: $0) != nil } ? .source : nil
    }

    /// Whether a file is an editor's own: a copy, a lock, a test whether the folder can be written to.
    private static func isScratch(_ name: String) -> Bool {
        let last = name.utf8.last
        return last == UInt8(ascii: "~") || name.utf8.first == UInt8(ascii: "#") || name == "4913"
            || [".swp", ".swx", ".swo", ".tmp", ".bak", ".orig"].contains { name.hasSuffix($0) }
            || name.contains("___jb_")
    }

    private static let sourceExtensions: Set<String> = [
        "swift", "c", "cc", "cpp", "cxx", "h", "hh", "hpp", "m", "mm", "s", "S", "modulemap",
    ]
    private static let pageExtensions: Set<String> = [
        "html", "htm", "jinja", "jinja2", "j2", "js", "mjs", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico",
        "woff", "woff2",
    ]
}
