import CarafeTemplates

/// The check of all templates in some folders.
struct TemplateCheck {
    private let environment: TemplateEnvironment
    private let folders: [String]
    /// Every template of every folder, also those that one of the same name in an earlier folder hides.
    private var templates: [CheckedTemplate] = []
    /// The templates that are found by their names.
    private var byName: [String: CheckedTemplate] = [:]
    private var problems: [Problem] = []

    init(folders: [String], environment: TemplateEnvironment) {
        self.folders = folders
        self.environment = environment
    }

    /// What was found.
    struct Result {
        var problems: [Problem]
        /// What was checked.
        var templates: [CheckedTemplate]

        var templateCount: Int { templates.count }

        var errorCount: Int { problems.count { $0.severity == .error } }

        var summary: String {
            let warnings = problems.count - errorCount
            return "\(Self.count(templateCount, "template")): \(Self.count(errorCount, "error"))"
                + (warnings == 0 ? "" : ", \(Self.count(warnings, "warning"))")
        }

        var json: String { JSONText.array(problems.map(\.json)).text }

        private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    }

    /// Reads all templates and checks each.
    func result() throws -> Result {
        var check = self
        try check.read()
        for template in check.templates { check.check(template) }
        return Result(problems: check.problems, templates: check.templates)
    }

    // MARK: - Reading

    private mutating func read() throws {
        for folder in folders {
            let loader = FileSystemLoader([folder], followLinks: true)
            for name in try loader.templateNames() where !Self.isHidden(name) {
                let file = folder.utf8.last == UInt8(ascii: "/") ? folder + name : folder + "/" + name
                guard let source = try text(of: file) else { continue }
                let template = CheckedTemplate(name: name, file: file, source: source, environment: environment)
                templates.append(template)
                if byName[name] == nil { byName[name] = template }
            }
        }
    }

