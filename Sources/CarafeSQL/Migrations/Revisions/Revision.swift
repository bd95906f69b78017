/// A step in the history of a database's schema.
public struct Revision: Sendable, Hashable {
    /// Its name: twelve hexadecimal digits, or what an Alembic project calls it.
    public let id: String
    /// What it does, in a few words.
    public let message: String
    /// The revisions that it follows: none for the first, several for one that merges branches.
    public let downRevisions: [String]
    /// Revisions of other branches that must have been done before it: names, beginnings of names or labels.
    public let dependsOn: [String]
    /// Names for the branch that it begins.
    public let branchLabels: [String]
    /// When it was written, as its file says.
    public let created: String?
    /// The file that it stands in.
    public let file: String
    /// What the file holds.
    let content: Content

    enum Content: Sendable, Hashable {
        case sql(MigrationScript)
        /// A file of Alembic's, which only Alembic can run.
        case python
    }

    /// Whether it is a file of Alembic's, which only Alembic can run.
    public var isPython: Bool { content == .python }

    init(
        id: String, message: String, downRevisions: [String], dependsOn: [String] = [], branchLabels: [String] = [],
        created: String? = nil, file: String, content: Content
    ) {
        self.id = id
        self.message = message
        self.downRevisions = downRevisions
        self.dependsOn = dependsOn
        self.branchLabels = branchLabels
        self.created = created
        self.file = file
        self.content = content
    }

    /// Twelve random hexadecimal digits, as Alembic takes them.
    static func newID() -> String {
        let digits = String(UInt64.random(in: 0..<(1 << 48)), radix: 16)
        return String(repeating: "0", count: 12 - digits.utf8.count) + digits
    }

    /// What is wrong with a name; nil where nothing is.
    static func problem(withID id: String) -> String? {
        if id.isEmpty { return "A revision needs a name: twelve hexadecimal digits." }
        if id.unicodeScalars.count > 32 { return "The revision '\(id)' has more than 32 characters." }
        if ["head", "heads", "base", "current", "none"].contains(id) { return "No revision may be called '\(id)'." }
        guard id.utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F || $0 == 0x2E }) else {
            return "The revision '\(id)' may only have letters, digits, '_' and '.'."
        }
        return nil
    }
}

/// Whether a migration is done or undone.
public enum MigrationDirection: String, Sendable, Hashable {
    /// It is done.
    case up
    /// It is undone.
    case down
}
