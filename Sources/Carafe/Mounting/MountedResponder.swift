import CarafeHTTP

/// What answers below a path where no route of the app does.
struct MountedResponder: Sendable {
    /// The path, percent-decoded, without a slash at its end; empty for all paths.
    let prefix: [UInt8]
    let responder: any Responder
    /// The app that it is, with what was made of it; nil for every other responder.
    var app: (app: App, compiled: CompiledApp)?

    /// The path as it is declared: `/` for all paths.
    var path: String { prefix.isEmpty ? "/" : String(decoding: prefix, as: UTF8.self) }

    /// What it is, for a person: `the app admin`.
    var summary: String {
        if let app { return "the app \(app.compiled.name)" }
        return (responder as? any CustomStringConvertible)?.description ?? "\(type(of: responder))"
    }

    /// How much of a path, as it was sent, is the prefix; nil where the path is not below it.
    ///
    /// The slashes are none that were encoded: whoever looks at the path as it was sent sees the same folders.
    func length(in path: UnsafeRawBufferPointer) -> Int? {
        var index = 0
        for expected in prefix {
            guard index < path.count else { return nil }
            var byte = path[index]
            var length = 1
            if byte == UInt8(ascii: "%"), expected != UInt8(ascii: "/"), path.count - index > 2 {
                let encoded = UnsafeRawBufferPointer(rebasing: path[index..<index + 3])
                guard let decoded = PercentEncoding.decodedBytes(encoded).first else { return nil }
                (byte, length) = (decoded, 3)
            }
            guard byte == expected else { return nil }
            index += length
        }
        return index == path.count || path[index] == UInt8(ascii: "/") ? index : nil
    }

    /// Answers a request, of whose path so many bytes are the prefix.
    func respond(to request: Request, prefixLength: Int) -> Reply {
        let inner = request.replacing(
            head: prefixLength == 0 ? nil : request.head.enteringFolder(ofLength: prefixLength))
        return responder.respond(to: inner)
    }
}
