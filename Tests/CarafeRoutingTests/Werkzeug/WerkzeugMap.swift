import CarafeRouting
import Foundation

/// A map of rules with what was asked of it and what Werkzeug, with our repairs, answered: the form in which
/// `routing_oracle.py` writes it.
struct WerkzeugMap: Decodable {
    let options: Options
    let rules: [DeclaredRule]
    let cases: [Case]

    struct Options: Decodable {
        let defaultSubdomain: String?
        let strictSlashes, mergeSlashes, redirectDefaults, sortParameters, hostMatching: Bool?
    }

    struct DeclaredRule: Decodable {
        let path, endpoint: String
        let methods: [String]?
        let defaults: [NamedValue]?
        let strictSlashes, mergeSlashes, buildOnly, websocket, alias: Bool?
        let subdomain, host, redirectTo: String?
    }

    struct Case: Decodable {
        let domain, scheme, root: String
        /// What is asked of the matcher …
        let path, method, query: String?
        let websocket: Bool?
        /// … or what a URL is built from.
        let endpoint: String?
        let values: [NamedValue]?
        let external: Bool?
        let out: [String]
        /// Why Werkzeug itself answers otherwise.
        let why: String?
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Differential")

    /// The maps that are checked in.
    static func recorded() throws -> [WerkzeugMap] { try decode(recordedText()) }

    static func recordedText() throws -> Data { try Data(contentsOf: folder.appending(path: "routing.json")) }

    static func decode(_ data: Data) throws -> [WerkzeugMap] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([WerkzeugMap].self, from: data)
    }

    static let isWerkzeugInstalled = (try? run(["0", "0"])) != nil

    /// The script's output; throws where Python or Werkzeug 3.1.8 is missing.
    static func run(_ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B", folder.appending(path: "routing_oracle.py").path] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return data
    }
}

/// A name and its value, written `["page", "i:1"]`: none, one or a list, each text with its kind before it.
struct NamedValue: Decodable {
    let name: String
    let value: BuildValue

    init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        name = try pair.decode(String.self)
        if try pair.decodeNil() {
            value = .none
        } else if let text = try? pair.decode(String.self) {
            value = .one(Self.value(text))
        } else {
            value = .many(try pair.decode([String].self).map(Self.value))
        }
    }

    private static func value(_ tagged: String) -> RoutingValue {
        let text = String(tagged.dropFirst(2))
        return switch tagged.utf8.first {
        case UInt8(ascii: "i"): .int(Int(text) ?? 0)
        case UInt8(ascii: "f"): .double(Double(text) ?? 0)
        case UInt8(ascii: "b"): .bool(text == "True")
        case UInt8(ascii: "u"): RoutingUUID(text).map(RoutingValue.uuid) ?? .string(text)
        default: .string(text)
        }
    }
}
