extension TemplateError: CustomStringConvertible {
    /// What happened, and where, as Jinja's tracebacks say it:
    ///
    /// ```
    /// UndefinedError: 'user' is undefined
    ///   File "layout.html", line 3, in block 'title'
    ///     <h1>{{ user.name }}</h1>
    /// ```
    public var description: String {
        var lines = ["\(kind.name): \(message)"]
        var repeated = 0
        for frame in trace.dropLast() {
            let line =
                "  File \"\(frame.filename ?? frame.template ?? "<template>")\", line \(frame.line), in \(frame.function)"
            if line == lines.last {
                repeated += 1
                continue
            }
            Self.note(&repeated, in: &lines)
            lines.append(line)
        }
        Self.note(&repeated, in: &lines)
        if let line {
            let function = trace.last.map { ", in \($0.function)" } ?? ""
            let place = filename ?? template ?? "<template>"
            lines.append("  File \"\(place)\", line \(line)\(column.map { ", column \($0)" } ?? "")\(function)")
            if let sourceLine { lines.append("    " + sourceLine.drop { $0 == " " || $0 == "\t" }) }
        }
        return lines.joined(separator: "\n")
    }

    private static func note(_ repeated: inout Int, in lines: inout [String]) {
        if repeated > 0 { lines.append("  [the last line \(repeated) more times]") }
        repeated = 0
    }
}
