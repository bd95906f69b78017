import Foundation
import PackagePlugin

/// Makes the files in a target's folder `templates` part of the target, as `EmbeddedTemplates.loader`.
@main
struct EmbedTemplates: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let folder = target.directoryURL.appending(path: "templates")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        let inputs = (files?.compactMap { $0 as? URL } ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }
        guard !inputs.isEmpty else {
            Diagnostics.warning("\(target.name) has no templates: \(folder.path) is empty")
            return []
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedTemplates.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(inputs.count) templates of \(target.name)",
                executable: try context.tool(named: "EmbedTool").url,
                arguments: ["templates", folder.path, output.path],
                // The folder too: a file that is added or removed changes it.
                inputFiles: inputs + [folder], outputFiles: [output])
        ]
    }
}
