import CarafeHTTP
import CarafeSigning
import CarafeTemplates

/// `session` in templates: a dictionary that is opened when it is first read, and saved where a template changes it.
final class SessionVariable: MappingVariable {
    private let request: Request

    init(_ request: Request) { self.request = request }

    private var session: Session { request.session }

    let typeName = "SecureCookieSession"

    var keys: [String] { session.keys }

    func value(of key: String) throws -> TemplateValue? {
        let value: SessionValue? = session[key]
        return try value.map { try $0.templateValue }
    }

    var representation: String {
        get throws { "<SecureCookieSession \(try session.values.templateValue.representation)>" }
    }

    func attribute(_ name: String) throws -> TemplateValue? {
        switch name {
        case "new": .bool(session.isNew)
        case "accessed": .bool(session.isAccessed)
        case "modified": .bool(session.isModified)
        case "permanent": .bool(session.isPermanent)
        default: readingMethod(name) ?? changingMethod(name)
        }
    }

    private func changingMethod(_ name: String) -> TemplateValue? {
        switch name {
        case "pop": .method(name) { [self] in try pop($0) }
        case "setdefault": .method(name) { [self] in try setDefault($0) }
        case "update": .method(name) { [self] in try update($0) }
        case "clear":
            .method(name) { [self] _ in
                session.clear()
                return .none
            }
        default: nil
        }
    }

    private func pop(_ arguments: TemplateArguments) throws -> TemplateValue {
        let key = try arguments.required(0, "key", of: "pop")
        if let name = key.string, let value = session.remove(name) { return try value.templateValue }
        guard let value = arguments.value(1, "default") else {
            throw TemplateError(.keyError, try key.representation)
        }
        return value
    }

    private func setDefault(_ arguments: TemplateArguments) throws -> TemplateValue {
        let key = try Self.name(try arguments.required(0, "key", of: "setdefault"))
        if let value = try value(of: key) { return value }
        let value = arguments.value(1, "default") ?? .none
        try set(key, value)
        return value
    }

    private func update(_ arguments: TemplateArguments) throws -> TemplateValue {
        if case .dict(let dict)? = arguments.positional.first {
            for (key, value) in dict.entries { try set(Self.name(key), value) }
        }
        for (name, value) in arguments.named { try set(name, value) }
        return .none
    }

    private func set(_ key: String, _ value: TemplateValue) throws {
        guard session.isAvailable else { throw SessionUnavailable() }
        session[key] = try SessionValue(value)
    }

    private static func name(_ key: TemplateValue) throws -> String {
        guard let name = key.string else {
            throw TemplateError(.typeError, "the keys of a session are text, not \(key.typeName)")
        }
        return name
    }
}

extension SessionObject {
    /// The members as templates see them.
    var templateValue: TemplateValue {
        get throws { .dict(named: try map { ($0.key, try $0.value.templateValue) }) }
    }
}

extension SessionValue {
    /// The value as templates see it.
    var templateValue: TemplateValue {
        get throws {
            switch self {
            case .null: .none
            case .bool(let value): .bool(value)
            case .int(let value): .int(value)
            case .bigInteger(let value): try TemplateValue(json: value.description)
            case .double(let value): .double(value)
            case .string(let value): .string(value)
            case .markup(let value): .markup(value)
            case .array(let values): .list(try values.map { try $0.templateValue })
            case .tuple(let values): .tuple(try values.map { try $0.templateValue })
            case .object(let object): try object.templateValue
            case .bytes(let bytes): .string(String(decoding: bytes, as: UTF8.self))
            case .uuid(let value): try TemplateValue(converting: value)
            case .datetime(let value): try TemplateValue(converting: value)
            }
        }
    }

    /// What a template puts into a session.
    ///
    /// - Throws: `TypeError` where a session cannot keep it
    init(_ value: TemplateValue) throws {
        switch value {
        case .none: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .markup(let value): self = .markup(value)
        case .list(let list): self = .array(try list.elements.map { try SessionValue($0) })
        case .tuple(let tuple): self = .tuple(try tuple.elements.map { try SessionValue($0) })
        case .dict(let dict):
            var object = SessionObject()
            for (key, value) in dict.entries { object[try key.text] = try SessionValue(value) }
            self = .object(object)
        default: throw TemplateError(.typeError, "Object of type \(value.typeName) is not JSON serializable")
        }
    }
}
