/// What stands behind the colon of a field: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
struct FormatSpecification {
    var fill: Unicode.Scalar = " "
    var alignment: Unicode.Scalar
    var sign: Unicode.Scalar?
    var coercesNegativeZero = false
    var isAlternate = false
    var width: Int?
    var grouping: Unicode.Scalar?
    var precision: Int?
    var type: Unicode.Scalar?

    /// Reads `text`.
    ///
    /// - Parameters:
    ///   - typeName: the type of the value, for messages
    ///   - standardType: the type that is meant where none is written
    /// - Throws: Python's `ValueError`
    init(
        _ text: String, typeName: String, alignment: Unicode.Scalar, standardType: Unicode.Scalar? = nil
    ) throws {
        self.alignment = alignment
        type = standardType
        var rest = Array(text.unicodeScalars)[...]
        readFill(&rest)
        if let next = rest.first, next == " " || next == "+" || next == "-" { sign = rest.removeFirst() }
        if rest.first == "z" {
            coercesNegativeZero = true
            rest.removeFirst()
        }
        if rest.first == "#" {
            isAlternate = true
            rest.removeFirst()
        }
        if !hasFill, rest.first == "0" {
            fill = "0"
            // Texts are not filled behind a sign.
            if !hasAlignment && alignment == ">" { self.alignment = "=" }
            rest.removeFirst()
        }
        width = try Self.number(&rest)
        if rest.first == "," { grouping = rest.removeFirst() }
        if rest.first == "_" {
            guard grouping == nil else { throw Self.error("Cannot specify both ',' and '_'.") }
            grouping = rest.removeFirst()
        }
        if rest.first == ",", grouping == "_" { throw Self.error("Cannot specify both ',' and '_'.") }
        if rest.first == "." {
            rest.removeFirst()
            precision = try Self.number(&rest)
            guard precision != nil else { throw Self.error("Format specifier missing precision") }
        }
        if let next = rest.popFirst() { type = next }
        guard rest.isEmpty else {
            throw Self.error("Invalid format specifier '\(text)' for object of type '\(typeName)'")
        }
        if let grouping { try checkGrouping(grouping) }
    }

    private var hasFill = false
    private var hasAlignment = false

    private mutating func readFill(_ rest: inout ArraySlice<Unicode.Scalar>) {
        if let second = rest.dropFirst().first, Self.isAlignment(second) {
            fill = rest.removeFirst()
            alignment = rest.removeFirst()
            (hasFill, hasAlignment) = (true, true)
        } else if let first = rest.first, Self.isAlignment(first) {
            alignment = rest.removeFirst()
            hasAlignment = true
        }
    }

    private func checkGrouping(_ grouping: Unicode.Scalar) throws {
        switch type {
        case nil, "d", "e", "f", "g", "E", "G", "%", "F": return
        case "b", "o", "x", "X": if grouping == "_" { return }
        default: break
        }
        throw Self.error("Cannot specify '\(grouping)' with \(type.map(Self.quoted) ?? "").")
    }

    private static func isAlignment(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "<" || scalar == ">" || scalar == "=" || scalar == "^"
    }

    /// The decimal number at the beginning of `rest`, or nil where there is none.
    private static func number(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> Int? {
        var number: Int?
        while let next = rest.first, let digit = PythonText.decimalValue(next) {
            guard let sum = decimal((number ?? 0), digit) else {
                throw error("Too many decimal digits in format string")
            }
            number = sum
            rest.removeFirst()
        }
        return number
    }

    /// `number` with one more digit, or nil past what `Int` holds.
    static func decimal(_ number: Int, _ digit: Int) -> Int? {
        let (product, overflow) = number.multipliedReportingOverflow(by: 10)
        return overflow ? nil : PythonText.sum(product, digit)
    }

    /// The type as messages quote it: `'q'`, `'\xe9'`.
    static func quoted(_ type: Unicode.Scalar) -> String {
        (33..<128).contains(type.value) ? "'\(type)'" : "'\\x\(String(type.value, radix: 16))'"
    }

    static func error(_ message: String) -> TemplateError { TemplateError(.valueError, message) }

    /// The refusal of the type that is written.
    func unknownType(for typeName: String) -> TemplateError {
        Self.error("Unknown format code \(type.map(Self.quoted) ?? "''") for object of type '\(typeName)'")
    }
}
