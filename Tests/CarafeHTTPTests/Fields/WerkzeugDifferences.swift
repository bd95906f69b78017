/// Where we answer otherwise than Werkzeug on purpose.
struct WerkzeugDifference {
    let function: String
    let input: [String]
    let ours: [String]?
    let reason: String

    /// Several inputs of one function that differ for one reason.
    private static func differ(
        _ function: String, because reason: String, _ cases: [(input: [String], ours: [String]?)]
    ) -> [WerkzeugDifference] {
        cases.map { WerkzeugDifference(function: function, input: $0.input, ours: $0.ours, reason: reason) }
    }

    static let all: [WerkzeugDifference] = {
        var all: [WerkzeugDifference] = []
        all += differ(
            "parse_set", because: "a set has no duplicates; Werkzeug keeps those of a received list",
            [
                (["a, B, a, b"], ["a", "B"]),
                (["Cookie, cookie, Accept-Encoding"], ["Cookie", "Accept-Encoding"]),
            ])
        all += differ(
            "mime_best",
            because: "`text/html` covers a type with parameters (RFC 9110 §12.5.1); Werkzeug wants them equal",
            [
                (["text/html", "text/html; charset=utf-8"], ["text/html; charset=utf-8"])
            ])
        all += differ(
            "parse_range", because: "a suffix of no bytes is unsatisfiable; Werkzeug reads `-0` as 0",
            [
                (["bytes=-0", "0"], ["bytes=-0", "∅"]),
                (["bytes=-0", "100"], ["bytes=-0", "∅"]),
                (["bytes=-0", "10000"], ["bytes=-0", "∅"]),
            ])
        all += differ(
            "parse_range", because: "numbers beyond Int count as Int.max",
            [
                (["bytes=0-99999999999999999999999", "0"], ["bytes=0-9223372036854775807", "∅"]),
                (["bytes=99999999999999999999-", "0"], ["bytes=9223372036854775807-", "∅"]),
                (["bytes=0-99999999999999999999999", "100"], ["bytes=0-9223372036854775807", "bytes 0-99/100"]),
                (["bytes=99999999999999999999-", "100"], ["bytes=9223372036854775807-", "∅"]),
                (["bytes=0-99999999999999999999999", "10000"], ["bytes=0-9223372036854775807", "bytes 0-9999/10000"]),
                (["bytes=99999999999999999999-", "10000"], ["bytes=9223372036854775807-", "∅"]),
            ])
        all += differ(
            "parse_range", because: "a suffix longer than the content is all of it (RFC 9110 §14.1.2)",
            [
                (["bytes=-500", "100"], ["bytes=-500", "bytes 0-99/100"])
            ])
        all += differ(
            "content_range", because: "a range lies within its length, and `*/*` says nothing (RFC 9110 §14.4)",
            [
                (["bytes */*"], nil),
                (["bytes 0-10/5"], nil),
                (["bytes 0-99/50"], nil),
            ])
        all += differ(
            "parse_date", because: "only the three formats of RFC 9110 §5.6.7; Python reads mail's",
            [
                (["Sun, 06 Nov 1994 08:49:37 +0100"], nil),
                (["Sun, 06 Nov 1994 08:49:37"], nil),
                (["06 Nov 1994 08:49:37 GMT"], nil),
                (["Sun, 06 Nov 1994 08:49 GMT"], nil),
                (["Sun, 06 Nov 94 08:49:37 GMT"], nil),
                (["Sun, 06 Nov 1994 08:49:37 PST"], nil),
            ])
        all += differ(
            "parse_date", because: "a leap second may be named (RFC 9110 §5.6.7)",
            [
                (["Sun, 06 Nov 1994 08:49:60 GMT"], ["784111800"])
            ])
        all += differ(
            "parse_date",
            because: "two digits are at most 50 years ahead (RFC 9110 §5.6.7); Python parts the centuries at 1969",
            [
                (["Thu, 01-Jan-72 00:00:00 GMT"], ["3218832000"])
            ])
        all += differ(
            "is_resource_modified",
            because:
                "If-Match comes first and `*` matches what exists (RFC 9110 §13.2.2); Werkzeug lets the later field win",
            [
                (["\"a\"", "", "", "", "*", ""], ["True"]),
                (["\"a\"", "", "\"a\"", "", "\"a\"", ""], ["False"]),
            ])
        all += differ(
            "parse_etags",
            because: "a malformed or empty list item is no tag; Werkzeug makes tags of stray quotes and of None",
            [
                ([" \"a\" , w/\"b\" "], ["\"a\"", "W/\"b\""]),
                (["\"a"], []),
                (["\"a\" \"b\""], ["\"a\"", "\"b\""]),
                ([",,"], []),
                (["\"\", \"x\""], ["\"\"", "\"x\""]),
            ])
        all += differ(
            "authorization",
            because: "Basic is strict base64 of `name:password`; Python's decoder passes over what is not base64",
            [
                (["Basic !!!!"], nil),
                (["Basic dXNlcjpwYXNz="], nil),
                (["Basic dXNlcg=="], nil),
                (["Basic"], nil),
                (["Basic dXNl cjpwYXNz"], nil),
                (["  "], nil),
            ])
        all += differ(
            "response_cache_control", because: "names are case-insensitive (RFC 9111 §5.2)",
            [
                (["MAX-AGE=5"], ["False", "False", "False", "False", "False", "False", "5", "None", "None"])
            ])
        all += differ(
            "response_cache_control", because: "seconds are digits alone (RFC 9111 §1.2.2)",
            [
                (["max-age=-1"], ["False", "False", "False", "False", "False", "False", "None", "None", "None"]),
                (["max-age=+5"], ["False", "False", "False", "False", "False", "False", "None", "None", "None"]),
            ])
        all += differ(
            "secure_filename", because: "Windows devices are renamed on every system",
            [
                (["con"], ["_con"]),
                (["NUL.txt"], ["_NUL.txt"]),
                (["lpt1.doc"], ["_lpt1.doc"]),
            ])
        all += differ(
            "safe_join", because: "backslashes, NUL and Windows devices are refused on every system",
            [
                (["d", "a\\b"], nil),
                (["d", "..\\a"], nil),
                (["d", "con"], nil),
                (["d", "x/NUL.txt"], nil),
                (["d", "a\0"], nil),
                (["d", "aux .c"], nil),
                (["d", "COM¹"], nil),
            ])
        return all
    }()
}
