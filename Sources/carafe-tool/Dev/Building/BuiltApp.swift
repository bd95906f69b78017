import ArgumentParser

/// An app that is built so that one of its own commands can be asked.
enum BuiltApp {
    /// Builds the app of the working folder's package.
    ///
    /// - Returns: where its executable is
    /// - Throws: ``ToolError``; `ExitCode` where the build fails, which is then told on the terminal
    static func executable(of product: String?, scratchPath: String?, _ terminal: Terminal) async throws -> String {
        let place = try PackagePlace.enter(scratchPath: scratchPath)
        let package = try await DescribedPackage.load()
        let name = try package.product(named: product)
        let build = try Build(product: name, scratchPath: place.scratchPath)
        for await report in build.reports {
            switch report {
            case .progress(let text): terminal.progress(text)
            case .ended(.success): break
            case .ended(.cancelled): throw ExitCode(1)
            case .ended(.failure(let failure)):
                terminal.report(BuildFailurePage(failure: failure, root: place.root, editor: nil).text)
                throw ExitCode(1)
            }
        }
        terminal.endProgress()
        return place.executable(name)
    }
}
