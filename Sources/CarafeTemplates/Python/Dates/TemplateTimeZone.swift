/// A fixed distance to UTC, as Python's `datetime.timezone`.
public final class TemplateTimeZone: TemplateObject {
    /// Seconds that the zone's clocks are ahead of UTC.
    public let offset: Int
    /// The name that `tzname` and `%Z` give; nil for one like `UTC+01:00`.
    public let name: String?

    /// The zone whose clocks are `offset` seconds ahead of UTC, by less than a day.
    public init(offset: Int, name: String? = nil) {
        self.offset = min(max(offset, -86_399), 86_399)
        self.name = name
    }

    /// Coordinated universal time.
    public static let utc = TemplateTimeZone(offset: 0)

    /// The name of the type.
    public var typeName: String { "datetime.timezone" }

    /// The given name, `UTC`, or one like `UTC+01:00`.
    public var text: String { name ?? (offset == 0 ? "UTC" : "UTC" + suffix(":")) }

    /// As the Python that makes it.
    public var representation: String {
        get throws {
            if offset == 0 && name == nil { return "datetime.timezone.utc" }
            let delta = TemplateTimeDelta(seconds: offset).representation
            let name = try name.map { ", \(try TemplateValue.string($0).representation)" } ?? ""
            return "datetime.timezone(\(delta)\(name))"
        }
    }

    /// Whether the other is a zone with the same offset.
    public func isEqual(to other: TemplateValue) -> Bool {
        guard case .object(let object) = other, let other = object as? TemplateTimeZone else { return false }
        return offset == other.offset
    }

    /// Feeds the offset.
    public func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(offset)
        return true
    }

    /// `+01:00`, with `separator` between the parts; seconds only where there are some.
    func suffix(_ separator: String) -> String {
        let distance = Int(clamping: offset.magnitude)
        var text = offset < 0 ? "-" : "+"
        text += Digits.padded(distance / 3600, 2) + separator + Digits.padded(distance / 60 % 60, 2)
        if distance % 60 != 0 { text += separator + Digits.padded(distance % 60, 2) }
        return text
    }

    /// The zone that a value is; nil for `None`.
    ///
    /// - Throws: Python's `TypeError` for something else
    static func zone(_ value: TemplateValue) throws -> TemplateTimeZone? {
        switch value {
        case .none: return nil
        case .object(let object): if let zone = object as? TemplateTimeZone { return zone }
        default: break
        }
        throw TemplateError(
            .typeError, "tzinfo argument must be None or of a tzinfo subclass, not type '\(value.typeName)'")
    }
}
