import FoundationEssentials

// Any Encodable value: those with a form of their own in JSON, and all others by their encode(to:).

extension JSONOutput {
    /// Writes the whole text.
    func encode<T: Encodable>(_ value: T) throws {
        try write(value, parent: -1, position: JSONFrame.inPlace)
    }

    func encodeMember<T: Encodable>(_ value: T, key: String, in place: JSONPlace) throws {
        let piece = try beginMember(key, in: place)
        do {
            try write(value, parent: place.frame, position: piece.position)
        } catch {
            // So that a caller that goes on in spite of the error leaves no key without a value.
            rewind(to: piece.mark >= 0 ? piece.mark : startOfPiece(at: piece.position))
            throw error
        }
        end(piece, in: place)
    }

    func encodeElement<T: Encodable>(_ value: T, in place: JSONPlace) throws {
        let piece = try beginElement(in: place)
        let written = count
        do {
            try write(value, parent: place.frame, position: piece.position)
        } catch {
            rewind(to: piece.mark >= 0 ? piece.mark : startOfPiece(at: written))
            frames[Int(place.frame)].elements -= 1
            throw error
        }
        end(piece, in: place)
    }

    func encodeValue<T: Encodable>(_ value: T, at place: JSONPlace) throws {
        let piece = try beginValue(at: place)
        let start = count
        do {
            try write(value, parent: place.frame, position: JSONFrame.inPlace)
        } catch {
            rewind(to: start)
            frames[Int(place.frame)].shape = .empty
            throw error
        }
        endValue(piece, at: place)
    }

    /// Writes a value where the text ends. The types that need no frame are told by their metatypes: one comparison
    /// of addresses each, where a cast would cost fifty times as much.
    private func write<T: Encodable>(_ value: T, parent: Int32, position: Int) throws {
        if T.self == String.self {
            append(string: unsafeBitCast(value, to: String.self))
        } else if T.self == Int.self {
            append(Int64(unsafeBitCast(value, to: Int.self)))
        } else if T.self == [String].self {
            try write(unsafeBitCast(value, to: [String].self), parent, position) { append(string: $0) }
        } else if T.self == [Int].self {
            try write(unsafeBitCast(value, to: [Int].self), parent, position) { append(Int64($0)) }
        } else if T.self == Date.self {
            guard append(unsafeBitCast(value, to: Date.self)) else {
                throw unrepresentable("a date outside of the years 1 to 9999", parent, position)
            }
        } else if T.self == UUID.self {
            append(unsafeBitCast(value, to: UUID.self))
        } else if T.self == Double.self {
            try append(checked: unsafeBitCast(value, to: Double.self), parent, position)
        } else if T.self == Bool.self {
            append(unsafeBitCast(value, to: Bool.self))
        } else if T.self == Data.self, let value = value as? Data {
            append(base64: value)
        } else if T.self == URL.self, let value = value as? URL {
            append(string: value.absoluteString)
        } else if T.self == Decimal.self, let value = value as? Decimal {
            guard append(value) else { throw unrepresentable("a decimal that is not a number", parent, position) }
        } else if T.self == JSONValue.self, let value = value as? JSONValue {
            try append(value, parent, position)
        } else {
            try writeNested(value, parent: parent, position: position)
        }
    }

    /// An array whose elements cannot fail.
    @inline(__always)
    private func write<T>(_ array: [T], _ parent: Int32, _ position: Int, _ element: (T) -> Void) throws {
        guard innerDepth(of: parent) < options.nestingLimit else { throw tooDeep(path(of: parent)) }
        append(UInt8(ascii: "["))
        for value in array {
            appendComma(before: count)
            element(value)
        }
        append(UInt8(ascii: "]"))
    }

    func append(checked value: Double, _ parent: Int32, _ position: Int) throws {
        guard value.isFinite else { throw unrepresentable("\(value)", parent, position) }
        append(value)
    }

    func append(checked value: Float, _ parent: Int32, _ position: Int) throws {
        guard value.isFinite else { throw unrepresentable("\(value)", parent, position) }
        append(value)
    }

    func unrepresentable(_ what: String, _ parent: Int32, _ position: Int) -> JSONEncodingError {
        JSONEncodingError(.invalidValue, path: path(of: parent, then: position), "JSON has no form for \(what)")
    }

    /// Where the comma of what begins at `position` stands, or itself where it has none.
    private func startOfPiece(at position: Int) -> Int {
        bytes[position - 1] == UInt8(ascii: ",") ? position - 1 : position
    }
}
