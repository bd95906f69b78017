/// The directives of a `Cache-Control` field in order; both directions share it.
struct CacheDirectives: Sendable {
    private(set) var items: [(key: String, value: String?)] = []

    init() {}

    init(parsing value: String) {
        items = HeaderValue.parseDictionary(value).map { (FieldSyntax.lowercased($0.key.utf8), $0.value) }
    }

    var description: String { HeaderValue.dumpDictionary(items) }

    func contains(_ key: String) -> Bool {
        items.contains { FieldSyntax.same($0.key, key) }
    }

    /// The value of the last directive of that name; outer nil where there is none, inner where it is bare.
    func value(_ key: String) -> String?? {
        items.last { FieldSyntax.same($0.key, key) }?.value
    }

    /// A number of seconds (RFC 9111 §1.2.2).
    func seconds(_ key: String) -> Int? {
        value(key).flatMap { $0 }.flatMap { FieldSyntax.decimal($0.utf8) }
    }

    /// The names of fields that `no-cache` and `private` may be limited to.
    func fields(_ key: String) -> [String] {
        value(key).flatMap { $0 }.map(HeaderValue.parseList) ?? []
    }

    mutating func set(_ key: String, _ isPresent: Bool) {
        replace(key, isPresent ? .some(nil) : nil)
    }

    mutating func set(_ key: String, seconds: Int?) {
        replace(key, seconds.map { .some(String(max(0, $0))) } ?? nil)
    }

    /// Limits a directive to fields; none of them leaves it as it is without a limit.
    mutating func set(_ key: String, fields: [String]) {
        let names = fields.filter(FieldSyntax.isToken)
        guard !names.isEmpty else {
            if contains(key) { set(key, true) }
            return
        }
        replace(key, .some(names.joined(separator: ", ")))
    }

    private mutating func replace(_ key: String, _ value: String??) {
        let old = items.firstIndex { FieldSyntax.same($0.key, key) }
        items.removeAll { FieldSyntax.same($0.key, key) }
        if let value { items.insert((key, value), at: old ?? items.count) }
    }
}
