/// Where a database is, as SQLAlchemy writes it.
///
/// | URL | database |
/// |---|---|
/// | `sqlite:///blog.db` | a file, relative to the app's folder |
/// | `sqlite:////var/lib/blog.db` | a file, absolute |
/// | `sqlite://` | in memory |
/// | `postgresql://user:pass@host:5432/db?sslmode=require` | a server; every part may be missing |
/// | `postgresql+psycopg2://…` | the same: what follows `+` names a driver of Python's |
///
/// User, password, host, database and options are percent-decoded.
public struct DatabaseURL: Sendable, Hashable {
    /// The part before `://`, without `+driver`.
    public var scheme: String
    /// The user.
    public var user: String?
    /// The password.
    public var password: String?
    /// The host without brackets; a folder of a Unix socket where it begins with `/`.
    public var host: String?
    /// The port; nil for the usual one.
    public var port: Int?
    /// What follows the slash after the authority: `blog.db`, `/var/lib/blog.db`, a database's name. Nil where it is empty.
    public var database: String?
    /// The options after `?` in their order.
    public var options: [Option]

    /// An option of a URL: `sslmode=require`.
    public struct Option: Sendable, Hashable {
        /// The name, decoded.
        public var name: String
        /// The value, decoded.
        public var value: String
    }
}
