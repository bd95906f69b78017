/// What two sides have agreed on of permessage-deflate (RFC 7692 §7), as one of them sees it.
package struct WebSocketDeflate: Sendable, Equatable {
    /// The sizes of the windows, as powers of two.
    package var sendBits: Int
    package var receiveBits: Int
    /// Whether messages may refer to those before them.
    package var sendKeepsContext: Bool
    package var receiveKeepsContext: Bool
    package var level: Int32
    package var memoryLevel: Int32
    /// How many bytes a message must have to be compressed.
    package var threshold: Int

    init(_ compression: WebSocketCompression) {
        let bits = min(15, max(9, compression.windowBits))
        sendBits = bits
        receiveBits = bits
        sendKeepsContext = compression.keepsContext
        receiveKeepsContext = compression.keepsContext
        level = Int32(min(9, max(1, compression.level)))
        memoryLevel = Int32(min(9, max(1, compression.memoryLevel)))
        threshold = compression.threshold
    }

    // MARK: - The server's side

    /// Chooses the first offer of a client that can be kept to.
    ///
    /// - Parameter offers: the values of its `Sec-WebSocket-Extensions`
    /// - Returns: what holds, and the field that says so; nil where nothing fits
    static func accept(
        _ offers: [String], _ compression: WebSocketCompression
    ) -> (deflate: WebSocketDeflate, response: String)? {
        for offer in WebSocketExtension.parse(offers) where offer.isDeflate {
            guard let parameters = DeflateParameters(offer, isOffer: true) else { continue }
            var deflate = WebSocketDeflate(compression)
            deflate.sendBits = min(deflate.sendBits, parameters.serverBits ?? 15)
            // zlib has no window of 256 bytes to write with.
            guard deflate.sendBits >= 9 else { continue }
            if parameters.serverHasNoContext { deflate.sendKeepsContext = false }
            if parameters.clientHasNoContext { deflate.receiveKeepsContext = false }
            // Only a client that says so can be told to make its window smaller.
            deflate.receiveBits =
                parameters.allowsClientBits ? min(deflate.receiveBits, parameters.clientBits ?? 15) : 15
            return (deflate, deflate.response(to: parameters))
        }
        return nil
    }

    private func response(to parameters: DeflateParameters) -> String {
        var response = WebSocketExtension.deflate
        if !sendKeepsContext { response += "; server_no_context_takeover" }
        if !receiveKeepsContext { response += "; client_no_context_takeover" }
        if sendBits < 15 || parameters.serverBits != nil { response += "; server_max_window_bits=\(sendBits)" }
        if parameters.allowsClientBits, receiveBits < 15 { response += "; client_max_window_bits=\(receiveBits)" }
        return response
    }

    // MARK: - The client's side

    /// What a client offers.
    package static func offer(_ compression: WebSocketCompression) -> String {
        WebSocketExtension.deflate + (compression.keepsContext ? "" : "; client_no_context_takeover")
            + "; client_max_window_bits"
    }

    /// What a server has agreed to.
    ///
    /// - Throws: where that was not offered
    package static func agreed(
        _ response: [String], _ compression: WebSocketCompression?
    ) throws(WebSocketFailure) -> WebSocketDeflate? {
        let extensions = WebSocketExtension.parse(response)
        guard let first = extensions.first else { return nil }
        guard extensions.count == 1, first.isDeflate, let compression,
            let parameters = DeflateParameters(first, isOffer: false)
        else { throw WebSocketFailure(.missingExtension, "An extension that was not offered.") }
        var deflate = WebSocketDeflate(compression)
        deflate.receiveBits = parameters.serverBits ?? 15
        deflate.sendBits = max(9, min(deflate.sendBits, parameters.clientBits ?? 15))
        deflate.receiveKeepsContext = !parameters.serverHasNoContext
        if parameters.clientHasNoContext { deflate.sendKeepsContext = false }
        return deflate
    }
}

/// The parameters of permessage-deflate (RFC 7692 §7.1).
private struct DeflateParameters {
    var serverHasNoContext = false
    var clientHasNoContext = false
    var serverBits: Int?
    var clientBits: Int?
    var allowsClientBits = false

    /// Nil where a parameter is unknown, repeated or has a value that it may not have.
    init?(_ extension: WebSocketExtension, isOffer: Bool) {
        for (index, (name, value)) in `extension`.parameters.enumerated() {
            guard !`extension`.parameters[..<index].contains(where: { FieldSyntax.same($0.name, name) }) else {
                return nil
            }
            switch name {
            case "server_no_context_takeover" where value == nil: serverHasNoContext = true
            case "client_no_context_takeover" where value == nil: clientHasNoContext = true
            case "server_max_window_bits":
                guard let bits = value.flatMap(Self.windowBits) else { return nil }
                serverBits = bits
            case "client_max_window_bits":
                allowsClientBits = true
                if value == nil, isOffer { continue }
                guard let bits = value.flatMap(Self.windowBits) else { return nil }
                clientBits = bits
            default: return nil
            }
        }
    }

    /// 8 to 15, without zeros before them.
    private static func windowBits(_ value: String) -> Int? {
        guard let bits = FieldSyntax.decimal(value.utf8), 8...15 ~= bits,
            value.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return bits
    }
}

/// An element of `Sec-WebSocket-Extensions` (RFC 6455 §9.1).
struct WebSocketExtension {
    static let deflate = "permessage-deflate"

    var name: String
    var parameters: [(name: String, value: String?)]

    var isDeflate: Bool { FieldSyntax.same(name, Self.deflate) }

    /// Every extension of a field's values, in order, with names in lower case.
    static func parse(_ values: [String]) -> [WebSocketExtension] {
        values.flatMap { value in
            let bytes = Array(value.utf8)
            return HeaderValue.items(of: bytes).map { parse(bytes[$0]) }
        }
    }

    private static func parse(_ item: ArraySlice<UInt8>) -> WebSocketExtension {
        var parts = item.split(separator: 0x3B, omittingEmptySubsequences: false).map { Array($0) }[...]
        let name = parts.popFirst().map { FieldSyntax.lowercased($0[FieldSyntax.trimmed($0)]) } ?? ""
        let parameters = parts.prefix(HeaderValue.parameterLimit).map { part -> (name: String, value: String?) in
            guard let equals = part.firstIndex(of: 0x3D) else {
                return (FieldSyntax.lowercased(part[FieldSyntax.trimmed(part)]), nil)
            }
            let name = part[FieldSyntax.trimmed(part, 0..<equals)]
            let value = part[FieldSyntax.trimmed(part, (equals + 1)..<part.count)]
            return (FieldSyntax.lowercased(name), HeaderValue.unquote(FieldSyntax.string(value)))
        }
        return WebSocketExtension(name: name, parameters: parameters)
    }
}
