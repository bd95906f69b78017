/// A sequence whose elements are made while it is read, once: what the filters give that are generators in Jinja.
///
/// ```swift
/// LazySequence.value(function: "do_batch", context) { context in
///     let elements = try value.makeIterator()   // at the first element, where a generator starts to run
///     return { context in try elements.next() } // for each one
/// }
/// ```
///
/// The closures get the context of the template that reads. They must not keep it: its variables may hold the sequence, and
/// neither would ever be freed.
enum LazySequence {
    typealias Start = (TemplateContext) throws -> Advance
    typealias Advance = (TemplateContext) throws -> TemplateValue?

    /// The sequence as a value that prints as a generator of `function` does.
    static func value(function: String, _ context: TemplateContext, _ start: @escaping Start) -> TemplateValue {
        .object(TemplateGenerator(name: function, Iterator(context, start)))
    }

    private final class Iterator: TemplateIterator {
        private weak var context: TemplateContext?
        /// For the context of a sequence that is read after the end of the code that made it.
        private let environment: TemplateEnvironment
        private let autoescape: Bool
        private let start: Start
        private var advance: Advance?

        init(_ context: TemplateContext, _ start: @escaping Start) {
            self.context = context
            environment = context.environment
            autoescape = context.autoescape
            self.start = start
        }

        override func next() throws -> TemplateValue? {
            // A loop can put thousands of filters around one another, each of which asks the one inside.
            try ThreadState.nested("") {
                let context = context ?? TemplateContext(environment: environment, autoescape: autoescape)
                if let advance { return try advance(context) }
                // Stored once: each time that a function goes into an optional, it may be wrapped in another one.
                let started = try start(context)
                advance = started
                return try started(context)
            }
        }
    }
}
