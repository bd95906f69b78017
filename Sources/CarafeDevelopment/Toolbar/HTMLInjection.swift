#if DEBUG
    import CarafeHTTP
    import HTTPTypes
    import NIOCore

    extension Response {
        /// The response with an element before the end of its body, where it is an HTML page; every other is left as it is.
        ///
        /// - Parameters:
        ///   - toPieces: whether also to HTML that is no whole document: a first try, or what a script has asked for
        ///   - element: makes the element, with the nonce by which the page's policy lets scripts run
        package func adding(toPieces: Bool, _ element: (_ nonce: String?) -> String) -> Response {
            guard let type = headers.contentType, type.type == "text", type.subtype == "html",
                headers[.contentEncoding] == nil, headers[.contentRange] == nil
            else { return self }
            var response = self
            switch body.storage {
            case .empty, .file, .webSocket, .tunnel: break
            case .string(let text):
                response.body = .bytes(Self.insert(element(nonce), into: Array(text.utf8), toPieces))
            case .bytes(let bytes):
                response.body = .bytes(Self.insert(element(nonce), into: Array(bytes.readableBytesView), toPieces))
            case .stream(let length, let write):
                let element = element(nonce)
                response.body = .stream(length: length.map { $0 + element.utf8.count }) { writer in
                    try await write(writer)
                    try await writer.write(element)
                }
            }
            return response
        }

        /// Before the end of the page's body, or at the page's end where that is not marked.
        private static func insert(_ element: String, into page: [UInt8], _ toPieces: Bool) -> [UInt8] {
            let end = lastBodyEnd(in: page)
            guard end != nil || toPieces || isWhole(page) else { return page }
            var page = page
            page.insert(contentsOf: element.utf8, at: end ?? page.endIndex)
            return page
        }

        /// Whether it begins as documents do: the tags of `body` may be left away.
        private static func isWhole(_ page: [UInt8]) -> Bool {
            let text = page.drop { $0 <= 0x20 }
            return ["<!doctype", "<html", "<head", "<body"].contains { begin in
                text.count >= begin.utf8.count && zip(text, begin.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
            }
        }

        /// Where the last `</body>` stands.
        private static func lastBodyEnd(in page: [UInt8]) -> Int? {
            let tag = Array("</body>".utf8)
            guard page.count >= tag.count else { return nil }
            return (0...page.count - tag.count).reversed().first { start in
                tag.indices.allSatisfy { page[start + $0] | 0x20 == tag[$0] | 0x20 }
            }
        }

        /// The nonce with which the page's policy lets scripts run.
        private var nonce: String? {
            guard let policy = headers.contentSecurityPolicy,
                let sources = policy["script-src-elem"] ?? policy["script-src"] ?? policy["default-src"]
            else { return nil }
            let start = "'nonce-"
            for source in sources.utf8.split(separator: UInt8(ascii: " ")) {
                guard source.starts(with: start.utf8), source.last == UInt8(ascii: "'") else { continue }
                return String(decoding: source.dropFirst(start.utf8.count).dropLast(), as: UTF8.self)
            }
            return nil
        }
    }
#endif
