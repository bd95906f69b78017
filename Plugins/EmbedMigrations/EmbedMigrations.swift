import Foundation
import PackagePlugin

/// Makes the migrations in a target's folder `migrations` part of the target, as `EmbeddedMigrations.migrations`.
@main
struct EmbedMigrations: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let folder = target.directoryURL.appending(path: "migrations/versions")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        let inputs = (files?.compactMap { $0 as? URL } ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }
        guard !inputs.isEmpty else {
            Diagnostics.warning("\(target.name) has no migrations: \(folder.path) is empty")
            return []
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedMigrations.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(inputs.count) migrations of \(target.name)",
                executable: try context.tool(named: "EmbedTool").url,
                arguments: ["migrations", folder.deletingLastPathComponent().path, output.path],
                // The folder too: a file that is added or removed changes it.
                inputFiles: inputs + [folder], outputFiles: [output])
        ]
    }
}
