/// Reads an event stream as the HTML standard says (WHATWG HTML §9.2.6).
struct EventText: Equatable {
    struct Event: Equatable {
        var type = "message"
        var data: String
        var id = ""
    }

    var events: [Event] = []
    var retry: Int?
    var comments: [String] = []

    init(_ text: String) {
        var (data, type, id): ([String], String, String) = ([], "", "")
        for line in Self.lines(text.unicodeScalars) {
            if line.isEmpty {
                if !data.isEmpty {
                    let event = Event(
                        type: type.isEmpty ? "message" : type, data: data.joined(separator: "\n"), id: id)
                    events.append(event)
                }
                (data, type) = ([], "")
                continue
            }
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            var value = line[colon...].dropFirst()
            if value.first == " " { value = value.dropFirst() }
            switch String(String.UnicodeScalarView(line[..<colon])) {
            case "": comments.append(String(String.UnicodeScalarView(value)))
            case "data": data.append(String(String.UnicodeScalarView(value)))
            case "event": type = String(String.UnicodeScalarView(value))
            case "id": if !value.contains("\0") { id = String(String.UnicodeScalarView(value)) }
            case "retry": retry = Int(String(String.UnicodeScalarView(value)))
            default: comments.append("UNKNOWN FIELD \(String(String.UnicodeScalarView(line)))")
            }
        }
    }

    /// CR, LF and CRLF end a line.
    private static func lines(_ text: String.UnicodeScalarView) -> [[Unicode.Scalar]] {
        var lines: [[Unicode.Scalar]] = []
        var line: [Unicode.Scalar] = []
        var previous: Unicode.Scalar = "x"
        for scalar in text {
            if scalar == "\n", previous == "\r" {
                // The second half of a CRLF.
            } else if scalar == "\n" || scalar == "\r" {
                lines.append(line)
                line = []
            } else {
                line.append(scalar)
            }
            previous = scalar
        }
        return lines
    }
}
