/// A sequence whose elements are made while it is read, once: what the filters give that are generators in Jinja.
///
/// ```swift
/// LazySequence.value(function: "do_batch") {
///     let elements = try value.makeIterator()   // at the first element, where a generator starts to run
///     return { try elements.next() }            // for each one
/// }
/// ```
enum LazySequence {
    typealias Advance = () throws -> TemplateValue?

    /// The sequence as a value that prints as a generator of `function` does.
    static func value(function: String, _ start: @escaping () throws -> Advance) -> TemplateValue {
        .object(TemplateGenerator(name: function, Iterator(start)))
    }

    private final class Iterator: TemplateIterator {
        private let start: () throws -> Advance
        private var advance: Advance?

        init(_ start: @escaping () throws -> Advance) { self.start = start }

        override func next() throws -> TemplateValue? {
            // A loop can put thousands of filters around one another, each of which asks the one inside.
            try ThreadState.nested("") {
                let advance = try self.advance ?? start()
                self.advance = advance
                return try advance()
            }
        }
    }
}
