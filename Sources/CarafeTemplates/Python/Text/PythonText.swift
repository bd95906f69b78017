/// What Python's `str` knows of code points and does with text: classes of characters, cases, searching, splitting, padding.
///
/// Text is a sequence of code points here, never of what a reader sees as one character, and two texts are equal where their
/// bytes are.
enum PythonText {
    /// How many code points `text` has: Python's `len`.
    static func length(_ text: String) -> Int {
        withBytes(text) { length($0) }
    }

    /// How many code points begin in `bytes`.
    static func length(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var continuations = 0
        for byte in bytes { continuations &+= byte & 0xC0 == 0x80 ? 1 : 0 }
        return bytes.count - continuations
    }

    /// Where in `bytes` the code point number `index` begins; the end where there are fewer.
    static func offset(ofIndex index: Int, in bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool) -> Int {
        if isASCII { return min(max(index, 0), bytes.count) }
        var remaining = index
        for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            if remaining <= 0 { return offset }
            remaining -= 1
        }
        return bytes.count
    }

    /// Calls `body` with the UTF-8 of `text`.
    @inline(__always)
    static func withBytes<Result, Failure: Error>(
        _ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var text = text
        let result: Swift.Result<Result, Failure> = text.withUTF8 { bytes in
            do throws(Failure) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The text of a range of `bytes`, whose ends lie between code points.
    @inline(__always)
    static func string(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// Whether `text` is ASCII alone.
    static func isASCII(_ text: String) -> Bool {
        withBytes(text) { isASCII($0) }
    }

    static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var all: UInt8 = 0
        for byte in bytes { all |= byte }
        return all < 0x80
    }

    /// Refuses a result of `size` bytes or elements that the limits do not allow.
    @inline(__always)
    static func check(size: Int, _ limits: TemplateLimits) throws {
        if size > limits.valueSize { throw tooLarge(limits) }
    }

    static func tooLarge(_ limits: TemplateLimits) -> TemplateError {
        TemplateError(.limit, "the value would be larger than the limit of \(limits.valueSize) (valueSize)")
    }
}
