import FoundationEssentials

// What a decoder says to a programmer, said to the person who sent the text.

extension JSONDecodingError {
    /// `error` retold. The text is searched for the place once more, to say what stands there and on which line.
    init(_ error: DecodingError, in bytes: UnsafeBufferPointer<UInt8>) {
        switch error {
        case .keyNotFound(let key, let context):
            let parent = JSONPath(context.codingPath)
            let path = JSONPath(parent.steps + [.key(key.stringValue)])
            self.init(.missing, path: path, reason: "is missing", location: Place(of: parent, in: bytes)?.location)
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            let path = JSONPath(context.codingPath)
            let place = Place(of: path, in: bytes)
            // An element beyond the end of an array is found nowhere.
            let found = place.map { "found \($0.found)" } ?? "found nothing"
            self.init(
                .wrongType, path: path, reason: "expected \(Self.name(of: type)), \(found)", location: place?.location)
        case .dataCorrupted(let context):
            let path = JSONPath(context.codingPath)
            let place = Place(of: path, in: bytes)
            self.init(
                .invalidValue, path: path, reason: Self.reason(context.debugDescription), location: place?.location)
        @unknown default:
            self.init(.invalidValue, reason: "not accepted", underlying: error)
        }
    }

    /// A type's own words are meant to be read; the ones that the library makes name types of the program.
    private static func reason(_ description: String) -> String {
        description.utf8.starts(with: "Cannot initialize".utf8) ? "not one of the accepted values" : description
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type, is URL.Type, is UUID.Type, is Data.Type: "a string"
        case is Date.Type: "a date"
        case is Bool.Type: "true or false"
        case is Double.Type, is Float.Type, is Decimal.Type: "a number"
        case is any FixedWidthInteger.Type: "a whole number"
        case is any Collection.Type where "\(type)".utf8.starts(with: "Dictionary".utf8): "an object"
        case is any Collection.Type: "an array"
        default: "another value"
        }
    }

    /// What stands at a path of a text.
    private struct Place {
        let found: String
        let location: Location

        init?(of path: JSONPath, in bytes: UnsafeBufferPointer<UInt8>) {
            guard var scanner = try? JSONScanner(bytes, nestingLimit: .max) else { return nil }
            guard let token = try? Self.find(path.steps[...], &scanner) else { return nil }
            location = scanner.location(of: scanner.tokenStart)
            switch token {
            case .beginObject: found = "an object"
            case .beginArray: found = "an array"
            case .string: found = "a string"
            case .number: found = "a number"
            case .bool(let value): found = value ? "true" : "false"
            case .null: found = "null"
            case .key, .endObject, .endArray, .end: return nil
            }
        }

        /// Goes down one step at a time, past the values before.
        private static func find(
            _ steps: ArraySlice<JSONPath.Step>,
            _ scanner: inout JSONScanner
        ) throws(JSONDecodingError) -> JSONScanner.Token? {
            var token = try scanner.next()
            for step in steps {
                var index = 0
                guard token == .beginObject || token == .beginArray else { return nil }
                let isObject = token == .beginObject
                search: while true {
                    token = try scanner.next()
                    if token == .endObject || token == .endArray { return nil }
                    var matches = step == .index(index)
                    if isObject, case .key(let text) = token {
                        matches = step == .key(text.string(in: scanner.bytes))
                        token = try scanner.next()
                    }
                    if matches { break search }
                    try skip(token, &scanner)
                    index += 1
                }
            }
            return token
        }

        /// Goes to the end of the value that begins with `token`.
        private static func skip(
            _ token: JSONScanner.Token,
            _ scanner: inout JSONScanner
        ) throws(JSONDecodingError) {
            var depth = token == .beginObject || token == .beginArray ? 1 : 0
            while depth > 0 {
                switch try scanner.next() {
                case .beginObject, .beginArray: depth += 1
                case .endObject, .endArray: depth -= 1
                default: break
                }
            }
        }
    }
}
