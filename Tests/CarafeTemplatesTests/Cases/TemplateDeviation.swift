/// A recorded case in which this engine answers otherwise than Jinja2, on purpose.
///
/// Each reason is told in `docs/jinja-compatibility.md`.
struct TemplateDeviation {
    let subject: String
    let name: String
    let reason: String

    static let all: [TemplateDeviation] =
        bytes
        + cases(
            "expressions", because: "classes and other internals of Python are not there",
            ["attributes: d.__class__", "attributes: s.__class__.__name__", "attributes: n.__class__"])
        + cases(
            "methods", because: "classes and other internals of Python are not there",
            [
                "str: s.__len__()", "list: l.__len__()", "dict: d.__len__()", "dict: d.__contains__(\"a\")",
                "numbers: i.__add__(1)", "numbers: i.__class__.__name__",
            ])
        + ["Undefined", "ChainableUndefined", "DebugUndefined", "StrictUndefined"].flatMap { kind in
            cases(
                "undefined", because: "classes and other internals of Python are not there",
                ["\(kind): x.__class__", "\(kind): x._undefined_name"])
        }
        + cases(
            "undefined", because: "classes and other internals of Python are not there",
            ["ChainableUndefined: x.__html__"])
        + ["sandbox", "immutable sandbox"].flatMap { kind in
            cases(
                "extensions", because: "classes and other internals of Python are not there, safe or not",
                ["s|attr(\"__class__\")|attr(\"__mro__\")", "o.__class__.__init__", "nope.__class__", "loop.__class__"]
                    .map { "\(kind): \($0)" })
        }
        + cases(
            "expressions", because: "there are no complex numbers",
            ["arithmetic: (-8) ** (1 / 3)", "arithmetic: (-1) ** 0.5"])
        + cases(
            "extensions", because: "there are no sets, complex numbers and ellipses",
            ["native: {1, 2}", "native: 1+2j", "native: 2j", "native: ...", "native: {{ \"set()\" }}"])
        + cases(
            "methods", because: "there are no sets",
            ["dict: d.keys() - [\"a\"]", "dict: d.keys().isdisjoint([\"z\"])"])
        + cases(
            "printing", because: "dates have no struct_time",
            ["day", "at", "zoned", "old", "sunday"].map { "dates: \($0): \($0).timetuple().tm_yday" })
        + cases(
            "extensions", because: "a value that is printed alone is that value, a constant too",
            ["native: {{ 1e999 }}"])
        + cases(
            "macros", because: "a filter block prints what its filter gives, whatever that is",
            [
                "filter blocks: {% filter length %}abc{% endfilter %}",
                "filter blocks: {% filter int %}41{% endfilter %}",
                "filter blocks: {% filter list %}ab{% endfilter %}",
                "filter blocks: {% filter wordcount %}a b c{% endfilter %}",
            ])
        + cases(
            "inheritance", because: "import takes a list as include does", ["import: {% import ['lib'] as q %}"])
        + cases(
            "filters_text", because: "text is Unicode: a lone surrogate is none", ["tojson: \"\\ud83c\"|tojson"])
        + cases(
            "expressions", because: "slices do not go into tuples: Python itself refuses what Jinja2 makes of them",
            ["slices: l[1:2,3]"])
        + cases(
            "printing", because: "constants are finalized before they are escaped, as other values are",
            [
                "finalize none, escaped: {{ x }}|{{ none }}|{{ 'a' }}|{{ 1 }}text{{ nope }}",
                "finalize none, escaped: {% set a %}{{ none }}{% endset %}{{ a }}",
                "finalize none, escaped: {% macro m() %}{{ none }}{% endmacro %}{{ m() }}",
                "finalize none, escaped: {% print none, 1 %}",
                "finalize none, escaped: {% block b %}{{ none }}{% endblock %}",
                "finalize brackets, escaped: {{ '<' }}{{ '<'|safe }}",
            ])
        + cases(
            "tests", because: "an unknown test is told where its result would not matter too",
            ["unknown tests: true or 1 is nope"])
        + cases(
            "undefined", because: "types have no parameters",
            ["Undefined", "DebugUndefined", "StrictUndefined"].map { "names in messages, \($0): dict.x.y" })
        + cases(
            "loops", because: "the ends of a range fit into 64 bits",
            ["range: range(9223372036854775807, 9223372036854775809)|list"])
        + cases(
            "api", because: "what a template refers to is found without knowing its filters",
            ["undeclared: {% filter f(a) %}{{ b }}{% endfilter %}"])

    /// What bytes do not do here: they come from `encode` alone, and are there to be printed, measured and decoded.
    private static let bytes: [TemplateDeviation] = [
        ("errors", ["types in messages: by + 1", "types in messages: by * 1", "types in messages: by % 1"]),
        ("expressions", ["arithmetic: by + by"]),
        ("methods", ["bytes: by.upper()", "bytes: by.split()", "bytes: by.startswith(by)", "bytes: by + by"]),
        ("tests", ["odd: by is odd", "even: by is even"]),
    ].flatMap { subject, names in cases(subject, because: "bytes have few operations", names) }

    /// Several cases of a subject that deviate for one reason.
    private static func cases(_ subject: String, because reason: String, _ names: [String]) -> [TemplateDeviation] {
        names.map { TemplateDeviation(subject: subject, name: $0, reason: reason) }
    }
}
