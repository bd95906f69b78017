/// What ends a run of text: the start of a tag or comment, with its sign.
struct LexerMark {
    enum Kind: Equatable {
        /// `{% raw %}` as a whole.
        case raw
        case start(LexerDelimiters.Start)
    }

    let kind: Kind
    /// Where the mark starts: at its first blank where it may have some before its prefix.
    let start: Int
    /// Where the mark ends, behind its sign.
    let end: Int
    /// The sign that says what becomes of the white space before it: `-`, `+` or none.
    let sign: UInt8?
}

extension Lexer {
    private static let raw = Array("raw".utf8)
    private static let endRaw = Array("endraw".utf8)

    /// The first mark at the lexer's position or later.
    func nextMark() -> LexerMark? {
        delimiters.hasLinePrefixes ? nextMarkWithLines() : nextMarkWithoutLines()
    }

    /// Goes from one possible first byte to the next.
    private func nextMarkWithoutLines() -> LexerMark? {
        let bytes = source.bytes
        let firstBytes = delimiters.firstBytes
        guard let first = firstBytes.first else { return nil }
        var position = position
        if firstBytes.count == 1 {
            while let candidate = source.index(of: first, from: position) {
                if let mark = mark(at: candidate, isLineStart: false, mayComment: false) { return mark }
                position = candidate + 1
            }
            return nil
        }
        while position < bytes.count {
            if firstBytes.contains(bytes[position]),
                let mark = mark(at: position, isLineStart: false, mayComment: false)
            {
                return mark
            }
            position += 1
        }
        return nil
    }

    /// Goes from one character to the next: line statements start at the start of a line, line comments there or behind a
    /// character that is not white space, and both after blanks. Each run of blanks is looked through once.
    private func nextMarkWithLines() -> LexerMark? {
        let bytes = source.bytes
        var position = position
        var previousIsBlank = bytes.startOfWhitespace(before: position, from: 0, atMost: 1) < position
        while position < bytes.count {
            let isLineStart = position == 0 || bytes[position - 1] == 0x0A
            if let mark = mark(at: position, isLineStart: isLineStart, mayComment: isLineStart || !previousIsBlank) {
                return mark
            }
            previousIsBlank = bytes.whitespaceLength(at: position) > 0
            repeat { position += 1 } while position < bytes.count && bytes[position] & 0xC0 == 0x80
        }
        return nil
    }

    /// The mark that starts at `position`: a raw block's before all others, then the first of the start strings that fits.
    private func mark(at position: Int, isLineStart: Bool, mayComment: Bool) -> LexerMark? {
        if let raw = rawMark(at: position) { return raw }
        for (start, text) in delimiters.starts {
            let end: Int?
            switch start {
            case .block, .variable, .comment: end = source.bytes.has(text, at: position) ? position + text.count : nil
            case .lineStatement: end = isLineStart ? endOfPrefix(text, at: position, allowing: isTabOrSpace) : nil
            case .lineComment: end = mayComment ? endOfPrefix(text, at: position, allowing: isNotNewline) : nil
            }
            guard let end else { continue }
            let sign = sign(at: end)
            return LexerMark(kind: .start(start), start: position, end: sign == nil ? end : end + 1, sign: sign)
        }
        return nil
    }

    /// `{%-? raw -?%}`, which takes no white space behind it unless it says so, whatever `trim_blocks` says.
    private func rawMark(at position: Int) -> LexerMark? {
        let bytes = source.bytes
        guard !delimiters.blockStart.isEmpty, bytes.has(delimiters.blockStart, at: position) else { return nil }
        let afterStart = position + delimiters.blockStart.count
        let sign = sign(at: afterStart)
        let nameStart = bytes.endOfWhitespace(from: sign == nil ? afterStart : afterStart + 1)
        guard bytes.has(Self.raw, at: nameStart) else { return nil }
        let nameEnd = bytes.endOfWhitespace(from: nameStart + 3)
        let end: Int
        if bytes.byte(at: nameEnd) == UInt8(ascii: "-"), bytes.has(delimiters.blockEnd, at: nameEnd + 1) {
            end = bytes.endOfWhitespace(from: nameEnd + 1 + delimiters.blockEnd.count)
        } else if bytes.has(delimiters.blockEnd, at: nameEnd) {
            end = nameEnd + delimiters.blockEnd.count
        } else {
            return nil
        }
        return LexerMark(kind: .raw, start: position, end: end, sign: sign)
    }

