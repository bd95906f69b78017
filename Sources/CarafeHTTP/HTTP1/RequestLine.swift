internal import HTTPTypes

/// A request line (RFC 9112 §3), taken apart and validated.
struct RequestLine {
    let method: HTTPRequest.Method
    let target: TargetParts
    let version: HTTPVersion

    /// Takes a line apart that has no control character but tabs.
    init(_ line: Range<Int>, in bytes: UnsafeRawBufferPointer, limits: HTTP1Limits) throws(HTTP1Error) {
        var methodEnd = line.lowerBound
        while methodEnd < line.upperBound, Octet.isToken(bytes[methodEnd]) { methodEnd &+= 1 }
        guard methodEnd > line.lowerBound, methodEnd < line.upperBound, bytes[methodEnd] == 0x20 else {
            let isToken = methodEnd == line.upperBound || bytes[methodEnd] == 0x20
            throw HTTP1Error(isToken ? .requestLine : .method)
        }
        // The version is as long as the rest of the line after the last space must be.
        let versionStart = line.upperBound &- 8
        guard versionStart > methodEnd &+ 2, bytes[versionStart &- 1] == 0x20 else {
            throw Self.error(line, methodEnd: methodEnd, in: bytes)
        }
        let targetRange = methodEnd &+ 1..<versionStart &- 1
        version = try Self.version(bytes, at: versionStart)
        guard targetRange.count <= limits.target else { throw HTTP1Error(.targetTooLong) }
        method = try Self.method(bytes, line.lowerBound..<methodEnd)
        target = try TargetParts(bytes, targetRange, method: method)
    }

    /// Why a line that ends too early is refused: for its length, or else for its form.
    static func overlong(_ line: Range<Int>, in bytes: UnsafeRawBufferPointer) -> HTTP1Error {
        var methodEnd = line.lowerBound
        while methodEnd < line.upperBound, Octet.isToken(bytes[methodEnd]) { methodEnd &+= 1 }
        guard methodEnd < line.upperBound else { return HTTP1Error(.methodTooLong) }
        guard methodEnd > line.lowerBound, bytes[methodEnd] == 0x20 else { return HTTP1Error(.method) }
        guard methodEnd - line.lowerBound <= HTTP1Limits.method else { return HTTP1Error(.methodTooLong) }
        let hasTargetEnd = bytes[methodEnd + 1..<line.upperBound].contains(0x20)
        return HTTP1Error(hasTargetEnd ? .requestLine : .targetTooLong)
    }

    /// Why a line has no version at its end.
    @inline(never)
    private static func error(
        _ line: Range<Int>, methodEnd: Int, in bytes: UnsafeRawBufferPointer
    ) -> HTTP1Error {
        let rest = bytes[methodEnd + 1..<line.upperBound]
        guard let space = rest.firstIndex(of: 0x20), space > rest.startIndex, space + 1 < rest.endIndex,
            !rest[(space + 1)...].contains(0x20)
        else { return HTTP1Error(.requestLine) }
        return HTTP1Error(.version)
    }

    private static func version(
        _ bytes: UnsafeRawBufferPointer, at start: Int
    ) throws(HTTP1Error) -> HTTPVersion {
        let word = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        if word == 0x4854_5450_2F31_2E31 { return .http11 }
        if word == 0x4854_5450_2F31_2E30 { return .http10 }
        let isWellFormed =
            word &>> 24 == 0x48_5454_502F && Octet.isDigit(bytes[start + 5]) && bytes[start + 6] == 0x2E
            && Octet.isDigit(bytes[start + 7])
        throw HTTP1Error(isWellFormed ? .versionUnsupported : .version)
    }

    /// The method of a name that came by itself.
    static func method(_ name: String) throws(HTTP1Error) -> HTTPRequest.Method {
        let bytes = Array(name.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ Octet.isToken($0) }) else { throw HTTP1Error(.method) }
        return try bytes.withUnsafeBytes { bytes in
            Result { () throws(HTTP1Error) in try method(bytes, 0..<bytes.count) }
        }.get()
    }

    private static func method(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) throws(HTTP1Error) -> HTTPRequest.Method {
        func `is`(_ name: StaticString) -> Bool {
            var index = range.lowerBound
            for expected in UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount) {
                if bytes[index] != expected { return false }
                index &+= 1
            }
            return true
        }
        switch range.count {
        case 3:
            if `is`("GET") { return .get }
            if `is`("PUT") { return .put }
        case 4:
            if `is`("POST") { return .post }
            if `is`("HEAD") { return .head }
        case 5:
            if `is`("PATCH") { return .patch }
            if `is`("TRACE") { return .trace }
        case 6:
            if `is`("DELETE") { return .delete }
        case 7:
            if `is`("OPTIONS") { return .options }
            if `is`("CONNECT") { return .connect }
        default: break
        }
        return try uncommonMethod(bytes, range)
    }

    /// Any token may be a method, and the application says whether it has one; but not what looks like a known
    /// method (RFC 9110 §9.1: they are case-sensitive) or is the mark of another protocol.
    private static func uncommonMethod(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) throws(HTTP1Error) -> HTTPRequest.Method {
        guard range.count <= HTTP1Limits.method else { throw HTTP1Error(.methodTooLong) }
        for name in known where Octet.equal(bytes, range, name) { throw HTTP1Error(.methodCase) }
        for name in foreign where Octet.equal(bytes, range, name) { throw HTTP1Error(.methodOfOtherProtocol) }
        let name = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
        guard let method = HTTPRequest.Method(name) else { throw HTTP1Error(.method) }
        return method
    }

    private static let known: [StaticString] = [
        "get", "head", "post", "put", "delete", "connect", "options", "trace", "patch",
    ]

    /// HTTP/2's preface (RFC 9113 §3.4), RTSP (RFC 2326 §10) and ICE.
    private static let foreign: [StaticString] = [
        "pri", "source", "announce", "describe", "flush", "get_parameter", "pause", "play", "record", "redirect",
        "set_parameter", "setup", "teardown",
    ]
}
