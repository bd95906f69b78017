/// The methods and attributes of dates and times.
enum DateMethods {
    static let ofDate = pythonMethods(
        of: "date", dates(of: TemplateDate.self) { $0.date } + ownOfDate)

    private static let ownOfDate: [PythonMethodLine] = [
        TemplateTimes.strftime,
        ("isoformat", .none, { .string(date($0).date.text) }),
        ("ctime", .none, { .string(try TimeFormat.plain(date($0).date, .midnight)) }),
        ("replace", .named(["year", "month", "day"]), { .object(TemplateDate(try replaced($0, date($0).date))) }),
    ]

    static let ofTime = pythonMethods(
        of: "time", zones(of: TemplateTime.self) { $0.zone } + ownOfTime)

    private static let ownOfTime: [PythonMethodLine] = [
        TemplateTimes.strftime,
        (
            "isoformat", .named(["timespec"]),
            { call in
                let precision = try call[0].map { _ in try call.text(0, "isoformat() argument 1 must be str") }
                let time = time(call)
                return .string(try time.clock.text(precision ?? "auto") + (time.zone?.suffix(":") ?? ""))
            }
        ),
        (
            "replace", .named(["hour", "minute", "second", "microsecond", "tzinfo"]),
            { call in
                let zone = try TemplateTimes.Replacement(call: call).zone(4, time(call).zone)
                return .object(TemplateTime(try replaced(call, time(call).clock, from: 0), zone: zone))
            }
        ),
    ]

    static let ofDateTime = pythonMethods(
        of: "datetime",
        dates(of: TemplateDateTime.self) { $0.date } + zones(of: TemplateDateTime.self) { $0.zone } + ownOfDateTime)

    private static let ownOfDateTime: [PythonMethodLine] = [
        TemplateTimes.strftime,
        ("isoformat", .named(["sep", "timespec"]), isoFormat),
        ("ctime", .none, { .string(try TimeFormat.plain(dateTime($0).date, dateTime($0).clock)) }),
        ("date", .none, { .object(TemplateDate(dateTime($0).date)) }),
        ("time", .none, { .object(TemplateTime(dateTime($0).clock, zone: nil)) }),
        ("timetz", .none, { .object(TemplateTime(dateTime($0).clock, zone: dateTime($0).zone)) }),
        ("timestamp", .none, { .double(dateTime($0).timestamp) }),
        (
            "astimezone", .named(["tz"]),
            { call in
                let zone = try TemplateTimeZone.zone(call.value(0)) ?? .utc
                return .object(try dateTime(call).converted(to: zone))
            }
        ),
        (
            "replace", .named(["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo"]),
            { call in
                let time = dateTime(call)
                let zone = try TemplateTimes.Replacement(call: call).zone(7, time.zone)
                return .object(
                    TemplateDateTime(
                        try replaced(call, time.date), try replaced(call, time.clock, from: 3), zone: zone))
            }
        ),
    ]

    /// The method `name` of `table`, bound to `object`.
    static func method(
        _ name: String, of object: any TemplateObject, _ table: PythonMethodTable
    ) -> TemplateValue? {
        guard let method = table[name] else { return nil }
        return .object(TemplateMethod(.object(object), method))
    }

    static let outOfRange = TemplateError(.overflow, "date value out of range")
    static let notComparable = TemplateError(.typeError, "can't compare datetime.datetime to datetime.date")

    static func part(_ name: String, of date: CivilDate) -> TemplateValue? {
        switch name {
        case "year": .int(date.year)
        case "month": .int(date.month)
        case "day": .int(date.day)
        default: nil
        }
    }

    static func part(_ name: String, of clock: ClockTime) -> TemplateValue? {
        switch name {
        case "hour": .int(clock.hour)
        case "minute": .int(clock.minute)
        case "second": .int(clock.second)
        case "microsecond": .int(clock.microsecond)
        default: nil
        }
    }

    static func part(_ name: String, of zone: TemplateTimeZone?) -> TemplateValue? {
        switch name {
        case "tzinfo": TemplateTimes.value(zone)
        case "fold": .int(0)
        default: nil
        }
    }
}

// MARK: - Methods that several types have

