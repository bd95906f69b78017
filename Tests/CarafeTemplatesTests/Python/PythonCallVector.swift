import Foundation
import TestSupport

@testable import CarafeTemplates

/// A call of a method, operator or format, and what CPython answered, as `python_calls.py` writes it.
struct PythonCallVector: Decodable, Equatable {
    /// The name of a method, an operator, or `formatted`, `attribute`, `str`, `repr`.
    let f: String
    /// What it is called on.
    let v: PythonValue
    let a: [PythonValue]
    let k: [PythonArgument]
    /// The `repr` of the result.
    let r: String?
    /// The `repr` of the receiver afterwards.
    let s: String?
    /// The class and text of the error.
    let e: [String]?

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Differential/Python")

    /// The file of recorded answers.
    static func recording() throws -> Data { try Data(contentsOf: folder.appending(path: "python_calls.json")) }

    static func decode(_ data: Data) throws -> [PythonCallVector] {
        try JSONDecoder().decode([PythonCallVector].self, from: data)
    }

    /// Whether there is a CPython 3.11 with Jinja2 and MarkupSafe to ask.
    static let isPythonThere = (try? run(["random", "0", "1"])) != nil

    /// What CPython answers now, in the form of the recording.
    static func run(_ arguments: [String]) throws -> Data {
        try Python.run([folder.appending(path: "python_calls.py").path(percentEncoded: false)] + arguments)
    }

    var description: String {
        let arguments = a.map(\.description) + k.map { "\($0.name)=\($0.value.description)" }
        return "\(v.description).\(f)(\(arguments.joined(separator: ", ")))"
    }
}

struct PythonArgument: Decodable, Equatable {
    let name: String
    let value: PythonValue

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        name = try container.decode(String.self)
        value = try container.decode(PythonValue.self)
    }
}

/// A value as an array of a letter for its type and what it is made of.
struct PythonValue: Decodable, Equatable, CustomStringConvertible {
    let value: TemplateValue

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let type = try container.decode(String.self)
        func decode<Part: Decodable>(_ part: Part.Type) throws -> Part { try container.decode(part) }
        func values() throws -> [TemplateValue] { try decode([PythonValue].self).map(\.value) }
        value =
            switch type {
            case "n": .none
            case "b": .bool(try decode(Bool.self))
            case "i": try Self.integer(decode(String.self))
            case "f": try Self.float(decode(String.self))
            case "s": .string(try decode(String.self))
            case "m": .markup(try decode(String.self))
            case "y": .object(TemplateBytes(try Self.bytes(decode(String.self))))
            case "l": .list(TemplateList(try values()))
            case "t": .tuple(try values())
            case "d": try Self.dict(decode([[PythonValue]].self))
            case "u": .undefined(TemplateUndefined(.name(try decode(String.self))))
            case "r": try Self.range(decode([Int].self))
            case "D", "A", "T", "E", "Z": try Self.time(type, decode([Int?].self))
            default: throw DecodingError.dataCorruptedError(in: container, debugDescription: "unknown type \(type)")
            }
    }

    private static func time(_ type: String, _ parts: [Int?]) throws -> TemplateValue {
        let zone = parts.last?.map { TemplateTimeZone(offset: $0 / 1_000_000) }
        let n = parts.map { $0 ?? 0 }
        return switch type {
        case "Z": .object(zone ?? .utc)
        case "A": .object(try TemplateDate(year: n[0], month: n[1], day: n[2]))
        case "E": .object(TemplateTimeDelta(days: n[0], seconds: n[1], microseconds: n[2]))
        case "T":
            .object(try TemplateTime(hour: n[0], minute: n[1], second: n[2], microsecond: n[3], zone: zone))
        default:
            .object(
                try TemplateDateTime(
                    year: n[0], month: n[1], day: n[2], hour: n[3], minute: n[4], second: n[5], microsecond: n[6],
                    zone: zone))
        }
    }

    private static func integer(_ text: String) throws -> TemplateValue {
        let isHexadecimal = text.hasPrefix("0x")
        let number = BigInteger(isHexadecimal ? String(text.dropFirst(2)) : text, base: isHexadecimal ? 16 : 10)
        return .integer(number ?? BigInteger(0))
    }

    /// What Python's `float.hex` wrote.
    private static func float(_ text: String) -> TemplateValue { .double(strtod(text, nil)) }

    private static func bytes(_ text: String) -> [UInt8] {
        let digits = Array(text.utf8)
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16) ?? 0
        }
    }

    private static func dict(_ pairs: [[PythonValue]]) throws -> TemplateValue {
        .dict(TemplateDict(TemplateDictStorage(try pairs.map { (try $0[0].value.key(), $0[1].value) })))
    }

    private static func range(_ parts: [Int]) -> TemplateValue {
        TemplateRange(parts[0], parts[1], parts[2]).map { .object($0) } ?? .none
    }

    var description: String { (try? value.representation) ?? "…" }

    static func == (a: PythonValue, b: PythonValue) -> Bool { a.description == b.description }
}
