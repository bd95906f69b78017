import CarafeTemplates

/// Rows of a database as a table.
struct ShellTable {
    /// The most rows that are shown.
    static let longest = 200
    /// The widest a column gets.
    static let widest = 60

    private let columns: [String]
    private let rows: [[String]]
    private let isCut: Bool

    /// Nil for everything but a list of rows with the same columns.
    init?(_ value: TemplateValue) throws {
        guard case .list(let list) = value, !list.elements.isEmpty else { return nil }
        var columns: [String]?
        var rows: [[String]] = []
        for element in list.elements.prefix(Self.longest) {
            guard case .object(let row) = element, case .dict(let dict)? = try row.attribute("_mapping") else {
                return nil
            }
            let names = try dict.entries.map { try $0.key.text }
            guard columns == nil || columns == names else { return nil }
            columns = names
            rows.append(try dict.entries.map { Self.cell(try $0.value.text) })
        }
        self.columns = columns ?? []
        self.rows = rows
        isCut = list.elements.count > Self.longest
    }

    /// On one line, and no wider than a column gets.
    private static func cell(_ text: String) -> String {
        var cell = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if cell.count == widest - 1 {
                cell.append("…")
                break
            }
            cell.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(cell)
    }

    var text: String {
        let all = [columns] + rows
        let widths = columns.indices.map { column in all.map { TextWidth.of($0[column]) }.max() ?? 0 }
        let rule = widths.map { String(repeating: "-", count: $0) }
        let lines = ([columns, rule] + rows).map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: max(0, $1 - TextWidth.of($0))) }
                .joined(separator: "  ")
        }
        return (lines + (isCut ? ["… and more"] : [])).joined(separator: "\n")
    }
}
