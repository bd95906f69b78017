import Glibc

/// The bytes that a render has written: UTF-8 that grows, up to a limit.
///
/// It is used by one thread at a time.
final class RenderOutput {
    // Every append touches these: without exclusivity checks, as no access calls out while another is under way.
    @exclusivity(unchecked) private var bytes: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) private(set) var count = 0
    /// How many bytes can be written before ``grow(_:)`` has to be asked: never more than the limit allows.
    @exclusivity(unchecked) private var capacity: Int
    /// How many bytes there is memory for.
    private var allocated: Int
    /// How many bytes were written and taken away.
    private var taken = 0
    private var limit: Int

    /// An output of at most `limit` bytes.
    init(limit: Int, capacity: Int = 4096) {
        self.limit = limit
        allocated = max(64, capacity)
        self.capacity = min(allocated, limit)
        bytes = .allocate(capacity: allocated + Escaping.slack)
    }

    deinit { bytes.deallocate() }

    /// Adds bytes as they are.
    @inline(__always)
    func append(_ added: UnsafeBufferPointer<UInt8>) throws {
        guard let start = added.baseAddress else { return }
        try reserve(added.count)
        memcpy(bytes + count, start, added.count)
        count += added.count
    }

    /// Adds bytes as they are.
    @inline(__always)
    func append(_ added: [UInt8]) throws {
        try added.withUnsafeBufferPointer { try append($0) }
    }

    /// Adds text as it is.
    @inline(__always)
    func append(_ text: String) throws {
        let isDone: Void? = try text.utf8.withContiguousStorageIfAvailable { try append($0) }
        if isDone == nil { try appendBytewise(text) }
    }

    /// Adds text, escaped for HTML.
    func appendEscaped(_ text: String) throws {
        let isDone: Void? = try text.utf8.withContiguousStorageIfAvailable { try appendEscaped($0) }
        if isDone == nil { try appendBytewise(Escaping.escape(text)) }
    }

    /// Adds an integer in decimal.
    func append(_ value: Int) throws {
        var digits = value.magnitude
        var length = 1
        var power: UInt = 10
        while length < 19 && digits >= power {
            length += 1
            power *= 10
        }
        try reserve(value < 0 ? length + 1 : length)
        if value < 0 {
            bytes[count] = UInt8(ascii: "-")
            count += 1
        }
        var place = count + length
        repeat {
            place -= 1
            bytes[place] = UInt8(truncatingIfNeeded: digits % 10) &+ UInt8(ascii: "0")
            digits /= 10
        } while digits != 0
        count += length
    }

    /// Text that is not stored as UTF-8, which Swift's own strings never are here.
    private func appendBytewise(_ text: String) throws {
        try reserve(text.utf8.count)
        for byte in text.utf8 {
            bytes[count] = byte
            count += 1
        }
    }
}

// MARK: - Escaping

extension RenderOutput {
    /// Adds bytes, escaped for HTML.
    @inline(__always)
    func appendEscaped(_ added: UnsafeBufferPointer<UInt8>) throws {
        // None becomes more than five.
        if added.count > (capacity - count) / 5 { try reserve(Escaping.escapedCount(added)) }
        count += Escaping.write(added, to: bytes + count)
    }
}

// MARK: - Room

extension RenderOutput {
    /// Makes room for so many bytes more.
    ///
    /// - Throws: a ``TemplateError/Kind/limit`` where that is more than the output may have
    @inline(__always)
    func reserve(_ added: Int) throws {
        if added > capacity - count { try grow(added) }
    }

    @inline(never)
    private func grow(_ added: Int) throws {
        let (needed, overflow) = count.addingReportingOverflow(added)
        guard !overflow, needed <= limit - taken else {
            throw TemplateError(.limit, "the output is longer than \(limit) bytes")
        }
        if needed > allocated {
            allocated = max(needed, min(allocated * 2, limit - taken))
            let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: allocated + Escaping.slack)
            memcpy(moved, bytes, count)
            bytes.deallocate()
            bytes = moved
        }
        capacity = min(allocated, limit - taken)
    }
}

// MARK: - What was written

extension RenderOutput {
    /// The bytes since `start`, to look at.
    func withBytes<Result>(
        from start: Int = 0, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let start = min(max(start, 0), count)
        return try body(UnsafeBufferPointer(start: bytes + start, count: count - start))
    }

    /// Takes away what was written since `start`, which was the ``count`` then: how a block's text becomes a value. It goes on
    /// counting towards the limit.
    func takeString(from start: Int = 0) -> String {
        let text = withBytes(from: start) { String(decoding: $0, as: UTF8.self) }
        discard(from: start)
        return text
    }

    /// Takes away what was written since `start`. It goes on counting towards the limit.
    func discard(from start: Int = 0) {
        let start = min(max(start, 0), count)
        taken += count - start
        count = start
        capacity = min(allocated, limit - taken)
    }

    /// Empties the output for another use; what was written counts no longer.
    func removeAll() {
        count = 0
        taken = 0
        capacity = min(allocated, limit)
    }
}

// MARK: - Reuse

extension RenderOutput {
    /// How large a buffer a thread keeps for its next render.
    private static let keptCapacity = 1 << 20

    /// Runs `body` with an empty output of at most `limit` bytes: the one that this thread used before, where that is free.
    /// Fresh memory for each page would cost a fifth of the time of a large one.
    static func withReused<Result>(limit: Int, _ body: (RenderOutput) throws -> Result) rethrows -> Result {
        let thread = ThreadState.current
        let output = thread.spareOutput ?? RenderOutput(limit: limit)
        thread.spareOutput = nil
        output.limit = limit
        defer {
            (output.count, output.taken) = (0, 0)
            if output.capacity <= keptCapacity { thread.spareOutput = output }
        }
        return try body(output)
    }
}
