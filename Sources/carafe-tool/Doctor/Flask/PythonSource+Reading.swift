/// What a file imports, calls, sets and declares.
extension PythonSource {
    /// An argument of a call, or a value that something is set to, is looked at up to this many tokens: calls within calls
    /// would else be read again and again.
    private static let longest = 400

    // MARK: - Imports

    /// The modules that it imports, `flask_login` of `from flask_login import current_user`, with their lines.
    var imports: [(module: String, line: Int)] {
        statements.flatMap { statement -> [(module: String, line: Int)] in
            guard let first = statement.first else { return [] }
            if first.isName("from") { return [(Self.path(in: statement.dropFirst()), first.line)] }
            guard first.isName("import") else { return [] }
            return statement.dropFirst().split { $0.is(",") }.map { (Self.path(in: $0), first.line) }
        }
        .filter { !$0.module.isEmpty }
    }

    /// The names that it imports from a module.
    func names(importedFrom module: String) -> [(name: String, line: Int)] {
        statements.flatMap { statement -> [(name: String, line: Int)] in
            guard let first = statement.first, first.isName("from"), Self.path(in: statement.dropFirst()) == module,
                let start = statement.firstIndex(where: { $0.isName("import") })
            else { return [] }
            return statement[(start + 1)...].split { $0.is(",") }.compactMap { part in
                part.first { $0.kind == .name }.map { ($0.text, $0.line) }
            }
        }
    }

    private var statements: [ArraySlice<Token>] { tokens.split { $0.kind == .lineEnd } }

    /// `a.b` of `a.b as c`; a relative import has none.
    private static func path(in tokens: ArraySlice<Token>) -> String {
        var path = ""
        for token in tokens {
            guard token.kind == .name ? path.utf8.last ?? 0x2E == 0x2E : token.is(".") && !path.isEmpty else { break }
            path += token.text
        }
        return path
    }

    // MARK: - Calls

    /// A call: `app.template_filter("shout")`.
    struct Call {
        /// `["app", "template_filter"]`
        let path: [String]
        let arguments: [(name: String?, value: ArraySlice<Token>)]
        let line: Int
        /// Whether it stands after `@`.
        let isDecorator: Bool
        /// The name of the function or class that follows a decorator.
        let decorated: String?

        var name: String { path.last ?? "" }

        /// The argument of a name, or at a position.
        func argument(_ name: String, at position: Int? = nil) -> ArraySlice<Token>? {
            if let named = arguments.first(where: { $0.name == name }) { return named.value }
            guard let position, position < arguments.count, arguments[position].name == nil else { return nil }
            return arguments[position].value
        }
    }

    /// The calls of functions with one of these names, and decorators without arguments.
    func calls(of names: Set<String>) -> [Call] {
        tokens.indices.compactMap { index in
            guard tokens[index].kind == .name, names.contains(tokens[index].text) else { return nil }
            var start = index
            while start >= 2, tokens[start - 1].is("."), tokens[start - 2].kind == .name { start -= 2 }
            let before = start > 0 ? tokens[start - 1] : nil
            let isDecorator = before?.is("@") ?? false
            let isCall = index + 1 < tokens.count && tokens[index + 1].is("(")
            guard isCall || isDecorator && tokens[index + 1].kind == .lineEnd, before?.isName("def") != true,
                before?.isName("class") != true
            else { return nil }
            return Call(
                path: stride(from: start, through: index, by: 2).map { tokens[$0].text },
                arguments: isCall ? arguments(from: index + 2) : [], line: tokens[index].line, isDecorator: isDecorator,
                decorated: isDecorator ? definition(after: index) : nil)
        }
    }

    private func arguments(from start: Int) -> [(name: String?, value: ArraySlice<Token>)] {
        let end = self.end(of: start)
        var arguments: [(String?, ArraySlice<Token>)] = []
        var position = start
        while position < end {
            let stop = self.end(of: position, at: ",")
            let tokens = self.tokens[position..<min(stop, end)]
            if tokens.count > 2, tokens[position].kind == .name, tokens[position + 1].is("=") {
                arguments.append((tokens[position].text, tokens.dropFirst(2)))
            } else if !tokens.isEmpty {
                arguments.append((nil, tokens))
            }
            position = stop + 1
        }
        return arguments
    }

    /// Where what begins at a place ends: at the bracket that closes what is around it, the end of the line, or a sign.
    private func end(of start: Int, at sign: String? = nil) -> Int {
        var depth = 0
        var index = start
        while index < tokens.count, index - start < Self.longest {
            let token = tokens[index]
            if token.kind == .lineEnd { return index }
            if token.kind == .sign {
                if depth == 0, let sign, token.is(sign) { return index }
                if token.is("(") || token.is("[") || token.is("{") { depth += 1 }
                if token.is(")") || token.is("]") || token.is("}") {
                    if depth == 0 { return index }
                    depth -= 1
                }
            }
            index += 1
        }
        return index
    }

