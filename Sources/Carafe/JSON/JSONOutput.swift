/// The bytes of one JSON text while it is written, and the containers that are open in it.
///
/// A class, because every encoder and container of one encoding writes to the same one. The bytes are its own: it
/// writes through a pointer, without the checks that a `ByteBuffer` makes on each write.
///
/// It belongs to the thread that encodes, like everything that `Encodable` hands out.
final class JSONOutput {
    let options: JSONWriter

    private var start: UnsafeMutablePointer<UInt8>
    private var cursor: UnsafeMutablePointer<UInt8>
    private var limit: UnsafeMutablePointer<UInt8>

    /// The values that are being encoded, see `JSONFrame`.
    var frames: UnsafeMutablePointer<JSONFrame>
    var frameCount = 0
    var frameCapacity: Int

    /// The innermost open frame; -1 outside of any and after a failure, so that nothing matches it.
    var top: Int32 = -1
    /// The first frame of the value that is being encoded. Older ones may not be written to meanwhile.
    var scope: Int32 = 0
    /// How many calls of `encode(to:)` are under way.
    var calls = 0
    /// Tells a frame from an earlier one in the same place.
    var serial: UInt32 = 0
    /// A mistake in a call that could not throw; the next one does.
    var failure: JSONEncodingError?

    init(_ options: JSONWriter) {
        self.options = options
        // Just under what the allocator serves from its quickest lists.
        let capacity = 1_000
        start = .allocate(capacity: capacity)
        cursor = start
        limit = start + capacity
        frameCapacity = 12
        frames = .allocate(capacity: frameCapacity)
    }

    deinit {
        start.deallocate()
        frames.deallocate()
    }

    /// How many bytes have been written.
    @inline(__always)
    var count: Int { cursor - start }

    /// What has been written. Valid until the next write.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    // MARK: Appending

    /// Makes room for `size` more bytes and says where they go; `advance(to:)` follows.
    @inline(__always)
    func reserve(_ size: Int) -> UnsafeMutablePointer<UInt8> {
        if limit - cursor < size { grow(size) }
        return cursor
    }

    /// Ends what `reserve` began. `end` is within the room it made.
    @inline(__always)
    func advance(to end: UnsafeMutablePointer<UInt8>) {
        cursor = end
    }

    @inline(never)
    private func grow(_ size: Int) {
        let count = count
        let capacity = max((limit - start) * 2, count + size)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
        cursor = larger + count
        limit = larger + capacity
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        let to = reserve(1)
        to.pointee = byte
        cursor = to + 1
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress else { return }
        let to = reserve(bytes.count)
        to.update(from: base, count: bytes.count)
        cursor = to + bytes.count
    }

    /// Appends text that needs no escaping.
    @inline(__always)
    func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends text that needs no escaping.
    func append(ascii text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Writes a comma unless the byte before `position` opens a container: no value ends in an opening bracket.
    @inline(__always)
    func appendComma(before position: Int) {
        let byte = start[position - 1]
        if byte != UInt8(ascii: "{") && byte != UInt8(ascii: "[") { append(UInt8(ascii: ",")) }
    }

    // MARK: Moving, for containers that are written to out of order

    func rewind(to count: Int) {
        cursor = start + count
    }

    /// Moves what was written since `mark` to `position`, before it.
    func move(from mark: Int, to position: Int) {
        let end = count
        let moved = Array(UnsafeBufferPointer(start: start + mark, count: end - mark))
        (start + position + moved.count).update(from: start + position, count: mark - position)
        moved.withUnsafeBufferPointer { piece in
            if let base = piece.baseAddress { (start + position).update(from: base, count: piece.count) }
        }
    }

    func remove(at position: Int, count removed: Int) {
        (start + position).update(from: start + position + removed, count: count - position - removed)
        cursor -= removed
    }

    func overwrite(_ byte: UInt8, at position: Int) {
        start[position] = byte
    }
}
