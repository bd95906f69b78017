/// A day and a time of day, as Python's `datetime.datetime`.
public final class TemplateDateTime: TemplateObject, TemplateFormattable {
    let date: CivilDate
    let clock: ClockTime
    /// The zone whose clocks show the time; nil where none is meant.
    public let zone: TemplateTimeZone?

    init(_ date: CivilDate, _ clock: ClockTime, zone: TemplateTimeZone?) {
        self.date = date
        self.clock = clock
        self.zone = zone
    }

    /// The time of the Gregorian calendar.
    ///
    /// - Throws: Python's `ValueError` for what is no time of the years 1 to 9999
    public convenience init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0,
        zone: TemplateTimeZone? = nil
    ) throws {
        self.init(
            try CivilDate(year: year, month: month, day: day),
            try ClockTime(hour: hour, minute: minute, second: second, microsecond: microsecond), zone: zone)
    }

    /// The time so long after the first of January 1970 in UTC, as the clocks of `zone` show it.
    ///
    /// - Throws: Python's `OverflowError` outside of the years 1 to 9999
    public convenience init(
        secondsSinceEpoch seconds: Int, microseconds: Int = 0, zone: TemplateTimeZone = .utc
    ) throws {
        guard seconds.magnitude < 1 << 40, microseconds.magnitude < 1 << 50 else { throw DateMethods.outOfRange }
        let moment = (seconds + Self.epochSeconds + zone.offset) * 1_000_000 + microseconds
        try self.init(moment: moment, zone: zone)
    }

    /// The time so many microseconds after the year 1 began, by the clocks of the zone.
    convenience init(moment: Int, zone: TemplateTimeZone?) throws {
        guard moment >= 0, let date = CivilDate(ordinal: moment / ClockTime.microsecondsPerDay + 1) else {
            throw DateMethods.outOfRange
        }
        self.init(date, ClockTime(microsecondsOfDay: moment % ClockTime.microsecondsPerDay), zone: zone)
    }

    private static let epochSeconds = 719_162 * 86_400

    /// The microseconds since the year 1 began, by the clocks of the zone.
    private var localMoment: Int { (date.ordinal - 1) * ClockTime.microsecondsPerDay + clock.microsecondsOfDay }

    /// The microseconds since the year 1 began, in UTC where there is a zone.
    var moment: Int { localMoment - (zone?.offset ?? 0) * 1_000_000 }

    /// The seconds since the first of January 1970 in UTC. Without a zone the machine's own is meant.
    public var timestamp: Double {
        if zone == nil {
            return Double(TimeFormat.localSeconds(date, clock)) + Double(clock.microsecond) / 1e6
        }
        return BigInteger(moment - Self.epochSeconds * 1_000_000).trueDivided(by: BigInteger(1_000_000)) ?? 0
    }

    /// The same time by the clocks of another zone. Without a zone the machine's own is meant.
    func converted(to zone: TemplateTimeZone) throws -> TemplateDateTime {
        let utc =
            self.zone == nil
            ? (TimeFormat.localSeconds(date, clock) + Self.epochSeconds) * 1_000_000 + clock.microsecond : moment
        return try TemplateDateTime(moment: utc + zone.offset * 1_000_000, zone: zone)
    }

    /// The name of the type.
    public var typeName: String { "datetime.datetime" }

    /// `year`, `hour`, `tzinfo` and the other parts, or a method.
    public func attribute(_ name: String) -> TemplateValue? {
        DateMethods.part(name, of: date) ?? DateMethods.part(name, of: clock) ?? DateMethods.part(name, of: zone)
            ?? DateMethods.method(name, of: self, DateMethods.ofDateTime)
    }

    /// `2024-03-05 07:08:09+00:00`
    public var text: String { get throws { try isoText(separator: " ", precision: "auto") } }

    /// `2024-03-05T07:08:09+00:00`
    func isoText(separator: String, precision: String) throws -> String {
        date.text + separator + (try clock.text(precision)) + (zone?.suffix(":") ?? "")
    }

    /// As the Python that makes it.
    public var representation: String {
        get throws {
            "datetime.datetime(\(date.year), \(date.month), \(date.day), \(clock.listed)\(try TemplateTimes.listed(zone)))"
        }
    }

    /// Whether the other is the same time; one with and one without a zone are not.
    public func isEqual(to other: TemplateValue) -> Bool {
        guard let other = TemplateTimes.object(other) as TemplateDateTime? else { return false }
        return (zone == nil) == (other.zone == nil) && moment == other.moment
    }

    /// Feeds the time.
    public func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(moment)
        return true
    }

    /// Whether it is earlier.
    public func isLess(than other: TemplateValue) throws -> Bool? {
        if (TemplateTimes.object(other) as TemplateDate?) != nil { throw DateMethods.notComparable }
        guard let other = TemplateTimes.object(other) as TemplateDateTime? else { return nil }
        guard (zone == nil) == (other.zone == nil) else {
            throw TemplateError(.typeError, "can't compare offset-naive and offset-aware datetimes")
        }
        return moment < other.moment
    }

    /// A time so much later or earlier, or the length of time between two.
    public func binary(
        _ operation: TemplateSyntax.BinaryOperator, _ other: TemplateValue, isReflected: Bool
    ) throws -> TemplateValue? {
        if let delta = TemplateTimes.object(other) as TemplateTimeDelta? {
            guard operation == .add || (operation == .subtract && !isReflected) else { return nil }
            let sign = operation == .add ? 1 : -1
            let days = date.ordinal - 1 + sign * delta.days
            guard abs(days) < 1 << 23 else { throw DateMethods.outOfRange }
            let clock = clock.microsecondsOfDay + sign * delta.microsecondsOfDay
            return .object(
                try TemplateDateTime(moment: days * ClockTime.microsecondsPerDay + clock, zone: zone))
        }
        guard operation == .subtract, !isReflected, let other = TemplateTimes.object(other) as TemplateDateTime? else {
            return nil
        }
        guard (zone == nil) == (other.zone == nil) else {
            throw TemplateError(.typeError, "can't subtract offset-naive and offset-aware datetimes")
        }
        return .object(TemplateTimeDelta(microseconds: moment - other.moment))
    }

    func formatted(_ specification: String, _ limits: TemplateLimits) throws -> String {
        try TimeFormat.format(date, clock, zone, specification, limits)
    }
}
