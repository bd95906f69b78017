// Where in the text a value goes: opening, closing and, for what comes late, moving.

extension JSONOutput {
    /// Writes `value` where the text ends, as a child of `parent` at `position`; opens and closes its frame.
    @inline(__always)
    func writeNested<T: Encodable>(_ value: T, parent: Int32, position: Int) throws {
        if options.nestingLimit < calls / 8 { throw tooDeep(path(of: parent)) }
        let (outerTop, outerScope, length) = (top, scope, frameCount)
        let place = push(.empty, parent: parent, position: position)
        if options.keys != .asDeclared, T.self is any StringKeyedDictionary.Type {
            frames[Int(place.frame)].convertsKeys = false
        }
        top = place.frame
        scope = place.frame
        calls += 1
        defer {
            frameCount = length
            scope = outerScope
            calls -= 1
            top = failure == nil ? outerTop : -1
        }
        try value.encode(to: JSONValueEncoder(output: self, place: place))
        if let failure { throw failure }
        closeFrames(above: place.frame)
        if parent < 0 && frames[Int(place.frame)].shape == .empty {
            throw JSONEncodingError(.misuse, path: JSONPath(), "\(T.self) did not encode any value")
        }
        close(place.frame)
    }

    func push(_ shape: JSONFrame.Shape, parent: Int32, position: Int) -> JSONPlace {
        if frameCount == frameCapacity {
            let larger = UnsafeMutablePointer<JSONFrame>.allocate(capacity: frameCapacity * 2)
            larger.moveInitialize(from: frames, count: frameCount)
            frames.deallocate()
            frames = larger
            frameCapacity *= 2
        }
        serial &+= 1
        let place = JSONPlace(frame: Int32(truncatingIfNeeded: frameCount), serial: serial)
        (frames + frameCount).initialize(
            to: JSONFrame(
                serial: serial, parent: parent, depth: innerDepth(of: parent), shape: shape, position: position)
        )
        frameCount += 1
        return place
    }

    func innerDepth(of frame: Int32) -> Int32 {
        guard frame >= 0 else { return 0 }
        let parent = frames[Int(frame)]
        return parent.depth + (parent.shape == .object || parent.shape == .array ? 1 : 0)
    }

    func close(_ frame: Int32) {
        let frame = frames + Int(frame)
        frame.pointee.end = count
        frame.pointee.isOpen = false
        switch frame.pointee.shape {
        case .empty: append("{}")
        case .value: break
        case .object: append(UInt8(ascii: "}"))
        case .array: append(UInt8(ascii: "]"))
        }
        top = frame.pointee.parent
    }

    /// Closes what is open inside `frame`, which is open and of the present scope.
    func closeFrames(above frame: Int32) {
        while top != frame && top >= scope { close(top) }
    }

    // MARK: Containers

