package import CarafeHTTP
import Synchronization

/// What an error has to tell a developer beside its message: a conformance adds sections to the error page.
package protocol DeveloperDetails {
    /// What happened, without what ``developerDetails(for:)`` tells.
    var developerMessage: String { get }

    /// What to do about it, where that is known.
    var developerHint: String? { get }

    /// The sections, in the order in which they are shown. They may hold what no log may.
    func developerDetails(for request: Request) -> [DeveloperDetail]
}

/// A section of the error page.
package struct DeveloperDetail: Sendable {
    package var title: String
    /// Text as it is written, such as a statement.
    package var code: String?
    /// Names with values.
    package var rows: [(name: String, value: String)]

    package init(title: String, code: String? = nil, rows: [(name: String, value: String)] = []) {
        self.title = title
        self.code = code
        self.rows = rows
    }
}

/// A statement that a request has sent to a database, as the development tools show it.
package struct DevelopmentQuery: Sendable {
    package var database: String
    /// The text, with `?` for values.
    package var statement: String
    package var values: [String]
    package var duration: Duration
    /// How many rows came or were changed.
    package var rows: Int
    /// Where it was sent, as `file:line`.
    package var source: String
    /// What went wrong.
    package var error: String?

    package init(
        database: String, statement: String, values: [String], duration: Duration, rows: Int, source: String,
        error: String?
    ) {
        self.database = database
        self.statement = statement
        self.values = values
        self.duration = duration
        self.rows = rows
        self.source = source
        self.error = error
    }
}

/// What an extension keeps with a request conforms to it, where it holds the request's statements.
package protocol DevelopmentQueries {
    var developmentQueries: [DevelopmentQuery] { get }
}

extension Request {
    /// The statements that the request has sent so far, in debug mode.
    package var developmentQueries: [DevelopmentQuery] {
        let kept = appContext?.state.withLock { Array($0.extensions.values) } ?? []
        return kept.compactMap { $0 as? any DevelopmentQueries }.flatMap(\.developmentQueries)
    }
}
