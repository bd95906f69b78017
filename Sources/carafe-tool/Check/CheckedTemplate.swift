import CarafeTemplates

/// A template that was read for checking.
struct CheckedTemplate {
    let name: String
    /// Its file, as it is reported.
    let file: String
    let source: String
    /// What it uses; nil where it cannot be parsed.
    let uses: TemplateUses?
    /// The variables that it reads and does not set itself.
    let variables: Set<String>
    /// Why it cannot be parsed.
    let syntaxError: TemplateError?

    init(name: String, file: String, source: String, environment: TemplateEnvironment) {
        self.name = name
        self.file = file
        self.source = source
        do {
            var parser = TemplateParser(
                source: source, name: name, filename: file, options: environment.options,
                extensions: environment.extensions)
            let statements = try parser.parse()
            uses = TemplateUses(statements)
            variables = TemplateMeta.undeclaredVariables(in: statements)
            syntaxError = nil
        } catch let error as TemplateError {
            (uses, variables) = (nil, [])
            syntaxError = error
        } catch {
            (uses, variables) = (nil, [])
            syntaxError = TemplateError(.syntax, "\(error)", line: 1)
        }
    }

    /// A line's text, without its end.
    func line(_ number: Int) -> String? {
        let lines = source.utf8.split(
            separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
        guard number >= 1, number <= lines.count else { return nil }
        var line = lines[number - 1]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }

    /// The column of the `occurrence`th time, from 0, that a word stands in a line, in code points from 1.
    func column(of word: String, inLine number: Int, occurrence: Int = 0) -> Int? {
        guard let line = line(number) else { return nil }
        let (text, word) = (Array(line.unicodeScalars), Array(word.unicodeScalars))
        guard !word.isEmpty, text.count >= word.count else { return nil }
        var found: [Int] = []
        for start in 0...(text.count - word.count) where text[start..<start + word.count].elementsEqual(word) {
            let before = start > 0 ? text[start - 1] : " "
            let after = start + word.count < text.count ? text[start + word.count] : " "
            if !Self.isWordPart(before) && !Self.isWordPart(after) { found.append(start + 1) }
        }
        return occurrence < found.count ? found[occurrence] : found.last
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
    }
}
