#if DEBUG
    import Carafe

    /// A part of the error page beside the traceback: what the request was, what the app knew.
    struct ReportTab: Sendable {
        /// What a tab holds.
        enum Part: Sendable {
            /// Names with values, below a title of their own.
            case rows(String, [(name: String, value: String)])
            /// Text as it is.
            case text(String, String)
            case log([RequestRecord.LogLine], dropped: Int)
            case queries([DevelopmentQuery])
        }

        /// Its part of the page's address.
        let id: String
        let title: String
        var parts: [Part]

        /// What is said where there is nothing.
        var absence: String

        var isEmpty: Bool {
            parts.allSatisfy { part in
                switch part {
                case .rows(_, let rows): rows.isEmpty
                case .text(_, let text): text.isEmpty
                case .log(let lines, _): lines.isEmpty
                case .queries(let queries): queries.isEmpty
                }
            }
        }
    }
#endif
