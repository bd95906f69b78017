/// A day, as Python's `datetime.date`.
public final class TemplateDate: TemplateObject, TemplateFormattable {
    let date: CivilDate

    init(_ date: CivilDate) { self.date = date }

    /// The day of the Gregorian calendar.
    ///
    /// - Throws: Python's `ValueError` for what is no day of the years 1 to 9999
    public convenience init(year: Int, month: Int, day: Int) throws {
        self.init(try CivilDate(year: year, month: month, day: day))
    }

    /// The year, from 1 to 9999.
    public var year: Int { date.year }
    /// The month, from 1.
    public var month: Int { date.month }
    /// The day of the month, from 1.
    public var day: Int { date.day }

    /// The name of the type.
    public var typeName: String { "datetime.date" }

    /// `year`, `month`, `day`, or a method.
    public func attribute(_ name: String) -> TemplateValue? {
        DateMethods.part(name, of: date) ?? DateMethods.method(name, of: self, DateMethods.ofDate)
    }

    /// `2024-03-05`
    public var text: String { date.text }

    /// As the Python that makes it.
    public var representation: String { "datetime.date(\(year), \(month), \(day))" }

    /// Whether the other is the same day.
    public func isEqual(to other: TemplateValue) -> Bool {
        (TemplateTimes.object(other) as TemplateDate?)?.date == date
    }

    /// Feeds the day.
    public func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(date)
        return true
    }

    /// Whether it is an earlier day.
    public func isLess(than other: TemplateValue) throws -> Bool? {
        if (TemplateTimes.object(other) as TemplateDateTime?) != nil { throw DateMethods.notComparable }
        return (TemplateTimes.object(other) as TemplateDate?).map { date.ordinal < $0.date.ordinal }
    }

    /// A day so much later or earlier, or the length of time between two days.
    public func binary(
        _ operation: TemplateSyntax.BinaryOperator, _ other: TemplateValue, isReflected: Bool
    ) throws -> TemplateValue? {
        if let delta = TemplateTimes.object(other) as TemplateTimeDelta? {
            guard operation == .add || (operation == .subtract && !isReflected) else { return nil }
            let ordinal = date.ordinal + (operation == .add ? delta.days : -delta.days)
            guard let date = CivilDate(ordinal: ordinal) else { throw DateMethods.outOfRange }
            return .object(TemplateDate(date))
        }
        guard operation == .subtract, !isReflected, let other = TemplateTimes.object(other) as TemplateDate? else {
            return nil
        }
        return .object(TemplateTimeDelta(days: date.ordinal - other.date.ordinal))
    }

    func formatted(_ specification: String, _ limits: TemplateLimits) throws -> String {
        try TimeFormat.format(date, .midnight, nil, specification, limits)
    }
}
