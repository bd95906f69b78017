/// What went wrong with a template, in Jinja's words, and where.
public struct TemplateError: Error, Sendable {
    /// The class of the error: Jinja's own, or the Python exception that the same template raises under Jinja.
    public struct Kind: Sendable, Hashable {
        /// The name of the class: `TemplateSyntaxError`, `UndefinedError`, `TypeError` …
        public let name: String

        /// The class called `name`.
        public init(_ name: String) { self.name = name }

        /// The template is not written as templates are.
        public static let syntax = Kind("TemplateSyntaxError")
        /// The template is well written, but cannot be compiled: an unknown filter, a block that is there twice.
        public static let assertion = Kind("TemplateAssertionError")
        /// There is no template of that name.
        public static let notFound = Kind("TemplateNotFound")
        /// There is none of several templates.
        public static let noneFound = Kind("TemplatesNotFound")
        /// The template did what it may not do, like extending two templates.
        public static let runtime = Kind("TemplateRuntimeError")
        /// Something undefined was used.
        public static let undefined = Kind("UndefinedError")
        /// The sandbox does not allow it.
        public static let security = Kind("SecurityError")
        /// A filter does not take these arguments.
        public static let filterArgument = Kind("FilterArgumentError")
        /// A limit of ``TemplateLimits`` was passed. Jinja has none; where Python has one of its own, its class is used.
        public static let limit = Kind("TemplateLimitError")
        /// A value of that type cannot be used so.
        public static let typeError = Kind("TypeError")
        /// The value cannot be used so, though its type can.
        public static let valueError = Kind("ValueError")
        /// A dictionary has no such key.
        public static let keyError = Kind("KeyError")
        /// A sequence has no such index.
        public static let indexError = Kind("IndexError")
        /// The value has no such attribute.
        public static let attributeError = Kind("AttributeError")
        /// A division by zero.
        public static let zeroDivision = Kind("ZeroDivisionError")
        /// A number is too large for what it is used for.
        public static let overflow = Kind("OverflowError")
        /// A filter's condition does not hold.
        public static let assertionError = Kind("AssertionError")
        /// Values are inside one another too deep.
        public static let recursion = Kind("RecursionError")
        /// Text that cannot be encoded.
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
        /// What could be seen there, where errors keep it.
        package var scope: TemplateScope?

        /// A step in `function`, on `line` of `template`.
        public init(template: String?, filename: String?, line: Int, function: String) {
            self.template = template
            self.filename = filename
            self.line = line
            self.function = function
        }

        /// Whether both are the same place.
        public static func == (lhs: Frame, rhs: Frame) -> Bool {
            lhs.template == rhs.template && lhs.filename == rhs.filename && lhs.line == rhs.line
                && lhs.function == rhs.function
        }
    }

    /// The class of the error.
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

    /// An error of the class `kind`. Where it is thrown out of a filter or function, the render adds its place.
    public init(_ kind: Kind, _ message: String, line: Int? = nil) {
        self.kind = kind
        self.message = message
        self.line = line
    }
}
