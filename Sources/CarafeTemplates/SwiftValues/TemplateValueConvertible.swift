/// A type of the program that says itself what templates see of it.
///
/// Every `Encodable` type goes into templates as it is: `["user": user]` shows `user`'s coded properties. A type that
/// conforms to this protocol as well may show more than it stores, and is read faster:
///
/// ```swift
/// struct Post: Codable, TemplateValueConvertible {
///     var title: String
///     var date: Date
///     var text: String
///
///     var templateValue: TemplateValue {
///         get throws {
///             ["title": .string(title), "date": try date.templateValue, "words": .int(countWords(text))]
///         }
///     }
/// }
/// ```
///
/// Fastest is a ``TemplateObject`` whose `attribute(_:)` is a `switch` over the names, and that as the value. An array of 10,000
/// such values costs nothing before a template reads it, either way. What an element costs then, with four properties, on a busy
/// core where Jinja2 prints the four attributes of a Python object in 600 ns:
///
/// | | reached | first attribute | each further one | printing four |
/// |---|---|---|---|---|
/// | `Encodable` | 125 ns | 520 ns | 60 ns | 1100 ns |
/// | a dictionary as `templateValue` | 450 ns | 50 ns | 50 ns | 800 ns |
/// | a ``TemplateObject`` as `templateValue` | 80 ns | 20 ns | 45 ns | 380 ns |
/// | dictionaries made before the render | | | | 350 ns |
///
/// The conformance changes nothing about how the type is encoded: a `Codable` model keeps its JSON. A type whose properties
/// cannot be coded takes its JSON from its value with one line:
/// `func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }`.
public protocol TemplateValueConvertible: Encodable, Sendable {
    /// What templates see.
    var templateValue: TemplateValue { get throws }
}

extension TemplateValue {
    /// What templates see of a value of the program: nil is `None`; numbers, text and collections are Python's; all else is
    /// what ``TemplateValueConvertible`` says or else what `encode(to:)` says, asked only when a template reads it.
    ///
    /// - Throws: what the value's own code throws, as a ``TemplateError`` with that error as its cause.
    public init(converting value: (any Encodable & Sendable)?) throws {
        guard let value else {
            self = .none
            return
        }
        self = try TemplateError.wrapping { try ValueConversions.value(of: value) }
    }

    /// What templates see of a value whose type only a look at it tells; nil where it is not `Encodable`.
    package init?(convertingIfEncodable value: any Sendable) throws {
        guard let value = value as? any Encodable else { return nil }
        self = try TemplateError.wrapping { try ValueConversions.value(of: value) }
    }
}

extension TemplateValue: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { self }
}

/// An object is what templates see of itself.
extension TemplateValueConvertible where Self: TemplateObject {
    /// What templates see.
    public var templateValue: TemplateValue { .object(self) }

    /// Encodes what the object lists or maps.
    public func encode(to encoder: any Encoder) throws { try TemplateValue.encode(object: self, to: encoder) }
}

extension Bool: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { .bool(self) }
}

extension String: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { .string(self) }
}

extension Substring: TemplateValueConvertible, @retroactive Encodable {
    /// What templates see.
    public var templateValue: TemplateValue { .string(String(self)) }
    /// Encodes it as text.
    public func encode(to encoder: any Encoder) throws { try String(self).encode(to: encoder) }
}

extension Character: TemplateValueConvertible, @retroactive Encodable {
    /// What templates see.
    public var templateValue: TemplateValue { .string(String(self)) }
    /// Encodes it as text.
    public func encode(to encoder: any Encoder) throws { try String(self).encode(to: encoder) }
}

extension Unicode.Scalar: TemplateValueConvertible, @retroactive Encodable {
    /// What templates see.
    public var templateValue: TemplateValue { .string(String(self)) }
    /// Encodes it as text.
    public func encode(to encoder: any Encoder) throws { try String(self).encode(to: encoder) }
}

extension Double: TemplateValueConvertible {
    /// What templates see.
    public var templateValue: TemplateValue { .double(self) }
}

extension Float: TemplateValueConvertible {
    /// The number with the fewest digits that is this `Float`: 0.1 is 0.1, and not 0.10000000149011612.
    public var templateValue: TemplateValue { .double(Double(description) ?? Double(self)) }
}

extension TemplateValueConvertible where Self: FixedWidthInteger {
    /// The integer, of whatever size.
    public var templateValue: TemplateValue {
        if let value = Int(exactly: self) { .int(value) } else { .integer(BigInteger(self)) }
    }
}

extension Int: TemplateValueConvertible {
    /// The integer.
    public var templateValue: TemplateValue { .int(self) }
}
extension Int8: TemplateValueConvertible {}
extension Int16: TemplateValueConvertible {}
extension Int32: TemplateValueConvertible {}
extension Int64: TemplateValueConvertible {}
extension Int128: TemplateValueConvertible {}
extension UInt: TemplateValueConvertible {}
extension UInt8: TemplateValueConvertible {}
extension UInt16: TemplateValueConvertible {}
extension UInt32: TemplateValueConvertible {}
extension UInt64: TemplateValueConvertible {}
extension UInt128: TemplateValueConvertible {}

extension Range<Int>: TemplateValueConvertible {
    /// Python's `range(lowerBound, upperBound)`.
    public var templateValue: TemplateValue { TemplateRange(lowerBound, upperBound).map { .object($0) } ?? .none }
}

extension ClosedRange<Int>: TemplateValueConvertible {
    /// Python's `range(lowerBound, upperBound + 1)`.
    public var templateValue: TemplateValue {
        get throws {
            guard upperBound < Int.max else { throw TemplateError(.overflow, "the range ends past the largest Int") }
            return TemplateRange(lowerBound, upperBound + 1).map { .object($0) } ?? .none
        }
    }
}

extension TemplateError {
    /// What `body` gives; an error that it throws which is none of a template becomes the cause of one.
    static func wrapping<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as TemplateError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            throw TemplateError(cause: error)
        }
    }

    /// An error of the program's own code.
    init(cause: any Error) {
        let message =
            switch cause {
            case EncodingError.invalidValue(_, let context): context.debugDescription
            default: String(describing: cause)
            }
        self.init(.runtime, message)
        underlying = cause
    }
}
