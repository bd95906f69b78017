public import NIOCore

/// Parses `application/x-www-form-urlencoded`, a piece at a time.
///
/// ```swift
/// var parser = URLEncodedParser()
/// try parser.append(ByteBuffer(string: "name=J%C3%BCrgen&to"))
/// try parser.append(ByteBuffer(string: "wn=Bonn+am+Rhein"))
/// let fields = try parser.finish()  // ["name": "Jürgen", "town": "Bonn am Rhein"]
/// ```
///
/// The rules are Werkzeug's: pairs are separated by `&` alone, empty ones are skipped, a pair without `=` has an empty
/// value, `+` is a space, and what is not UTF-8 after decoding is percent-encoded again (`%ff` gives "%FF"). Bytes that
/// are not UTF-8 and were not percent-encoded are treated in the same way; Werkzeug drops the whole form for them.
public struct URLEncodedParser: Sendable {
    private let limits: FormLimits
    /// The bytes of the pair that is not complete yet.
    private var pending: [UInt8] = []
    private var received = 0
    private var fields = Parameters()
    private var hasTooManyFields = false

    /// A parser for one form.
    public init(limits: FormLimits = FormLimits()) {
        self.limits = limits
    }

    /// Takes the next bytes of the body.
    ///
    /// - Throws: ``FormError`` of kind `tooLarge` where there are more bytes than ``FormLimits/fieldBytes`` or more
    ///   pairs than ``FormLimits/parts``.
    public mutating func append(_ bytes: ByteBuffer) throws(FormError) {
        guard bytes.readableBytes <= limits.fieldBytes - received else {
            throw .tooLarge("The form is longer than \(limits.fieldBytes) bytes.", limit: "fieldBytes")
        }
        received += bytes.readableBytes
        bytes.withUnsafeReadableBytes { appendPairs($0) }
        try checkCount()
    }

    /// Ends the form.
    ///
    /// - Returns: the pairs in order
    /// - Throws: ``FormError`` of kind `tooLarge` where the last pair is one too many.
    public mutating func finish() throws(FormError) -> Parameters {
        endPendingPair()
        try checkCount()
        return fields
    }

    private mutating func appendPairs(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        while let end = bytes[start...].firstIndex(of: Ascii.ampersand) {
            let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            if pending.isEmpty {
                addPair(piece)
            } else {
                pending.append(contentsOf: piece)
                endPendingPair()
            }
            start = end + 1
        }
        pending.append(contentsOf: bytes[start...])
    }

    private mutating func endPendingPair() {
        var pair: [UInt8] = []
        swap(&pair, &pending)
        pair.withUnsafeBytes { addPair($0) }
    }

    private mutating func addPair(_ pair: UnsafeRawBufferPointer) {
        guard !pair.isEmpty, !hasTooManyFields else { return }
        guard fields.count < limits.parts else {
            hasTooManyFields = true
            return
        }
        let separator = pair.firstIndex(of: Ascii.equals) ?? pair.count
        let name = UnsafeRawBufferPointer(rebasing: pair[..<separator])
        let value = UnsafeRawBufferPointer(rebasing: pair[separator...].dropFirst())
        fields.append(Parameters.decoded(value[...]), for: Parameters.decoded(name[...]))
    }

    private func checkCount() throws(FormError) {
        guard hasTooManyFields else { return }
        throw .tooLarge("The form has more than \(limits.parts) fields.", limit: "parts")
    }
}
