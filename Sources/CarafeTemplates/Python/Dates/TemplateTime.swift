/// A time of day, as Python's `datetime.time`.
public final class TemplateTime: TemplateObject, TemplateFormattable {
    let clock: ClockTime
    /// The zone whose clocks show the time; nil where none is meant.
    public let zone: TemplateTimeZone?

    init(_ clock: ClockTime, zone: TemplateTimeZone?) {
        self.clock = clock
        self.zone = zone
    }

    /// The time of day.
    ///
    /// - Throws: Python's `ValueError` for what is none
    public convenience init(
        hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0, zone: TemplateTimeZone? = nil
    ) throws {
        self.init(try ClockTime(hour: hour, minute: minute, second: second, microsecond: microsecond), zone: zone)
    }

    /// The name of the type.
    public var typeName: String { "datetime.time" }

    /// `hour`, `minute`, `second`, `microsecond`, `tzinfo`, or a method.
    public func attribute(_ name: String) -> TemplateValue? {
        DateMethods.part(name, of: clock) ?? DateMethods.part(name, of: zone)
            ?? DateMethods.method(name, of: self, DateMethods.ofTime)
    }

    /// `07:08:09`
    public var text: String { get throws { try clock.text("auto") + (zone?.suffix(":") ?? "") } }

    /// As the Python that makes it.
    public var representation: String {
        get throws { "datetime.time(\(clock.listed)\(try TemplateTimes.listed(zone)))" }
    }

    /// The microseconds since midnight in UTC; below zero or past a day where that is another day.
    private var moment: Int { clock.microsecondsOfDay - (zone?.offset ?? 0) * 1_000_000 }

    /// Whether the other is the same time.
    public func isEqual(to other: TemplateValue) -> Bool {
        guard let other = TemplateTimes.object(other) as TemplateTime? else { return false }
        return (zone == nil) == (other.zone == nil) && moment == other.moment
    }

    /// Feeds the time.
    public func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(moment)
        return true
    }

    /// Whether it is earlier.
    public func isLess(than other: TemplateValue) throws -> Bool? {
        guard let other = TemplateTimes.object(other) as TemplateTime? else { return nil }
        guard (zone == nil) == (other.zone == nil) else {
            throw TemplateError(.typeError, "can't compare offset-naive and offset-aware times")
        }
        return moment < other.moment
    }

    func formatted(_ specification: String, _ limits: TemplateLimits) throws -> String {
        try TimeFormat.format(CivilDate(year: 1900, month: 1, day: 1), clock, zone, specification, limits)
    }
}
