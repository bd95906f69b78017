/// Where a Flask project keeps its data, and whether Carafe reads it.
struct FlaskDatabases {
    private static let subject = "databases"

    private let project: FlaskProject

    init(_ project: FlaskProject) { self.project = project }

    var findings: [Finding] { addresses + libraries + migrations }

    private var addresses: [Finding] {
        let settings = project.each { source in
            source.settings { $0 == "SQLALCHEMY_DATABASE_URI" || $0.utf8.suffix(12).elementsEqual("DATABASE_URL".utf8) }
        }
        return settings.compactMap { file, setting in
            // A part of an expression is no address.
            guard let text = setting.value.isRead ? setting.value.fallback : setting.value.first?.literal,
                text.contains("://")
            else { return nil }
            return DatabaseAddress.finding(
                text, named: setting.name, subject: Self.subject, file: file, line: setting.line)
        }
    }

    private static let known: [(modules: [String], name: String, reads: Bool)] = [
        (["sqlite3", "aiosqlite"], "SQLite", true),
        (["psycopg2", "psycopg", "asyncpg", "pg8000"], "PostgreSQL", true),
        (["pymysql", "MySQLdb", "mysql", "flask_mysqldb", "flaskext", "mariadb"], "MySQL", false),
        (["pymongo", "flask_pymongo", "mongoengine", "flask_mongoengine", "motor"], "MongoDB", false),
        (["cx_Oracle", "oracledb"], "Oracle", false), (["pyodbc", "pymssql"], "SQL Server", false),
        (["redis", "flask_redis"], "Redis", false), (["elasticsearch", "opensearchpy"], "Elasticsearch", false),
    ]

    private var libraries: [Finding] {
        Self.known.compactMap { modules, name, reads in
            guard let place = project.use(of: modules) else { return nil }
            guard !reads else {
                return Finding(
                    .fine, Self.subject, "\(name): both apps can work on the same database", file: place.file,
                    line: place.line)
            }
            return Finding(
                .error, Self.subject, "\(name) has no driver in Carafe.",
                hint: "Leave the routes that need it with Flask, or use a Swift client.", file: place.file,
                line: place.line)
        }
    }

    /// Alembic's revisions, whose table Carafe's own migrations share.
    private var migrations: [Finding] {
        let versions = project.sources.filter { source in
            source.file.contains("versions/") && !source.settings { $0 == "down_revision" }.isEmpty
        }
        guard !versions.isEmpty else { return [] }
        return [
            Finding(
                .fine, Self.subject,
                "\(versions.count) revisions of Alembic: Carafe counts in the same alembic_version",
                hint: "See docs/guide/migrations.md.")
        ]
    }
}

extension PythonSource.Token {
    fileprivate var literal: String? { kind == .string ? text : nil }
}
