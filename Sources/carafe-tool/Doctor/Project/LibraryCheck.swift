import CarafeServer

/// A library of the system that some module of Carafe is linked with.
struct SystemLibrary: Hashable {
    let name: String
    /// Its name for pkg-config.
    let module: String
    /// Its header, below a folder of headers.
    let headers: [String]
    /// Debian's package to build with it.
    let package: String
    /// Debian's package to run with it.
    let runtimePackage: String
    /// The product of Carafe that needs it; nil where every app does.
    let product: String?

    static let zlib = SystemLibrary(
        name: "zlib", module: "zlib", headers: ["zlib.h"], package: "zlib1g-dev", runtimePackage: "zlib1g",
        product: nil)
    static let sqlite = SystemLibrary(
        name: "SQLite", module: "sqlite3", headers: ["sqlite3.h"], package: "libsqlite3-dev",
        runtimePackage: "libsqlite3-0", product: "CarafeSQLite")
    static let postgreSQL = SystemLibrary(
        name: "libpq", module: "libpq", headers: ["libpq-fe.h", "postgresql/libpq-fe.h", "pgsql/libpq-fe.h"],
        package: "libpq-dev", runtimePackage: "libpq5", product: "CarafePostgreSQL")

    /// Those that a package's targets need.
    static func needed(by package: DescribedPackage) -> [SystemLibrary] {
        needed(by: Set(package.targets.flatMap(\.names)))
    }

    /// Those that products of Carafe need.
    static func needed(by products: Set<String>) -> [SystemLibrary] {
        [zlib, sqlite, postgreSQL].filter { library in library.product.map(products.contains) ?? true }
    }
}

/// Whether the headers of libraries are there.
struct LibraryCheck {
    private static let subject = "libraries"

    let libraries: [SystemLibrary]
    /// Where compilers look without being told.
    var folders = ["/usr/include", "/usr/local/include", "/opt/homebrew/include"]

    func findings() async -> [Finding] {
        var findings: [Finding] = []
        for library in libraries {
            findings.append(
                await isThere(library)
                    ? Finding(.fine, Self.subject, library.name)
                    : Finding(
                        .error, Self.subject, "The headers of \(library.name) are missing.",
                        hint: "apt-get install \(library.package), or what your system calls it."))
        }
        return findings
    }

    private func isThere(_ library: SystemLibrary) async -> Bool {
        for folder in folders {
            if library.headers.contains(where: { FilePath.exists(folder + "/" + $0) }) { return true }
        }
        // Where else it may be, as SwiftPM asks.
        return (try? await ChildProgram.output(of: "pkg-config", ["--exists", library.module]))?.ending == .exit(0)
    }
}
