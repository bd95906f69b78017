import ArgumentParser

/// Which app of the package in this folder is built and asked.
struct BuiltAppOptions: ParsableArguments {
    @Option(help: "The executable to build and ask; needed where the package has more than one app.")
    var product: String?

    @Option(help: ArgumentHelp("Where SwiftPM builds. Default: .build", valueName: "folder"))
    var scratchPath: String?

    /// Builds the app.
    ///
    /// - Returns: where its executable is
    func executable(_ terminal: Terminal) async throws -> String {
        try await BuiltApp.executable(of: product, scratchPath: scratchPath, terminal)
    }
}
