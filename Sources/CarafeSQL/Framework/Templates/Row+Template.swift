public import Carafe
import FoundationEssentials

/// A row in templates: `row.title` and `row["title"]` are its columns' values, `row[0]` the first; it iterates over the
/// values, as SQLAlchemy's and Python's `sqlite3` rows do.
final class RowObject: TemplateObject {
    private let row: Row

    init(_ row: Row) { self.row = row }

    var typeName: String { "Row" }

    func attribute(_ name: String) throws -> TemplateValue? {
        if let value = row[name] { return try value.templateValue }
        // SQLAlchemy's way to a dictionary.
        return name == "_mapping"
            ? .dict(named: try zip(row.columns.names, row.values).map { ($0, try $1.templateValue) }) : nil
    }

    func item(_ key: TemplateValue) throws -> TemplateValue? {
        switch key {
        case .string(let name): try row[name]?.templateValue
        case .int(let index): try row[index < 0 ? row.values.count + index : index]?.templateValue
        default: nil
        }
    }

    func makeIterator() throws -> TemplateIterator? { RowIterator(row.values) }
    var length: Int? { row.values.count }
    var isTrue: Bool { true }
    var representation: String {
        get throws { try TemplateValue.tuple(TemplateTuple(row.values.map { try $0.templateValue })).representation }
    }

    private final class RowIterator: TemplateIterator {
        private var values: IndexingIterator<[SQLValue]>
        init(_ values: [SQLValue]) { self.values = values.makeIterator() }
        override func next() throws -> TemplateValue? { try values.next()?.templateValue }
    }
}

extension Row: TemplateValueConvertible {
    /// The columns' values by name and number.
    public var templateValue: TemplateValue { .object(RowObject(self)) }
}

extension SQLValue: TemplateValueConvertible {
    /// The value as Python has it: dates are its dates, JSON is what it stands for.
    public var templateValue: TemplateValue {
        get throws {
            switch self {
            case .null: .none
            case .bool(let value): .bool(value)
            case .integer(let value): .int(Int(value))
            case .double(let value): .double(value)
            case .decimal(let value): value.templateValue
            case .text(let text), .other(_, let text): .string(text)
            case .blob(let bytes): Data(bytes).templateValue
            case .uuid(let value): value.templateValue
            case .instant(let value): try value.templateValue
            case .localDateTime(let value): try value.templateValue
            case .localDate(let value): try value.templateValue
            case .localTime(let value): try value.templateValue
            case .interval(let value): value.templateValue
            case .json(let text): try TemplateValue(json: text)
            case .array(let values): .list(try values.map { try $0.templateValue })
            }
        }
    }
}

extension LocalDate: TemplateValueConvertible {
    /// Python's `date`.
    public var templateValue: TemplateValue {
        get throws { .object(try TemplateDate(year: Int(year), month: Int(month), day: Int(day))) }
    }
}

extension LocalTime: TemplateValueConvertible {
    /// Python's `time`.
    public var templateValue: TemplateValue {
        get throws { .object(try TemplateTime(hour: hour, minute: minute, second: second, microsecond: microsecond)) }
    }
}

extension LocalDateTime: TemplateValueConvertible {
    /// Python's `datetime` without a zone.
    public var templateValue: TemplateValue {
        get throws {
            .object(
                try TemplateDateTime(
                    year: Int(date.year), month: Int(date.month), day: Int(date.day), hour: time.hour,
                    minute: time.minute,
                    second: time.second, microsecond: time.microsecond))
        }
    }
}

extension SQLInterval: TemplateValueConvertible {
    /// Python's `timedelta`; a month counts as 30 days, as psycopg has it.
    public var templateValue: TemplateValue {
        .object(TemplateTimeDelta(days: Int(months) * 30 + Int(days), microseconds: Int(microseconds)))
    }

    /// Encodes it as text of ISO 8601.
    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}
