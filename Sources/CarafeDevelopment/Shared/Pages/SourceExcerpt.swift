#if DEBUG || CARAFE_TOOL
    import Carafe
    import FoundationEssentials

    /// The lines of a source file around a place.
    package struct SourceExcerpt {
        /// A line with its number.
        package struct Line {
            package let number: Int
            package let text: String
        }

        package let lines: [Line]
        /// The line that is meant.
        package let line: Int
        /// The column in it, counted in bytes from 1 as compilers do; nil for the line as a whole.
        package let column: Int?

        /// Files beyond this are not shown: nobody writes them by hand.
        private static let largestFile = 4 << 20

        /// - Returns: nil where the file cannot be read or has no such line
        package init?(of path: String, line: Int, column: Int? = nil, context: Int = 4) {
            guard let data = FileManager.default.contents(atPath: path), data.count <= Self.largestFile else {
                return nil
            }
            self.init(data, line: line, column: column, context: context)
        }

        /// - Returns: nil where the source has no such line
        package init?(source: String, line: Int, column: Int? = nil, context: Int = 4) {
            self.init(Array(source.utf8), line: line, column: column, context: context)
        }

        /// One line alone.
        package init(line text: String, number: Int) {
            lines = [Line(number: number, text: text)]
            line = number
            column = nil
        }

        private init?(_ bytes: some RandomAccessCollection<UInt8>, line: Int, column: Int?, context: Int) {
            let all = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            guard line >= 1, line <= all.count else { return nil }
            let shown = max(1, line - context)...min(all.count, line + context)
            lines = shown.map { number in
                let bytes = all[all.startIndex + number - 1]
                let text = bytes.last == 0x0D ? bytes.dropLast() : bytes
                return Line(number: number, text: String(decoding: text, as: UTF8.self))
            }
            self.line = line
            self.column = column
        }

        /// The excerpt as markup, with the line marked and a caret below the column. Without style sheets it reads as the text does.
        package var html: HTML {
            let width = String(lines.last?.number ?? 0).utf8.count
            let rows = lines.map { line in
                let margin = margin(line, width)
                guard line.number == self.line else {
                    return HTML("<span><i>  </i><b>\(margin) </b>\(line.text)\n</span>")
                }
                let row = HTML(#"<span class="here"><i>> </i><b>\#(margin) </b>\#(line.text)\#n</span>"#)
                guard let blanks = blanks(before: column, of: line.text) else { return row }
                let empty = String(repeating: " ", count: width + 1)
                return row
                    + HTML(#"<span class="caret" aria-hidden="true"><i>  </i><b>\#(empty)</b>\#(blanks)^\#n</span>"#)
            }
            return HTML(#"<pre class="source" tabindex="0">\#(HTML(joining: rows))</pre>"#)
        }

        /// The excerpt as text.
        package var text: String {
            let width = String(lines.last?.number ?? 0).utf8.count
            return lines.flatMap { line -> [String] in
                let margin = margin(line, width)
                let isHere = line.number == self.line
                let row = "\(isHere ? ">" : " ") \(margin) | \(line.text)"
                guard isHere, let blanks = blanks(before: column, of: line.text) else { return [row] }
                return [row, "  \(String(repeating: " ", count: width)) | \(blanks)^"]
            }
            .joined(separator: "\n")
        }

        /// A line's number, as wide as the widest.
        private func margin(_ line: Line, _ width: Int) -> String {
            let number = String(line.number)
            return String(repeating: " ", count: max(0, width - number.utf8.count)) + number
        }

        /// Blanks as wide as what stands before the column; tabs stay tabs.
        private func blanks(before column: Int?, of text: String) -> String? {
            guard let column, column >= 1 else { return nil }
            let before = String(decoding: text.utf8.prefix(column - 1), as: UTF8.self)
            return before.unicodeScalars.map { $0 == "\t" ? "\t" : " " }.joined()
        }
    }
#endif
