/// So many requests in so much time: `2 per minute`.
struct RequestLimit: Sendable, Equatable, CustomStringConvertible {
    /// How many requests.
    let amount: Int
    /// In so many seconds.
    let seconds: Int
    /// The unit that it was told in, in seconds: by it limits are ordered.
    let unit: Int

    /// The limit as Flask-Limiter writes it: `2 per 1 minute`.
    var description: String {
        "\(amount) per \(seconds / unit) \(Self.names.first { $0.seconds == unit }?.name ?? "second")"
    }

    /// Reads limits in Flask-Limiter's grammar: `2 per minute; 100/day`, `10 per 5 seconds`. They are parted by `;`, `,` or
    /// `|`; the shortest comes first.
    ///
    /// - Throws: ``ConfigurationProblem`` where a text is no such list
    static func list(_ text: String) throws(ConfigurationProblem) -> [RequestLimit] {
        let parts = text.utf8.split(omittingEmptySubsequences: false) { ";,|".utf8.contains($0) }
        var limits: [RequestLimit] = []
        for part in parts {
            guard let limit = RequestLimit(part) else {
                throw ConfigurationProblem(
                    "'\(text)' is no list of rate limits.",
                    hint: "Write limits as \"2 per minute; 100/day\" or \"10 per 5 seconds\", of at least 1 request.")
            }
            limits.append(limit)
        }
        return limits.enumerated().sorted { ($0.element.unit, $0.offset) < ($1.element.unit, $1.offset) }.map(\.element)
    }

    private init?(_ text: Substring.UTF8View) {
        var reader = Reader(rest: text)
        guard let amount = reader.number(), amount > 0, reader.per() else { return nil }
        let multiple = reader.number()
        guard multiple != 0, let unit = Self.units[reader.word()], reader.isAtEnd else { return nil }
        // Numbers have at most nine digits.
        seconds = unit * (multiple ?? 1)
        guard seconds <= Self.longest else { return nil }
        self.amount = amount
        self.unit = unit
    }

    /// The longest time, in seconds.
    private static let longest = 10 * 31_104_000

    /// Months and years are those of Flask-Limiter.
    private static let names: [(name: String, seconds: Int)] = [
        ("second", 1), ("minute", 60), ("hour", 3_600), ("day", 86_400), ("month", 2_592_000),
        ("year", 31_104_000),
    ]

    private static let units = Dictionary(
        names.flatMap { [($0.name, $0.seconds), ($0.name + "s", $0.seconds)] }
    ) { one, _ in one }

    private struct Reader {
        var rest: Substring.UTF8View

        private mutating func skipSpaces() { rest = rest.drop { $0 == 0x20 || 0x09...0x0D ~= $0 } }

        /// A number of up to nine digits.
        mutating func number() -> Int? {
            skipSpaces()
            let digits = rest.prefix { 0x30...0x39 ~= $0 }
            guard 1...9 ~= digits.count else { return nil }
            rest = rest.dropFirst(digits.count)
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        mutating func per() -> Bool {
            skipSpaces()
            if rest.first == UInt8(ascii: "/") {
                rest = rest.dropFirst()
                return true
            }
            guard rest.prefix(3).map({ $0 | 0x20 }).elementsEqual("per".utf8) else { return false }
            rest = rest.dropFirst(3)
            return true
        }

        mutating func word() -> String {
            skipSpaces()
            let letters = rest.prefix { 0x61...0x7A ~= $0 | 0x20 }
            rest = rest.dropFirst(letters.count)
            return String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self)
        }

        var isAtEnd: Bool {
            mutating get {
                skipSpaces()
                return rest.isEmpty
            }
        }
    }
}