    /// A file's text; nil where it is none, as pictures are that lie among templates.
    private mutating func text(of file: String) throws -> String? {
        let bytes = try TextFile.bytes(of: file)
        if let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) { return text }
        let ends = [".html", ".htm", ".xml", ".xhtml", ".svg", ".txt", ".j2", ".jinja", ".jinja2"]
        if ends.contains(where: {
            file.utf8.count > $0.utf8.count && file.utf8.suffix($0.utf8.count).elementsEqual($0.utf8)
        }) {
            problems.append(
                Problem(kind: "unreadable", severity: .error, file: file, message: "The file is not UTF-8."))
        }
        return nil
    }

    private static func isHidden(_ name: String) -> Bool {
        name.utf8.split(separator: UInt8(ascii: "/")).contains { $0.first == UInt8(ascii: ".") }
    }

    // MARK: - One template

    private mutating func check(_ template: CheckedTemplate) {
        guard let uses = template.uses else {
            if let error = template.syntaxError { report(error, template) }
            return
        }
        let before = problems.count
        let environment = environment
        checkNames(uses.filters, "filter", { environment.filter(named: $0) != nil }, environment.filterNames, template)
        checkNames(uses.tests, "test", { environment.test(named: $0) != nil }, environment.testNames, template)
        // What the compiler finds, and not yet the parser: two blocks of one name.
        if problems.count == before {
            do {
                _ = try environment.template(source: template.source, name: template.name, filename: template.file)
            } catch let error as TemplateError {
                report(error, template)
            } catch {}
        }
        for reference in uses.references { check(reference, template) }
        checkBlocks(uses, template)
        problems[before...].sort { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
    }

    private mutating func report(_ error: TemplateError, _ template: CheckedTemplate) {
        problems.append(
            Problem(
                kind: "syntax", severity: .error, file: template.file, line: error.line, column: error.column,
                message: error.message,
                sourceLine: error.sourceLine ?? error.line.flatMap { template.line($0) }))
    }

    private mutating func report(
        _ kind: String, _ message: String, severity: Problem.Severity = .error, line: Int, word: String,
        occurrence: Int = 0, _ template: CheckedTemplate
    ) {
        problems.append(
            Problem(
                kind: kind, severity: severity, file: template.file, line: line,
                column: template.column(of: word, inLine: line, occurrence: occurrence), message: message,
                sourceLine: template.line(line)))
    }

    // MARK: - Filters and tests

    private mutating func checkNames(
        _ uses: [TemplateUses.Use], _ noun: String, _ exists: (String) -> Bool, _ known: [String],
        _ template: CheckedTemplate
    ) {
        var seen: [String: Int] = [:]
        for use in uses where !exists(use.name) {
            let key = "\(use.line) \(use.name)"
            let similar = Similarity.nearest(to: use.name, among: known).map { " Did you mean '\($0)'?" } ?? ""
            report(
                "unknown-\(noun)", "No \(noun) named '\(use.name)'.\(similar)", line: use.line, word: use.name,
                occurrence: seen[key, default: 0], template)
            seen[key, default: 0] += 1
        }
    }

    // MARK: - Other templates

    private mutating func check(_ reference: TemplateUses.Reference, _ template: CheckedTemplate) {
        guard let names = reference.names, let first = names.first else { return }
        guard let found = names.first(where: { byName[$0] != nil }).flatMap({ byName[$0] }) else {
            guard !reference.ignoresMissing else { return }
            let what = names.count == 1 ? "There is no template '\(first)'" : "There is none of the templates \(names)"
            report(
                "missing-template", "\(what) to \(reference.tag.rawValue).", line: reference.line, word: first, template
            )
            return
        }
        // A template that extends another may take macros from anywhere.
        guard let uses = found.uses, uses.parents.isEmpty else { return }
        for name in reference.imported where !uses.exports.contains(name) {
            report(
                "missing-name", "'\(found.name)' has no macro or variable '\(name)'.", line: reference.line, word: name,
                template)
        }
    }

    // MARK: - Blocks

    /// A block of a template that extends another is printed only where a parent has one of its name, or inside of one
    /// that is printed.
    private mutating func checkBlocks(_ uses: TemplateUses, _ template: CheckedTemplate) {
        guard let ancestors = ancestors(of: uses, template), let parent = ancestors.first else { return }
        let family = [uses] + ancestors.compactMap(\.uses)
        let known = Set(ancestors.flatMap { $0.uses?.blocks.map(\.name) ?? [] })
            .union(family.flatMap(\.printedBlocks))
        var printed: Set<String> = []
        for block in uses.blocks {
            if known.contains(block.name) || block.outer.map(printed.contains) ?? false {
                printed.insert(block.name)
            } else if block.outer == nil {
                report(
                    "unused-block",
                    "The block '\(block.name)' is never printed: '\(parent.name)' has no block of that name.",
                    severity: .warning, line: block.line, word: block.name, template)
            }
        }
    }

    /// The templates that a template extends, the nearest first; nil where only a render can tell, or there is one that
    /// cannot be read.
    private func ancestors(of uses: TemplateUses, _ template: CheckedTemplate) -> [CheckedTemplate]? {
        var ancestors: [CheckedTemplate] = []
        var uses = uses
        var seen: Set<String> = [template.name]
        while let reference = uses.parents.first {
            guard uses.parents.count == 1, let name = reference.names?.first(where: { byName[$0] != nil }),
                let parent = byName[name], let next = parent.uses, seen.insert(name).inserted
            else { return nil }
            ancestors.append(parent)
            uses = next
        }
        return ancestors
    }
}

/// How alike two names are.
enum Similarity {
    /// The name that was probably meant; nil where none is near.
    static func nearest(to name: String, among names: [String]) -> String? {
        let best = names.map { (distance($0, name), $0) }.min { $0.0 < $1.0 }
        guard let (distance, found) = best, distance <= max(1, name.utf8.count / 3) else { return nil }
        return found
    }

    /// How many letters must be put in, taken out or replaced to make one name of the other.
    private static func distance(_ one: String, _ other: String) -> Int {
        let (one, other) = (Array(one.utf8.prefix(40)), Array(other.utf8.prefix(40)))
        var row = Array(0...other.count)
        for (i, byte) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, target) in other.enumerated() {
                let replaced = diagonal + (byte == target ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[other.count]
    }
}
