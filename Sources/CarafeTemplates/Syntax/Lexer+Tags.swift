extension Lexer {
    /// The three things that are made of names, literals and operators.
    enum Tag {
        case block
        case variable
        case lineStatement
    }

    /// Reads the tokens of a tag and its end; the end of the source ends it, too.
    mutating func readTag(_ tag: Tag) throws(TemplateError) {
        while true {
            if closers.isEmpty, let end = endOfTag(tag, at: position) {
                add(tag == .variable ? .variableEnd : .blockEnd, at: position, line: line)
                line += source.bytes.newlineCount(in: position..<end)
                isLineStarting = end > 0 && source.bytes[end - 1] == 0x0A
                position = end
                return
            }
            guard position < source.bytes.count else { return }
            try readWord()
        }
    }

    /// Where the end of a tag that stands at `position` ends, with the white space that it takes; nil where none stands there.
    func endOfTag(_ tag: Tag, at position: Int) -> Int? {
        let bytes = source.bytes
        if tag == .lineStatement { return endOfLineStatement(at: position) }
        let text = tag == .variable ? delimiters.variableEnd : delimiters.blockEnd
        if let sign = sign(at: position), bytes.has(text, at: position + 1) {
            if sign == UInt8(ascii: "-") { return bytes.endOfWhitespace(from: position + 1 + text.count) }
            if tag == .block { return position + 1 + text.count }
        }
        guard bytes.has(text, at: position) else { return nil }
        let end = position + text.count
        return tag == .block && options.trimBlocks && bytes.byte(at: end) == 0x0A ? end + 1 : end
    }

    /// A line statement ends with the last newline of the white space behind it, or with the source.
    private func endOfLineStatement(at position: Int) -> Int? {
        let end = source.bytes.endOfWhitespace(from: position)
        if end >= source.bytes.count { return end }
        return source.bytes[position..<end].lastIndex(of: 0x0A).map { $0 + 1 }
    }

    /// Reads one token, or white space.
    private mutating func readWord() throws(TemplateError) {
        let bytes = source.bytes
        let byte = bytes[position]
        if bytes.whitespaceLength(at: position) > 0 {
            let end = bytes.endOfWhitespace(from: position)
            line += bytes.newlineCount(in: position..<end)
            position = end
        } else if byte >= 0x30, byte <= 0x39 {
            try readNumber()
        } else if bytes.nameLength(at: position) > 0 {
            try readName()
        } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
            try readString(quote: byte)
        } else {
            try readOperator(byte)
        }
    }

    private mutating func readName() throws(TemplateError) {
        let bytes = source.bytes
        var (end, isASCII) = (position, true)
        while case let length = bytes.nameLength(at: end), length > 0 {
            if length > 1 { isASCII = false }
            end += length
        }
        let name = source.text(position..<end)
        if !isASCII, !Self.isIdentifier(name) { throw error("Invalid character in identifier", at: position) }
        add(.name, name, at: position, line: line)
        position = end
    }

    /// Python's `str.isidentifier`.
    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
        return name.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
    }

    /// Reads a string; one that is not closed is no string, and its quote is an error.
    private mutating func readString(quote: UInt8) throws(TemplateError) {
        let bytes = source.bytes
        var end = position + 1
        var hasEscapes = false
        while end < bytes.count, bytes[end] != quote {
            if bytes[end] == UInt8(ascii: "\\") {
                hasEscapes = true
                end += 1
            }
            end += 1
        }
        guard end < bytes.count else { throw unexpectedCharacter() }
        var text = options.withNewlines(source.text(position + 1..<end))
        if hasEscapes {
            do throws(StringEscapes.Failure) {
                text = try StringEscapes.resolve(text)
            } catch {
                throw self.error(error.message, at: position)
            }
        }
        add(.string, text, at: position, line: line)
        line += bytes.newlineCount(in: position..<end)
        position = end + 1
    }

    /// Reads a number. Digits behind a dot are those of `list.0`, never a fraction's.
    private mutating func readNumber() throws(TemplateError) {
        let bytes = source.bytes
        let isBehindDot = position > 0 && bytes[position - 1] == UInt8(ascii: ".")
        if !isBehindDot, let end = NumberLiteral.endOfFloat(in: bytes, at: position) {
            add(.float, source.text(position..<end), at: position, line: line)
            position = end
            return
        }
        let end = NumberLiteral.endOfInteger(in: bytes, at: position)
        let digits = source.text(position..<end)
        if let complaint = NumberLiteral.complaint(about: digits) {
            throw error(complaint, kind: .valueError, at: position)
        }
        add(.integer, digits, at: position, line: line)
        position = end
    }

    private mutating func readOperator(_ byte: UInt8) throws(TemplateError) {
        guard let (kind, length) = Self.operatorKind(byte, source.bytes.byte(at: position + 1)) else {
            throw unexpectedCharacter()
        }
        switch kind {
        case .leftBrace: closers.append(UInt8(ascii: "}"))
        case .leftParenthesis: closers.append(UInt8(ascii: ")"))
        case .leftBracket: closers.append(UInt8(ascii: "]"))
        case .rightBrace, .rightParenthesis, .rightBracket:
            let found = Unicode.Scalar(byte)
            guard let expected = closers.popLast() else { throw error("unexpected '\(found)'", at: position) }
            if expected != byte {
                throw error("unexpected '\(found)', expected '\(Unicode.Scalar(expected))'", at: position)
            }
        default: break
        }
        add(kind, at: position, line: line)
        position += length
    }

    /// The operator that starts with the two bytes, the longer before the shorter.
    private static func operatorKind(_ first: UInt8, _ second: UInt8) -> (TemplateToken.Kind, length: Int)? {
        let isDoubled = first == second
        let isWithEqual = second == UInt8(ascii: "=")
        switch first {
        case UInt8(ascii: "+"): return (.add, 1)
        case UInt8(ascii: "-"): return (.subtract, 1)
        case UInt8(ascii: "/"): return isDoubled ? (.floorDivide, 2) : (.divide, 1)
        case UInt8(ascii: "*"): return isDoubled ? (.power, 2) : (.multiply, 1)
        case UInt8(ascii: "%"): return (.modulo, 1)
        case UInt8(ascii: "~"): return (.tilde, 1)
        case UInt8(ascii: "["): return (.leftBracket, 1)
        case UInt8(ascii: "]"): return (.rightBracket, 1)
        case UInt8(ascii: "("): return (.leftParenthesis, 1)
        case UInt8(ascii: ")"): return (.rightParenthesis, 1)
        case UInt8(ascii: "{"): return (.leftBrace, 1)
        case UInt8(ascii: "}"): return (.rightBrace, 1)
        case UInt8(ascii: "="): return isWithEqual ? (.equal, 2) : (.assign, 1)
        case UInt8(ascii: "!"): return isWithEqual ? (.notEqual, 2) : nil
        case UInt8(ascii: ">"): return isWithEqual ? (.greaterOrEqual, 2) : (.greater, 1)
        case UInt8(ascii: "<"): return isWithEqual ? (.lessOrEqual, 2) : (.less, 1)
        case UInt8(ascii: "."): return (.dot, 1)
        case UInt8(ascii: ":"): return (.colon, 1)
        case UInt8(ascii: "|"): return (.pipe, 1)
        case UInt8(ascii: ","): return (.comma, 1)
        case UInt8(ascii: ";"): return (.semicolon, 1)
        default: return nil
        }
    }

    private func unexpectedCharacter() -> TemplateError {
        let (scalar, _) = source.bytes.scalar(at: position)
        let place = source.bytes.scalarCount(in: 0..<position)
        return error("unexpected char \(scalar.pythonRepresentation) at \(place)", at: position)
    }
}
