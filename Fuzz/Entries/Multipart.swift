import CarafeHTTP
import NIOCore

extension FuzzEntry {
    /// `multipart/form-data`: byte by byte, it is read as in one piece.
    static let multipart = FuzzEntry(
        "multipart",
        seeds: [
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--b--\r\n",
            "x\r\n--b \r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%41\r\nContent-Type: text/plain\r\n"
                + "\r\n\r\n--c\r\n--b\r\nContent-Disposition: form-data; name=c\r\n\r\n\r\n--b--",
        ]
    ) { bytes in
        let whole = events([bytes])
        let single = events(bytes.map { [$0] })
        return whole == single ? nil : "byte by byte \(single), not \(whole)"
    }

    /// The parts with their content, and how it ended.
    private static func events(_ pieces: [[UInt8]]) -> [String] {
        var result: [String] = []
        var content: [UInt8] = []
        do throws(FormError) {
            var parser = try MultipartParser(boundary: "b")
            func drain() throws(FormError) {
                while let event = try parser.next() {
                    switch event {
                    case .partBegan(let part): result.append("\(part)")
                    case .partData(let bytes): content += bytes.readableBytesView
                    case .partEnded:
                        result.append("\(content)")
                        content = []
                    case .finished: result.append("finished")
                    }
                }
            }
            for piece in pieces {
                parser.append(ByteBuffer(bytes: piece))
                try drain()
            }
            parser.finish()
            try drain()
        } catch {
            result.append("\(error)")
        }
        return result
    }
}
