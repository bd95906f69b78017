import CarafeTemplates

/// The templates of a project, checked as `carafe check` does.
struct ProjectTemplates {
    private static let subject = "templates"

    private let root: String
    private let folders: [String]
    private let sources: [String]

    init(of package: DescribedPackage, root: String) {
        self.root = root
        let targets = package.targets.filter { $0.type == "executable" || $0.type == "regular" }
        let places = [""] + targets.map { "/" + $0.folder } + targets.map { "/" + FilePath.parent(of: $0.folder) }
        var seen: Set<String> = []
        folders = places.map { root + $0 + "/templates" }.filter { TextFile.isFolder($0) && seen.insert($0).inserted }
        sources = targets.map { root + "/" + $0.folder }
    }

    func findings() throws -> [Finding] {
        guard !folders.isEmpty else { return [] }
        let environment = EnvironmentSettings().environment(loader: FileSystemLoader(folders, followLinks: true))
        for name in declared("templateFilter") { environment.addFilter(name) { value, _, _ in value } }
        for name in declared("templateTest") { environment.addTest(name) { _, _, _ in false } }
        let result = try TemplateCheck(folders: folders, environment: environment).result()
        guard !result.problems.isEmpty else { return [Finding(.fine, Self.subject, result.summary)] }
        return result.problems.map { problem in
            Finding(
                problem.severity == .error ? .error : .warning, Self.subject, problem.message,
                file: FilePath.relative(problem.file, to: root) ?? problem.file, line: problem.line)
        }
    }

    /// The names that the app's sources declare: `templateFilter("shout")`.
    private func declared(_ function: String) -> [String] {
        let call = Array("\(function)(\"".utf8)
        return sources.flatMap { SourceFiles.paths(in: $0, ending: ".swift") }.flatMap { path -> [String] in
            guard let bytes = try? TextFile.bytes(of: path), bytes.count >= call.count else { return [] }
            return (0...bytes.count - call.count).compactMap { start in
                guard bytes[start...].starts(with: call) else { return nil }
                let name = bytes[(start + call.count)...].prefix(100).prefix { $0 != UInt8(ascii: "\"") }
                return String(decoding: name, as: UTF8.self)
            }
        }
    }
}
