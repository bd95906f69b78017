/// Breaks text into lines of a width, as Python's `textwrap` does.
struct TextWrapping {
    /// The longest line, in code points.
    struct Width {
        /// As Python shows it in its complaint.
        let value: TemplateValue
        let columns: Int
        /// Python compares lengths with a width that is a float, but cannot cut a word by it.
        let isFloat: Bool

        init(_ value: TemplateValue) throws {
            self.value = value
            if case .double(let width) = value {
                guard !width.isNaN else { throw TemplateError(.valueError, "invalid width nan (must be > 0)") }
                // A width between 0 and 1 is allowed, and narrower than any word.
                columns = width <= 0 ? -1 : Int(exactly: width.rounded(.down)) ?? .max
                isFloat = true
            } else {
                guard try !value.compare(.lessOrEqual, .int(0)) else {
                    (columns, isFloat) = (-1, false)
                    return
                }
                columns = try value.index(as: .clipped)
                isFloat = false
            }
        }
    }

    let width: Width
    /// Whether a word that is longer than a line is broken.
    let breaksLongWords: Bool
    /// Whether a line may end after a hyphen within a word.
    let splitsAtHyphens: Bool
    /// Whether a word that is longer than a line is broken after a hyphen where it has one.
    let breaksLongWordsAtHyphens: Bool

    /// The lines of `text`, which has no ends of lines in it.
    func wrap(_ text: String) throws -> [String] {
        guard width.columns >= 0 else {
            throw TemplateError(.valueError, "invalid width \(try width.value.representation) (must be > 0)")
        }
        let scalars = Array(text.unicodeScalars)
        let lines = try fill(TextChunks(scalars: scalars, splitsAtHyphens: splitsAtHyphens).ranges, of: scalars)
        return lines.map { line in
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars[line])
            return text
        }
    }

    private func fill(_ ranges: [Range<Int>], of scalars: [Unicode.Scalar]) throws -> [Range<Int>] {
        func isBlank(_ chunk: Range<Int>) -> Bool { scalars[chunk].allSatisfy(PythonText.isSpace) }
        // The chunks to come, the next one last.
        var chunks = Array(ranges.reversed())
        var lines: [Range<Int>] = []
        var line: [Range<Int>] = []
        while let first = chunks.last {
            line.removeAll(keepingCapacity: true)
            var length = 0
            if !lines.isEmpty, isBlank(first) { chunks.removeLast() }
            while let next = chunks.last, length + next.count <= width.columns {
                line.append(next)
                length += next.count
                chunks.removeLast()
            }
            if let next = chunks.last, next.count > width.columns {
                if breaksLongWords {
                    let end = try next.lowerBound + cut(scalars[next], lineLength: length)
                    line.append(next.lowerBound..<end)
                    chunks[chunks.count - 1] = end..<next.upperBound
                } else if line.isEmpty {
                    line.append(next)
                    chunks.removeLast()
                }
            }
            if let last = line.last, isBlank(last) { line.removeLast() }
            // What remains are neighbours in the text.
            if let start = line.first, let end = line.last { lines.append(start.lowerBound..<end.upperBound) }
        }
        return lines
    }

    /// How much of a word that is too long goes on the line.
    private func cut(_ word: ArraySlice<Unicode.Scalar>, lineLength: Int) throws -> Int {
        let space = width.columns < 1 ? 1 : width.columns - lineLength
        guard !width.isFloat || width.columns < 1 else {
            throw TemplateError(
                .typeError, "slice indices must be integers or None or have an __index__ method")
        }
        guard breaksLongWordsAtHyphens, word.count > space else { return min(space, word.count) }
        let window = word.prefix(space)
        guard let hyphen = window.lastIndex(of: "-"), hyphen > window.startIndex,
            window[..<hyphen].contains(where: { $0 != "-" })
        else { return space }
        return hyphen + 1 - window.startIndex
    }
}

/// The words of a text, the blanks between them, and the parts of words before and after hyphens and dashes: what no line
/// is broken within.
private struct TextChunks {
    let scalars: [Unicode.Scalar]
    let splitsAtHyphens: Bool

    var ranges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < scalars.count {
            let end = self.end(ofChunkAt: start)
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    private func end(ofChunkAt start: Int) -> Int {
        var end = start + 1
        if isBlank(start) {
            while end < scalars.count, isBlank(end) { end += 1 }
            return end
        }
        if splitsAtHyphens, start > 0, isBeforeDash(start - 1), let dash = self.end(ofDashAt: start) { return dash }
        while end < scalars.count, !isBlank(end) {
            if splitsAtHyphens, scalars[end] == "-" {
                if isHyphen(end) { return end + 1 }
                if isBeforeDash(end - 1), self.end(ofDashAt: end) != nil { return end }
            }
            end += 1
        }
        return end
    }

    /// Where a dash of two or more hyphens ends that a word follows.
    private func end(ofDashAt start: Int) -> Int? {
        var end = start
        while end < scalars.count, scalars[end] == "-" { end += 1 }
        guard end - start >= 2, end < scalars.count, PythonText.isWordCharacter(scalars[end]) else { return nil }
        return end
    }

    /// Whether the hyphen at `index` joins parts of a word: `well-known`, `e-mail` not, `x-y-axis` after the second part.
    private func isHyphen(_ index: Int) -> Bool {
        guard isLetter(index - 1), isLetter(index - 2) || (isHyphenCharacter(index - 2) && isLetter(index - 3)) else {
            return false
        }
        return isLetter(index + 1) && (isLetter(index + 2) || (isHyphenCharacter(index + 2) && isLetter(index + 3)))
    }

    private func isHyphenCharacter(_ index: Int) -> Bool { scalars.indices.contains(index) && scalars[index] == "-" }

    private func isLetter(_ index: Int) -> Bool {
        scalars.indices.contains(index) && PythonText.isWordCharacter(scalars[index])
            && !PythonText.isDecimal(scalars[index])
    }

    /// The blanks that `textwrap` knows; a no-break space is none.
    private func isBlank(_ index: Int) -> Bool {
        switch scalars[index].value {
        case 0x09...0x0D, 0x20: true
        default: false
        }
    }

    private func isBeforeDash(_ index: Int) -> Bool {
        switch scalars[index] {
        case "!", "\"", "'", "&", ".", ",", "?": true
        default: PythonText.isWordCharacter(scalars[index])
        }
    }
}
