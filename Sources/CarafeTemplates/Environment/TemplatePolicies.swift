/// Jinja's `policies`: the defaults of some filters.
///
/// All of Jinja's are here but `compiler.ascii_str`, which has no effect in Jinja 3 either.
public struct TemplatePolicies: Sendable {
    /// How many characters longer than its length `truncate` leaves text alone (`truncate.leeway`).
    public var truncateLeeway = 5
    /// The `rel` of `urlize`'s links (`urlize.rel`).
    public var urlizeRel = "noopener"
    /// The `target` of `urlize`'s links (`urlize.target`).
    public var urlizeTarget: String?
    /// Schemes that `urlize` makes links of besides its own: `"tel:"` (`urlize.extra_schemes`).
    public var urlizeExtraSchemes: [String] = []
    /// How `tojson` writes (`json.dumps_kwargs`).
    public var json = TemplateJSONFormat()
    /// Writes the JSON of `tojson` (`json.dumps_function`). The format has the filter's own `indent`, where it was given one.
    /// In what it returns the characters are escaped that HTML takes for its own.
    public var jsonFunction: (@Sendable (TemplateValue, TemplateJSONFormat) throws -> String)?
    /// Whether `trans` blocks are trimmed unless they say `notrimmed` (`ext.i18n.trimmed`).
    public var i18nTrimmed = false

    /// Jinja's defaults.
    public init() {}
}

/// How the filter `tojson` writes: the arguments of Python's `json.dumps`.
public struct TemplateJSONFormat: Sendable {
    /// Whether objects are sorted by their keys (`sort_keys`).
    public var sortsKeys = true
    /// Whether all that is not ASCII is written as `\uXXXX` (`ensure_ascii`).
    public var escapesNonASCII = true
    /// What each level of depth puts before its lines; nil: all on one line (`indent`).
    public var indentation: String?
    /// What stands between elements and between key and value (`separators`). Without it, `", "` and `": "`; with an
    /// indentation no blank follows the comma.
    public var separators: (item: String, key: String)?

    /// The defaults of Jinja, which sorts where Python does not.
    public init() {}
}