    /// Makes the value at `place` an object or an array, or finds that it is one already: a class and its superclass may
    /// ask the same encoder.
    func openContainer(_ shape: JSONFrame.Shape, at place: JSONPlace) -> JSONPlace {
        guard isCurrent(place) else { return fail(finished()) }
        let frame = frames + Int(place.frame)
        if frame.pointee.shape == shape { return place }
        guard frame.pointee.shape == .empty else {
            let path = path(of: place.frame)
            return fail(JSONEncodingError(.misuse, path: path, "two containers of different kinds for one value"))
        }
        guard frame.pointee.depth < options.nestingLimit else { return fail(tooDeep(path(of: place.frame))) }
        let isObject = shape == .object
        frame.pointee.shape = shape
        if frame.pointee.isOpen {
            append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        } else {
            overwrite(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["), at: frame.pointee.end)
            overwrite(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"), at: frame.pointee.end + 1)
            frame.pointee.end += 1
        }
        return place
    }

    /// Opens a container, or with `.empty` the place of a super encoder, as the next element of the array at `place` or
    /// as the member `key` of the object there.
    func nest(_ shape: JSONFrame.Shape, in place: JSONPlace, key: String?) -> JSONPlace {
        do {
            let piece = if let key { try beginMember(key, in: place) } else { try beginElement(in: place) }
            guard shape == .empty || innerDepth(of: place.frame) < options.nestingLimit else {
                throw tooDeep(path(of: place.frame))
            }
            if piece.mark < 0 {
                let nested = push(shape, parent: place.frame, position: piece.position)
                if shape != .empty { append(shape == .object ? UInt8(ascii: "{") : UInt8(ascii: "[")) }
                top = nested.frame
                return nested
            }
            // The container is closed already: so is this one from the start, and all that goes into it is moved there.
            append(shape == .array ? "[]" : "{}")
            let (target, length) = (frames[Int(place.frame)].end, count - piece.mark)
            end(piece, in: place)
            let position = piece.position < 0 ? piece.position : piece.position - piece.mark + target
            let nested = push(shape, parent: place.frame, position: position)
            frames[Int(nested.frame)].isOpen = false
            frames[Int(nested.frame)].end = target + length - (shape == .empty ? 2 : 1)
            return nested
        } catch let error as JSONEncodingError {
            return fail(error)
        } catch {
            return .nowhere
        }
    }

    // MARK: Members, elements and single values

    /// Begins the member `key` of the object at `place`: what follows is its value, then `end(_:in:)`.
    @inline(__always)
    func beginMember(_ key: String, in place: JSONPlace) throws -> JSONPiece {
        let mark = try find(place)
        appendComma(before: mark < 0 ? count : frames[Int(place.frame)].end)
        let position = count
        if options.keys == .snakeCase && frames[Int(place.frame)].convertsKeys {
            append(string: SnakeCase.encode(key))
        } else {
            append(string: key)
        }
        append(UInt8(ascii: ":"))
        return JSONPiece(mark: mark, position: position)
    }

    /// Begins the next element of the array at `place`: what follows is its value, then `end(_:in:)`.
    @inline(__always)
    func beginElement(in place: JSONPlace) throws -> JSONPiece {
        let mark = try find(place)
        let frame = frames + Int(place.frame)
        appendComma(before: mark < 0 ? count : frame.pointee.end)
        let index = frame.pointee.elements
        frame.pointee.elements = index + 1
        return JSONPiece(mark: mark, position: ~index)
    }

    /// Ends a member or an element.
    @inline(__always)
    func end(_ piece: JSONPiece, in place: JSONPlace) {
        if piece.mark >= 0 { settle(from: piece.mark, in: place) }
    }

    /// Begins the one value at `place`: what follows is the value, then `endValue(_:at:)`.
    @inline(__always)
    func beginValue(at place: JSONPlace) throws -> JSONPiece {
        let mark = try find(place)
        guard frames[Int(place.frame)].shape == .empty else {
            throw JSONEncodingError(.misuse, path: path(of: place.frame), "a second value where there is place for one")
        }
        frames[Int(place.frame)].shape = .value
        return JSONPiece(mark: mark, position: JSONFrame.inPlace)
    }

    /// Ends a single value.
    @inline(__always)
    func endValue(_ piece: JSONPiece, at place: JSONPlace) {
        guard piece.mark >= 0 else { return }
        // In the place of the `{}` that stood for it.
        let target = frames[Int(place.frame)].end
        settle(from: piece.mark, in: place)
        let end = frames[Int(place.frame)].end
        remove(at: end, count: 2)
        shiftFrames(after: end, by: -2)
        frames[Int(place.frame)].end = target
    }

    /// Makes `place` the innermost open frame and returns -1; or, where it was closed, the end of the text, from which
    /// what is written now will be moved.
    @inline(__always)
    private func find(_ place: JSONPlace) throws -> Int {
        if place.frame == top && frames[Int(place.frame)].serial == place.serial { return -1 }
        return try findElsewhere(place)
    }

    @inline(never)
    private func findElsewhere(_ place: JSONPlace) throws -> Int {
        if let failure { throw failure }
        guard isCurrent(place) else { throw finished() }
        guard frames[Int(place.frame)].isOpen else { return count }
        closeFrames(above: place.frame)
        return -1
    }

    private func settle(from mark: Int, in place: JSONPlace) {
        let target = frames[Int(place.frame)].end
        let length = count - mark
        move(from: mark, to: target)
        shiftFrames(after: target - 1, by: length)
    }

    private func shiftFrames(after offset: Int, by length: Int) {
        for index in 0..<frameCount {
            if frames[index].position > offset { frames[index].position += length }
            if !frames[index].isOpen && frames[index].end > offset { frames[index].end += length }
        }
    }

    func elements(in place: JSONPlace) -> Int {
        isCurrent(place) ? frames[Int(place.frame)].elements : 0
    }

    // MARK: Failures

    private func isCurrent(_ place: JSONPlace) -> Bool {
        failure == nil && place.frame >= scope && place.frame < frameCount
            && frames[Int(place.frame)].serial == place.serial
    }

    private func fail(_ error: JSONEncodingError) -> JSONPlace {
        if failure == nil { failure = error }
        top = -1
        return .nowhere
    }

    private func finished() -> JSONEncodingError {
        JSONEncodingError(.misuse, path: JSONPath(), "a container was used after its value had been encoded")
    }

    func tooDeep(_ path: JSONPath) -> JSONEncodingError {
        var start = path
        start.steps = Array(path.steps.prefix(8))
        return JSONEncodingError(.tooDeep, path: start, "nested deeper than \(options.nestingLimit) levels")
    }

    /// The path of a frame, read from the text itself, so that nothing is kept for it while all goes well.
    func path(of frame: Int32) -> JSONPath {
        var path = JSONPath()
        var frame = frame
        while frame >= 0 {
            path.steps.append(contentsOf: step(at: frames[Int(frame)].position))
            frame = frames[Int(frame)].parent
        }
        path.steps.reverse()
        return path
    }

    /// The path of what is written at `position` inside `frame`.
    func path(of frame: Int32, then position: Int) -> JSONPath {
        JSONPath(path(of: frame).steps + step(at: position))
    }

    private func step(at position: Int) -> [JSONPath.Step] {
        if position == JSONFrame.inPlace { return [] }
        if position < 0 { return [.index(~position)] }
        return [.key(JSONText.string(in: bytes, at: position))]
    }
}

/// A dictionary whose keys are data, which a key style leaves as they are.
protocol StringKeyedDictionary {}

extension Dictionary: StringKeyedDictionary where Key == String {}
