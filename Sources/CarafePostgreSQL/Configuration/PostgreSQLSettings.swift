import CPostgreSQL
import CarafeSQL

/// What a URL says about connections: libpq's parameters, and Carafe's own options.
struct PostgreSQLSettings: Sendable {
    /// libpq's parameters with their values; each name once.
    private(set) var parameters: [String: String] = [:]
    /// Whether statements are prepared on the server.
    private(set) var preparesStatements = true
    /// How many prepared statements a connection keeps.
    private(set) var statementCacheSize = 256
    /// How long a statement may take, in milliseconds.
    private(set) var statementTimeout: Int?
    /// How long a cancelled statement, or a sign of life, may take to come, in milliseconds.
    private(set) var cancelTimeout = 5_000

    /// Reads a URL.
    ///
    /// - Throws: ``DatabaseError`` of kind `configuration` where an option is unknown or its value wrong
    init(_ url: DatabaseURL) throws(DatabaseError) {
        parameters = Self.defaults
        if let user = url.user { parameters["user"] = user }
        if let password = url.password { parameters["password"] = password }
        if let database = url.database { parameters["dbname"] = database }
        if let host = url.host { parameters["host"] = host }
        if let port = url.port { parameters["port"] = String(port) }
        var hosts: [String] = []
        var seen: Set<String> = []
        for option in url.options {
            if option.name == "host" {
                hosts.append(option.value)
                continue
            }
            guard seen.insert(option.name).inserted else { throw Self.error(option.name, "is given twice") }
            try read(option.name, option.value)
        }
        if !hosts.isEmpty { readHosts(hosts) }
    }

    /// What holds where the URL says nothing: a dead network is found within half a minute, not two hours.
    private static let defaults = [
        "connect_timeout": "10", "keepalives": "1", "keepalives_idle": "30", "keepalives_interval": "10",
        "keepalives_count": "3", "tcp_user_timeout": "30000", "fallback_application_name": "carafe",
        "client_encoding": "UTF8",
    ]

    private mutating func read(_ name: String, _ value: String) throws(DatabaseError) {
        switch name {
        case "prepared":
            preparesStatements = try Self.flag(name, value)
        case "statement_cache_size":
            guard let size = Int(value), (0...10_000).contains(size) else {
                throw Self.error(name, "must be a number from 0 to 10000")
            }
            statementCacheSize = size
            if size == 0 { preparesStatements = false }
        case "statement_timeout":
            statementTimeout = try Self.milliseconds(name, value)
            if statementTimeout == 0 { statementTimeout = nil }
        case "cancel_timeout":
            cancelTimeout = try Self.milliseconds(name, value)
        case "client_encoding":
            guard ["utf8", "UTF8", "utf-8", "UTF-8"].contains(value) else { throw Self.error(name, "must be UTF8") }
        case "replication":
            throw Self.error(name, "cannot be used: Carafe does not speak the replication protocol")
        default:
            guard Self.names.contains(name) else {
                throw DatabaseError(
                    .configuration, "The database's URL has an option that is unknown: \(name).",
                    hint: "Options are libpq's (sslmode, connect_timeout, …) and prepared, statement_cache_size, "
                        + "statement_timeout, cancel_timeout.")
            }
            parameters[name] = value
        }
    }

    /// The names of libpq's parameters, as the library on this machine has them.
    private static let names: Set<String> = {
        var names: Set<String> = []
        guard let options = PQconndefaults() else { return names }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            names.insert(String(cString: keyword))
            option += 1
        }
        return names
    }()

    /// `?host=one:5432&host=two:5433`, as SQLAlchemy writes several servers, becomes libpq's lists of hosts and ports.
    private mutating func readHosts(_ options: [String]) {
        var hosts: [String] = []
        var ports: [String] = []
        for option in options {
            let bytes = Array(option.utf8)
            if bytes.first != UInt8(ascii: "/"), let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
                colon + 1 < bytes.count, bytes[(colon + 1)...].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
            {
                hosts.append(String(decoding: bytes[..<colon], as: UTF8.self))
                ports.append(String(decoding: bytes[(colon + 1)...], as: UTF8.self))
            } else {
                hosts.append(option)
                ports.append("")
            }
        }
        parameters["host"] = hosts.joined(separator: ",")
        if ports.contains(where: { !$0.isEmpty }) { parameters["port"] = ports.joined(separator: ",") }
    }

    private static func flag(_ name: String, _ value: String) throws(DatabaseError) -> Bool {
        switch value {
        case "on", "true", "yes", "1": true
        case "off", "false", "no", "0": false
        default: throw error(name, "must be on or off")
        }
    }

    /// `500`, `500ms`, `30s`, `5min`, `1h` in milliseconds.
    private static func milliseconds(_ name: String, _ value: String) throws(DatabaseError) -> Int {
        let digits = value.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
        let unit = String(decoding: value.utf8.dropFirst(digits.count), as: UTF8.self)
        let factors = ["": 1, "ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000]
        guard let number = Int(String(decoding: digits, as: UTF8.self)), let factor = factors[unit],
            case let (product, false) = number.multipliedReportingOverflow(by: factor), product <= CInt.max
        else { throw error(name, "must be a time: 500ms, 30s, 5min") }
        return product
    }

    private static func error(_ name: String, _ problem: String) -> DatabaseError {
        DatabaseError(.configuration, "The option \(name) of the database's URL \(problem).")
    }

    /// The parameters of a connection for this role.
    ///
    /// The session's formats are those that ``ColumnType`` reads. They are part of the start of a connection, so that
    /// `RESET ALL` comes back to them; only PgBouncer refuses them there, and its users turn prepared statements off.
    func parameters(for role: ConnectionRole) -> [String: String] {
        var options: [String] = []
        if preparesStatements {
            options = ["-c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1"]
            if let statementTimeout { options.append("-c statement_timeout=\(statementTimeout)") }
            if role == .readOnly { options.append("-c default_transaction_read_only=on") }
        }
        if let own = parameters["options"] { options.append(own) }
        var result = parameters
        if !options.isEmpty { result["options"] = options.joined(separator: " ") }
        return result
    }
}
