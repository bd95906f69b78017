/// A part of a rule between slashes, or what a converter that takes slashes makes of several.
struct RulePart: Hashable {
    enum Content: Hashable {
        /// Text without variables, which is looked up.
        case text([UInt8])
        /// Text with variables.
        case pattern(Pattern)
    }

    var content: Content
    var precedence: PartPrecedence
}

/// Text with variables, as far as matching goes: the variables' names are not part of it.
struct Pattern: Hashable {
    enum Element: Hashable {
        case literal([UInt8])
        case variable(VariableConverter)
    }

    var elements: [Element] = []
    /// Whether it takes the rest of the path, slashes and all.
    var spansSegments = false
    /// Whether it takes the rest of a path that may or may not end with a slash.
    var endsWithSlash = false

    var variableCount: Int {
        elements.reduce(0) { count, element in
            if case .variable = element { count + 1 } else { count }
        }
    }
}

/// One step of building a URL.
enum BuildStep: Sendable {
    /// Text that is percent-encoded already.
    case text(String)
    /// The value of a variable.
    case variable(name: String, VariableConverter)
}

/// A rule taken apart: what it is matched by and what URLs are built from.
struct ParsedRule {
    private(set) var variables: [BoundRule.Variable] = []
    private(set) var domainPart = RulePart(content: .text([]), precedence: .text)
    private(set) var pathParts: [RulePart] = []
    private(set) var domainSteps: [BuildStep] = []
    private(set) var pathSteps: [BuildStep] = []
    private(set) var trace: [RuleToken] = []

    private let rule: Rule
    private let converters: ConverterSet

    init(_ rule: Rule, options: RouteMap.Options, converters: ConverterSet) throws(RuleError) {
        self.rule = rule
        self.converters = converters
        guard rule.path.utf8.first == UInt8(ascii: "/") else {
            throw problem(
                .malformed, "URL rule \(quoted(rule.path)) must start with a slash.",
                hint: "Write \(quoted("/" + rule.path)).")
        }
        let domain = (options.hostMatching ? rule.host : rule.subdomain ?? options.defaultSubdomain) ?? ""
        try parseDomain(domain)
        trace.append(.text([UInt8(ascii: "|")]))
        let merges = rule.mergeSlashes ?? options.mergeSlashes
        try parsePath(merges ? mergingSlashes(Array(rule.path.utf8)) : Array(rule.path.utf8))
        try checkRedirect()
    }

    private mutating func parseDomain(_ domain: String) throws(RuleError) {
        let (parts, steps) = try parse(Array(domain.utf8))
        guard parts.count == 1, let part = parts.first, !part.spansSegments else {
            throw problem(
                .malformed, "The host or subdomain \(quoted(domain)) has a slash, or a converter that takes slashes.",
                hint: "A host has no slashes. Use another converter, such as string.")
        }
        domainPart = part
        domainSteps = steps
    }

    private mutating func parsePath(_ path: [UInt8]) throws(RuleError) {
        let (parts, steps) = try parse(path)
        // The part before the first slash is empty in every path.
        pathParts = Array(parts.dropFirst())
        pathSteps = steps
    }

    /// Werkzeug's `_parse_rule`: a slash ends a part, unless a converter in the part takes slashes.
    private mutating func parse(_ text: [UInt8]) throws(RuleError) -> (parts: [RulePart], steps: [BuildStep]) {
        var parts: [RulePart] = []
        var steps: [BuildStep] = []
        var part = OpenPart()
        for token in try tokens(of: text) {
            switch token {
            case .slash where !part.pattern.spansSegments:
                parts.append(part.closed())
                part = OpenPart()
                steps.append(.text("/"))
                trace.append(.slash)
            case .slash:
                part.append([UInt8(ascii: "/")])
                steps.append(.text("/"))
                trace.append(.slash)
            case .text(let text):
                part.append(text)
                part.textLengths.append(String(decoding: text, as: UTF8.self).unicodeScalars.count)
                steps.append(.text(percentEncoded(text, allowing: .path)))
                trace.append(token)
            case .variable(let name, let converter, let arguments):
                let variable = try variable(name, converter ?? "default", arguments)
                variables.append(variable)
                part.append(variable.conversion)
                steps.append(try step(variable))
                trace.append(.variable(name: name, converter: nil, arguments: ""))
            }
        }
        if part.pattern.spansSegments, part.removeTrailingSlash() {
            part.pattern.endsWithSlash = true
            parts.append(part.closed())
            part = OpenPart()
        }
        parts.append(part.closed())
        return (parts, steps)
    }

    private func tokens(of text: [UInt8]) throws(RuleError) -> [RuleToken] {
        do { return try RuleSyntax.tokens(of: text) } catch {
            throw problem(error.kind, "malformed url rule: \(quoted(rule.path)): \(error.message).", hint: error.hint)
        }
    }

