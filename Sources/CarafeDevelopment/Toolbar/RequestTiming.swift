#if DEBUG
    import Carafe

    /// Where a request's time went: its phases one after the other, and the templates and statements in them.
    struct RequestTiming {
        /// A part of the time.
        struct Row {
            let name: String
            let start: Duration
            let end: Duration
            /// Whether it is a part of a phase.
            var isInner = false
        }

        let rows: [Row]
        let total: Duration

        init(_ record: RequestRecord) {
            let phases = record.phases.map { Row(name: $0.name, start: $0.start, end: $0.end) }
            let templates = record.templates.compactMap { template in
                template.end.map {
                    Row(name: template.name ?? "a template", start: template.start, end: $0, isInner: true)
                }
            }
            let all = (phases + templates).sorted { ($0.start, $1.end) < ($1.start, $0.end) }
            total = max(record.end ?? .zero, all.map(\.end).max() ?? .zero)
            rows = all
        }

        private static let rowHeight = 22
        private static let width = 1000.0
        private static let labelWidth = 330.0

        var html: HTML {
            guard !rows.isEmpty, total > .zero else { return HTML(#"<p class="note soft">It is not over yet.</p>"#) }
            let bars = rows.enumerated().map { index, row in bar(row, at: index * Self.rowHeight) }
            let height = rows.count * Self.rowHeight + 8
            return HTML(
                """
                <div class="note"><svg viewBox="0 0 \(Int(Self.width)) \(height)" role="img" aria-label="The request's phases">
                \(bars)</svg></div>
                """)
        }

        private func bar(_ row: Row, at y: Int) -> HTML {
            let room = Self.width - Self.labelWidth
            let scale = room / max(RequestFacts.milliseconds(total), 0.001)
            let x = Self.labelWidth + RequestFacts.milliseconds(row.start) * scale
            let width = max(1.5, RequestFacts.milliseconds(row.end - row.start) * scale)
            let name = (row.isInner ? "  " : "") + Self.shortened(row.name)
            return HTML(
                """
                <text x="0" y="\(y + 15)" xml:space="preserve">\(name)</text>
                <text x="\(Int(Self.labelWidth) - 12)" y="\(y + 15)" text-anchor="end">\
                \(ErrorMarkup.milliseconds(row.end - row.start))</text>
                <rect class="\(row.isInner ? "inner" : "bar")" x="\(Self.number(x))" y="\(y + 3)" width="\(Self.number(width))" \
                height="\(Self.rowHeight - 6)" rx="2"><title>\(row.name)</title></rect>
                """)
        }

        private static func shortened(_ name: String) -> String {
            let scalars = name.unicodeScalars
            guard scalars.count > 30 else { return name }
            var end = String.UnicodeScalarView()
            end.append(contentsOf: scalars.suffix(29))
            return "…" + String(end)
        }

        static func number(_ value: Double) -> String {
            let tenths = Int((value * 10).rounded())
            return "\(tenths / 10).\(abs(tenths % 10))"
        }
    }
#endif
