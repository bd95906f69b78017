import FoundationEssentials

extension DeployedApp {
    /// What a package and its sources tell of an app. None of it is built.
    ///
    /// - Throws: ``ToolError`` where a name cannot stand in the files
    init(
        _ package: DescribedPackage, product: String, root: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        try self.init(name: product)
        let targets = package.targets(of: product)
        modules = Set(targets.flatMap(\.names))
        packages = try package.localDependencies.map { try LocalPackage(folder: $0, root: root) }
        bundles = try targets.filter(\.hasResources).map {
            try Self.plain("\(package.name)_\($0.name).resources", "The resources' folder")
        }
        let sources = SourceText(of: targets.map { root + "/" + $0.folder })
        // The environment names a certificate where there is one; HTTP/2 without TLS is another extension.
        hasTLS = modules.contains("CarafeTLS") && sources.calls("TLS")
        readsProxyHeaders = sources.calls("ProxyHeaders")
        port = Self.port(ConfigurationCheck(root: root, process: environment).port, hasTLS: hasTLS)
        try findFolders(of: targets.first, root: root)
    }

    /// The port where none that needs privileges is configured.
    private static func port(_ configured: Int?, hasTLS: Bool) -> Int {
        guard let configured, (1024...65_535).contains(configured) else { return hasTLS ? 8443 : 8000 }
        return configured
    }

    /// Looks for its folders where the app itself does (`AppRoot`): the first place with `static` or `templates` counts.
    private mutating func findFolders(of target: DescribedPackage.Target?, root: String) throws {
        var places = [""]
        var place = target?.folder ?? "."
        while place != ".", place != "/", places.count < 4 {
            places.insert(place + "/", at: places.count - 1)
            place = FilePath.parent(of: place)
        }
        func isThere(_ path: String) -> Bool { TextFile.isFolder(root + "/" + path) }
        let base = places.first { isThere($0 + "static") || isThere($0 + "templates") } ?? ""
        let embedded = Set(target?.plugins ?? [])
        for (name, plugin) in [("static", nil), ("templates", "EmbedTemplates"), ("migrations", "EmbedMigrations")] {
            let isEmbedded = plugin.map(embedded.contains) ?? false
            // Another program's migrations may lie there too.
            guard name != "migrations" || hasPostgreSQL || hasSQLite else { continue }
            if name == "migrations" { hasMigrations = isEmbedded || isThere(base + name) }
            guard !isEmbedded, isThere(base + name) else { continue }
            folders.append(Folder(name: name, source: try Self.quotable(base + name, "The folder")))
        }
    }
}

extension DescribedPackage {
    /// The targets that an executable is made of, its own first.
    func targets(of product: String) -> [Target] {
        let declared = products.first { $0.name == product }?.targets ?? []
        var names = declared.isEmpty ? [product] : declared
        var found: [Target] = []
        while let name = names.popLast() {
            guard !found.contains(where: { $0.name == name }), let target = targets.first(where: { $0.name == name })
            else { continue }
            found.append(target)
            names += target.names
        }
        // A product may have libraries beside its executable.
        return found.filter { $0.type == "executable" }
            + found.filter { $0.type != "executable" && $0.type != "plugin" }
    }
}

/// The text of an app's Swift sources.
private struct SourceText {
    private let files: [[UInt8]]

    init(of folders: [String]) {
        files = folders.flatMap { SourceFiles.paths(in: $0, ending: ".swift") }.compactMap {
            try? TextFile.bytes(of: $0)
        }
    }

    /// Whether a function or initializer of this name is called, outside of comments: `TLS(`, and not `myTLS(`.
    func calls(_ name: String) -> Bool {
        let call = Array("\(name)(".utf8)
        return files.contains { file in
            file.split(separator: UInt8(ascii: "\n")).contains { line in
                line.indices.contains { index in
                    line[index...].starts(with: call)
                        && (index == line.startIndex || !Self.isPartOfName(line[index - 1]))
                        && !Self.isComment(line[..<index])
                }
            }
        }
    }

    private static func isComment(_ start: ArraySlice<UInt8>) -> Bool {
        start.drop { $0 == 0x20 || $0 == 0x09 }.starts(with: "//".utf8)
    }

    private static func isPartOfName(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