    private func variable(
        _ name: String, _ converter: String, _ text: String
    ) throws(RuleError) -> BoundRule.Variable {
        if variables.contains(where: { $0.name == name }) {
            throw problem(
                .duplicateVariable, "variable name '\(name)' is used more than once in \(quoted(rule.path)).",
                hint: "Give each variable a name of its own.")
        }
        let arguments: ConverterArguments
        do { arguments = try ConverterArguments(parsing: text) } catch {
            throw problem(error.kind, "\(error.message) in \(quoted(rule.path)).", hint: error.hint)
        }
        do {
            guard let conversion = try converters.converter(converter, arguments) else {
                let names = converters.names
                throw problem(
                    .unknownConverter, "the converter \(quoted(converter)) does not exist (in \(quoted(rule.path))).",
                    hint: closest(to: converter, among: names).map { "Did you mean \(quoted($0)) instead?" }
                        ?? "There are: \(names.joined(separator: ", ")).")
            }
            return BoundRule.Variable(
                name: name, converter: converter, arguments: arguments, kind: conversion.kind, conversion: conversion)
        } catch let error as RuleError {
            throw error
        } catch let error as ArgumentProblem {
            throw problem(
                .badArguments, "the converter '\(converter)' of \(quoted(rule.path)): \(error.message).",
                hint: error.hint)
        } catch {
            throw problem(
                .badArguments, "the converter '\(converter)' of \(quoted(rule.path)) refuses its arguments: \(error).",
                hint: "See the converter's own documentation.")
        }
    }

    /// A variable with a default stands for that value.
    private func step(_ variable: BoundRule.Variable) throws(RuleError) -> BuildStep {
        guard let value = rule.defaults[variable.name] else {
            return .variable(name: variable.name, variable.conversion)
        }
        do { return .text(try variable.conversion.urlText(for: value)) } catch {
            throw problem(
                .badDefault,
                "the default of '\(variable.name)' in \(quoted(rule.path)) cannot be written: \(error.message).",
                hint: "Give a value that the converter '\(variable.converter)' makes.")
        }
    }

    private func checkRedirect() throws(RuleError) {
        guard case .template(let template) = rule.redirectTo else { return }
        for case .variable(let name) in RedirectTemplate(template).pieces
        where !variables.contains(where: { $0.name == name }) {
            throw problem(
                .unknownVariable, "redirectTo \(quoted(template)) names '\(name)', which \(quoted(rule.path)) lacks.",
                hint: "It has: \(variables.map(\.name).joined(separator: ", ")).")
        }
    }

    private func problem(_ kind: RuleError.Kind, _ message: String, hint: String) -> RuleError {
        RuleError(kind, rule: rule.path, message, hint: hint)
    }
}

extension RulePart {
    /// Whether it takes the rest of the path.
    var spansSegments: Bool {
        if case .pattern(let pattern) = content { pattern.spansSegments } else { false }
    }
}

/// A part while it is read.
private struct OpenPart {
    var pattern = Pattern()
    var textLengths: [Int] = []

    mutating func append(_ text: [UInt8]) {
        if case .literal(let literal) = pattern.elements.last {
            pattern.elements[pattern.elements.count - 1] = .literal(literal + text)
        } else {
            pattern.elements.append(.literal(text))
        }
    }

    mutating func append(_ converter: VariableConverter) {
        pattern.elements.append(.variable(converter))
        if converter.spansSegments { pattern.spansSegments = true }
    }

    mutating func removeTrailingSlash() -> Bool {
        guard case .literal(let literal) = pattern.elements.last, literal.last == UInt8(ascii: "/") else {
            return false
        }
        pattern.elements.removeLast()
        if literal.count > 1 { pattern.elements.append(.literal(literal.dropLast())) }
        return true
    }

    func closed() -> RulePart {
        let weights = pattern.elements.compactMap { element -> Int? in
            if case .variable(let converter) = element { converter.weight } else { nil }
        }
        if !weights.isEmpty {
            let precedence = PartPrecedence.pattern(textLengths: textLengths, converterWeights: weights)
            return RulePart(content: .pattern(pattern), precedence: precedence)
        }
        guard case .literal(let text) = pattern.elements.first else {
            return RulePart(content: .text([]), precedence: .text)
        }
        return RulePart(content: .text(text), precedence: .text)
    }
}

/// Bytes with every run of slashes made one.
func mergingSlashes(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var merged: [UInt8] = []
    merged.reserveCapacity(bytes.underestimatedCount)
    for byte in bytes where byte != UInt8(ascii: "/") || merged.last != UInt8(ascii: "/") { merged.append(byte) }
    return merged
}