    /// The name after the next `def` or `class`.
    private func definition(after index: Int) -> String? {
        let next = tokens[index...].prefix(Self.longest).firstIndex { $0.isName("def") || $0.isName("class") }
        guard let next, next + 1 < tokens.count else { return nil }
        return tokens[next + 1].text
    }

    // MARK: - Values

    /// Something that is given a value.
    struct Setting {
        let name: String
        let value: ArraySlice<Token>
        let line: Int
    }

    /// What is set by one of these names, in whatever way: `NAME = 1`, `config["NAME"] = 1`, `NAME=1` among arguments,
    /// `"NAME": 1` in a dictionary, `app.name = 1`.
    func settings(of names: (String) -> Bool) -> [Setting] {
        tokens.indices.compactMap { index in
            let token = tokens[index]
            guard token.kind == .name || token.kind == .string, names(token.text) else { return nil }
            var next = index + 1
            if token.kind == .string {
                guard next < tokens.count else { return nil }
                if tokens[next].is("]") {
                    next += 1
                } else if tokens[next].is(":") {
                    return setting(token, from: next + 1, to: ",")
                } else {
                    return nil
                }
            } else if next < tokens.count, tokens[next].is(":") {
                // NAME: str = …
                next = end(of: next, at: "=")
            }
            guard next < tokens.count, tokens[next].is("=") else { return nil }
            return setting(token, from: next + 1, to: ",")
        }
    }

    private func setting(_ token: Token, from start: Int, to sign: String) -> Setting? {
        guard start < tokens.count else { return nil }
        let end = self.end(of: start, at: sign)
        return Setting(name: token.text, value: tokens[start..<end], line: token.line)
    }

    /// The names that a collection is given values for: `jinja_env.filters["x"] = …` and `jinja_env.filters.update(x=…)`.
    func entries(of collection: String) -> [(name: String, line: Int)] {
        tokens.indices.flatMap { index -> [(name: String, line: Int)] in
            guard tokens[index].isName(collection), index + 3 < tokens.count else { return [] }
            if tokens[index + 1].is("["), tokens[index + 2].kind == .string, index + 4 < tokens.count,
                tokens[index + 3].is("]"), tokens[index + 4].is("=")
            {
                return [(tokens[index + 2].text, tokens[index].line)]
            }
            guard tokens[index + 1].is("."), tokens[index + 2].isName("update"), tokens[index + 3].is("(") else {
                return []
            }
            let inside = tokens[(index + 4)..<end(of: index + 4)]
            return inside.indices.dropLast().compactMap { place in
                let (token, next) = (inside[place], inside[place + 1])
                let isKey = token.kind == .name && next.is("=") || token.kind == .string && next.is(":")
                return isKey ? (token.text, token.line) : nil
            }
        }
    }

    // MARK: - Classes

    /// The classes that it declares, with the last names of those that they are derived from.
    var classes: [(name: String, bases: [String], line: Int)] {
        tokens.indices.compactMap { index in
            guard tokens[index].isName("class"), index + 2 < tokens.count, tokens[index + 1].kind == .name else {
                return nil
            }
            let bases = tokens[index + 2].is("(") ? arguments(from: index + 3) : []
            return (
                tokens[index + 1].text, bases.compactMap { $0.name == nil ? $0.value.last?.text : nil },
                tokens[index].line
            )
        }
    }
}

extension ArraySlice<PythonSource.Token> {
    /// The text that they are, where they are nothing but literals.
    var constant: String? {
        guard !isEmpty, allSatisfy({ $0.kind == .string || $0.is("(") || $0.is(")") }) else { return nil }
        let parts = filter { $0.kind == .string }.map(\.text)
        return parts.isEmpty ? nil : parts.joined()
    }

    /// Whether the value is read from the environment or a file when the program runs.
    var isRead: Bool {
        contains { token in ["environ", "getenv", "env", "config", "read", "open", "token_hex"].contains(token.text) }
    }

    /// The text that counts where the environment says nothing: `os.environ.get("KEY", "dev")`, `os.getenv("KEY") or "dev"`.
    var fallback: String? {
        guard isRead, let text = last(where: { $0.kind == .string }) else { return constant }
        let index = self.lastIndex { $0 == text } ?? startIndex
        guard index > startIndex, self[index - 1].is(",") || self[index - 1].isName("or") || self[index - 1].is("=")
        else { return nil }
        return text.text
    }
}