extension DateMethods {
    /// The methods of what has a day.
    private static func dates<Object: TemplateObject>(
        of type: Object.Type, _ date: @escaping @Sendable (Object) -> CivilDate
    ) -> [PythonMethodLine] {
        let receiver: @Sendable (PythonCall) -> CivilDate = { call in
            (TemplateTimes.object(call.receiver) as Object?).map(date) ?? .first
        }
        return [
            ("weekday", .none, { .int(receiver($0).weekday) }),
            ("isoweekday", .none, { .int(receiver($0).weekday + 1) }),
            ("toordinal", .none, { .int(receiver($0).ordinal) }),
            ("isocalendar", .none, { .object(IsoCalendarDate(receiver($0))) }),
        ]
    }

    /// The methods of what may have a zone.
    private static func zones<Object: TemplateObject>(
        of type: Object.Type, _ zone: @escaping @Sendable (Object) -> TemplateTimeZone?
    ) -> [PythonMethodLine] {
        let receiver: @Sendable (PythonCall) -> TemplateTimeZone? = { call in
            (TemplateTimes.object(call.receiver) as Object?).flatMap(zone)
        }
        return [
            ("utcoffset", .none, { TemplateTimes.offset(receiver($0)) }),
            ("tzname", .none, { TemplateTimes.name(receiver($0)) }),
            ("dst", .none, { _ in .none }),
        ]
    }

    private static func date(_ call: PythonCall) -> TemplateDate {
        TemplateTimes.object(call.receiver) ?? TemplateDate(.first)
    }

    private static func time(_ call: PythonCall) -> TemplateTime {
        TemplateTimes.object(call.receiver) ?? TemplateTime(.midnight, zone: nil)
    }

    private static func dateTime(_ call: PythonCall) -> TemplateDateTime {
        TemplateTimes.object(call.receiver) ?? TemplateDateTime(.first, .midnight, zone: nil)
    }

    /// A day with the parts that the first three arguments name.
    private static func replaced(_ call: PythonCall, _ date: CivilDate) throws -> CivilDate {
        let parts = TemplateTimes.Replacement(call: call)
        return try CivilDate(
            year: parts.number(0, date.year), month: parts.number(1, date.month), day: parts.number(2, date.day))
    }

    /// A time with the parts that four arguments name.
    private static func replaced(_ call: PythonCall, _ clock: ClockTime, from first: Int) throws -> ClockTime {
        let parts = TemplateTimes.Replacement(call: call)
        return try ClockTime(
            hour: parts.number(first, clock.hour), minute: parts.number(first + 1, clock.minute),
            second: parts.number(first + 2, clock.second),
            microsecond: parts.number(first + 3, clock.microsecond))
    }

    /// `isoformat(sep='T', timespec='auto')`
    private static func isoFormat(_ call: PythonCall) throws -> TemplateValue {
        let complaint = "isoformat() argument 1 must be a unicode character"
        let separator = try call[0].map { _ in try call.text(0, complaint) } ?? "T"
        guard PythonText.length(separator) == 1 else { throw TemplateError(.typeError, complaint + ", not str") }
        let precision = try call[1].map { _ in try call.text(1, "isoformat() argument 2 must be str") } ?? "auto"
        return .string(try dateTime(call).isoText(separator: separator, precision: precision))
    }
}

/// What `isocalendar` gives: a tuple whose parts have names.
final class IsoCalendarDate: TemplateObject {
    private let parts: (year: Int, week: Int, weekday: Int)

    init(_ date: CivilDate) { parts = date.isoCalendar }

    private var tuple: TemplateValue { .tuple([.int(parts.year), .int(parts.week), .int(parts.weekday)]) }

    var typeName: String { "datetime.IsoCalendarDate" }
    var length: Int? { 3 }
    func item(_ key: TemplateValue) throws -> TemplateValue? { try tuple.item(key) }
    func makeIterator() throws -> TemplateIterator? { try tuple.makeIterator() }

    func attribute(_ name: String) -> TemplateValue? {
        switch name {
        case "year": .int(parts.year)
        case "week": .int(parts.week)
        case "weekday": .int(parts.weekday)
        default: nil
        }
    }

    var representation: String {
        "datetime.IsoCalendarDate(year=\(parts.year), week=\(parts.week), weekday=\(parts.weekday))"
    }

    func isEqual(to other: TemplateValue) -> Bool {
        if let other = TemplateTimes.object(other) as IsoCalendarDate? { return other.parts == parts }
        return (try? tuple.isEqual(to: other)) ?? false
    }

    func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(parts.year)
        hasher.combine(parts.week)
        return true
    }
}
