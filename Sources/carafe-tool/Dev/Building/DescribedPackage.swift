import CarafeServer
import FoundationEssentials

/// A package as `swift package dump-package` describes it: what the tool needs of it.
struct DescribedPackage: Decodable {
    struct Product: Decodable {
        let name: String
        let type: [String: JSONAny]
        let targets: [String]?

        var isExecutable: Bool { type["executable"] != nil }
    }

    struct Target: Decodable {
        let name: String
        let type: String
        let path: String?
        let dependencies: [[String: JSONAny]]
        let pluginUsages: [[String: JSONAny]]?
        let resources: [JSONAny]?

        /// The folder of its sources, within the package.
        var folder: String { path ?? "\(type == "test" ? "Tests" : "Sources")/\(name)" }

        /// The names of the targets, products and packages that it depends on.
        var names: [String] { dependencies.flatMap { $0.values.flatMap(\.texts) } }

        /// The names of the plugins that it is built with, and of their packages.
        var plugins: [String] { (pluginUsages ?? []).flatMap { $0.values.flatMap(\.texts) } }

        var hasResources: Bool { resources?.isEmpty == false }

        /// Whether it uses Carafe itself.
        var isApp: Bool { type == "executable" && names.contains("Carafe") }
    }

    struct Dependency: Decodable {
        struct Folder: Decodable { let path: String }
        let fileSystem: [Folder]?
    }

    let name: String
    let products: [Product]
    let targets: [Target]
    let dependencies: [Dependency]

    /// The folders of packages that it depends on by their paths.
    var localDependencies: [String] { dependencies.flatMap { $0.fileSystem ?? [] }.map(\.path) }

    /// What to build and run: the product that is named, or the only app.
    ///
    /// - Throws: ``ToolError`` where there is none, or more than one
    func product(named name: String?) throws -> String {
        let executables = targets.filter { $0.type == "executable" }.map(\.name)
        let all = Set(products.filter(\.isExecutable).map(\.name) + executables).sorted()
        if let name {
            guard all.contains(name) else {
                throw ToolError("The package has no executable '\(name)'. It has: \(Self.list(all)).")
            }
            return name
        }
        let apps = targets.filter(\.isApp).map(\.name)
        let candidates = apps.isEmpty ? all : apps
        guard let only = candidates.first else {
            throw ToolError("The package \(self.name) has no executable to run.")
        }
        guard candidates.count == 1 else {
            throw ToolError("There is more than one app: \(Self.list(candidates)). Choose one with --product.")
        }
        return only
    }

    private static func list(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }

    /// Describes the package in the current folder.
    ///
    /// - Throws: ``ToolError`` with what SwiftPM says where it cannot be read
    static func load() async throws -> DescribedPackage {
        let run = try await ChildProgram.output(of: "swift", ["package", "dump-package"])
        guard run.ending == .exit(0) else { throw ToolError("Package.swift cannot be read:\n\(run.errors)") }
        do {
            return try JSONDecoder().decode(DescribedPackage.self, from: Data(run.output.utf8))
        } catch {
            throw ToolError("SwiftPM describes the package in a way that is not understood: \(error)")
        }
    }
}

/// Any JSON, of which the texts in it are known.
struct JSONAny: Decodable {
    let texts: [String]

    init(from decoder: any Decoder) throws {
        if var list = try? decoder.unkeyedContainer() {
            var texts: [String] = []
            while !list.isAtEnd { texts += try list.decode(JSONAny.self).texts }
            self.texts = texts
        } else if let object = try? decoder.singleValueContainer().decode([String: JSONAny].self) {
            texts = object.values.flatMap(\.texts)
        } else {
            texts = (try? decoder.singleValueContainer().decode(String.self)).map { [$0] } ?? []
        }
    }
}
