/// What went wrong with a template, in Jinja's words, and where.
public struct TemplateError: Error, Sendable {
    /// The class of the error: Jinja's own, or the Python exception that the same template raises under Jinja.
    public struct Kind: Sendable, Hashable {
        /// The name of the class: `TemplateSyntaxError`, `UndefinedError`, `TypeError` …
        public let name: String

        public init(_ name: String) { self.name = name }

        public static let syntax = Kind("TemplateSyntaxError")
        public static let assertion = Kind("TemplateAssertionError")
        public static let notFound = Kind("TemplateNotFound")
        public static let noneFound = Kind("TemplatesNotFound")
        public static let runtime = Kind("TemplateRuntimeError")
        public static let undefined = Kind("UndefinedError")
        public static let security = Kind("SecurityError")
        public static let filterArgument = Kind("FilterArgumentError")
        /// A limit of ``TemplateLimits`` was passed. Jinja has none; where Python has one of its own, its class is used.
        public static let limit = Kind("TemplateLimitError")
        public static let typeError = Kind("TypeError")
        public static let valueError = Kind("ValueError")
        public static let keyError = Kind("KeyError")
        public static let indexError = Kind("IndexError")
        public static let attributeError = Kind("AttributeError")
        public static let zeroDivision = Kind("ZeroDivisionError")
        public static let overflow = Kind("OverflowError")
        public static let assertionError = Kind("AssertionError")
        public static let recursion = Kind("RecursionError")
        public static let unicode = Kind("UnicodeEncodeError")
    }

    /// One step of the way to the error, from the outside in.
    public struct Frame: Sendable, Equatable {
        /// The template's name; nil for one made from a string.
        public var template: String?
        /// The file that the template was read from, where it was read from one.
        public var filename: String?
        /// The line, counted from 1.
        public var line: Int
        /// What was being done there: `top-level template code`, `block 'title'`, `macro 'input'`.
        public var function: String

        public init(template: String?, filename: String?, line: Int, function: String) {
            self.template = template
            self.filename = filename
            self.line = line
            self.function = function
        }
    }

    public var kind: Kind
    /// What happened, in the words of Jinja or Python where they have some.
    public var message: String
    /// The template in which it happened.
    public var template: String?
    /// The file of that template.
    public var filename: String?
    /// The line, counted from 1; nil where no line is to blame.
    public var line: Int?
    /// The column, in code points, counted from 1; nil where it is not known.
    public var column: Int?
    /// That line's text.
    public var sourceLine: String?
    /// The templates that were looked for, where the error is that there are none.
    public var names: [String] = []
    /// The way to the error through includes, blocks and calls, the outermost first. Empty for syntax errors.
    public var trace: [Frame] = []
    /// The error of the program's own code that a function, filter or loader threw, where it is one.
    public var underlying: (any Error)?

    public init(_ kind: Kind, _ message: String, line: Int? = nil) {
        self.kind = kind
        self.message = message
        self.line = line
    }
}
