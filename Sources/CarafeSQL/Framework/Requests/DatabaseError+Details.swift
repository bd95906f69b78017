import Carafe

// What the error page shows of a request's statements; values are in no log.

extension DatabaseError: DeveloperDetails {
    package var developerMessage: String { message }
    package var developerHint: String? { hint }

    /// The statement with the place that the database points at, its values, and what else the database says.
    package func developerDetails(for request: Request) -> [DeveloperDetail] {
        var rows = [("kind", kind.description)]
        for (name, value) in [
            ("code", code), ("constraint", constraint), ("table", table), ("column", column), ("sent from", source),
        ] {
            if let value { rows.append((name, value)) }
        }
        guard let statement else { return [DeveloperDetail(title: "Database", rows: rows)] }
        let record = request.queries.last { $0.error != nil && $0.statement.utf8.elementsEqual(statement.utf8) }
        let values = (record?.values ?? []).enumerated().map { ("value \($0 + 1)", $1.shown) }
        return [
            DeveloperDetail(title: "Statement", code: marked(statement), rows: values),
            DeveloperDetail(title: "Database", rows: rows),
        ]
    }

    /// The statement with a caret below the place that the database points at.
    private func marked(_ statement: String) -> String {
        let scalars = statement.unicodeScalars
        guard let position, position >= 1,
            let place = scalars.index(scalars.startIndex, offsetBy: position - 1, limitedBy: scalars.endIndex)
        else { return statement }
        let lineStart = scalars[..<place].lastIndex(of: "\n").map { scalars.index(after: $0) } ?? scalars.startIndex
        let lineEnd = scalars[place...].firstIndex(of: "\n") ?? scalars.endIndex
        let blanks = scalars[lineStart..<place].map { $0 == "\t" ? "\t" : " " }.joined()
        return "\(String(scalars[..<lineEnd]))\n\(blanks)^\(String(scalars[lineEnd...]))"
    }
}

extension QueryLog: DevelopmentQueries {
    var developmentQueries: [DevelopmentQuery] {
        records.map { record in
            DevelopmentQuery(
                database: record.database, statement: record.statement, values: record.values.map(\.shown),
                duration: record.duration, rows: record.rows, source: record.source,
                error: record.error.map { "\($0.kind): \($0.message)" })
        }
    }
}

extension SQLValue {
    /// The value as a developer reads it, cut where it is long.
    fileprivate var shown: String {
        let text =
            switch self {
            case .null: "NULL"
            case .bool(let value): "\(value)"
            case .integer(let value): "\(value)"
            case .double(let value): "\(value)"
            case .decimal(let value): "\(value)"
            case .text(let text), .json(let text): "'\(text)'"
            case .blob(let bytes): "\(bytes.count) bytes"
            case .uuid(let value): "\(value)"
            case .instant(let value): "\(value)"
            case .localDateTime(let value): "\(value)"
            case .localDate(let value): "\(value)"
            case .localTime(let value): "\(value)"
            case .interval(let value): "\(value)"
            case .array(let values): "{" + values.prefix(20).map(\.shown).joined(separator: ", ") + "}"
            case .other(_, let text): text
            }
        guard text.utf8.count > 500 else { return text }
        return String(decoding: text.utf8.prefix(500), as: UTF8.self) + " … (\(text.utf8.count) bytes)"
    }
}
