import Synchronization

/// How values of one type go into templates. Found out once for each type, at its first value, and kept.
///
/// `@unchecked`: nothing of it changes but `next`, which is atomic; subclasses hold functions without state.
class ValueConversion: @unchecked Sendable {
    fileprivate let type: ObjectIdentifier
    /// The next one in the same bucket of ``ValueConversions``.
    fileprivate let next = AtomicLazyReference<ValueConversion>()

    fileprivate init(_ type: ObjectIdentifier) { self.type = type }
}

/// The conversion of values of the type `Value`.
class TypedConversion<Value>: ValueConversion, @unchecked Sendable {
    init() { super.init(ObjectIdentifier(Value.self)) }

    func value(of value: Value) throws -> TemplateValue { .none }
}

/// The conversion of a collection, or of a type that stands for another one.
///
/// `@unchecked`: the function captures nothing but types.
final class ByParts<Value>: TypedConversion<Value>, @unchecked Sendable {
    private let convert: (Value) throws -> TemplateValue

    init(_ convert: @escaping (Value) throws -> TemplateValue) { self.convert = convert }

    override func value(of value: Value) throws -> TemplateValue { try convert(value) }
}

/// The conversion of a type that says itself what templates see.
private final class Convertible<Value: TemplateValueConvertible>: TypedConversion<Value>, @unchecked Sendable {
    override func value(of value: Value) throws -> TemplateValue { try value.templateValue }
}

/// The conversion of a type with coded properties, which are encoded when a template reads one of them.
private final class Lazily<Value: Encodable>: TypedConversion<Value>, @unchecked Sendable {
    private let described = EncodableType(name: String(describing: Value.self))

    override func value(of value: Value) throws -> TemplateValue { .object(EncodableObject(value, described)) }
}

/// The conversion of a type that encodes itself as a single value or a list, or as now this and now that.
private final class AtOnce<Value: Encodable>: TypedConversion<Value>, @unchecked Sendable {
    override func value(of value: Value) throws -> TemplateValue { try ValueEncoder.encode(value) }
}

/// The conversions of all types that have been used so far.
///
/// A table without locks: the render threads of a server all look things up here. Entries are added and never removed.
enum ValueConversions {
    private final class Bucket: Sendable {
        let first = AtomicLazyReference<ValueConversion>()
    }

    private static let buckets = (0..<256).map { _ in Bucket() }

    /// What templates see of `value`.
    @inline(__always)
    static func value<Value: Encodable>(of value: Value) throws -> TemplateValue {
        // The types that most properties have are known without a look-up; where the caller is specialised, at compile time.
        if Value.self == String.self { return .string(unsafeBitCast(value, to: String.self)) }
        if Value.self == Int.self { return .int(unsafeBitCast(value, to: Int.self)) }
        if Value.self == Bool.self { return .bool(unsafeBitCast(value, to: Bool.self)) }
        if Value.self == Double.self { return .double(unsafeBitCast(value, to: Double.self)) }
        return try conversion(for: value).value(of: value)
    }

    /// The conversion of values of the type `Value`, which is found out by a look at `value` if it is the first one.
    static func conversion<Value: Encodable>(for value: Value) -> TypedConversion<Value> {
        let type = ObjectIdentifier(Value.self)
        let bits = UInt(bitPattern: type)
        var link = buckets[Int((bits >> 4 ^ bits >> 12) & 255)].first.load()
        var last: ValueConversion?
        while let conversion = link {
            // Only a TypedConversion<Value> is ever filed under Value.
            if conversion.type == type { return unsafeDowncast(conversion, to: TypedConversion<Value>.self) }
            last = conversion
            link = conversion.next.load()
        }
        let made = make(for: value)
        // Another thread may have been faster, with the same type or with another: the chain has its end elsewhere then.
        var added =
            last.map { $0.next.storeIfNil(made) } ?? buckets[Int((bits >> 4 ^ bits >> 12) & 255)].first.storeIfNil(made)
        while added !== made {
            if added.type == type { return unsafeDowncast(added, to: TypedConversion<Value>.self) }
            added = added.next.storeIfNil(made)
        }
        return unsafeDowncast(made, to: TypedConversion<Value>.self)
    }

    private static func make<Value: Encodable>(for value: Value) -> ValueConversion {
        switch Value.self {
        case let type as any ConvertsByParts.Type: return type.makeConversion()
        case let type as any TemplateValueConvertible.Type: return convertible(type)
        case let type as any RawRepresentable.Type:
            if let conversion = byRawValue(type) { return conversion }
        default: break
        }
        // The cases of an enumeration may all look different.
        if Mirror(reflecting: value).displayStyle == .enum { return AtOnce<Value>() }
        return ValueEncoder.hasNames(value) ? Lazily<Value>() : AtOnce<Value>()
    }

    private static func convertible<Value: TemplateValueConvertible>(_ type: Value.Type) -> ValueConversion {
        Convertible<Value>()
    }

    /// The conversion of a type that stands for a number or a text: that of its raw values.
    private static func byRawValue<Value: RawRepresentable>(_ type: Value.Type) -> ValueConversion? {
        func make<Raw: TemplateValueConvertible>(_ raw: Raw.Type) -> ValueConversion {
            ByParts<Value> { value in
                guard let raw = value.rawValue as? Raw else { return .none }
                return try ValueConversions.value(of: raw)
            }
        }
        return (Value.RawValue.self as? any TemplateValueConvertible.Type).map { make($0) }
    }
}
