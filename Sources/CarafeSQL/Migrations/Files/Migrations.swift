import FoundationEssentials

/// Where the files of migrations are: a folder, or the executable itself.
///
/// A folder `migrations` holds them in `versions`, Alembic's files beside those in SQL. The plugin `EmbedMigrations` makes the
/// folder part of a target, so that the executable is all that a service needs:
///
/// ```swift
/// app.install(Databases("sqlite:///blog.db", drivers: .sqlite, migrations: EmbeddedMigrations.migrations))
/// ```
public struct Migrations: Sendable {
    /// A file and its text.
    struct File: Sendable {
        /// The path, as messages show it.
        var path: String
        var text: String
    }

    private enum Source: Sendable {
        case folder(String)
        case embedded([File])
    }

    private let source: Source

    /// The migrations in a folder, which need not be there yet.
    public static func folder(_ path: String) -> Migrations { Migrations(source: .folder(path)) }

    /// Migrations that are part of the executable.
    ///
    /// - Parameters:
    ///   - files: the paths of the files below the folder `migrations`, and their texts
    ///   - folder: the folder that they were taken from; where it is there, its files are read instead. The plugin names it in
    ///     debug builds, so that a new migration counts without building again.
    public static func embedded(_ files: KeyValuePairs<String, String>, folder: String? = nil) -> Migrations {
        if let folder, FileManager.default.fileExists(atPath: folder) { return .folder(folder) }
        return Migrations(source: .embedded(files.map { File(path: $0.key, text: $0.value) }))
    }

    /// Reads the migrations for a kind of database.
    ///
    /// - Throws: ``MigrationProblems`` with every mistake in every file
    public func graph(for dialect: SQLDialect) throws(MigrationProblems) -> RevisionGraph {
        var problems: [MigrationProblem] = []
        var revisions: [Revision] = []
        for file in files(&problems) {
            let isPython = file.path.utf8.suffix(3).elementsEqual(".py".utf8)
            let (revision, found) =
                isPython
                ? AlembicFileReader.read(file.text, file: file.path)
                : MigrationFileReader.read(file.text, file: file.path, dialect: dialect)
            problems += found
            if let revision { revisions.append(revision) }
        }
        do throws(MigrationProblems) {
            let graph = try RevisionGraph(revisions)
            if problems.isEmpty { return graph }
        } catch {
            problems += error.problems
        }
        throw MigrationProblems(problems)
    }

    /// The folder, where it is one.
    var folder: String? {
        if case .folder(let path) = source { path } else { nil }
    }

    /// The files in SQL and Alembic's, by their names.
    private func files(_ problems: inout [MigrationProblem]) -> [File] {
        switch source {
        case .embedded(let files): files.filter { Self.isMigration($0.path) }
        case .folder(let folder): Self.files(in: folder, &problems)
        }
    }

    private static func files(in folder: String, _ problems: inout [MigrationProblem]) -> [File] {
        let path = folder + "/versions"
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            if FileManager.default.fileExists(atPath: path) {
                problems.append(MigrationProblem("The folder cannot be read.", file: path))
            }
            return []
        }
        var files: [File] = []
        for name in names.sorted() where isMigration("versions/" + name) {
            let file = path + "/" + name
            guard let data = FileManager.default.contents(atPath: file) else {
                problems.append(MigrationProblem("The file cannot be read.", file: file))
                continue
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                problems.append(MigrationProblem("The file is not UTF-8.", file: file))
                continue
            }
            files.append(File(path: file, text: text))
        }
        return files
    }

    /// Whether a path below the folder is that of a migration: `versions/….sql` or `versions/….py`.
    private static func isMigration(_ path: String) -> Bool {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"))
        guard parts.count == 2, parts[0].elementsEqual("versions".utf8), let name = parts.last else { return false }
        let isHidden = name.first == UInt8(ascii: ".") || name.first == UInt8(ascii: "_")
        return !isHidden && (name.suffix(4).elementsEqual(".sql".utf8) || name.suffix(3).elementsEqual(".py".utf8))
    }
}
