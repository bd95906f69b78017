#if DEBUG
    import Carafe
    import CarafeHTTP

    // The report for people without a browser, and for those whom they ask.

    extension ErrorReport {
        /// As plain text: what happened, the way through templates, the app's own calls with their sources, what the request was.
        func text(_ frames: [[SourceFrame]]) -> String {
            var lines: [String] = []
            for (index, error) in errors.enumerated() {
                lines.append((index > 0 ? "\nCaused by " : "") + (index > 0 ? Self.title(of: error) : title))
                if let hint = error.hint { lines.append(hint) }
                lines += error.details.flatMap(Self.lines)
                for step in error.steps {
                    lines.append("\n\(place(of: step)) in \(step.function)")
                    if let excerpt = step.excerpt { lines.append(excerpt.text) }
                }
                lines += self.lines(of: index < frames.count ? frames[index] : [])
            }
            lines.append("\n\(record.requestLine)\n\(path)")
            return Self.harmless(lines.joined(separator: "\n")) + "\n"
        }

        /// The text without what moves a terminal's cursor: it may hold what a client has sent.
        private static func harmless(_ text: String) -> String {
            text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
                line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                    .map { LogText.line(String(decoding: $0, as: UTF8.self)) }.joined(separator: "\t")
            }.joined(separator: "\n")
        }

        /// As Markdown, for an issue or a chat.
        func markdown(_ frames: [[SourceFrame]]) -> String {
            var lines: [String] = []
            for (index, error) in errors.enumerated() {
                lines.append("\(index > 0 ? "\n#### Caused by " : "### ")\(Self.title(of: error))\n")
                if index == 0 { lines.append("`\(record.requestLine)`\n") }
                if let hint = error.hint { lines.append("> \(hint)\n") }
                for detail in error.details {
                    lines.append(Self.fenced(Self.lines(of: detail).joined(separator: "\n")))
                }
                for step in error.steps {
                    lines.append("`\(place(of: step))` in \(step.function)")
                    if let excerpt = step.excerpt { lines.append(Self.fenced(excerpt.text, "jinja")) }
                }
                let all = index < frames.count ? frames[index] : []
                for frame in all where frame.isOfApp {
                    lines.append("`\(place(of: frame))` in `\(frame.function)`")
                    if let excerpt = Self.excerpt(of: frame) { lines.append(Self.fenced(excerpt.text, "swift")) }
                }
                let others = all.count { !$0.isOfApp }
                if others > 0 { lines.append("\(others) frames of libraries are left out.\n") }
            }
            return lines.joined(separator: "\n") + "\n"
        }

        static func title(of error: ErrorSummary) -> String {
            error.message.isEmpty ? error.type : "\(error.type): \(error.message)"
        }

        static func excerpt(of frame: SourceFrame) -> SourceExcerpt? {
            frame.path.flatMap {
                SourceExcerpt(of: $0, line: frame.line, column: frame.column > 0 ? frame.column : nil)
            }
        }

        /// `Sources/site/main.swift:12`
        func place(of frame: SourceFrame) -> String {
            frame.path.map { "\(SourcePath.shown($0, root: root)):\(frame.line)" } ?? frame.image
        }

        /// `templates/index.html:3`
        func place(of step: TemplateStep) -> String {
            "\(step.path.map { SourcePath.shown($0, root: root) } ?? step.name):\(step.line)"
        }

        private func lines(of frames: [SourceFrame]) -> [String] {
            var lines: [String] = []
            for frame in frames where frame.isOfApp {
                lines.append("\n\(place(of: frame)) in \(frame.function)\(frame.isWaiting ? " (waiting)" : "")")
                if let excerpt = Self.excerpt(of: frame) { lines.append(excerpt.text) }
            }
            let others = frames.filter { !$0.isOfApp }
            // Without the app's own calls the others are all that there is.
            if lines.isEmpty { return others.map { "  \(place(of: $0)) in \($0.function)" } }
            if !others.isEmpty { lines.append("\n(\(others.count) frames of libraries are left out)") }
            return lines
        }

        private static func lines(of detail: DeveloperDetail) -> [String] {
            ["\n\(detail.title)"] + (detail.code.map { ["  " + Self.indented($0)] } ?? [])
                + detail.rows.map { "  \($0.name): \($0.value)" }
        }

        private static func indented(_ text: String) -> String {
            text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n  ")
        }

        /// A block of code whose fence no line of it can end.
        private static func fenced(_ text: String, _ language: String = "") -> String {
            var (longest, run) = (2, 0)
            for byte in text.utf8 {
                run = byte == UInt8(ascii: "`") ? run + 1 : 0
                longest = max(longest, run)
            }
            let fence = String(repeating: "`", count: longest + 1)
            return "\(fence)\(language)\n\(text)\n\(fence)\n"
        }
    }
#endif
