extension TemplateParser {
    /// The error that an extension throws for a mistake in its tag, at `line` or, without one, at ``current``.
    public func failure(_ message: String, line: Int? = nil, kind: TemplateError.Kind = .syntax) -> TemplateError {
        guard let line else { return failure(message, at: current, kind: kind) }
        return input.source.error(message, kind: kind, line: line)
    }

    /// An error at a token.
    func failure(_ message: String, at token: TemplateToken, kind: TemplateError.Kind = .syntax) -> TemplateError {
        let position = token.kind == .end ? nil : token.position
        return input.source.error(message, kind: kind, line: token.line, position: position)
    }

    /// ``current`` is not what has to stand here.
    func unexpectedToken(insteadOf expected: String) -> TemplateError {
        let token = current
        if token.kind == .end {
            return failure("unexpected end of template, expected \(quoted(expected)).", at: token)
        }
        return failure("expected token \(quoted(expected)), got \(quoted(token.description))", at: token)
    }

    /// A tag that nobody knows, or that does not belong here.
    func unknownTag(_ tag: TemplateToken) -> TemplateError {
        var sentences = ["Encountered unknown tag \(quoted(tag.value))."]
        if let awaited = awaitedTags.last {
            let isAwaitedOutside = awaitedTags.contains { $0.contains { $0.utf8.elementsEqual(tag.value.utf8) } }
            sentences.append(
                isAwaitedOutside
                    ? "You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for "
                        + "\(alternatives(awaited))."
                    : "Jinja was looking for the following tags: \(alternatives(awaited)).")
        }
        return failure(sentences.joined(separator: " ") + innermostTag, at: tag)
    }

    /// The template ends where a tag waits for one of `awaited`.
    func unexpectedEnd(awaiting awaited: [String]) -> TemplateError {
        let sought = "Jinja was looking for the following tags: \(alternatives(awaited))."
        return failure("Unexpected end of template. \(sought)\(innermostTag)", at: current)
    }

    private var innermostTag: String {
        openTags.last.map { " The innermost block that needs to be closed is \(quoted($0))." } ?? ""
    }

    private func alternatives(_ tags: [String]) -> String {
        tags.map(quoted).joined(separator: " or ")
    }

    /// `text` in quotes, as Python's `repr` shows names and signs.
    func quoted(_ text: String) -> String { "'\(text)'" }

    // MARK: - Depth

    /// Goes one level down, into an expression or tag inside another one; ``leave()`` goes up again.
    mutating func enter() throws {
        depth += 1
        if depth > input.maximumDepth || !stack.hasRoom { throw tooDeep() }
    }

    mutating func leave() {
        depth -= 1
    }

    /// Says that the expression just made has one of `height` below it.
    mutating func raise(above height: Int) throws {
        self.height = height + 1
        if height >= input.maximumDepth { throw tooDeep() }
    }

    private func tooDeep() -> TemplateError {
        failure("more than \(input.maximumDepth) expressions or tags inside one another")
    }
}
