import CarafeHTTP

extension FuzzEntry {
    /// Dates in their three forms: what is written is read the same.
    static let dates = FuzzEntry(
        text: "dates",
        seeds: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "6 Nov 94 08:49 +0130",
        ]
    ) { text in
        guard let date = HTTPDate(parsing: text) else { return nil }
        return HTTPDate(parsing: date.description) == date ? nil : "does not read its own \(date)"
    }
}