    /// The sign at `position`, if there is one.
    func sign(at position: Int) -> UInt8? {
        let byte = source.bytes.byte(at: position)
        return byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") ? byte : nil
    }

    /// Where `prefix` ends if it stands at `position` after any blanks; it may start with blanks of its own.
    private func endOfPrefix(_ prefix: [UInt8], at position: Int, allowing isBlank: (UInt8) -> Bool) -> Int? {
        let bytes = source.bytes
        var end = position
        while case let length = bytes.whitespaceLength(at: end), length > 0, isBlank(bytes[end]) { end += length }
        let earliest = max(position, end - prefix.endOfWhitespace(from: 0))
        while end >= earliest {
            if bytes.has(prefix, at: end) { return end + prefix.count }
            end -= 1
        }
        return nil
    }

    private func isTabOrSpace(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0B || byte == 0x20 }
    private func isNotNewline(_ byte: UInt8) -> Bool { byte != 0x0A && byte != 0x0D }

    // MARK: - What is no tag

    /// Reads the text of a raw block and its end. Where nothing at all follows the start of one, Jinja says nothing.
    mutating func readRaw(from start: Int) throws(TemplateError) {
        let bytes = source.bytes
        guard position < bytes.count else { return }
        var candidate = position
        while let found = source.index(of: delimiters.blockStart, from: candidate) {
            guard let (sign, end) = endOfRaw(at: found) else {
                candidate = found + 1
                continue
            }
            let mark = LexerMark(kind: .raw, start: found, end: end, sign: sign)
            addData(position..<endOfText(before: mark))
            line += bytes.newlineCount(in: position..<end)
            isLineStarting = bytes[end - 1] == 0x0A
            position = end
            return
        }
        throw error("Missing end of raw directive", at: start)
    }

    /// `{%-? endraw -?%}` at `position`.
    private func endOfRaw(at position: Int) -> (sign: UInt8?, end: Int)? {
        let bytes = source.bytes
        let afterStart = position + delimiters.blockStart.count
        let sign = sign(at: afterStart)
        let nameStart = bytes.endOfWhitespace(from: sign == nil ? afterStart : afterStart + 1)
        guard bytes.has(Self.endRaw, at: nameStart) else { return nil }
        let nameEnd = bytes.endOfWhitespace(from: nameStart + 6)
        guard let end = endOfTag(.block, at: nameEnd) else { return nil }
        return (sign, end)
    }

    /// Reads a comment and its end. Where nothing at all follows the start of one, Jinja says nothing.
    mutating func readComment(from start: Int) throws(TemplateError) {
        let bytes = source.bytes
        guard position < bytes.count else { return }
        guard let found = source.index(of: delimiters.commentEnd, from: position) else {
            throw error("Missing end of comment tag", at: start)
        }
        let sign = found > position ? sign(at: found - 1) : nil
        if options.keepsComments {
            add(.comment, source.text(position..<(sign == nil ? found : found - 1)), at: start, line: line)
        }
        var end = found + delimiters.commentEnd.count
        if sign == UInt8(ascii: "-") {
            end = bytes.endOfWhitespace(from: end)
        } else if sign == nil, options.trimBlocks, bytes.byte(at: end) == 0x0A {
            end += 1
        }
        line += bytes.newlineCount(in: position..<end)
        isLineStarting = bytes[end - 1] == 0x0A
        position = end
    }

    /// Reads a comment that ends with its line; the newline stays.
    mutating func readLineComment() {
        let end = source.index(of: 0x0A, from: position) ?? source.bytes.count
        if options.keepsComments { add(.comment, source.text(position..<end), at: position, line: line) }
        isLineStarting = false
        position = end
    }
}
