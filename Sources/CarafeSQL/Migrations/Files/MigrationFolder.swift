import FoundationEssentials

/// Writes into a folder of migrations.
public struct MigrationFolder: Sendable {
    /// The folder's path; its files are in `versions` below it.
    public let path: String

    /// A folder, which need not be there yet.
    public init(_ path: String) { self.path = path }

    private var versions: String { path + "/versions" }

    /// The migrations in it.
    public var migrations: Migrations { .folder(path) }

    /// Makes the folder, with a text that explains it. One of Alembic's is fine as it is.
    ///
    /// - Returns: the paths of what was made; none where all of it was there
    public func create() throws(DatabaseError) -> [String] {
        var made: [String] = []
        if !FileManager.default.fileExists(atPath: versions) {
            do {
                try FileManager.default.createDirectory(atPath: versions, withIntermediateDirectories: true)
            } catch {
                throw Self.error("The folder \(versions) cannot be made", error)
            }
            made.append(versions)
        }
        if !FileManager.default.fileExists(atPath: path + "/README") {
            try write(Self.readme, to: path + "/README")
            made.append(path + "/README")
        }
        return made
    }

    /// What a new revision is to be.
    public struct NewRevision: Sendable {
        /// Its name; a random one where it is nil.
        public var id: String?
        /// What it does.
        public var message = ""
        /// What it follows.
        public var downRevisions: [String] = []
        /// What it depends on.
        public var dependsOn: [String] = []
        /// A label for the branch that it begins.
        public var branchLabels: [String] = []
        /// Whether a file for Alembic is written beside it.
        public var hasAlembicStub = false

        /// A revision without a message that follows none.
        public init() {}
    }

    /// Writes the file of a new revision, and one for Alembic where it is asked for.
    ///
    /// - Parameter now: the time that stands in the file
    /// - Returns: the paths of the files
    public func write(_ revision: NewRevision, now: Date = Date()) throws(DatabaseError) -> [String] {
        let id = revision.id ?? Revision.newID()
        if let problem = Revision.problem(withID: id) { throw DatabaseError(.migration, problem) }
        let name = MigrationNames.file(id: id, message: revision.message)
        let file = versions + "/" + name
        guard !FileManager.default.fileExists(atPath: file) else {
            throw DatabaseError(.migration, "The file \(file) is there already.")
        }
        if !FileManager.default.fileExists(atPath: versions) { _ = try create() }
        let created = Self.text(of: now)
        try write(Self.text(of: revision, id: id, created: created), to: file)
        guard revision.hasAlembicStub else { return [file] }
        let stub = versions + "/" + String(decoding: name.utf8.dropLast(4), as: UTF8.self) + ".py"
        try write(Self.alembicStub(of: revision, id: id, created: created, script: name), to: stub)
        return [file, stub]
    }

    private func write(_ text: String, to file: String) throws(DatabaseError) {
        do {
            try Data(text.utf8).write(to: URL(filePath: file))
        } catch {
            throw Self.error("The file \(file) cannot be written", error)
        }
    }

    private static func error(_ message: String, _ cause: any Error) -> DatabaseError {
        let reason = (cause as? CocoaError).flatMap { $0.underlying as? POSIXError }.map { ": \($0.code)" } ?? ""
        return DatabaseError(.migration, message + reason + ".")
    }

    // MARK: - Texts

    private static func text(of revision: NewRevision, id: String, created: String) -> String {
        var lines = [
            "-- revision: \(id)",
            "-- down_revision: \(revision.downRevisions.isEmpty ? "none" : revision.downRevisions.joined(separator: ", "))",
        ]
        if !revision.message.isEmpty { lines.append("-- message: \(oneLine(revision.message))") }
        if !revision.dependsOn.isEmpty { lines.append("-- depends_on: \(revision.dependsOn.joined(separator: ", "))") }
        if !revision.branchLabels.isEmpty {
            lines.append("-- branch_labels: \(revision.branchLabels.joined(separator: ", "))")
        }
        lines += ["-- created: \(created)", "", "-- migrate: up", "", "", "-- migrate: down", "", ""]
        return lines.joined(separator: "\n")
    }

    private static func alembicStub(
        of revision: NewRevision, id: String, created: String, script: String
    ) -> String {
        let message = oneLine(revision.message).utf8.map {
            $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") ? 0x27 : $0
        }
        return """
            \"""\(String(decoding: message, as: UTF8.self))

            Revision ID: \(id)
            Revises: \(revision.downRevisions.joined(separator: ", "))
            Create Date: \(created)

            The migration is \(script), which Carafe runs. This file keeps Alembic's history whole.
            \"""

            revision = "\(id)"
            down_revision = \(python(revision.downRevisions))
            branch_labels = \(python(revision.branchLabels))
            depends_on = \(python(revision.dependsOn))


            def upgrade():
                raise NotImplementedError("Run the app's command: db upgrade")


            def downgrade():
                raise NotImplementedError("Run the app's command: db downgrade")

            """
    }

    private static func python(_ names: [String]) -> String {
        switch names.count {
        case 0: "None"
        case 1: "\"\(names[0])\""
        default: "(" + names.map { "\"\($0)\"" }.joined(separator: ", ") + ")"
        }
    }

    private static func oneLine(_ text: String) -> String {
        String(decoding: text.utf8.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
    }

    /// `2026-11-21 15:20:00`, in UTC.
    private static func text(of date: Date) -> String {
        let days = Int((date.timeIntervalSince1970 / 86400).rounded(.down))
        let seconds = Int(date.timeIntervalSince1970.rounded(.down)) - days * 86400
        // Howard Hinnant's days_from_civil, the other way round.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let day = shifted - era * 146_097
        let year = (day - day / 1460 + day / 36524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let number = { (value: Int) in (value < 10 ? "0" : "") + String(value) }
        return "\(year + era * 400 + (month >= 10 ? 1 : 0))-\(number(month < 10 ? month + 3 : month - 9))-"
            + "\(number(ofYear - (153 * month + 2) / 5 + 1)) "
            + "\(number(seconds / 3600)):\(number(seconds / 60 % 60)):\(number(seconds % 60))"
    }

    private static let readme = """
        Migrations of the app's database, in plain SQL.

        Each file in versions/ is one step in the history of the schema. Its header names the revision and the one before;
        then come the statements that do it and those that undo it:

            -- revision: 3f1c0a9be2d4
            -- down_revision: none
            -- message: create post

            -- migrate: up
            CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT NOT NULL);

            -- migrate: down
            DROP TABLE post;

        The app's command line makes and runs them:

            myapp db revision -m "create post"
            myapp db upgrade
            myapp db history

        """
}
