#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a package lies and where it is built.
struct PackagePlace: Sendable {
    /// The package's folder.
    let root: String
    /// Where SwiftPM builds; nil for `.build` in it.
    let scratchPath: String?

    /// Finds the package that the working folder belongs to, and makes its folder the working folder: SwiftPM and the app
    /// work there.
    ///
    /// - Throws: ``ToolError`` where there is none
    static func enter(scratchPath: String?) throws -> PackagePlace {
        let start = WorkingFolder.path
        var folder = start
        while !FilePath.exists(folder + "/Package.swift") {
            guard folder != "/", folder != "." else {
                throw ToolError("There is no Package.swift here. Make a project with carafe new, or go to its folder.")
            }
            folder = FilePath.parent(of: folder)
        }
        chdir(folder)
        return PackagePlace(root: folder, scratchPath: scratchPath.map { FilePath.absolute($0, in: start) })
    }

    /// Where an executable is, once it is built.
    func executable(_ product: String) -> String { "\(scratchPath ?? root + "/.build")/debug/\(product)" }
}
